/* A chart with its title, its sentence, its legend and its menu: as table, as picture, as CSV. */
#pragma once

#include "inb-chart.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_CHART_CARD (inb_chart_card_get_type ())
G_DECLARE_FINAL_TYPE (InbChartCard, inb_chart_card, INB, CHART_CARD, AdwBin)

#define INB_CHART_ALL G_MAXUINT

/* Signal: "activated" (guint category, guint series, gboolean add): the leads of this part are to be shown; either may be
 * INB_CHART_ALL. */

/* @name: proposed for files. */
GtkWidget *inb_chart_card_new      (const char   *name);
/* (data: transfer full) */
void       inb_chart_card_set_data (InbChartCard *self,
                                    InbChartData *data);
InbChart  *inb_chart_card_get_chart (InbChartCard *self);
/* What stands below the title in pictures. */
void       inb_chart_card_set_note (InbChartCard *self,
                                    const char   *note);

G_END_DECLS
