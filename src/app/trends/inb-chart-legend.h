/* The names of a chart's series, each with its colour and pattern and how much it is in all; a click on one shows its leads. */
#pragma once

#include "inb-chart-data.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_CHART_LEGEND (inb_chart_legend_get_type ())
G_DECLARE_FINAL_TYPE (InbChartLegend, inb_chart_legend, INB, CHART_LEGEND, AdwBin)

/* Signal: "activated" (guint series, gboolean add). */

/* @data is not kept; NULL or a single series: nothing. */
void inb_chart_legend_set_data (InbChartLegend     *self,
                                const InbChartData *data);

G_END_DECLS
