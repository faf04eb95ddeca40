/* A chart as a table: a row for each category, a column for each series. */
#pragma once

#include "inb-chart-data.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_CHART_TABLE (inb_chart_table_get_type ())
G_DECLARE_FINAL_TYPE (InbChartTable, inb_chart_table, INB, CHART_TABLE, AdwBin)

/* @data has to stay until it is set anew; NULL: nothing. */
void inb_chart_table_set_data (InbChartTable      *self,
                               const InbChartData *data);

G_END_DECLS
