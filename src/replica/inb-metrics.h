/* The key figures. */
#pragma once

#include "inb-value-counts.h"

G_BEGIN_DECLS

#define INB_METRICS_DAYS 60
#define INB_METRICS_TOP 5

/* The leads created on one local day, as they stand now. */
typedef struct {
  gint64 leads;
  gint64 new_leads;
  gint64 pending;
  gint64 converted;
} InbDayCount;

/* design.md section 5, Definitions. */
typedef struct {
  gint64         total;
  gint64         new_leads;
  gint64         pending;
  gint64         today;
  gint64         converted;
  char          *top_product;      /* NULL when there is none */
  gint64         top_product_count;
  char          *top_source;
  gint64         top_source_count;

  /* From here on only when has_details: unknown for the first moment after the start. */
  gboolean       has_details;
  InbNamedCount  products[INB_METRICS_TOP]; /* most leads first, ties by name; name NULL past the last */
  InbNamedCount  sources[INB_METRICS_TOP];
  InbDayCount    days[INB_METRICS_DAYS];    /* the last one is today in the workspace's zone */
  gint64         answered;                  /* leads with a first response */
  gint64         response_median;           /* seconds; -1 = none */
  gint64         response_p90;
  gint64         within_5_minutes;          /* of the answered ones */
  gint64         waiting;                   /* open and without a first response */
  gint64         waiting_since;             /* created_at of the one that waits longest, microseconds; 0 = none */
  gint64         waiting_rowid;             /* its row id; 0 = none */
  char          *waiting_lead_id;           /* its id */
} InbMetrics;

void inb_metrics_free (InbMetrics *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbMetrics, inb_metrics_free)

G_END_DECLS
