/* What the figures say of random leads, against a count that is slow and plain. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-facts-kit.h"
#include "inb-lead-figures-count.h"
#include "inb-quantile.h"
#include "inb-time.h"

#include <string.h>

#define NOW (1780000000 * INB_TIME_SECOND)
#define N_ROUNDS 12

typedef struct {
  InbLeadFacts *facts;
  guint64      *wanted;
  GRand        *rand;
} World;

static void
world_init (World *world,
            guint  round)
{
  InbFactsKitShape shape = { 1500, 14, 9, round % 2 == 0 ? "Europe/Berlin" : "Pacific/Auckland", NOW, 100 };

  world->rand = g_rand_new_with_seed (round);
  world->facts = inb_facts_kit_new (round, &shape);
  world->wanted = inb_facts_kit_choose (world->facts, world->rand, round == 0 ? 1.0 : g_rand_double (world->rand));
}

static void
world_clear (World *world)
{
  inb_facts_kit_free (world->facts);
  g_free (world->wanted);
  g_rand_free (world->rand);
}

static const char *
get_stage (World  *world,
           guint32 row)
{
  return inb_facts_kit_get_text (world->facts, INB_FILTER_STAGE, row);
}

static gboolean
is_open (World  *world,
         guint32 row)
{
  return !g_str_equal (get_stage (world, row), "won") && !g_str_equal (get_stage (world, row), "lost");
}

static gboolean
is_wanted (World  *world,
           guint32 row)
{
  return inb_facts_kit_has (world->wanted, row);
}

static int
get_today (World *world)
{
  g_autofree char *text = inb_time_get_day (NOW, world->facts->timezone);
  g_auto (GStrv) parts = g_strsplit (text, "-", 3);
  g_autoptr (GDate) date = g_date_new_dmy ((GDateDay) atoi (parts[2]), (GDateMonth) atoi (parts[1]), (GDateYear) atoi (parts[0]));

  return (int) g_date_get_julian (date) - 719163;
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

static gint64
sorted_quantile (GArray *values,
                 guint   percent)
{
  if (values->len == 0)
    return -1;
  g_array_sort (values, compare_numbers);

  return g_array_index (values, gint64, (values->len * percent + 99) / 100 - 1);
}

typedef struct {
  const char *name;
  gint64      leads;
} Named;

static int
compare_named (gconstpointer a,
               gconstpointer b)
{
  const Named *first = a;
  const Named *second = b;

  return first->leads != second->leads ? (first->leads > second->leads ? -1 : 1) : strcmp (first->name, second->name);
}

typedef gboolean (*Condition) (World   *world,
                               guint32  row,
                               gpointer data);

static gboolean
holds_always (World   *world,
              guint32  row,
              gpointer data)
{
  return TRUE;
}

/* The field's values, most leads first. */
static GArray *
list_values (World         *world,
             InbFilterField field,
             gboolean       with_none,
             Condition      condition,
             gpointer       data)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (Named));
  const GPtrArray *texts = world->facts->values[field].texts;

  for (guint i = with_none ? 0 : 1; i < texts->len; i++)
    {
      Named named = { g_ptr_array_index (texts, i), 0 };

      for (guint32 row = 0; row < world->facts->n_rows; row++)
        {
          if (is_wanted (world, row) && condition (world, row, data) &&
              g_str_equal (inb_facts_kit_get_text (world->facts, field, row), named.name))
            named.leads++;
        }
      if (named.leads > 0)
        g_array_append_val (list, named);
    }
  g_array_sort (list, compare_named);

  return list;
}

static void
check_top (World               *world,
           InbFilterField       field,
           const InbNamedCount *top)
{
  g_autoptr (GArray) list = list_values (world, field, FALSE, holds_always, NULL);

  for (guint i = 0; i < INB_METRICS_TOP; i++)
    {
      g_assert_cmpstr (top[i].name, ==, i < list->len ? g_array_index (list, Named, i).name : NULL);
      g_assert_cmpint (top[i].leads, ==, i < list->len ? g_array_index (list, Named, i).leads : 0);
    }
}

static void
check_metrics (World *world)
{
  g_autoptr (InbMetrics) metrics = inb_lead_figures_count_metrics (world->facts, world->wanted, NOW);
  g_autoptr (GArray) responses = g_array_new (FALSE, FALSE, sizeof (gint64));
  int today = get_today (world);
  InbMetrics sum = { 0 };

  for (guint32 row = 0; row < world->facts->n_rows; row++)
    {
      gint64 response = world->facts->response[row];

      if (!is_wanted (world, row))
        continue;
      sum.total++;
      sum.new_leads += g_str_equal (get_stage (world, row), "new");
      sum.pending += is_open (world, row) && !g_str_equal (get_stage (world, row), "new");
      sum.converted += world->facts->is_converted[row];
      sum.today += world->facts->created_at[row] >= inb_time_day_start (NOW, world->facts->timezone);
      for (int i = 0; i < INB_METRICS_DAYS; i++)
        {
          if (world->facts->day[row] != today - (INB_METRICS_DAYS - 1) + i)
            continue;
          sum.days[i].leads++;
          sum.days[i].new_leads += g_str_equal (get_stage (world, row), "new");
          sum.days[i].pending += is_open (world, row) && !g_str_equal (get_stage (world, row), "new");
          sum.days[i].converted += world->facts->is_converted[row];
        }
      if (response >= 0)
        {
          g_array_append_val (responses, response);
          sum.within_5_minutes += response <= 300;
        }
      else if (is_open (world, row))
        {
          sum.waiting++;
          if (sum.waiting_since == 0 || world->facts->created_at[row] < sum.waiting_since)
            {
              sum.waiting_since = world->facts->created_at[row];
              sum.waiting_rowid = row;
            }
        }
    }

  g_assert_true (metrics->has_details);
  g_assert_cmpint (metrics->total, ==, sum.total);
  g_assert_cmpint (metrics->new_leads, ==, sum.new_leads);
  g_assert_cmpint (metrics->pending, ==, sum.pending);
  g_assert_cmpint (metrics->today, ==, sum.today);
  g_assert_cmpint (metrics->converted, ==, sum.converted);
  g_assert_cmpmem (metrics->days, sizeof metrics->days, sum.days, sizeof sum.days);
  g_assert_cmpint (metrics->answered, ==, responses->len);
  g_assert_cmpint (metrics->within_5_minutes, ==, sum.within_5_minutes);
  g_assert_cmpint (metrics->response_median, ==, sorted_quantile (responses, 50));
  g_assert_cmpint (metrics->response_p90, ==, sorted_quantile (responses, 90));
  g_assert_cmpint (metrics->waiting, ==, sum.waiting);
  g_assert_cmpint (metrics->waiting_since, ==, sum.waiting_since);
  g_assert_cmpint (metrics->waiting_rowid, ==, sum.waiting_rowid);
  check_top (world, INB_FILTER_SOURCE, metrics->sources);
  check_top (world, INB_FILTER_PRODUCT, metrics->products);
  g_assert_cmpstr (metrics->top_source, ==, metrics->sources[0].name);
  g_assert_cmpint (metrics->top_product_count, ==, metrics->products[0].leads);
}

static void
test_metrics (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      World world;

      world_init (&world, round);
      check_metrics (&world);
      world_clear (&world);
    }
}

/* A cell's rows: those whose source and product (or weekday and hour) stand at these places; -1 = any. */
typedef struct {
  const InbHeatMap *map;
  GArray           *sources;
  GArray           *products;
  int               row;
  int               column;
} Place;

static gboolean
stands_at (GArray     *list,
           const char *name,
           int         place,
           guint       n_places,
           gboolean    has_other)
{
  guint at = 0;

  if (place < 0)
    return TRUE;
  while (!g_str_equal (g_array_index (list, Named, at).name, name))
    at++;

  return has_other && place == (int) n_places - 1 ? at >= n_places - 1 : at == (guint) place;
}

static gboolean
is_in_place (World       *world,
             guint32      row,
             const Place *place)
{
  const InbHeatMap *map = place->map;

  if (!is_wanted (world, row))
    return FALSE;
  if (map->mode == INB_HEAT_MAP_WEEKDAY_HOUR)
    {
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (world->facts->created_at[row] / INB_TIME_SECOND);
      g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, world->facts->timezone);

      return (place->row < 0 || g_date_time_get_day_of_week (local) == place->row + 1) &&
             (place->column < 0 || g_date_time_get_hour (local) == place->column);
    }

  return stands_at (place->sources, inb_facts_kit_get_text (world->facts, INB_FILTER_SOURCE, row), place->row, map->n_rows,
                    map->has_other_row) &&
         stands_at (place->products, inb_facts_kit_get_text (world->facts, INB_FILTER_PRODUCT, row), place->column,
                    map->n_columns, map->has_other_column);
}

static void
check_cell (World                *world,
            const Place          *place,
            const InbHeatMapCell *cell)
{
  g_autoptr (GArray) responses = g_array_new (FALSE, FALSE, sizeof (gint64));
  int today = get_today (world);
  InbHeatMapCell sum = { 0 };

  for (guint32 row = 0; row < world->facts->n_rows; row++)
    {
      gint64 response = world->facts->response[row];
      int age = today - world->facts->day[row];

      if (!is_in_place (world, row, place))
        continue;
      sum.leads++;
      sum.converted += world->facts->is_converted[row];
      sum.value += world->facts->value[row];
      sum.last_30_days += age >= 0 && age <= 29;
      sum.previous_30_days += age >= 30 && age <= 59;
      if (response >= 0)
        g_array_append_val (responses, response);
    }
  sum.answered = responses->len;
  sum.response_median = sorted_quantile (responses, 50);
  g_assert_cmpmem (cell, sizeof *cell, &sum, sizeof sum);
}

static void
check_names (GArray  *list,
             char   **names,
             guint    n_names,
             gboolean has_other,
             guint    limit)
{
  g_assert_cmpuint (n_names, ==, limit == 0 ? list->len : MIN (list->len, limit + 1));
  g_assert_cmpint (has_other, ==, limit != 0 && list->len > limit);
  g_assert_cmpuint (g_strv_length (names), ==, n_names);
  for (guint i = 0; i < n_names - (has_other ? 1 : 0); i++)
    g_assert_cmpstr (names[i], ==, g_array_index (list, Named, i).name);
}

static void
check_heat_map (World          *world,
                InbHeatMapMode  mode,
                guint           max_rows,
                guint           max_columns)
{
  g_autoptr (InbHeatMap) map = inb_lead_figures_count_heat_map (world->facts, world->wanted, mode, max_rows, max_columns, NOW);
  g_autoptr (GArray) sources = list_values (world, INB_FILTER_SOURCE, TRUE, holds_always, NULL);
  g_autoptr (GArray) products = list_values (world, INB_FILTER_PRODUCT, TRUE, holds_always, NULL);
  Place place = { map, sources, products, -1, -1 };

  if (mode == INB_HEAT_MAP_SOURCE_PRODUCT)
    {
      check_names (sources, map->rows, map->n_rows, map->has_other_row, max_rows);
      check_names (products, map->columns, map->n_columns, map->has_other_column, max_columns);
    }
  else
    {
      g_assert_cmpuint (g_strv_length (map->rows), ==, 7);
      g_assert_cmpuint (g_strv_length (map->columns), ==, 24);
      g_assert_cmpstr (map->rows[0], ==, "1");
      g_assert_cmpstr (map->columns[23], ==, "23");
    }

  check_cell (world, &place, &map->total);
  for (place.row = 0; place.row < (int) map->n_rows; place.row++)
    {
      place.column = -1;
      check_cell (world, &place, &map->row_totals[place.row]);
      for (place.column = 0; place.column < (int) map->n_columns; place.column++)
        check_cell (world, &place, &map->cells[(guint) place.row * map->n_columns + (guint) place.column]);
    }
  place.row = -1;
  for (place.column = 0; place.column < (int) map->n_columns; place.column++)
    check_cell (world, &place, &map->column_totals[place.column]);
}

static void
test_heat_map (void)
{
  static const guint limits[][2] = { { 0, 0 }, { 5, 4 }, { 1, 100 }, { 13, 1 } };

  for (guint round = 0; round < G_N_ELEMENTS (limits); round++)
    {
      World world;

      world_init (&world, round);
      check_heat_map (&world, INB_HEAT_MAP_SOURCE_PRODUCT, limits[round][0], limits[round][1]);
      world_clear (&world);
    }
  for (guint round = 0; round < 2; round++)
    {
      World world;

      world_init (&world, round);
      check_heat_map (&world, INB_HEAT_MAP_WEEKDAY_HOUR, 3, 3);
      world_clear (&world);
    }
}

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
is_created_in (World   *world,
               guint32  row,
               gpointer data)
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

  while (!g_str_equal (g_array_index (list, Named, place).name, name))
    place++;

  return MIN (place, (int) trends->n_series - 1);
}

static void
check_trends (World              *world,
              const InbDateRange *range,
              InbTrendStep        step,
              InbTrendGroup       group,
              guint               max_series)
{
  InbFilterField field = group == INB_TREND_BY_SOURCE ? INB_FILTER_SOURCE : INB_FILTER_PRODUCT;
  g_autoptr (InbTrends) trends = inb_lead_figures_count_trends (world->facts, world->wanted, range, step, group, max_series, NOW);
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

  inb_date_range_resolve (range, NOW, world->facts->timezone, &span.from, &span.to);
  if (span.to == G_MAXINT64)
    span.to = inb_time_next_day (NOW, world->facts->timezone);
  list = list_values (world, field, TRUE, is_created_in, &span);
  check_names (list, trends->series, trends->n_series, trends->has_other, max_series);
  leads = g_new0 (gint64, trends->n_series * trends->n_steps);

  for (guint32 row = 0; row < world->facts->n_rows; row++)
    {
      g_autofree char *day = inb_time_get_day (world->facts->created_at[row], world->facts->timezone);
      gint64 converted_at = world->facts->converted_at[row];
      gint64 response = world->facts->response[row];
      const char *stage = get_stage (world, row);

      if (!is_wanted (world, row))
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
      unanswered += response < 0 && is_open (world, row);
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
      World world;

      world_init (&world, round);
      for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
        check_trends (&world, &ranges[i], (InbTrendStep) ((i + round) % 3), (InbTrendGroup) (i % 2), i % 3 * 2);
      world_clear (&world);
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
      InbFactsKitShape shape = { 10, 2, 2, cases[i].timezone, NOW, 10 };
      InbLeadFacts *facts = inb_facts_kit_new (1, &shape);
      g_autoptr (InbTrends) trends = NULL;

      trends = inb_lead_figures_count_trends (facts, facts->shown, &cases[i].range, cases[i].step, INB_TREND_BY_SOURCE, 0, NOW);
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
      InbFactsKitShape shape = { 800, 2, 2, timezones[i], NOW, 10 };
      InbLeadFacts *facts = inb_facts_kit_new (1, &shape);
      gint64 midnight = inb_time_day_start (NOW - 390 * INB_TIME_DAY, facts->timezone);
      InbDateRange range = { INB_DATE_RANGE_ANY };
      g_autoptr (InbTrends) trends = NULL;
      guint32 row = 2;

      memset (facts->shown, 0, sizeof (guint64) * (800 / 64 + 1));
      for (; midnight < NOW; midnight = inb_time_next_day (midnight, facts->timezone), row += 2)
        {
          inb_facts_kit_set_created (facts, row, midnight);
          inb_facts_kit_set_created (facts, row + 1, midnight - 60 * INB_TIME_SECOND);
          facts->shown[row / 64] |= G_GUINT64_CONSTANT (3) << (row % 64);
        }
      trends = inb_lead_figures_count_trends (facts, facts->shown, &range, INB_TREND_DAY, INB_TREND_BY_SOURCE, 1, NOW);
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
  InbFactsKitShape shape = { 3000, 3, 3, "Europe/Berlin", NOW, 3000 };
  InbLeadFacts *facts = inb_facts_kit_new (3, &shape);
  InbDateRange range = { INB_DATE_RANGE_ANY };
  g_autoptr (InbTrends) trends = NULL;
  g_autofree char *today = inb_time_get_day (NOW, facts->timezone);
  gint64 sum = 0;
  gint64 expected = 0;

  trends = inb_lead_figures_count_trends (facts, facts->shown, &range, INB_TREND_DAY, INB_TREND_BY_SOURCE, 0, NOW);
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

static void
test_nothing (void)
{
  InbFactsKitShape shape = { 100, 3, 3, "Europe/Berlin", NOW, 10 };
  InbLeadFacts *facts = inb_facts_kit_new (5, &shape);
  g_autofree guint64 *none = g_new0 (guint64, 100 / 64 + 1);
  InbDateRange range = { INB_DATE_RANGE_ANY };
  g_autoptr (InbMetrics) metrics = inb_lead_figures_count_metrics (facts, none, NOW);
  g_autoptr (InbHeatMap) map = inb_lead_figures_count_heat_map (facts, none, INB_HEAT_MAP_SOURCE_PRODUCT, 0, 0, NOW);
  g_autoptr (InbTrends) trends = inb_lead_figures_count_trends (facts, none, &range, INB_TREND_WEEK, INB_TREND_BY_PRODUCT, 0, NOW);
  g_autoptr (InbValueCounts) values = inb_lead_figures_count_values (facts, none, INB_FILTER_SOURCE);

  g_assert_cmpint (metrics->total, ==, 0);
  g_assert_cmpint (metrics->response_median, ==, -1);
  g_assert_null (metrics->top_source);
  g_assert_cmpuint (map->n_rows + map->n_columns, ==, 0);
  g_assert_cmpint (map->total.response_median, ==, -1);
  g_assert_cmpuint (trends->n_steps, ==, 1);
  g_assert_cmpuint (trends->n_series, ==, 0);
  g_assert_cmpuint (values->n_values, ==, 0);
  inb_facts_kit_free (facts);
}

static void
test_values (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      InbFilterField field = round % 2 == 0 ? INB_FILTER_SOURCE : INB_FILTER_STAGE;
      g_autoptr (InbValueCounts) values = NULL;
      g_autoptr (GArray) list = NULL;
      World world;

      world_init (&world, round);
      values = inb_lead_figures_count_values (world.facts, world.wanted, field);
      list = list_values (&world, field, TRUE, holds_always, NULL);
      g_assert_cmpuint (values->n_values, ==, list->len);
      for (guint i = 0; i < list->len; i++)
        {
          g_assert_cmpstr (values->values[i].name, ==, g_array_index (list, Named, i).name);
          g_assert_cmpint (values->values[i].leads, ==, g_array_index (list, Named, i).leads);
        }
      world_clear (&world);
    }
}

/* Orders that are hard on a careless selection among them. */
static void
test_quantiles (void)
{
  for (guint n_values = 1; n_values < 3000; n_values += 1 + n_values / 7)
    {
      for (guint shape = 0; shape < 5; shape++)
        {
          g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (gint64));
          g_autofree gint32 *values = g_new (gint32, n_values);

          for (guint i = 0; i < n_values; i++)
            {
              gint64 value = shape == 0 ? (gint64) i : shape == 1 ? (gint64) (n_values - i) : shape == 2 ? 7
                             : shape == 3 ? (gint64) (i % 3) : g_test_rand_int_range (0, 1000);

              values[i] = (gint32) value;
              g_array_append_val (expected, value);
            }
          g_assert_cmpint (inb_quantile_pick (values, n_values, 50), ==, sorted_quantile (expected, 50));
          g_assert_cmpint (inb_quantile_pick (values, n_values, 90), ==, sorted_quantile (expected, 90));
          g_assert_cmpint (inb_quantile_pick (values, n_values, 1), ==, sorted_quantile (expected, 1));
          g_assert_cmpint (inb_quantile_pick (values, n_values, 100), ==, sorted_quantile (expected, 100));
        }
    }
  g_assert_cmpint (inb_quantile_pick (NULL, 0, 50), ==, -1);
}

static double
get_ms (gint64 since)
{
  return (double) (g_get_monotonic_time () - since) / 1000;
}

/* Prints; as a test it holds the counts to what only something wrong by an order of magnitude passes. */
static void
test_speed (void)
{
  InbFactsKitShape shape = { g_test_slow () ? 1000000 : 100000, 200, 200, "Europe/Berlin", NOW, 300 };
  InbLeadFacts *facts = inb_facts_kit_new (9, &shape);
  InbDateRange range = { INB_DATE_RANGE_ANY };
  double ms[5];
  gint64 started = g_get_monotonic_time ();

  inb_metrics_free (inb_lead_figures_count_metrics (facts, facts->shown, NOW));
  ms[0] = get_ms (started);
  started = g_get_monotonic_time ();
  inb_heat_map_free (inb_lead_figures_count_heat_map (facts, facts->shown, INB_HEAT_MAP_SOURCE_PRODUCT, 0, 0, NOW));
  ms[1] = get_ms (started);
  started = g_get_monotonic_time ();
  inb_heat_map_free (inb_lead_figures_count_heat_map (facts, facts->shown, INB_HEAT_MAP_WEEKDAY_HOUR, 0, 0, NOW));
  ms[2] = get_ms (started);
  started = g_get_monotonic_time ();
  inb_trends_free (inb_lead_figures_count_trends (facts, facts->shown, &range, INB_TREND_DAY, INB_TREND_BY_SOURCE, 8, NOW));
  ms[3] = get_ms (started);
  started = g_get_monotonic_time ();
  inb_value_counts_free (inb_lead_figures_count_values (facts, facts->shown, INB_FILTER_PRODUCT));
  ms[4] = get_ms (started);

  g_test_message ("%u leads: metrics %.1f ms, heat map of 200 x 200 %.1f ms, of weekday x hour %.1f ms, trends %.1f ms, "
                  "values %.1f ms", shape.n_rows, ms[0], ms[1], ms[2], ms[3], ms[4]);
  for (guint i = 0; i < G_N_ELEMENTS (ms); i++)
    g_assert_cmpfloat (ms[i], <, 100 + shape.n_rows / 200.0);
  inb_facts_kit_free (facts);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replica/figures/metrics", test_metrics);
  g_test_add_func ("/replica/figures/heat-map", test_heat_map);
  g_test_add_func ("/replica/figures/trends", test_trends);
  g_test_add_func ("/replica/figures/steps", test_steps);
  g_test_add_func ("/replica/figures/midnights", test_midnights);
  g_test_add_func ("/replica/figures/many-steps", test_many_steps);
  g_test_add_func ("/replica/figures/nothing", test_nothing);
  g_test_add_func ("/replica/figures/values", test_values);
  g_test_add_func ("/replica/figures/quantiles", test_quantiles);
  g_test_add_func ("/replica/figures/speed", test_speed);

  return g_test_run ();
}
