/* The figures of a replica, for random filters, against counts that SQLite makes of the same file. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-figures-filter.h"

#define N_FILTERS 50

static const InbFiguresZone zones[] = {
  { "Pacific/Auckland", "2026-04-06T02:15:00Z" },
  { "America/Los_Angeles", "2026-03-08T20:15:00Z" },
  { "Asia/Kolkata", "2026-04-06T19:45:00Z" },
  { "Europe/Berlin", "2025-10-26T22:30:00Z" },
};

/* Metrics */

static gint64
quantile (InbFiguresWorld *world,
          const char      *where,
          guint            percent)
{
  gint64 n_answered = inb_figures_count (world, where, "SELECT count (response) FROM wanted");
  g_autofree char *select = NULL;

  if (n_answered == 0)
    return -1;
  select = g_strdup_printf ("SELECT response FROM wanted WHERE response IS NOT NULL ORDER BY 1 LIMIT 1 OFFSET %" G_GINT64_FORMAT,
                            (n_answered * percent + 99) / 100 - 1);

  return inb_figures_count (world, where, select);
}

static void
check_top (InbFiguresWorld     *world,
           const char          *where,
           const char          *column,
           const InbNamedCount *top)
{
  sqlite3_stmt *statement = inb_figures_prepare (world, where,
                                                 "SELECT %s, count (*) FROM wanted WHERE %s IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %d",
                                                 column, column, INB_METRICS_TOP);
  guint i = 0;

  for (; sqlite3_step (statement) == SQLITE_ROW; i++)
    {
      g_assert_cmpstr (top[i].name, ==, (const char *) sqlite3_column_text (statement, 0));
      g_assert_cmpint (top[i].leads, ==, sqlite3_column_int64 (statement, 1));
    }
  if (i < INB_METRICS_TOP)
    g_assert_null (top[i].name);
  sqlite3_finalize (statement);
}

static void
check_days (InbFiguresWorld   *world,
            const char        *where,
            const InbDayCount *days)
{
  sqlite3_stmt *statement = inb_figures_prepare (world, where,
                                                 "SELECT day, count (*), sum (stage = 'new'), "
                                                 "sum (stage <> 'new' AND " INB_FIGURES_IS_OPEN "), sum (is_converted) FROM wanted GROUP BY 1");
  InbDayCount expected[INB_METRICS_DAYS] = { { 0 } };

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      for (int i = 0; i < INB_METRICS_DAYS; i++)
        {
          g_autofree char *day = inb_figures_world_local_day (world, i - (INB_METRICS_DAYS - 1));

          if (g_str_equal (day, (const char *) sqlite3_column_text (statement, 0)))
            expected[i] = (InbDayCount) { sqlite3_column_int64 (statement, 1), sqlite3_column_int64 (statement, 2),
                                          sqlite3_column_int64 (statement, 3), sqlite3_column_int64 (statement, 4) };
        }
    }
  sqlite3_finalize (statement);
  g_assert_cmpmem (days, sizeof expected, expected, sizeof expected);
}

static void
check_metrics (InbFiguresWorld *world,
               InbLeadFilter   *filter,
               const char      *where)
{
  g_autoptr (InbMetrics) metrics = inb_figures_world_get_metrics (world, filter);
  g_autofree char *today = inb_figures_world_local_day (world, 0);
  g_autofree char *today_select = g_strdup_printf ("SELECT count (*) FROM wanted WHERE day >= '%s'", today);
  gint64 waiting;

  g_assert_true (metrics->has_details);
  g_assert_cmpint (metrics->total, ==, inb_figures_count (world, where, "SELECT count (*) FROM wanted"));
  g_assert_cmpint (metrics->new_leads, ==, inb_figures_count (world, where, "SELECT count (*) FROM wanted WHERE stage = 'new'"));
  g_assert_cmpint (metrics->pending, ==, inb_figures_count (world, where, "SELECT count (*) FROM wanted WHERE stage <> 'new' AND " INB_FIGURES_IS_OPEN));
  g_assert_cmpint (metrics->converted, ==, inb_figures_count (world, where, "SELECT count (*) FROM wanted WHERE is_converted"));
  g_assert_cmpint (metrics->today, ==, inb_figures_count (world, where, today_select));
  g_assert_cmpint (metrics->answered, ==, inb_figures_count (world, where, "SELECT count (response) FROM wanted"));
  g_assert_cmpint (metrics->within_5_minutes, ==, inb_figures_count (world, where, "SELECT count (*) FROM wanted WHERE response <= 300"));
  g_assert_cmpint (metrics->response_median, ==, quantile (world, where, 50));
  g_assert_cmpint (metrics->response_p90, ==, quantile (world, where, 90));
  waiting = inb_figures_count (world, where, "SELECT count (*) FROM wanted WHERE response IS NULL AND " INB_FIGURES_IS_OPEN);
  g_assert_cmpint (metrics->waiting, ==, waiting);
  if (waiting > 0)
    {
      g_autofree char *id_where = g_strdup_printf ("%s AND id = '%s'", where, metrics->waiting_lead_id);

      g_assert_cmpint (metrics->waiting_since, ==,
                       inb_figures_count (world, where, "SELECT min (created_at) FROM wanted WHERE response IS NULL AND " INB_FIGURES_IS_OPEN));
      g_assert_cmpint (metrics->waiting_since, ==, inb_figures_count (world, id_where, "SELECT created_at FROM wanted"));
    }
  check_top (world, where, "lead_source", metrics->sources);
  check_top (world, where, "product_interest", metrics->products);
  check_days (world, where, metrics->days);
}

/* Heat map */

static int
find_name (char      **names,
           guint       n_names,
           const char *name)
{
  for (guint i = 0; i < n_names; i++)
    {
      if (g_str_equal (names[i], name))
        return (int) i;
    }

  return -1;
}

static void
check_heat_map (InbFiguresWorld *world,
                InbLeadFilter   *filter,
                const char      *where,
                InbHeatMapMode   mode)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbHeatMap) map = NULL;
  g_autofree char *recent = inb_figures_world_local_day (world, -29);
  g_autofree char *before = inb_figures_world_local_day (world, -59);
  g_autofree char *today = inb_figures_world_local_day (world, 0);
  const char *names = mode == INB_HEAT_MAP_SOURCE_PRODUCT ? "coalesce (lead_source, ''), coalesce (product_interest, '')"
                                                          : "weekday, CAST (hour AS INTEGER) || ''";
  sqlite3_stmt *statement;
  gint64 total = 0;

  map = inb_kit_get_heat_map (world->replica, filter, mode, world->now, &error);
  g_assert_no_error (error);

  statement = inb_figures_prepare (world, where,
                                   "SELECT %s, count (*), sum (is_converted), sum (value), count (response), "
                                   "sum (day BETWEEN '%s' AND '%s'), "
                                   "sum (day >= '%s' AND day < '%s') "
                                   "FROM wanted GROUP BY 1, 2", names, recent, today, before, recent);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      int row = find_name (map->rows, map->n_rows, (const char *) sqlite3_column_text (statement, 0));
      int column = find_name (map->columns, map->n_columns, (const char *) sqlite3_column_text (statement, 1));
      const InbHeatMapCell *cell;

      g_assert_cmpint (row, >=, 0);
      g_assert_cmpint (column, >=, 0);
      cell = &map->cells[(guint) row * map->n_columns + (guint) column];
      g_assert_cmpint (cell->leads, ==, sqlite3_column_int64 (statement, 2));
      g_assert_cmpint (cell->converted, ==, sqlite3_column_int64 (statement, 3));
      g_assert_cmpint (cell->value, ==, sqlite3_column_int64 (statement, 4));
      g_assert_cmpint (cell->answered, ==, sqlite3_column_int64 (statement, 5));
      g_assert_cmpint (cell->last_30_days, ==, sqlite3_column_int64 (statement, 6));
      g_assert_cmpint (cell->previous_30_days, ==, sqlite3_column_int64 (statement, 7));
      total += cell->leads;
    }
  sqlite3_finalize (statement);
  g_assert_cmpint (map->total.leads, ==, total);
  g_assert_cmpint (map->total.response_median, ==, quantile (world, where, 50));
}

/* Trends */

static void
check_trends (InbFiguresWorld *world,
              InbLeadFilter   *filter,
              const char      *where)
{
  InbDateRange range = { INB_DATE_RANGE_LAST_30_DAYS };
  g_autoptr (InbTrends) trends = inb_figures_world_get_trends (world, filter, &range, INB_TREND_DAY);
  g_autofree char *first = inb_figures_world_local_day (world, -29);
  g_autofree char *last = inb_figures_world_local_day (world, 0);
  g_autofree char *created = g_strdup_printf ("%s AND day BETWEEN '%s' AND '%s'", where, first, last);
  static const char * const reached[] = { "('lost')", "('lost', 'new')", "('lost', 'new', 'contacted')",
                                          "('lost', 'new', 'contacted', 'qualified')" };

  g_assert_cmpuint (trends->n_steps, ==, 30);
  for (guint step = 0; step < trends->n_steps; step++)
    {
      g_autofree char *day = inb_figures_world_local_day (world, (int) step - 29);
      g_autofree char *on_day = g_strdup_printf ("%s AND day = '%s'", where, day);
      g_autofree char *won = g_strdup_printf ("%s AND is_converted AND won_day = '%s'", where, day);
      gint64 leads = 0;

      g_assert_cmpstr (trends->steps[step], ==, day);
      for (guint i = 0; i < trends->n_series; i++)
        leads += trends->leads[i * trends->n_steps + step];
      g_assert_cmpint (leads, ==, inb_figures_count (world, on_day, "SELECT count (*) FROM wanted"));
      g_assert_cmpint (trends->won[step], ==, inb_figures_count (world, won, "SELECT count (*) FROM wanted"));
      g_assert_cmpint (trends->won_value[step], ==, inb_figures_count (world, won, "SELECT coalesce (sum (value), 0) FROM wanted"));
    }
  if (trends->n_series > 0)
    {
      gint64 leads = 0;

      for (guint step = 0; step < trends->n_steps; step++)
        leads += trends->leads[step];
      g_assert_cmpint (leads, ==, inb_figures_count (world, created, "SELECT count (*) FROM wanted GROUP BY coalesce (lead_source, '') "
                                                         "ORDER BY 1 DESC LIMIT 1"));
    }

  g_assert_cmpuint (trends->n_stages, ==, 5);
  for (guint i = 0; i < G_N_ELEMENTS (reached); i++)
    {
      g_autofree char *select = g_strdup_printf ("SELECT count (*) FROM wanted WHERE stage NOT IN %s", reached[i]);

      g_assert_cmpint (trends->reached[i], ==, inb_figures_count (world, created, select));
    }
  g_assert_cmpint (trends->reached[4], ==, inb_figures_count (world, created, "SELECT count (*) FROM wanted WHERE stage = 'won'"));
  g_assert_cmpint (trends->lost, ==, inb_figures_count (world, created, "SELECT count (*) FROM wanted WHERE stage = 'lost'"));
  g_assert_cmpint (trends->unanswered, ==, inb_figures_count (world, created, "SELECT count (*) FROM wanted WHERE response IS NULL AND " INB_FIGURES_IS_OPEN));
  g_assert_cmpint (trends->responses[0], ==, inb_figures_count (world, created, "SELECT count (*) FROM wanted WHERE response <= 60"));
  g_assert_cmpint (trends->responses[3], ==, inb_figures_count (world, created, "SELECT count (*) FROM wanted WHERE response > 900 AND response <= 3600"));
  g_assert_cmpint (trends->responses[6], ==, inb_figures_count (world, created, "SELECT count (*) FROM wanted WHERE response > 86400"));
}

static void
check_values (InbFiguresWorld *world,
              InbLeadFilter   *filter,
              const char      *where,
              InbFilterField   field)
{
  g_autoptr (InbValueCounts) values = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3_stmt *statement;
  guint i = 0;

  if (filter->values[field] != NULL)
    return; /* that is passed over, which @where is not */

  values = inb_kit_get_values (world->replica, filter, field, world->now, &error);
  g_assert_no_error (error);
  statement = inb_figures_prepare (world, where, "SELECT coalesce (%s, ''), count (*) FROM wanted GROUP BY 1 ORDER BY 2 DESC, 1",
                                   inb_figures_columns[field]);
  for (; sqlite3_step (statement) == SQLITE_ROW; i++)
    {
      g_assert_cmpuint (i, <, values->n_values);
      g_assert_cmpstr (values->values[i].name, ==, (const char *) sqlite3_column_text (statement, 0));
      g_assert_cmpint (values->values[i].leads, ==, sqlite3_column_int64 (statement, 1));
    }
  g_assert_cmpuint (i, ==, values->n_values);
  sqlite3_finalize (statement);
}

static void
test_filters (gconstpointer data)
{
  InbFiguresWorld world = { NULL };
  guint n_empty = 0;

  inb_figures_world_init (&world, data);
  inb_figures_filter_fill (&world);
  inb_kit_wait_for_facts (world.replica);
  for (guint i = 0; i < N_FILTERS; i++)
    {
      g_autoptr (GString) where = g_string_new (NULL);
      g_autoptr (InbLeadFilter) filter = inb_figures_filter_make (&world, i, where);

      g_test_message ("%s", where->str);
      check_metrics (&world, filter, where->str);
      check_heat_map (&world, filter, where->str, INB_HEAT_MAP_SOURCE_PRODUCT);
      check_heat_map (&world, filter, where->str, INB_HEAT_MAP_WEEKDAY_HOUR);
      check_trends (&world, filter, where->str);
      check_values (&world, filter, where->str, (InbFilterField) (i % INB_N_FILTER_FIELDS));
      n_empty += inb_figures_count (&world, where->str, "SELECT count (*) FROM wanted") == 0;
    }
  g_assert_cmpuint (n_empty, <, N_FILTERS / 2);
  inb_figures_world_clear (&world);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autofree char *path = g_strdup_printf ("/replica/figures/filters/%s", zones[i].timezone);

      g_test_add_data_func (path, &zones[i], test_filters);
    }

  return g_test_run ();
}
