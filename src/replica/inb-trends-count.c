#define G_LOG_DOMAIN "inb-replica"

#include "inb-lead-figures-count.h"

#include "inb-local-day.h"
#include "inb-row-iter.h"
#include "inb-stage-classes.h"
#include "inb-time.h"
#include "inb-trend-axis.h"
#include "inb-value-ranking.h"

#define MOST_SERIES 1000

typedef struct {
  const InbLeadFacts *facts;     /* borrowed */
  const guint64      *wanted;    /* borrowed */
  InbTrendAxis       *axis;
  InbStageClasses    *classes;
  InbTrends          *trends;
  InbFilterField      field;
  gint64             *values;    /* leads on the axis by code of the field */
  gint64             *stages;    /* leads on the axis by code of their stage */
} Count;

static int
find_oldest_day (const InbLeadFacts *facts,
                 const guint64      *wanted)
{
  int oldest = G_MAXINT;
  InbRowIter iter;
  guint32 row;

  inb_row_iter_init (&iter, wanted, facts->n_rows);
  while (inb_row_iter_next (&iter, &row))
    {
      if (facts->day[row] < oldest && facts->created_at[row] != INB_TIME_NONE)
        oldest = facts->day[row];
    }

  return oldest;
}

static guint
find_response_class (gint32 seconds)
{
  guint i = 0;

  while (i < INB_RESPONSE_CLASSES - 1 && seconds > inb_response_class_limits[i])
    i++;

  return i;
}

static void
count_won (Count   *count,
           guint32  row)
{
  const InbLeadFacts *facts = count->facts;
  guint step;

  if (!facts->is_converted[row] || facts->converted_at[row] == INB_TIME_NONE)
    return;

  step = inb_trend_axis_find_instant (count->axis, facts->converted_at[row]);
  if (step == INB_TREND_AXIS_NONE)
    return;
  count->trends->won[step]++;
  count->trends->won_value[step] += facts->value[row];
}

static inline guint
find_created_step (const Count *count,
                   guint32      row)
{
  return count->facts->created_at[row] == INB_TIME_NONE
           ? INB_TREND_AXIS_NONE
           : inb_trend_axis_find_day (count->axis, count->facts->day[row]);
}

static void
count_row (Count   *count,
           guint32  row)
{
  const InbLeadFacts *facts = count->facts;
  guint32 stage = facts->codes[INB_FILTER_STAGE][row];

  count_won (count, row);
  if (find_created_step (count, row) == INB_TREND_AXIS_NONE)
    return;

  count->values[facts->codes[count->field][row]]++;
  count->stages[stage]++;
  if (facts->response[row] >= 0)
    count->trends->responses[find_response_class (facts->response[row])]++;
  else if (count->classes->categories[stage] == INB_STAGE_CATEGORY_OPEN)
    count->trends->unanswered++;
}

/* How big a series is decides where it stands, so this comes after everything was seen once. */
static void
count_series (Count *count,
              guint  max_series)
{
  const guint32 *codes = count->facts->codes[count->field];
  g_autoptr (InbValueRanking) ranking = NULL;
  InbTrends *trends = count->trends;
  InbRowIter iter;
  guint32 row;

  ranking = inb_value_ranking_new (&count->facts->values[count->field], count->values,
                                   max_series == 0 ? MOST_SERIES : MIN (max_series, MOST_SERIES));
  trends->n_series = ranking->n_places;
  trends->has_other = ranking->has_other;
  trends->series = inb_value_ranking_dup_names (ranking);
  trends->leads = g_new0 (gint64, (gsize) MAX (trends->n_series, 1) * trends->n_steps);

  inb_row_iter_init (&iter, count->wanted, count->facts->n_rows);
  while (inb_row_iter_next (&iter, &row))
    {
      guint step = find_created_step (count, row);

      if (step != INB_TREND_AXIS_NONE)
        trends->leads[(gsize) ranking->places[codes[row]] * trends->n_steps + step]++;
    }
}

/* The stages that a lead goes through: open ones by position, then the won ones. */
static GPtrArray *
list_funnel (InbStageSet *stages)
{
  static const InbStageCategory order[] = { INB_STAGE_CATEGORY_OPEN, INB_STAGE_CATEGORY_WON };
  GPtrArray *keys = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      for (guint j = 0; j < inb_stage_set_get_size (stages); j++)
        {
          const char *key = inb_row_get (inb_stage_set_get (stages, j), INB_STAGE_KEY);

          if (inb_stage_set_get_category (stages, key) == order[i])
            g_ptr_array_add (keys, (char *) key);
        }
    }

  return keys;
}

static guint
find_place (GPtrArray       *keys,
            const char      *key,
            InbStageCategory category)
{
  guint place;

  if (g_ptr_array_find_with_equal_func (keys, key, g_str_equal, &place))
    return place;

  /* A stage that has not arrived: as little as its meaning says for sure. */
  return category == INB_STAGE_CATEGORY_WON ? keys->len - 1 : 0;
}

static void
count_funnel (Count *count)
{
  const GPtrArray *texts = count->facts->values[INB_FILTER_STAGE].texts;
  g_autoptr (GPtrArray) keys = list_funnel (count->facts->stages);
  InbTrends *trends = count->trends;

  trends->n_stages = keys->len;
  trends->stages = g_new0 (char *, keys->len + 1);
  trends->reached = g_new0 (gint64, MAX (keys->len, 1));
  for (guint i = 0; i < keys->len; i++)
    trends->stages[i] = g_strdup (g_ptr_array_index (keys, i));

  for (guint code = 0; code < texts->len; code++)
    {
      InbStageCategory category = count->classes->categories[code];

      if (category == INB_STAGE_CATEGORY_LOST)
        trends->lost += count->stages[code];
      else if (keys->len > 0)
        trends->reached[find_place (keys, g_ptr_array_index (texts, code), category)] += count->stages[code];
    }
  for (guint i = keys->len; i > 1; i--)
    trends->reached[i - 2] += trends->reached[i - 1];
}

static InbTrends *
new_trends (const InbTrendAxis *axis)
{
  InbTrends *trends = g_new0 (InbTrends, 1);

  trends->n_steps = axis->n_steps;
  trends->steps = g_new0 (char *, axis->n_steps + 1);
  for (guint i = 0; i < axis->n_steps; i++)
    trends->steps[i] = inb_local_day_format (axis->step_days[i]);
  trends->won = g_new0 (gint64, axis->n_steps);
  trends->won_value = g_new0 (gint64, axis->n_steps);

  return trends;
}

/**
 * inb_lead_figures_count_trends:
 * @wanted: a bit per row
 * @range: the days on the axis
 * @max_series: how many values have a series of their own; 0 = as many as can be
 * @now: microseconds
 *
 * Returns: (transfer full): series, funnel and response times of those rows that were created on the axis' days, and what was
 *   won on them whenever it was created
 */
InbTrends *
inb_lead_figures_count_trends (const InbLeadFacts *facts,
                               const guint64      *wanted,
                               const InbDateRange *range,
                               InbTrendStep        step,
                               InbTrendGroup       group,
                               guint               max_series,
                               gint64              now)
{
  InbFilterField field = group == INB_TREND_BY_SOURCE ? INB_FILTER_SOURCE : INB_FILTER_PRODUCT;
  g_autoptr (InbTrendAxis) axis = inb_trend_axis_new (range, step, find_oldest_day (facts, wanted), now, facts->timezone);
  g_autoptr (InbStageClasses) classes = inb_stage_classes_new (facts);
  g_autoptr (InbTrends) trends = new_trends (axis);
  g_autofree gint64 *values = g_new0 (gint64, facts->values[field].texts->len);
  g_autofree gint64 *stages = g_new0 (gint64, facts->values[INB_FILTER_STAGE].texts->len);
  Count count = { facts, wanted, axis, classes, trends, field, values, stages };
  InbRowIter iter;
  guint32 row;

  inb_row_iter_init (&iter, wanted, facts->n_rows);
  while (inb_row_iter_next (&iter, &row))
    count_row (&count, row);
  count_series (&count, max_series);
  count_funnel (&count);

  return g_steal_pointer (&trends);
}
