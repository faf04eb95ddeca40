/* What the replica counts: key figures, heat map and trends of the leads that a filter means. Plain values, made on the
 * replica's thread and read on the main loop. Money is hundredths in the workspace's currency: a lead counts with what it was
 * won for (conversion_value), else with its estimate; leads in another currency count without value.
 * Response time: seconds from created_at to first_response_at. Quantiles are nearest-rank (the ⌈p·n⌉th smallest).
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INB_METRICS_DAYS 60
#define INB_METRICS_TOP 5

typedef struct {
  char   *name;
  gint64  leads;
} InbNamedCount;

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
  char          *waiting_lead_id;           /* its id */
} InbMetrics;

void inb_metrics_free (InbMetrics *self);

typedef enum {
  INB_HEAT_MAP_SOURCE_PRODUCT,
  INB_HEAT_MAP_WEEKDAY_HOUR    /* rows 1 = Monday … 7, columns 0 … 23, all of them always */
} InbHeatMapMode;

typedef struct {
  gint64 leads;
  gint64 converted;
  gint64 value;
  gint64 answered;
  gint64 response_median;      /* seconds; -1 = none */
  gint64 last_30_days;         /* leads created in the last 30 local days, and in the 30 before: the change */
  gint64 previous_30_days;
} InbHeatMapCell;

typedef struct {
  InbHeatMapMode  mode;
  guint           n_rows;
  guint           n_columns;
  char          **rows;           /* sources: most leads first, ties by name; "" = leads without one */
  char          **columns;
  gboolean        has_other_row;  /* the last row is everything past the limit */
  gboolean        has_other_column;
  InbHeatMapCell *cells;          /* n_rows × n_columns, row by row */
  InbHeatMapCell *row_totals;
  InbHeatMapCell *column_totals;
  InbHeatMapCell  total;
} InbHeatMap;

void inb_heat_map_free (InbHeatMap *self);

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
  char   **steps;          /* first local day of each, YYYY-MM-DD, without gaps, at most 400 */
  guint    n_series;
  char   **series;         /* most leads first, ties by name; "" = leads without one */
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

/* How many leads have each value of a field, for the filter's lists. */
typedef struct {
  guint          n_values;
  InbNamedCount *values;   /* most leads first, ties by name; "" = leads without one */
} InbValueCounts;

void inb_value_counts_free (InbValueCounts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbMetrics, inb_metrics_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbHeatMap, inb_heat_map_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbTrends, inb_trends_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbValueCounts, inb_value_counts_free)

G_END_DECLS
