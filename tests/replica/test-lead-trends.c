/* What the trends say of random leads, against a count that is slow and plain; and their axis. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-facts-world.h"
#include "inb-lead-figures-count.h"

#include <string.h>

#define N_ROUNDS 12

/* A day's place among the steps, from the text alone: steps are in order and without gaps. */
static int
find_step (const InbTrends *trends,
           const char      *day)
{
  int step = -1;

  for (guint i = 0; i < trends->n_steps && strcmp (trends->steps[i], day) <= 0; i++)
    step = (int) i;

  return step;
}

typedef struct {
  gint64 from;
  gint64 to;
} Span;

static gboolean
is_created_in (InbFactsWorld *world,
               guint32        row,
               gpointer       data)
{
  const Span *span = data;

  return world->facts->created_at[row] >= span->from && world->facts->created_at[row] < span->to;
}

static int
find_series (GArray          *list,
             const InbTrends *trends,
             const char      *name)
{
  int place = 0;

  while (!g_str_equal (g_array_index (list, InbFactsNamed, place).name, name))
    place++;

  return MIN (place, (int) trends->n_series - 1);
}

static void
check_trends (InbFactsWorld      *world,
              const InbDateRange *range,
              InbTrendStep        step,
              InbTrendGroup       group,
              guint               max_series)
{
  InbFilterField field = group == INB_TREND_BY_SOURCE ? INB_FILTER_SOURCE : INB_FILTER_PRODUCT;
  g_autoptr (InbTrends) trends = inb_lead_figures_count_trends (world->facts, world->wanted, range, step, group, max_series, INB_FACTS_NOW);
  static const char * const funnel[] = { "new", "contacted", "qualified", "proposal", "won" };
  g_autofree gint64 *leads = NULL;
  g_autofree gint64 *won = g_new0 (gint64, trends->n_steps);
  g_autofree gint64 *won_value = g_new0 (gint64, trends->n_steps);
  gint64 reached[G_N_ELEMENTS (funnel)] = { 0 };
  gint64 responses[INB_RESPONSE_CLASSES] = { 0 };
  gint64 unanswered = 0;
  gint64 lost = 0;
  g_autoptr (GArray) list = NULL;
  Span span;

  inb_date_range_resolve (range, INB_FACTS_NOW, world->facts->timezone, &span.from, &span.to);
  if (span.to == G_MAXINT64)
    span.to = inb_time_next_day (INB_FACTS_NOW, world->facts->timezone);
  list = inb_facts_world_list_values (world, field, TRUE, is_created_in, &span);
  inb_facts_world_check_names (list, trends->series, trends->n_series, trends->has_other, max_series);
  leads = g_new0 (gint64, trends->n_series * trends->n_steps);

  for (guint32 row = 0; row < world->facts->n_rows; row++)
    {
      g_autofree char *day = inb_time_get_day (world->facts->created_at[row], world->facts->timezone);
      gint64 converted_at = world->facts->converted_at[row];
      gint64 response = world->facts->response[row];
      const char *stage = inb_facts_world_get_stage (world, row);

      if (!inb_facts_world_is_wanted (world, row))
        continue;
      if (converted_at != INB_TIME_NONE && converted_at >= span.from && converted_at < span.to)
        {
          g_autofree char *won_day = inb_time_get_day (converted_at, world->facts->timezone);

          if (find_step (trends, won_day) >= 0)
            {
              won[find_step (trends, won_day)]++;
              won_value[find_step (trends, won_day)] += world->facts->value[row];
            }
        }
      if (!is_created_in (world, row, &span))
        continue;
      g_assert_cmpint (find_step (trends, day), >=, 0);
      leads[find_series (list, trends, inb_facts_kit_get_text (world->facts, field, row)) * (int) trends->n_steps +
            find_step (trends, day)]++;
      unanswered += response < 0 && inb_facts_world_is_open (world, row);
      if (response >= 0)
        responses[response <= 60 ? 0 : response <= 300 ? 1 : response <= 900 ? 2 : response <= 3600 ? 3
                  : response <= 14400 ? 4 : response <= 86400 ? 5 : 6]++;
      lost += g_str_equal (stage, "lost");
      for (guint i = 0; i < G_N_ELEMENTS (funnel); i++)
        {
          guint at = 0;

          for (guint j = 0; j < G_N_ELEMENTS (funnel); j++)
            {
              if (g_str_equal (stage, funnel[j]))
                at = j;
            }
          reached[i] += !g_str_equal (stage, "lost") && at >= i;
        }
    }

  g_assert_cmpmem (trends->leads, trends->n_series * trends->n_steps * sizeof (gint64), leads,
                   trends->n_series * trends->n_steps * sizeof (gint64));
  g_assert_cmpmem (trends->won, trends->n_steps * sizeof (gint64), won, trends->n_steps * sizeof (gint64));
  g_assert_cmpmem (trends->won_value, trends->n_steps * sizeof (gint64), won_value, trends->n_steps * sizeof (gint64));
  g_assert_cmpuint (trends->n_stages, ==, G_N_ELEMENTS (funnel));
  for (guint i = 0; i < G_N_ELEMENTS (funnel); i++)
    g_assert_cmpstr (trends->stages[i], ==, funnel[i]);
  g_assert_cmpmem (trends->reached, sizeof reached, reached, sizeof reached);
  g_assert_cmpmem (trends->responses, sizeof responses, responses, sizeof responses);
  g_assert_cmpint (trends->unanswered, ==, unanswered);
  g_assert_cmpint (trends->lost, ==, lost);
}

static void
test_trends (void)
{
  static const InbDateRange ranges[] = {
    { INB_DATE_RANGE_ANY }, { INB_DATE_RANGE_LAST_30_DAYS }, { INB_DATE_RANGE_THIS_MONTH }, { INB_DATE_RANGE_TODAY },
    { INB_DATE_RANGE_LAST_MONTH }, { INB_DATE_RANGE_DAYS, "2026-03-11", "2026-04-20" }, { INB_DATE_RANGE_DAYS, "", "2026-04-20" },
    { INB_DATE_RANGE_DAYS, "2026-04-21", "" },
  };

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      InbFactsWorld world;

      inb_facts_world_init (&world, round);
      for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
        check_trends (&world, &ranges[i], (InbTrendStep) ((i + round) % 3), (InbTrendGroup) (i % 2), i % 3 * 2);
      inb_facts_world_clear (&world);
    }
}

/* Steps of each kind around both changes of the clocks, where a day is not 24 hours long. */
static void
test_steps (void)
{
  static const struct {
    const char   *timezone;
    InbDateRange  range;
    InbTrendStep  step;
    const char   *steps[8];
  } cases[] = {
    { "Europe/Berlin", { INB_DATE_RANGE_DAYS, "2026-03-28", "2026-03-30" }, INB_TREND_DAY, { "2026-03-28", "2026-03-29", "2026-03-30" } },
    { "Pacific/Auckland", { INB_DATE_RANGE_DAYS, "2026-04-04", "2026-04-06" }, INB_TREND_DAY, { "2026-04-04", "2026-04-05", "2026-04-06" } },
    { "America/Los_Angeles", { INB_DATE_RANGE_DAYS, "2026-03-04", "2026-03-17" }, INB_TREND_WEEK, { "2026-03-02", "2026-03-09", "2026-03-16" } },
    { "America/Santiago", { INB_DATE_RANGE_DAYS, "2026-09-05", "2026-09-07" }, INB_TREND_DAY, { "2026-09-05", "2026-09-06", "2026-09-07" } },
    { "Asia/Kolkata", { INB_DATE_RANGE_DAYS, "2025-12-31", "2026-03-01" }, INB_TREND_MONTH,
      { "2025-12-01", "2026-01-01", "2026-02-01", "2026-03-01" } },
    { "Europe/Berlin", { INB_DATE_RANGE_DAYS, "2026-06-01", "2026-06-01" }, INB_TREND_WEEK, { "2026-06-01" } },
    { "Europe/Berlin", { INB_DATE_RANGE_DAYS, "9999-12-30", "9999-12-30" }, INB_TREND_DAY, { "9999-12-30" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      InbFactsKitShape shape = { 10, 2, 2, cases[i].timezone, INB_FACTS_NOW, 10 };
      InbLeadFacts *facts = inb_facts_kit_new (1, &shape);
      g_autoptr (InbTrends) trends = NULL;

      trends = inb_lead_figures_count_trends (facts, facts->shown, &cases[i].range, cases[i].step, INB_TREND_BY_SOURCE, 0, INB_FACTS_NOW);
      for (guint j = 0; j <= trends->n_steps; j++)
        g_assert_cmpstr (trends->steps[j], ==, cases[i].steps[j]);
      inb_facts_kit_free (facts);
    }
}

/* Two leads a minute apart on either side of each local midnight are never on one day. */
static void
test_midnights (void)
{
  static const char * const timezones[] = { "Pacific/Auckland", "Asia/Kolkata", "America/Los_Angeles", "America/Santiago" };

  for (guint i = 0; i < G_N_ELEMENTS (timezones); i++)
    {
      InbFactsKitShape shape = { 800, 2, 2, timezones[i], INB_FACTS_NOW, 10 };
      InbLeadFacts *facts = inb_facts_kit_new (1, &shape);
      gint64 midnight = inb_time_day_start (INB_FACTS_NOW - 390 * INB_TIME_DAY, facts->timezone);
      InbDateRange range = { INB_DATE_RANGE_ANY };
      g_autoptr (InbTrends) trends = NULL;
      guint32 row = 2;

      memset (facts->shown, 0, sizeof (guint64) * (800 / 64 + 1));
      for (; midnight < INB_FACTS_NOW; midnight = inb_time_next_day (midnight, facts->timezone), row += 2)
        {
          inb_facts_kit_set_created (facts, row, midnight);
          inb_facts_kit_set_created (facts, row + 1, midnight - 60 * INB_TIME_SECOND);
          facts->shown[row / 64] |= G_GUINT64_CONSTANT (3) << (row % 64);
        }
      trends = inb_lead_figures_count_trends (facts, facts->shown, &range, INB_TREND_DAY, INB_TREND_BY_SOURCE, 1, INB_FACTS_NOW);
      g_assert_cmpuint (trends->n_steps, ==, (row - 2) / 2 + 1);
      for (guint step = 0; step < trends->n_steps; step++)
        {
          gint64 leads = trends->leads[step] + (trends->n_series > 1 ? trends->leads[trends->n_steps + step] : 0);

          g_assert_cmpint (leads, ==, step == 0 || step == trends->n_steps - 1 ? 1 : 2);
        }
      inb_facts_kit_free (facts);
    }
}

/* More days than an axis has steps: the last ones are shown. */
static void
test_many_steps (void)
{
  InbFactsKitShape shape = { 3000, 3, 3, "Europe/Berlin", INB_FACTS_NOW, 3000 };
  InbLeadFacts *facts = inb_facts_kit_new (3, &shape);
  InbDateRange range = { INB_DATE_RANGE_ANY };
  g_autoptr (InbTrends) trends = NULL;
  g_autofree char *today = inb_time_get_day (INB_FACTS_NOW, facts->timezone);
  gint64 sum = 0;
  gint64 expected = 0;

  trends = inb_lead_figures_count_trends (facts, facts->shown, &range, INB_TREND_DAY, INB_TREND_BY_SOURCE, 0, INB_FACTS_NOW);
  g_assert_cmpuint (trends->n_steps, ==, INB_TRENDS_MOST_STEPS);
  g_assert_cmpstr (trends->steps[INB_TRENDS_MOST_STEPS - 1], ==, today);
  for (guint i = 0; i < trends->n_series * trends->n_steps; i++)
    sum += trends->leads[i];
  for (guint32 row = 0; row < facts->n_rows; row++)
    {
      g_autofree char *day = inb_time_get_day (facts->created_at[row], facts->timezone);

      expected += inb_facts_kit_has (facts->shown, row) && strcmp (day, trends->steps[0]) >= 0 && strcmp (day, today) <= 0;
    }
  g_assert_cmpint (sum, ==, expected);
  inb_facts_kit_free (facts);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replica/trends/counts", test_trends);
  g_test_add_func ("/replica/trends/steps", test_steps);
  g_test_add_func ("/replica/trends/midnights", test_midnights);
  g_test_add_func ("/replica/trends/many-steps", test_many_steps);

  return g_test_run ();
}
