#define G_LOG_DOMAIN "inb-tests"

#include "inb-figures-world.h"

#define EPOCH "one"

#define RESPONSE "(CASE WHEN first_response_at >= created_at THEN (first_response_at - created_at) / 1000000 END)"
#define VALUE "(CASE WHEN currency = 'EUR' THEN coalesce (CASE WHEN is_converted THEN conversion_value END, estimated_value, 0) ELSE 0 END)"
/* Local times once a lead, not once a count. */
#define COUNTED "CREATE TEMP TABLE counted AS SELECT id, stage, lead_source, product_interest, assigned_to, team_id, " \
                "temperature, utm_campaign, created_at, next_follow_up_at, first_response_at, is_converted, " RESPONSE " AS response, " VALUE " AS value, " \
                "local (created_at, '%Y-%m-%d') AS day, local (created_at, '%u') AS weekday, local (created_at, '%H') AS hour, " \
                "local (last_activity_at, '%Y-%m-%d') AS activity_day, local (converted_at, '%Y-%m-%d') AS won_day " \
                "FROM leads WHERE shown = 1 AND is_test IS NOT 1"

/* Local times, the slow way. */
char *
inb_figures_world_format_local (InbFiguresWorld *world,
                                gint64           microseconds,
                                const char      *format)
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
  InbFiguresWorld *world = sqlite3_user_data (context);
  char *text;

  if (sqlite3_value_type (values[0]) == SQLITE_NULL)
    return;

  text = inb_figures_world_format_local (world, sqlite3_value_int64 (values[0]), (const char *) sqlite3_value_text (values[1]));
  sqlite3_result_text (context, text, -1, g_free);
}

gint64
inb_figures_world_parse_time (const char *text)
{
  gint64 time;

  g_assert_true (inb_time_parse (text, &time));

  return time;
}

void
inb_figures_world_init (InbFiguresWorld      *world,
                        const InbFiguresZone *zone)
{
  world->folder = inb_kit_make_folder ();
  world->rand = g_rand_new_with_seed (77);
  world->timezone = g_time_zone_new_identifier (zone->timezone);
  world->now = inb_figures_world_parse_time (zone->now);
  world->replica = inb_kit_new (world->folder);
}

void
inb_figures_world_store (InbFiguresWorld *world,
                         InbSample       *sample,
                         GPtrArray       *rows)
{
  g_autofree char *path = g_build_filename (world->folder, "replica.db", NULL);
  g_autoptr (GError) error = NULL;

  inb_kit_apply (world->replica, inb_kit_make_changes (world->replica, EPOCH, rows, sample->seq), &error);
  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_open_v2 (path, &world->db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_create_function (world->db, "local", 2, SQLITE_UTF8, world, sql_local, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (world->db, COUNTED, NULL, NULL, NULL), ==, SQLITE_OK);
}

void
inb_figures_world_clear (InbFiguresWorld *world)
{
  sqlite3_close (world->db);
  inb_kit_drop (world->replica);
  inb_kit_delete_folder (world->folder);
  g_time_zone_unref (world->timezone);
  g_rand_free (world->rand);
  g_free (world->folder);
}

/* Made rows, in the zone of the world. */
void
inb_figures_world_add_setup (InbFiguresWorld *world,
                             InbSample       *sample,
                             GPtrArray       *rows)
{
  inb_sample_add_small (sample, rows);
  inb_row_set (g_ptr_array_index (rows, 0), INB_WORKSPACE_TIMEZONE, g_time_zone_get_identifier (world->timezone));
}

gboolean
inb_figures_world_chance (InbFiguresWorld *world,
                          int              percent)
{
  return g_rand_int_range (world->rand, 0, 100) < percent;
}

char *
inb_figures_world_local_day (InbFiguresWorld *world,
                             int              days)
{
  g_autofree char *today = inb_figures_world_format_local (world, world->now, "%Y-%m-%d");
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

/* The matching leads are the table "wanted". */
sqlite3_stmt *
inb_figures_prepare (InbFiguresWorld *world,
                     const char      *where,
                     const char      *format,
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

gint64
inb_figures_count (InbFiguresWorld *world,
                   const char      *where,
                   const char      *select)
{
  sqlite3_stmt *statement = inb_figures_prepare (world, where, "%s", select);
  gint64 value;

  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  value = sqlite3_column_type (statement, 0) == SQLITE_NULL ? -1 : sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);

  return value;
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

InbMetrics *
inb_figures_world_get_metrics (InbFiguresWorld *world,
                               InbLeadFilter   *filter)
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

InbTrends *
inb_figures_world_get_trends (InbFiguresWorld *world,
                              InbLeadFilter   *filter,
                              InbDateRange    *range,
                              InbTrendStep     step)
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
