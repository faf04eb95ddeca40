/* What each card of the metrics grid says and does: its words, its figure, its 30 days, and the filter that means the leads it
 * counts. Pure: no widgets, and the present instant is a parameter.
 */
#pragma once

#include "inb-lead-figures.h"
#include "inb-lead-filter.h"
#include "inb-stage.h"

G_BEGIN_DECLS

#define INB_METRIC_DAYS 30

typedef enum {
  INB_METRIC_TOTAL,
  INB_METRIC_NEW,
  INB_METRIC_PENDING,
  INB_METRIC_TODAY,
  INB_METRIC_TOP_PRODUCT,
  INB_METRIC_TOP_SOURCE,
  INB_METRIC_CONVERSION,
  INB_METRIC_RESPONSE,
  INB_N_METRICS
} InbMetric;

const char *inb_metric_get_title        (InbMetric            self);
/* "–" while it is not known: @metrics NULL, or details that are not there yet. */
char       *inb_metric_format_figure    (InbMetric            self,
                                         const InbMetrics    *metrics);
/* The small line, or NULL. */
char       *inb_metric_format_note      (InbMetric            self,
                                         const InbMetrics    *metrics);
/* What exactly is counted. @timezone: the workspace's. */
char       *inb_metric_format_definition (InbMetric           self,
                                          const InbMetrics   *metrics,
                                          GTimeZone          *timezone);
/* One value a day of the last 30, today last. FALSE for a figure that has no days. */
gboolean    inb_metric_get_days         (InbMetric            self,
                                         const InbMetrics    *metrics,
                                         double               days[INB_METRIC_DAYS]);
/* Against the 30 days before: "↑ +4 %"; @spoken: the same in words. FALSE when there is nothing to compare with. */
gboolean    inb_metric_format_change    (InbMetric            self,
                                         const InbMetrics    *metrics,
                                         char               **change,
                                         char               **spoken);
/* Narrows @filter to the leads that the figure counts; with @add what it says of the same field stays besides. FALSE when
 * there are none to show. @stages may be NULL as long as they are not known. */
gboolean    inb_metric_apply            (InbMetric            self,
                                         const InbMetrics    *metrics,
                                         InbStageSet         *stages,
                                         gboolean             add,
                                         InbLeadFilter       *filter);

G_END_DECLS
