/* The key figures of the leads that a filter means, kept up with the replica and with midnight. */
#pragma once

#include "inb-clock.h"
#include "inb-replica.h"

G_BEGIN_DECLS

#define INB_TYPE_METRICS_WATCH (inb_metrics_watch_get_type ())
G_DECLARE_FINAL_TYPE (InbMetricsWatch, inb_metrics_watch, INB, METRICS_WATCH, GObject)

/* Signal: "changed", also when the figures become stale. */

InbMetricsWatch  *inb_metrics_watch_new         (InbReplica      *replica,
                                                 InbClock        *clock);
/* What is known stays until the figures of the new filter are. */
void              inb_metrics_watch_set_filter  (InbMetricsWatch     *self,
                                                 const InbLeadFilter *filter);
/* Whether what is known is of another filter, whose figures are still being counted. */
gboolean          inb_metrics_watch_get_stale   (InbMetricsWatch     *self);
void              inb_metrics_watch_refresh     (InbMetricsWatch *self);
/* NULL until they are known. */
const InbMetrics *inb_metrics_watch_get_metrics (InbMetricsWatch *self);

G_END_DECLS
