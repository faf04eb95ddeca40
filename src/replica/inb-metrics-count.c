#define G_LOG_DOMAIN "inb-replica"

#include "inb-lead-figures-count.h"

#include "inb-local-day.h"
#include "inb-quantile.h"
#include "inb-row-iter.h"
#include "inb-stage-classes.h"
#include "inb-time.h"
#include "inb-value-ranking.h"

#define FIVE_MINUTES 300

typedef struct {
  const InbLeadFacts *facts;      /* borrowed */
  InbMetrics         *metrics;    /* borrowed */
  InbStageClasses    *classes;
  gint64             *sources;    /* leads by code */
  gint64             *products;
  GArray             *responses;  /* (element-type gint32) */
  int                 today;
} Count;

static void
count_day (Count   *count,
           guint32  row,
           gboolean is_new,
           gboolean is_pending)
{
  int age = count->today - count->facts->day[row];
  InbDayCount *day;

  if (count->facts->created_at[row] == INB_TIME_NONE)
    return;
  if (age <= 0)
    count->metrics->today++;
  if (age < 0 || age >= INB_METRICS_DAYS)
    return;

  day = &count->metrics->days[INB_METRICS_DAYS - 1 - age];
  day->leads++;
  day->new_leads += is_new;
  day->pending += is_pending;
  day->converted += count->facts->is_converted[row] != 0;
}

static void
count_response (Count   *count,
                guint32  row,
                gboolean is_open)
{
  InbMetrics *metrics = count->metrics;
  gint64 created_at = count->facts->created_at[row];

  if (count->facts->response[row] >= 0)
    {
      metrics->within_5_minutes += count->facts->response[row] <= FIVE_MINUTES;
      g_array_append_val (count->responses, count->facts->response[row]);
      return;
    }
  if (!is_open)
    return;

  metrics->waiting++;
  if (created_at != INB_TIME_NONE && (metrics->waiting_rowid == 0 || created_at < metrics->waiting_since))
    {
      metrics->waiting_since = created_at;
      metrics->waiting_rowid = row;
    }
}

static void
count_row (Count   *count,
           guint32  row)
{
  const InbLeadFacts *facts = count->facts;
  guint32 stage = facts->codes[INB_FILTER_STAGE][row];
  gboolean is_open = count->classes->categories[stage] == INB_STAGE_CATEGORY_OPEN;
  gboolean is_new = count->classes->are_new[stage];
  gboolean is_pending = is_open && !is_new;

  count->metrics->total++;
  count->metrics->new_leads += is_new;
  count->metrics->pending += is_pending;
  count->metrics->converted += facts->is_converted[row] != 0;
  count->sources[facts->codes[INB_FILTER_SOURCE][row]]++;
  count->products[facts->codes[INB_FILTER_PRODUCT][row]]++;
  count_day (count, row, is_new, is_pending);
  count_response (count, row, is_open);
}

/* Leads without a value are no value of their own here. */
static void
take_top (const InbFactValues *values,
          gint64              *counts,
          InbNamedCount       *top)
{
  g_autoptr (InbValueRanking) ranking = NULL;

  counts[0] = 0;
  ranking = inb_value_ranking_new (values, counts, INB_METRICS_TOP);
  for (guint i = 0; i < ranking->n_ranked; i++)
    {
      top[i].name = g_strdup (inb_value_ranking_get_name (ranking, i));
      top[i].leads = ranking->counts[i];
    }
}

/**
 * inb_lead_figures_count_metrics:
 * @wanted: a bit per row
 * @now: microseconds
 *
 * Returns: (transfer full): the key figures of those rows; the id of the lead that waits longest is left to the caller, who can
 *   look its row up
 */
InbMetrics *
inb_lead_figures_count_metrics (const InbLeadFacts *facts,
                                const guint64      *wanted,
                                gint64              now)
{
  g_autoptr (InbMetrics) metrics = g_new0 (InbMetrics, 1);
  g_autoptr (InbStageClasses) classes = inb_stage_classes_new (facts);
  g_autofree gint64 *sources = g_new0 (gint64, facts->values[INB_FILTER_SOURCE].texts->len);
  g_autofree gint64 *products = g_new0 (gint64, facts->values[INB_FILTER_PRODUCT].texts->len);
  g_autoptr (GArray) responses = g_array_new (FALSE, FALSE, sizeof (gint32));
  Count count = { facts, metrics, classes, sources, products, responses, inb_local_day_of (now, facts->timezone) };
  InbRowIter iter;
  guint32 row;

  inb_row_iter_init (&iter, wanted, facts->n_rows);
  while (inb_row_iter_next (&iter, &row))
    count_row (&count, row);

  metrics->has_details = TRUE;
  metrics->answered = responses->len;
  metrics->response_median = inb_quantile_pick ((gint32 *) (gpointer) responses->data, responses->len, 50);
  metrics->response_p90 = inb_quantile_pick ((gint32 *) (gpointer) responses->data, responses->len, 90);
  take_top (&facts->values[INB_FILTER_SOURCE], sources, metrics->sources);
  take_top (&facts->values[INB_FILTER_PRODUCT], products, metrics->products);
  metrics->top_source = g_strdup (metrics->sources[0].name);
  metrics->top_source_count = metrics->sources[0].leads;
  metrics->top_product = g_strdup (metrics->products[0].name);
  metrics->top_product_count = metrics->products[0].leads;

  return g_steal_pointer (&metrics);
}
