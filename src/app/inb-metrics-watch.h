/* The seven figures of the workspace, kept up with the replica and with midnight. */
#pragma once

#include "inb-clock.h"
#include "inb-replica.h"

G_BEGIN_DECLS

#define INB_TYPE_METRICS_WATCH (inb_metrics_watch_get_type ())
G_DECLARE_FINAL_TYPE (InbMetricsWatch, inb_metrics_watch, INB, METRICS_WATCH, GObject)

/* Signal: "changed". */

InbMetricsWatch  *inb_metrics_watch_new         (InbReplica      *replica,
                                                 InbClock        *clock);
void              inb_metrics_watch_refresh     (InbMetricsWatch *self);
/* NULL until they are known. */
const InbMetrics *inb_metrics_watch_get_metrics (InbMetricsWatch *self);

G_END_DECLS
