/* Leads over time: created and won by step, and for the leads created on the axis the funnel and how quickly they were answered. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INB_TRENDS_MOST_STEPS 400

typedef enum {
  INB_TREND_DAY,
  INB_TREND_WEEK,   /* from Monday */
  INB_TREND_MONTH
} InbTrendStep;

typedef enum {
  INB_TREND_BY_SOURCE,
  INB_TREND_BY_PRODUCT
} InbTrendGroup;

/* ≤ 1 min, ≤ 5 min, ≤ 15 min, ≤ 1 h, ≤ 4 h, ≤ 24 h, longer */
#define INB_RESPONSE_CLASSES 7
extern const gint64 inb_response_class_limits[INB_RESPONSE_CLASSES - 1]; /* seconds, included */

typedef struct {
  guint    n_steps;
  char   **steps;          /* first local day of each, YYYY-MM-DD, without gaps, at most INB_TRENDS_MOST_STEPS: the last ones */
  guint    n_series;
  char   **series;         /* most leads first, ties by name; "" = leads without one (and the name of "other") */
  gboolean has_other;      /* the last series is everything past the limit */
  gint64  *leads;          /* n_series × n_steps, series by series: leads created in the step */
  gint64  *won;            /* n_steps: leads converted (converted_at) in the step */
  gint64  *won_value;
  guint    n_stages;
  char   **stages;         /* the open ones by position, then the won ones */
  gint64  *reached;        /* n_stages: leads that stand there or further on; lost ones count nowhere */
  gint64   lost;
  gint64   responses[INB_RESPONSE_CLASSES];
  gint64   unanswered;     /* open and without a first response */
} InbTrends;

void inb_trends_free (InbTrends *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbTrends, inb_trends_free)

G_END_DECLS
