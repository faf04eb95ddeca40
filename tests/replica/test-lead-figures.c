/* What the figures say of random leads, against a count that is slow and plain. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-facts-world.h"
#include "inb-lead-figures-count.h"
#include "inb-quantile.h"

#include <string.h>

#define N_ROUNDS 12

static void
check_top (InbFactsWorld       *world,
           InbFilterField       field,
           const InbNamedCount *top)
{
  g_autoptr (GArray) list = inb_facts_world_list_values (world, field, FALSE, inb_facts_world_holds_always, NULL);

  for (guint i = 0; i < INB_METRICS_TOP; i++)
    {
      g_assert_cmpstr (top[i].name, ==, i < list->len ? g_array_index (list, InbFactsNamed, i).name : NULL);
      g_assert_cmpint (top[i].leads, ==, i < list->len ? g_array_index (list, InbFactsNamed, i).leads : 0);
    }
}

static void
check_metrics (InbFactsWorld *world)
{
  g_autoptr (InbMetrics) metrics = inb_lead_figures_count_metrics (world->facts, world->wanted, INB_FACTS_NOW);
  g_autoptr (GArray) responses = g_array_new (FALSE, FALSE, sizeof (gint64));
  int today = inb_facts_world_get_today (world);
  InbMetrics sum = { 0 };

  for (guint32 row = 0; row < world->facts->n_rows; row++)
    {
      gint64 response = world->facts->response[row];

      if (!inb_facts_world_is_wanted (world, row))
        continue;
      sum.total++;
      sum.new_leads += g_str_equal (inb_facts_world_get_stage (world, row), "new");
      sum.pending += inb_facts_world_is_open (world, row) && !g_str_equal (inb_facts_world_get_stage (world, row), "new");
      sum.converted += world->facts->is_converted[row];
      sum.today += world->facts->created_at[row] >= inb_time_day_start (INB_FACTS_NOW, world->facts->timezone);
      for (int i = 0; i < INB_METRICS_DAYS; i++)
        {
          if (world->facts->day[row] != today - (INB_METRICS_DAYS - 1) + i)
            continue;
          sum.days[i].leads++;
          sum.days[i].new_leads += g_str_equal (inb_facts_world_get_stage (world, row), "new");
          sum.days[i].pending += inb_facts_world_is_open (world, row) && !g_str_equal (inb_facts_world_get_stage (world, row), "new");
          sum.days[i].converted += world->facts->is_converted[row];
        }
      if (response >= 0)
        {
          g_array_append_val (responses, response);
          sum.within_5_minutes += response <= 300;
        }
      else if (inb_facts_world_is_open (world, row))
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
  g_assert_cmpint (metrics->response_median, ==, inb_facts_world_sorted_quantile (responses, 50));
  g_assert_cmpint (metrics->response_p90, ==, inb_facts_world_sorted_quantile (responses, 90));
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
      InbFactsWorld world;

      inb_facts_world_init (&world, round);
      check_metrics (&world);
      inb_facts_world_clear (&world);
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
  while (!g_str_equal (g_array_index (list, InbFactsNamed, at).name, name))
    at++;

  return has_other && place == (int) n_places - 1 ? at >= n_places - 1 : at == (guint) place;
}

static gboolean
is_in_place (InbFactsWorld *world,
             guint32        row,
             const Place   *place)
{
  const InbHeatMap *map = place->map;

  if (!inb_facts_world_is_wanted (world, row))
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
check_cell (InbFactsWorld        *world,
            const Place          *place,
            const InbHeatMapCell *cell)
{
  g_autoptr (GArray) responses = g_array_new (FALSE, FALSE, sizeof (gint64));
  int today = inb_facts_world_get_today (world);
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
  sum.response_median = inb_facts_world_sorted_quantile (responses, 50);
  g_assert_cmpmem (cell, sizeof *cell, &sum, sizeof sum);
}

static void
check_heat_map (InbFactsWorld  *world,
                InbHeatMapMode  mode,
                guint           max_rows,
                guint           max_columns)
{
  g_autoptr (InbHeatMap) map = inb_lead_figures_count_heat_map (world->facts, world->wanted, mode, max_rows, max_columns, INB_FACTS_NOW);
  g_autoptr (GArray) sources = inb_facts_world_list_values (world, INB_FILTER_SOURCE, TRUE, inb_facts_world_holds_always, NULL);
  g_autoptr (GArray) products = inb_facts_world_list_values (world, INB_FILTER_PRODUCT, TRUE, inb_facts_world_holds_always, NULL);
  Place place = { map, sources, products, -1, -1 };

  if (mode == INB_HEAT_MAP_SOURCE_PRODUCT)
    {
      inb_facts_world_check_names (sources, map->rows, map->n_rows, map->has_other_row, max_rows);
      inb_facts_world_check_names (products, map->columns, map->n_columns, map->has_other_column, max_columns);
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
      InbFactsWorld world;

      inb_facts_world_init (&world, round);
      check_heat_map (&world, INB_HEAT_MAP_SOURCE_PRODUCT, limits[round][0], limits[round][1]);
      inb_facts_world_clear (&world);
    }
  for (guint round = 0; round < 2; round++)
    {
      InbFactsWorld world;

      inb_facts_world_init (&world, round);
      check_heat_map (&world, INB_HEAT_MAP_WEEKDAY_HOUR, 3, 3);
      inb_facts_world_clear (&world);
    }
}

static void
test_nothing (void)
{
  InbFactsKitShape shape = { 100, 3, 3, "Europe/Berlin", INB_FACTS_NOW, 10 };
  InbLeadFacts *facts = inb_facts_kit_new (5, &shape);
  g_autofree guint64 *none = g_new0 (guint64, 100 / 64 + 1);
  InbDateRange range = { INB_DATE_RANGE_ANY };
  g_autoptr (InbMetrics) metrics = inb_lead_figures_count_metrics (facts, none, INB_FACTS_NOW);
  g_autoptr (InbHeatMap) map = inb_lead_figures_count_heat_map (facts, none, INB_HEAT_MAP_SOURCE_PRODUCT, 0, 0, INB_FACTS_NOW);
  g_autoptr (InbTrends) trends = inb_lead_figures_count_trends (facts, none, &range, INB_TREND_WEEK, INB_TREND_BY_PRODUCT, 0, INB_FACTS_NOW);
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
      InbFactsWorld world;

      inb_facts_world_init (&world, round);
      values = inb_lead_figures_count_values (world.facts, world.wanted, field);
      list = inb_facts_world_list_values (&world, field, TRUE, inb_facts_world_holds_always, NULL);
      g_assert_cmpuint (values->n_values, ==, list->len);
      for (guint i = 0; i < list->len; i++)
        {
          g_assert_cmpstr (values->values[i].name, ==, g_array_index (list, InbFactsNamed, i).name);
          g_assert_cmpint (values->values[i].leads, ==, g_array_index (list, InbFactsNamed, i).leads);
        }
      inb_facts_world_clear (&world);
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
          g_assert_cmpint (inb_quantile_pick (values, n_values, 50), ==, inb_facts_world_sorted_quantile (expected, 50));
          g_assert_cmpint (inb_quantile_pick (values, n_values, 90), ==, inb_facts_world_sorted_quantile (expected, 90));
          g_assert_cmpint (inb_quantile_pick (values, n_values, 1), ==, inb_facts_world_sorted_quantile (expected, 1));
          g_assert_cmpint (inb_quantile_pick (values, n_values, 100), ==, inb_facts_world_sorted_quantile (expected, 100));
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
  InbFactsKitShape shape = { g_test_slow () ? 1000000 : 100000, 200, 200, "Europe/Berlin", INB_FACTS_NOW, 300 };
  InbLeadFacts *facts = inb_facts_kit_new (9, &shape);
  InbDateRange range = { INB_DATE_RANGE_ANY };
  double ms[5];
  gint64 started = g_get_monotonic_time ();

  inb_metrics_free (inb_lead_figures_count_metrics (facts, facts->shown, INB_FACTS_NOW));
  ms[0] = get_ms (started);
  started = g_get_monotonic_time ();
  inb_heat_map_free (inb_lead_figures_count_heat_map (facts, facts->shown, INB_HEAT_MAP_SOURCE_PRODUCT, 0, 0, INB_FACTS_NOW));
  ms[1] = get_ms (started);
  started = g_get_monotonic_time ();
  inb_heat_map_free (inb_lead_figures_count_heat_map (facts, facts->shown, INB_HEAT_MAP_WEEKDAY_HOUR, 0, 0, INB_FACTS_NOW));
  ms[2] = get_ms (started);
  started = g_get_monotonic_time ();
  inb_trends_free (inb_lead_figures_count_trends (facts, facts->shown, &range, INB_TREND_DAY, INB_TREND_BY_SOURCE, 8, INB_FACTS_NOW));
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
  g_test_add_func ("/replica/figures/nothing", test_nothing);
  g_test_add_func ("/replica/figures/values", test_values);
  g_test_add_func ("/replica/figures/quantiles", test_quantiles);
  g_test_add_func ("/replica/figures/speed", test_speed);

  return g_test_run ();
}
