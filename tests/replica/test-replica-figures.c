/* The figures of a replica, for random filters, against counts that SQLite makes of the same file; and what local days and hours
 * are where the clocks change.
 */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-replica-kit.h"
#include "inb-sample.h"
#include "inb-time.h"

#include <sqlite3.h>

#define EPOCH "one"
#define N_LEADS 1500
#define N_FILTERS 50
#define SPREAD_DAYS 130

#define IS_OPEN "stage NOT IN ('won', 'lost')"
#define RESPONSE "(CASE WHEN first_response_at >= created_at THEN (first_response_at - created_at) / 1000000 END)"
#define VALUE "(CASE WHEN currency = 'EUR' THEN coalesce (CASE WHEN is_converted THEN conversion_value END, estimated_value, 0) ELSE 0 END)"
/* Local times once a lead, not once a count. */
#define COUNTED "CREATE TEMP TABLE counted AS SELECT id, stage, lead_source, product_interest, assigned_to, team_id, " \
                "temperature, utm_campaign, created_at, next_follow_up_at, first_response_at, is_converted, " RESPONSE " AS response, " VALUE " AS value, " \
                "local (created_at, '%Y-%m-%d') AS day, local (created_at, '%u') AS weekday, local (created_at, '%H') AS hour, " \
                "local (last_activity_at, '%Y-%m-%d') AS activity_day, local (converted_at, '%Y-%m-%d') AS won_day " \
                "FROM leads WHERE shown = 1 AND is_test IS NOT 1"

typedef struct {
  const char *timezone;
  const char *now;       /* a little behind a change of the clocks, where there is one */
} Zone;

static const Zone zones[] = {
  { "Pacific/Auckland", "2026-04-06T02:15:00Z" },
  { "America/Los_Angeles", "2026-03-08T20:15:00Z" },
  { "Asia/Kolkata", "2026-04-06T19:45:00Z" },
  { "Europe/Berlin", "2025-10-26T22:30:00Z" },
};

static const char * const columns[INB_N_FILTER_FIELDS] = {
  [INB_FILTER_STAGE] = "stage",
  [INB_FILTER_SOURCE] = "lead_source",
  [INB_FILTER_PRODUCT] = "product_interest",
  [INB_FILTER_OWNER] = "assigned_to",
  [INB_FILTER_TEAM] = "team_id",
  [INB_FILTER_TEMPERATURE] = "temperature",
  [INB_FILTER_CAMPAIGN] = "utm_campaign",
};

typedef struct {
  char       *folder;
  GRand      *rand;
  GTimeZone  *timezone;
  gint64      now;
  InbReplica *replica;
  sqlite3    *db;
} World;

/* Local times, the slow way. */
static char *
format_local (World      *world,
              gint64      microseconds,
              const char *format)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (microseconds / INB_TIME_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, world->timezone);

  return g_date_time_format (local, format);
}

static void
sql_local (sqlite3_context  *context,
           int               n_values,
           sqlite3_value   **values)
{
  World *world = sqlite3_user_data (context);
  char *text;

  if (sqlite3_value_type (values[0]) == SQLITE_NULL)
    return;

  text = format_local (world, sqlite3_value_int64 (values[0]), (const char *) sqlite3_value_text (values[1]));
  sqlite3_result_text (context, text, -1, g_free);
}

static gint64
parse_time (const char *text)
{
  gint64 time;

  g_assert_true (inb_time_parse (text, &time));

  return time;
}

static void
world_init (World      *world,
            const Zone *zone)
{
  world->folder = inb_kit_make_folder ();
  world->rand = g_rand_new_with_seed (77);
  world->timezone = g_time_zone_new_identifier (zone->timezone);
  world->now = parse_time (zone->now);
  world->replica = inb_kit_new (world->folder);
}

static void
world_store (World     *world,
             InbSample *sample,
             GPtrArray *rows)
{
  g_autofree char *path = g_build_filename (world->folder, "replica.db", NULL);
  g_autoptr (GError) error = NULL;

  inb_kit_apply (world->replica, inb_kit_make_changes (world->replica, EPOCH, rows, sample->seq), &error);
  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_open_v2 (path, &world->db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_create_function (world->db, "local", 2, SQLITE_UTF8, world, sql_local, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (world->db, COUNTED, NULL, NULL, NULL), ==, SQLITE_OK);
}

static void
world_clear (World *world)
{
  sqlite3_close (world->db);
  inb_kit_drop (world->replica);
  inb_kit_delete_folder (world->folder);
  g_time_zone_unref (world->timezone);
  g_rand_free (world->rand);
  g_free (world->folder);
}

/* Made rows, in the zone of the world. */
static void
add_setup (World     *world,
           InbSample *sample,
           GPtrArray *rows)
{
  inb_sample_add_small (sample, rows);
  inb_row_set (g_ptr_array_index (rows, 0), INB_WORKSPACE_TIMEZONE, g_time_zone_get_identifier (world->timezone));
}

static gboolean
chance (World *world,
        int    percent)
{
  return g_rand_int_range (world->rand, 0, 100) < percent;
}

static const char *
pick_id (World *world)
{
  static const char * const ids[] = {
    "018f0000-0000-7000-8000-000000000001", "018f0000-0000-7000-8000-000000000002", "018f0000-0000-7000-8000-000000000003",
  };

  return chance (world, 30) ? NULL : ids[g_rand_int_range (world->rand, 0, G_N_ELEMENTS (ids))];
}

static const char *
pick_campaign (World *world)
{
  static const char * const campaigns[] = { "autumn", "Autumn", "winter's \"best\"", "größe" };

  return chance (world, 30) ? NULL : campaigns[g_rand_int_range (world->rand, 0, G_N_ELEMENTS (campaigns))];
}

static gint64
pick_time (World *world)
{
  return world->now - (gint64) (g_rand_double (world->rand) * SPREAD_DAYS * (double) INB_TIME_DAY) + INB_TIME_DAY / 2;
}

static void
vary_lead (World  *world,
           InbRow *lead)
{
  gint64 created_at = inb_row_get_time (lead, INB_LEAD_CREATED_AT);

  inb_row_set (lead, INB_LEAD_ASSIGNED_TO, pick_id (world));
  inb_row_set (lead, INB_LEAD_TEAM_ID, chance (world, 50) ? "north" : NULL);
  inb_row_set (lead, INB_LEAD_UTM_CAMPAIGN, pick_campaign (world));
  inb_row_set_time (lead, INB_LEAD_LAST_ACTIVITY_AT, chance (world, 90) ? pick_time (world) : INB_TIME_NONE);
  inb_row_set_time (lead, INB_LEAD_NEXT_FOLLOW_UP_AT, chance (world, 40) ? pick_time (world) : INB_TIME_NONE);
  if (chance (world, 60))
    inb_row_set_time (lead, INB_LEAD_FIRST_RESPONSE_AT,
                      created_at + (gint64) (g_rand_double (world->rand) * g_rand_double (world->rand) * 90000.0 * (double) INB_TIME_SECOND));
  if (chance (world, 10))
    inb_row_set (lead, INB_LEAD_CURRENCY, "USD");
  if (inb_row_get_boolean (lead, INB_LEAD_IS_CONVERTED))
    {
      inb_row_set_time (lead, INB_LEAD_CONVERTED_AT, pick_time (world));
      if (chance (world, 70))
        inb_row_take (lead, INB_LEAD_CONVERSION_VALUE, g_strdup_printf ("%d.25", g_rand_int_range (world->rand, 1, 9999)));
    }
}

static void
fill (World *world)
{
  g_autoptr (InbSample) sample = inb_sample_new (41);
  GPtrArray *rows = inb_kit_new_rows ();

  add_setup (world, sample, rows);
  for (guint i = 0; i < N_LEADS; i++)
    {
      guint first = rows->len;

      inb_sample_add_lead (sample, rows, pick_time (world));
      vary_lead (world, g_ptr_array_index (rows, first + 1));
    }
  world_store (world, sample, rows);
}

/* Counting */

static sqlite3_stmt *
prepare (World      *world,
         const char *where,
         const char *format,
         ...) G_GNUC_PRINTF (3, 4);

/* The matching leads are the table "wanted". */
static sqlite3_stmt *
prepare (World      *world,
         const char *where,
         const char *format,
         ...)
{
  g_autofree char *select = NULL;
  g_autofree char *sql = NULL;
  sqlite3_stmt *statement;
  va_list args;

  va_start (args, format);
  select = g_strdup_vprintf (format, args);
  va_end (args);
  sql = g_strdup_printf ("WITH wanted AS (SELECT * FROM counted WHERE true%s) %s", where, select);
  if (sqlite3_prepare_v2 (world->db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sqlite3_errmsg (world->db), sql);

  return statement;
}

static gint64
count (World      *world,
       const char *where,
       const char *select)
{
  sqlite3_stmt *statement = prepare (world, where, "%s", select);
  gint64 value;

  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  value = sqlite3_column_type (statement, 0) == SQLITE_NULL ? -1 : sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);

  return value;
}

static char *
local_day (World *world,
           int    days)
{
  g_autofree char *today = format_local (world, world->now, "%Y-%m-%d");
  g_autoptr (GDate) date = g_date_new ();
  char text[11];

  g_date_set_parse (date, today);
  if (days >= 0)
    g_date_add_days (date, (guint) days);
  else
    g_date_subtract_days (date, (guint) -days);
  g_date_strftime (text, sizeof text, "%Y-%m-%d", date);

  return g_strdup (text);
}

/* Filters */

static void
append_range (World        *world,
              GString      *where,
              InbDateRange *range,
              const char   *column)
{
  g_autofree char *today = local_day (world, 0);
  g_autofree char *from = NULL;
  g_autofree char *to = g_strdup (today);
  g_autofree char *weekday = format_local (world, world->now, "%u");

  switch (g_rand_int_range (world->rand, 0, 12))
    {
    case 0:
      range->kind = INB_DATE_RANGE_TODAY;
      from = g_strdup (today);
      break;
    case 1:
      range->kind = INB_DATE_RANGE_YESTERDAY;
      from = local_day (world, -1);
      g_free (to);
      to = local_day (world, -1);
      break;
    case 2:
      range->kind = INB_DATE_RANGE_LAST_7_DAYS;
      from = local_day (world, -6);
      break;
    case 3:
      range->kind = INB_DATE_RANGE_LAST_30_DAYS;
      from = local_day (world, -29);
      break;
    case 4:
      range->kind = INB_DATE_RANGE_THIS_WEEK;
      from = local_day (world, 1 - atoi (weekday));
      break;
    case 5:
      range->kind = INB_DATE_RANGE_THIS_MONTH;
      from = g_strdup_printf ("%.7s-01", today);
      break;
    case 6:
      g_free (to);
      from = local_day (world, -40);
      to = local_day (world, -20);
      g_assert_true (inb_date_range_set_days (range, from, to));
      break;
    default:
      return;
    }
  g_string_append_printf (where, " AND %s BETWEEN '%s' AND '%s'", column, from, to);
}

static void
append_values (World         *world,
               GString       *where,
               InbLeadFilter *filter,
               InbFilterField field)
{
  sqlite3_stmt *statement = prepare (world, "", "SELECT DISTINCT coalesce (%s, '') FROM wanted ORDER BY 1", columns[field]);

  g_string_append_printf (where, " AND coalesce (%s, '') IN ('no such value'", columns[field]);
  inb_lead_filter_toggle_value (filter, field, "no such value");
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *value = (const char *) sqlite3_column_text (statement, 0);
      char *quoted;

      if (!chance (world, 50))
        continue;
      quoted = sqlite3_mprintf ("%Q", value);
      g_string_append_printf (where, ", %s", quoted);
      sqlite3_free (quoted);
      inb_lead_filter_toggle_value (filter, field, value);
    }
  g_string_append (where, ")");
  sqlite3_finalize (statement);
}

/* @where: (out): what it means in SQL */
static InbLeadFilter *
make_filter (World   *world,
             guint    number,
             GString *where)
{
  InbLeadFilter *filter = inb_lead_filter_new ();

  if (number == 0)
    return filter;

  for (guint field = 0; field < INB_N_FILTER_FIELDS; field++)
    {
      if (chance (world, 25))
        append_values (world, where, filter, field);
    }
  append_range (world, where, &filter->created, "day");
  if (chance (world, 25))
    append_range (world, where, &filter->activity, "activity_day");
  if (chance (world, 15))
    {
      filter->weekday = g_rand_int_range (world->rand, 1, 8);
      g_string_append_printf (where, " AND weekday = '%d'", filter->weekday);
    }
  if (chance (world, 10))
    {
      filter->hour = g_rand_int_range (world->rand, 0, 24);
      g_string_append_printf (where, " AND hour = '%02d'", filter->hour);
    }
  if (chance (world, 15))
    {
      filter->flags |= INB_FILTER_FOLLOW_UP_DUE;
      g_string_append_printf (where, " AND next_follow_up_at <= %" G_GINT64_FORMAT " AND " IS_OPEN, world->now);
    }
  if (chance (world, 10))
    {
      filter->flags |= INB_FILTER_CONVERTED;
      g_string_append (where, " AND is_converted");
    }
  if (chance (world, 10))
    {
      filter->flags |= INB_FILTER_UNANSWERED;
      g_string_append (where, " AND first_response_at IS NULL AND " IS_OPEN);
    }

  return filter;
}

/* Metrics */

static gint64
quantile (World      *world,
          const char *where,
          guint       percent)
{
  gint64 n_answered = count (world, where, "SELECT count (response) FROM wanted");
  g_autofree char *select = NULL;

  if (n_answered == 0)
    return -1;
  select = g_strdup_printf ("SELECT response FROM wanted WHERE response IS NOT NULL ORDER BY 1 LIMIT 1 OFFSET %" G_GINT64_FORMAT,
                            (n_answered * percent + 99) / 100 - 1);

  return count (world, where, select);
}

static void
check_top (World               *world,
           const char          *where,
           const char          *column,
           const InbNamedCount *top)
{
  sqlite3_stmt *statement = prepare (world, where,
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
check_days (World             *world,
            const char        *where,
            const InbDayCount *days)
{
  sqlite3_stmt *statement = prepare (world, where,
                                     "SELECT day, count (*), sum (stage = 'new'), "
                                     "sum (stage <> 'new' AND " IS_OPEN "), sum (is_converted) FROM wanted GROUP BY 1");
  InbDayCount expected[INB_METRICS_DAYS] = { { 0 } };

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      for (int i = 0; i < INB_METRICS_DAYS; i++)
        {
          g_autofree char *day = local_day (world, i - (INB_METRICS_DAYS - 1));

          if (g_str_equal (day, (const char *) sqlite3_column_text (statement, 0)))
            expected[i] = (InbDayCount) { sqlite3_column_int64 (statement, 1), sqlite3_column_int64 (statement, 2),
                                          sqlite3_column_int64 (statement, 3), sqlite3_column_int64 (statement, 4) };
        }
    }
  sqlite3_finalize (statement);
  g_assert_cmpmem (days, sizeof expected, expected, sizeof expected);
}

static void
on_result (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

static InbMetrics *
get_metrics (World         *world,
             InbLeadFilter *filter)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  InbMetrics *metrics;

  inb_replica_get_metrics_async (world->replica, filter, world->now, NULL, on_result, &result);
  inb_kit_wait (has_result, &result);
  metrics = inb_replica_get_metrics_finish (world->replica, result, &error);
  g_assert_no_error (error);

  return metrics;
}

static void
check_metrics (World         *world,
               InbLeadFilter *filter,
               const char    *where)
{
  g_autoptr (InbMetrics) metrics = get_metrics (world, filter);
  g_autofree char *today = local_day (world, 0);
  g_autofree char *today_select = g_strdup_printf ("SELECT count (*) FROM wanted WHERE day >= '%s'", today);
  gint64 waiting;

  g_assert_true (metrics->has_details);
  g_assert_cmpint (metrics->total, ==, count (world, where, "SELECT count (*) FROM wanted"));
  g_assert_cmpint (metrics->new_leads, ==, count (world, where, "SELECT count (*) FROM wanted WHERE stage = 'new'"));
  g_assert_cmpint (metrics->pending, ==, count (world, where, "SELECT count (*) FROM wanted WHERE stage <> 'new' AND " IS_OPEN));
  g_assert_cmpint (metrics->converted, ==, count (world, where, "SELECT count (*) FROM wanted WHERE is_converted"));
  g_assert_cmpint (metrics->today, ==, count (world, where, today_select));
  g_assert_cmpint (metrics->answered, ==, count (world, where, "SELECT count (response) FROM wanted"));
  g_assert_cmpint (metrics->within_5_minutes, ==, count (world, where, "SELECT count (*) FROM wanted WHERE response <= 300"));
  g_assert_cmpint (metrics->response_median, ==, quantile (world, where, 50));
  g_assert_cmpint (metrics->response_p90, ==, quantile (world, where, 90));
  waiting = count (world, where, "SELECT count (*) FROM wanted WHERE response IS NULL AND " IS_OPEN);
  g_assert_cmpint (metrics->waiting, ==, waiting);
  if (waiting > 0)
    {
      g_autofree char *id_where = g_strdup_printf ("%s AND id = '%s'", where, metrics->waiting_lead_id);

      g_assert_cmpint (metrics->waiting_since, ==,
                       count (world, where, "SELECT min (created_at) FROM wanted WHERE response IS NULL AND " IS_OPEN));
      g_assert_cmpint (metrics->waiting_since, ==, count (world, id_where, "SELECT created_at FROM wanted"));
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
check_heat_map (World          *world,
                InbLeadFilter  *filter,
                const char     *where,
                InbHeatMapMode  mode)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbHeatMap) map = NULL;
  g_autofree char *recent = local_day (world, -29);
  g_autofree char *before = local_day (world, -59);
  g_autofree char *today = local_day (world, 0);
  const char *names = mode == INB_HEAT_MAP_SOURCE_PRODUCT ? "coalesce (lead_source, ''), coalesce (product_interest, '')"
                                                          : "weekday, CAST (hour AS INTEGER) || ''";
  sqlite3_stmt *statement;
  gint64 total = 0;

  inb_replica_get_heat_map_async (world->replica, filter, mode, 0, 0, world->now, NULL, on_result, &result);
  inb_kit_wait (has_result, &result);
  map = inb_replica_get_heat_map_finish (world->replica, result, &error);
  g_assert_no_error (error);

  statement = prepare (world, where,
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

static InbTrends *
get_trends (World         *world,
            InbLeadFilter *filter,
            InbDateRange  *range,
            InbTrendStep   step)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  InbTrends *trends;

  inb_replica_get_trends_async (world->replica, filter, range, step, INB_TREND_BY_SOURCE, 3, world->now, NULL, on_result, &result);
  inb_kit_wait (has_result, &result);
  trends = inb_replica_get_trends_finish (world->replica, result, &error);
  g_assert_no_error (error);

  return trends;
}

static void
check_trends (World         *world,
              InbLeadFilter *filter,
              const char    *where)
{
  InbDateRange range = { INB_DATE_RANGE_LAST_30_DAYS };
  g_autoptr (InbTrends) trends = get_trends (world, filter, &range, INB_TREND_DAY);
  g_autofree char *first = local_day (world, -29);
  g_autofree char *last = local_day (world, 0);
  g_autofree char *created = g_strdup_printf ("%s AND day BETWEEN '%s' AND '%s'", where, first, last);
  static const char * const reached[] = { "('lost')", "('lost', 'new')", "('lost', 'new', 'contacted')",
                                          "('lost', 'new', 'contacted', 'qualified')" };

  g_assert_cmpuint (trends->n_steps, ==, 30);
  for (guint step = 0; step < trends->n_steps; step++)
    {
      g_autofree char *day = local_day (world, (int) step - 29);
      g_autofree char *on_day = g_strdup_printf ("%s AND day = '%s'", where, day);
      g_autofree char *won = g_strdup_printf ("%s AND is_converted AND won_day = '%s'", where, day);
      gint64 leads = 0;

      g_assert_cmpstr (trends->steps[step], ==, day);
      for (guint i = 0; i < trends->n_series; i++)
        leads += trends->leads[i * trends->n_steps + step];
      g_assert_cmpint (leads, ==, count (world, on_day, "SELECT count (*) FROM wanted"));
      g_assert_cmpint (trends->won[step], ==, count (world, won, "SELECT count (*) FROM wanted"));
      g_assert_cmpint (trends->won_value[step], ==, count (world, won, "SELECT coalesce (sum (value), 0) FROM wanted"));
    }
  if (trends->n_series > 0)
    {
      gint64 leads = 0;

      for (guint step = 0; step < trends->n_steps; step++)
        leads += trends->leads[step];
      g_assert_cmpint (leads, ==, count (world, created, "SELECT count (*) FROM wanted GROUP BY coalesce (lead_source, '') "
                                                         "ORDER BY 1 DESC LIMIT 1"));
    }

  g_assert_cmpuint (trends->n_stages, ==, 5);
  for (guint i = 0; i < G_N_ELEMENTS (reached); i++)
    {
      g_autofree char *select = g_strdup_printf ("SELECT count (*) FROM wanted WHERE stage NOT IN %s", reached[i]);

      g_assert_cmpint (trends->reached[i], ==, count (world, created, select));
    }
  g_assert_cmpint (trends->reached[4], ==, count (world, created, "SELECT count (*) FROM wanted WHERE stage = 'won'"));
  g_assert_cmpint (trends->lost, ==, count (world, created, "SELECT count (*) FROM wanted WHERE stage = 'lost'"));
  g_assert_cmpint (trends->unanswered, ==, count (world, created, "SELECT count (*) FROM wanted WHERE response IS NULL AND " IS_OPEN));
  g_assert_cmpint (trends->responses[0], ==, count (world, created, "SELECT count (*) FROM wanted WHERE response <= 60"));
  g_assert_cmpint (trends->responses[3], ==, count (world, created, "SELECT count (*) FROM wanted WHERE response > 900 AND response <= 3600"));
  g_assert_cmpint (trends->responses[6], ==, count (world, created, "SELECT count (*) FROM wanted WHERE response > 86400"));
}

static void
check_values (World         *world,
              InbLeadFilter *filter,
              const char    *where,
              InbFilterField field)
{
  g_autoptr (InbValueCounts) values = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3_stmt *statement;
  guint i = 0;

  if (filter->values[field] != NULL)
    return; /* that is passed over, which @where is not */

  values = inb_kit_get_values (world->replica, filter, field, world->now, &error);
  g_assert_no_error (error);
  statement = prepare (world, where, "SELECT coalesce (%s, ''), count (*) FROM wanted GROUP BY 1 ORDER BY 2 DESC, 1", columns[field]);
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
  World world = { NULL };
  guint n_empty = 0;

  world_init (&world, data);
  fill (&world);
  inb_kit_wait_for_facts (world.replica);
  for (guint i = 0; i < N_FILTERS; i++)
    {
      g_autoptr (GString) where = g_string_new (NULL);
      g_autoptr (InbLeadFilter) filter = make_filter (&world, i, where);

      g_test_message ("%s", where->str);
      check_metrics (&world, filter, where->str);
      check_heat_map (&world, filter, where->str, INB_HEAT_MAP_SOURCE_PRODUCT);
      check_heat_map (&world, filter, where->str, INB_HEAT_MAP_WEEKDAY_HOUR);
      check_trends (&world, filter, where->str);
      check_values (&world, filter, where->str, (InbFilterField) (i % INB_N_FILTER_FIELDS));
      n_empty += count (&world, where->str, "SELECT count (*) FROM wanted") == 0;
    }
  g_assert_cmpuint (n_empty, <, N_FILTERS / 2);
  world_clear (&world);
}

/* Leads at instants that were worked out by hand. */
typedef struct {
  Zone        zone;
  const char *created_at[12];
  gint64      today;
  gint64      this_week;
  struct {
    int    weekday;
    int    hour;
    gint64 leads;
  } cells[5];
} Change;

static const Change changes[] = {
  /* Sunday, 5 April 2026 has 25 hours: 02:30 comes twice. It begins at 11:00 UTC the day before. */
  { { "Pacific/Auckland", "2026-04-05T00:00:00Z" },
    { "2026-04-04T10:59:59Z", "2026-04-04T11:00:00Z", "2026-04-04T13:30:00Z", "2026-04-04T14:30:00Z", "2026-04-04T15:00:00Z",
      "2026-03-29T11:00:00Z", "2026-03-29T10:59:59Z" },
    4, 6, { { 7, 2, 2 }, { 7, 3, 1 }, { 7, 0, 1 }, { 6, 23, 1 }, { 7, 23, 1 } } },
  /* Sunday, 8 March 2026 has 23 hours: there is no 02:30. */
  { { "America/Los_Angeles", "2026-03-08T20:00:00Z" },
    { "2026-03-08T07:59:59Z", "2026-03-08T08:00:00Z", "2026-03-08T09:59:59Z", "2026-03-08T10:00:00Z", "2026-03-08T19:59:59Z",
      "2026-03-02T08:00:00Z", "2026-03-02T07:59:59Z" },
    4, 6, { { 7, 1, 1 }, { 7, 2, 0 }, { 7, 3, 1 }, { 6, 23, 1 }, { 1, 0, 1 } } },
  /* Half an hour beside the others, and no change. */
  { { "Asia/Kolkata", "2026-04-05T06:00:00Z" },
    { "2026-04-04T18:29:59Z", "2026-04-04T18:30:00Z", "2026-04-05T05:59:59Z", "2026-03-29T18:30:00Z", "2026-03-29T18:29:59Z" },
    2, 4, { { 6, 23, 1 }, { 7, 0, 1 }, { 7, 11, 1 }, { 1, 0, 1 }, { 7, 23, 1 } } },
};

static void
test_change (gconstpointer data)
{
  const Change *change = data;
  World world = { NULL };
  g_autoptr (InbSample) sample = inb_sample_new (42);
  g_autoptr (InbLeadFilter) filter = inb_lead_filter_new ();
  g_autoptr (InbMetrics) metrics = NULL;
  g_autoptr (InbMetrics) week = NULL;
  g_autoptr (InbHeatMap) map = NULL;
  g_autoptr (InbTrends) trends = NULL;
  g_autoptr (GError) error = NULL;
  InbDateRange this_week = { INB_DATE_RANGE_THIS_WEEK };
  GPtrArray *rows = inb_kit_new_rows ();

  world_init (&world, &change->zone);
  add_setup (&world, sample, rows);
  for (guint i = 0; change->created_at[i] != NULL; i++)
    {
      guint first = rows->len;

      inb_sample_add_lead (sample, rows, parse_time (change->created_at[i]));
      inb_row_set_boolean (g_ptr_array_index (rows, first + 1), INB_LEAD_IS_TEST, FALSE);
    }
  world_store (&world, sample, rows);
  inb_kit_wait_for_facts (world.replica);

  metrics = get_metrics (&world, filter);
  g_assert_cmpint (metrics->today, ==, change->today);
  g_assert_cmpint (metrics->days[INB_METRICS_DAYS - 1].leads, ==, change->today);
  map = inb_kit_get_heat_map (world.replica, filter, INB_HEAT_MAP_WEEKDAY_HOUR, world.now, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (change->cells); i++)
    g_assert_cmpint (map->cells[(change->cells[i].weekday - 1) * 24 + change->cells[i].hour].leads, ==, change->cells[i].leads);

  trends = get_trends (&world, filter, &this_week, INB_TREND_WEEK);
  g_assert_cmpuint (trends->n_steps, ==, 1);
  filter->created.kind = INB_DATE_RANGE_THIS_WEEK;
  week = get_metrics (&world, filter);
  g_assert_cmpint (week->total, ==, change->this_week);
  world_clear (&world);
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
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/replica/figures/change/%s", changes[i].zone.timezone);

      g_test_add_data_func (path, &changes[i], test_change);
    }

  return g_test_run ();
}
