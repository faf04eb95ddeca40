/* What a card's popover tells besides: the first five sources and products, or how soon leads are answered and who waits. */
#pragma once

#include "inb-metric.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_METRIC_DETAILS (inb_metric_details_get_type ())
G_DECLARE_FINAL_TYPE (InbMetricDetails, inb_metric_details, INB, METRIC_DETAILS, AdwBin)

/* Signals:
 * "chosen" (int field, const char *value): the leads of this value are to be shown.
 * "waiting-chosen" (const char *lead_id). */

/* Of that card. @now: microseconds. */
GtkWidget *inb_metric_details_new              (InbMetric         metric,
                                                const InbMetrics *metrics,
                                                gint64            now);
/* Who waits longest, once the name is known. */
void       inb_metric_details_set_waiting_name (InbMetricDetails *self,
                                                const char       *name);

G_END_DECLS
