/* One figure: its name, its value, and below it the course of the last days, or a note. A click shows the leads it counts. */
#pragma once

#include "inb-metric.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_METRIC_CARD (inb_metric_card_get_type ())
G_DECLARE_FINAL_TYPE (InbMetricCard, inb_metric_card, INB, METRIC_CARD, AdwBin)

/* Signal: "activated" (gboolean add): its leads are to be shown; with Shift besides those that are. */

/* Makes what a card's popover holds, when it is opened. */
typedef GtkWidget *(*InbMetricDetailsFunc) (InbMetricCard *self,
                                            gpointer       user_data);

GtkWidget    *inb_metric_card_new         (InbMetric             metric);
InbMetric     inb_metric_card_get_metric  (InbMetricCard        *self);
/* @metrics NULL: not known yet. @timezone: the workspace's; not NULL with @metrics. */
void          inb_metric_card_set_metrics (InbMetricCard        *self,
                                           const InbMetrics     *metrics,
                                           GTimeZone            *timezone);
/* Figure and name only. */
void          inb_metric_card_set_compact (InbMetricCard        *self,
                                           gboolean              compact);
/* Whether the leads that are shown are narrowed by this figure. */
void          inb_metric_card_set_active  (InbMetricCard        *self,
                                           gboolean              active);
/* Gives it a popover. */
void          inb_metric_card_set_details (InbMetricCard        *self,
                                           InbMetricDetailsFunc  make,
                                           gpointer              user_data);
void          inb_metric_card_close_details (InbMetricCard      *self);

G_END_DECLS
