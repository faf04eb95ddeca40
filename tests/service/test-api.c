/* The API's pure parts: parameters, cursors, the SQL of a filter, JSON from results, counters. */

#include "inb-counters.h"
#include "inb-cursor.h"
#include "inb-error.h"
#include "inb-lead-request.h"
#include "inb-lead-select.h"
#include "inb-params.h"
#include "inb-result-json.h"
#include "inb-time.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define ID "0192f0c1-2345-7abc-8def-0123456789ab"

/* "name=value&name=value" without escapes. */
static GHashTable *
make_params (const char *query)
{
  GHashTable *params = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) pairs = g_strsplit (query, "&", -1);

  for (guint i = 0; pairs[i] != NULL && *pairs[i] != '\0'; i++)
    {
      g_auto (GStrv) parts = g_strsplit (pairs[i], "=", 2);

      g_hash_table_insert (params, g_strdup (parts[0]), g_strdup (parts[1]));
    }

  return params;
}

static InbLeadRequest *
make_filter (const char *query)
{
  g_autoptr (GHashTable) params = make_params (query);
  g_autoptr (GError) error = NULL;
  InbLeadRequest *filter = inb_lead_request_new (params, &error);

  g_assert_no_error (error);

  return filter;
}

static void
assert_refused (const char *query,
                const char *prefix)
{
  g_autoptr (GHashTable) params = make_params (query);
  g_autoptr (GError) error = NULL;

  g_assert_null (inb_lead_request_new (params, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT);
  g_assert_true (g_str_has_prefix (error->message, prefix));
}

static void
test_lists (void)
{
  g_autoptr (GHashTable) params = make_params ("a=x,y,,x&b=Roof\\, large,\\\\&c=,&d=");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) a = NULL;
  g_auto (GStrv) b = NULL;
  g_auto (GStrv) c = NULL;
  g_auto (GStrv) d = NULL;
  const char * const hostile[] = { "a\"b", "c\\d", "{,}", "NULL", NULL };
  g_autofree char *array = inb_params_to_array (hostile);

  g_assert_true (inb_params_get_list (params, "a", &a, &error));
  g_assert_cmpstrv (a, ((const char *[]) { "x", "y", "", NULL }));
  g_assert_true (inb_params_get_list (params, "b", &b, &error));
  g_assert_cmpstrv (b, ((const char *[]) { "Roof, large", "\\", NULL }));
  g_assert_true (inb_params_get_list (params, "c", &c, &error));
  g_assert_cmpstrv (c, ((const char *[]) { "", NULL }));
  g_assert_true (inb_params_get_list (params, "d", &d, &error));
  g_assert_null (d);
  g_assert_cmpstr (array, ==, "{\"a\\\"b\",\"c\\\\d\",\"{,}\",\"NULL\"}");
}

static void
test_refused (void)
{
  g_autoptr (GHashTable) params = make_params ("source=x");
  g_autoptr (GError) error = NULL;

  assert_refused ("foo=1", "foo: unknown");
  assert_refused ("limit=0", "limit:");
  assert_refused ("limit=1001", "limit:");
  assert_refused ("limit=1e2", "limit:");
  assert_refused ("limit=99999999999999999999", "limit:");
  assert_refused ("offset=-1", "offset:");
  assert_refused ("assigned_to=me", "assigned_to:");
  assert_refused ("created_from=yesterday", "created_from:");
  assert_refused ("activity_to=2026-02-30", "activity_to:");
  assert_refused ("created=soon", "created:");
  assert_refused ("created=today&created_to=2026-02-03", "created:");
  assert_refused ("activity=today&activity_from=2026-02-03T00:00:00Z", "activity:");
  assert_refused ("created_from=2026-02-03&created_to=2026-02-02", "created_to:");
  assert_refused ("weekday=0", "weekday:");
  assert_refused ("weekday=8", "weekday:");
  assert_refused ("hour=24", "hour:");
  assert_refused ("follow_up=1", "follow_up:");
  assert_refused ("converted=0", "converted:");
  assert_refused ("unanswered=yes", "unanswered:");
  assert_refused ("sort=name", "sort:");
  assert_refused ("cursor=!!!", "cursor:");
  assert_refused ("cursor=AAAA", "cursor:");

  g_hash_table_insert (params, g_strdup ("source"), g_strdup ("\xff"));
  g_assert_null (inb_lead_request_new (params, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT);
}

static void
test_filter (void)
{
  g_autoptr (InbLeadRequest) plain = inb_lead_request_new (NULL, NULL);
  g_autoptr (InbLeadRequest) rolled_up = make_filter ("status=new,won&source=fair&product=Roof&limit=7&offset=3&workspace_id=w");
  g_autoptr (InbLeadRequest) counted = make_filter ("temperature=hot");

  g_assert_cmpint (plain->limit, ==, 100);
  g_assert_cmpint (plain->sort, ==, INB_LEAD_SORT_CREATED_DESC);
  g_assert_true (inb_lead_scope_is_rolled_up (plain->scope));
  g_assert_cmpint (rolled_up->limit, ==, 7);
  g_assert_cmpint (rolled_up->offset, ==, 3);
  g_assert_true (inb_lead_scope_is_rolled_up (rolled_up->scope));
  g_assert_false (inb_lead_scope_is_rolled_up (counted->scope));
}

static void
test_bounds (void)
{
  g_autoptr (InbLeadRequest) request = make_filter ("q=  Ann  &created_to=2026-11-22&created_from=2026-11-22T10:00:00+01:00");
  g_autoptr (InbLeadRequest) relative = make_filter ("created=last_7_days&activity_from=2026-11-01&status=new");
  const InbLeadFilter *filter = request->scope->filter;
  gint64 nine = 1795338000 * INB_TIME_SECOND;

  g_assert_cmpstr (filter->text, ==, "Ann");
  g_assert_cmpint (request->scope->instants[INB_LEAD_BOUND_CREATED_FROM], ==, nine);
  g_assert_cmpint (request->scope->instants[INB_LEAD_BOUND_CREATED_TO], ==, INB_TIME_NONE);
  g_assert_cmpint (filter->created.kind, ==, INB_DATE_RANGE_DAYS);
  g_assert_cmpstr (filter->created.from, ==, "");
  g_assert_cmpstr (filter->created.to, ==, "2026-11-22");
  g_assert_false (inb_lead_scope_is_rolled_up (request->scope));
  g_assert_true (inb_lead_scope_needs_calendar (request->scope));

  g_assert_cmpint (relative->scope->filter->created.kind, ==, INB_DATE_RANGE_LAST_7_DAYS);
  g_assert_cmpstr (relative->scope->filter->activity.from, ==, "2026-11-01");
  g_assert_false (inb_lead_scope_is_rolled_up (relative->scope));
}

static void
test_flags (void)
{
  g_autoptr (InbLeadRequest) request = make_filter ("follow_up=due&converted=1&unanswered=1&weekday=7&hour=0&campaign=a,&assigned_to=,");
  g_autoptr (InbLeadRequest) days = make_filter ("created=this_month&source=fair&status=new");
  const InbLeadFilter *filter = request->scope->filter;

  g_assert_cmpint (filter->flags, ==, INB_FILTER_FOLLOW_UP_DUE | INB_FILTER_CONVERTED | INB_FILTER_UNANSWERED);
  g_assert_cmpint (filter->weekday, ==, 7);
  g_assert_cmpint (filter->hour, ==, 0);
  g_assert_cmpstrv (filter->values[INB_FILTER_CAMPAIGN], ((const char *[]) { "", "a", NULL }));
  g_assert_cmpstrv (filter->values[INB_FILTER_OWNER], ((const char *[]) { "", NULL }));
  g_assert_true (inb_lead_scope_is_rolled_up (days->scope));
}

static void
test_cursor (void)
{
  g_autofree char *cursor = inb_lead_cursor_encode (INB_LEAD_SORT_ACTIVITY, "2026-11-22T10:00:00.123456Z", ID);
  g_autofree char *query = g_strconcat ("cursor=", cursor, NULL);
  g_autofree char *offset = g_strconcat (query, "&offset=1", NULL);
  g_autofree char *sorted = g_strconcat (query, "&sort=created_at", NULL);
  g_autoptr (InbLeadRequest) filter = make_filter (query);

  for (const char *c = cursor; *c != '\0'; c++)
    g_assert_true (g_ascii_isalnum (*c) || *c == '-' || *c == '_');
  g_assert_cmpint (filter->sort, ==, INB_LEAD_SORT_ACTIVITY);
  g_assert_cmpstr (filter->after_time, ==, "2026-11-22T10:00:00.123456Z");
  g_assert_cmpstr (filter->after_id, ==, ID);
  assert_refused (offset, "cursor:");
  assert_refused (sorted, "cursor:");

  /* Any change of one character is refused or gives another valid cursor, never a crash. */
  for (gsize i = 0; i < strlen (cursor); i++)
    {
      g_autofree char *broken = g_strdup (cursor);
      g_autofree char *time = NULL;
      g_autofree char *id = NULL;
      InbLeadSort sort;

      broken[i] = broken[i] == 'A' ? 'B' : 'A';
      if (inb_lead_cursor_decode (broken, &sort, &time, &id))
        g_assert_cmpuint (strlen (id), ==, 36);
    }
}

static InbWorkspaceInfo *
make_info (void)
{
  InbWorkspaceInfo *info = g_new0 (InbWorkspaceInfo, 1);

  info->zone = g_strdup ("Pacific/Auckland");
  info->timezone = g_time_zone_new_identifier (info->zone);
  info->currency = g_strdup ("EUR");
  info->stages = inb_stage_set_new_default ();
  info->open_stages = g_strdup ("{\"new\"}");
  info->now = 1795384226 * INB_TIME_SECOND; /* 2026-11-22 21:50:26 UTC: the 23rd in Auckland */

  return info;
}

/* The roll-up's days and the table's instants of the same range. */
static void
test_ranges (void)
{
  g_autoptr (InbLeadRequest) today = make_filter ("created=today&product=,");
  g_autoptr (InbWorkspaceInfo) info = make_info ();
  g_autoptr (InbLeadSelect) select = inb_lead_select_new (today, info, "w");

  g_assert_nonnull (strstr (select->total_sql, "lead_day_counts"));
  g_assert_cmpstr (g_ptr_array_index (select->total->params, 2), ==, "2026-11-23");
  g_assert_cmpstr (g_ptr_array_index (select->total->params, 3), ==, "2026-11-24");
  g_assert_cmpstr (g_ptr_array_index (select->page->params, 2), ==, "2026-11-22T11:00:00.000000Z");
  g_assert_cmpstr (g_ptr_array_index (select->page->params, 3), ==, "2026-11-23T11:00:00.000000Z");
  g_assert_nonnull (strstr (select->page_sql, "l.product_interest IS NULL"));
  g_assert_null (select->page->driver);
}

static void
test_select (void)
{
  g_autoptr (InbLeadRequest) plain = inb_lead_request_new (NULL, NULL);
  g_autoptr (InbLeadRequest) full = make_filter ("q=ann@example.com&status=new&source=a,b&product=p&assigned_to=" ID
                                                "&team=t&temperature=hot&created_from=2026-01-01&activity_to=2026-11-22T10:00:00Z"
                                                "&limit=5&offset=2&sort=-last_activity_at");
  g_autoptr (InbWorkspaceInfo) info = make_info ();
  g_autoptr (InbLeadSelect) simple = inb_lead_select_new (plain, NULL, "w");
  g_autoptr (InbLeadSelect) select = inb_lead_select_new (full, info, "w");

  g_assert_cmpuint (simple->page->params->len, ==, 3);
  g_assert_cmpuint (simple->n_filter_params, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (simple->page->params, 1), ==, "101");
  g_assert_nonnull (simple->total_sql);
  g_assert_null (strchr (simple->page_sql, '{'));
  g_assert_null (strstr (simple->page_sql, "stage ="));

  /* The query: CRM id, mail, name from and to; six lists; two bounds; limit and offset. */
  g_assert_cmpuint (select->n_filter_params, ==, 1 + 4 + 6 + 2);
  g_assert_cmpuint (select->page->params->len, ==, select->n_filter_params + 2);
  g_assert_null (select->total_sql);
  g_assert_null (strstr (select->page_sql, "{1}"));
  g_assert_null (strchr (select->page_sql, '{'));
  g_assert_null (strchr (select->count_sql, '{'));
  g_assert_null (strstr (select->page_sql, "IS NULL OR"));
  g_assert_nonnull (strstr (select->page_sql, "l.contact_id = driver.value"));
}

static PGresult *
make_result (InbKind kind)
{
  const InbColumn *columns;
  guint n_columns;
  g_autofree PGresAttDesc *fields = NULL;
  PGresult *result = PQmakeEmptyPGresult (NULL, PGRES_TUPLES_OK);

  columns = inb_kind_get_columns (kind, &n_columns);
  fields = g_new0 (PGresAttDesc, n_columns);
  for (guint i = 0; i < n_columns; i++)
    fields[i].name = (char *) columns[i].name;
  g_assert_true (PQsetResultAttrs (result, (int) n_columns, fields));
  for (guint i = 0; i < n_columns; i++)
    g_assert_true (PQsetvalue (result, 0, (int) i, NULL, -1));

  return result;
}

static void
set_value (PGresult   *result,
           int         field,
           const char *value)
{
  g_assert_true (PQsetvalue (result, 0, field, (char *) value, value != NULL ? (int) strlen (value) : -1));
}

static void
test_json (void)
{
  PGresult *result = make_result (INB_KIND_LEAD);
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GString) full = g_string_new ("{");
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *object;

  set_value (result, INB_LEAD_ID, ID);
  set_value (result, INB_LEAD_LEAD_SOURCE, "a \"b\"\n\t\x01 ü");
  set_value (result, INB_LEAD_LEAD_SCORE, "42");
  set_value (result, INB_LEAD_IS_ACTIVE, "t");
  set_value (result, INB_LEAD_IS_TEST, "f");
  set_value (result, INB_LEAD_ESTIMATED_VALUE, "100.50");
  set_value (result, INB_LEAD_TAGS, "[\"x\"]");
  set_value (result, INB_LEAD_EXPECTED_CLOSE_DATE, "2026-12-24");
  set_value (result, INB_LEAD_CREATED_AT, "2026-11-22 17:50:26.1+00");
  set_value (result, INB_LEAD_CHANGE_SEQ, "9");

  inb_result_append_change (json, result, 0, INB_KIND_LEAD);
  g_assert_cmpstr (json->str, ==,
                   "{\"kind\":\"lead\",\"row\":{\"id\":\"" ID "\",\"lead_source\":\"a \\\"b\\\"\\n\\t\\u0001 ü\","
                   "\"lead_score\":42,\"estimated_value\":\"100.50\",\"expected_close_date\":\"2026-12-24\",\"is_active\":true,"
                   "\"tags\":[\"x\"],\"created_at\":\"2026-11-22T17:50:26.100000Z\",\"is_test\":false,\"change_seq\":9}}");

  g_assert_cmpint (inb_result_append_members (full, result, 0, 0, INB_KIND_LEAD, TRUE), ==, INB_N_LEAD_COLUMNS);
  g_string_append_c (full, '}');
  g_assert_true (json_parser_load_from_data (parser, full->str, -1, &error));
  g_assert_no_error (error);
  object = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpuint (json_object_get_size (object), ==, INB_N_LEAD_COLUMNS);
  g_assert_true (json_object_get_null_member (object, "converted_at"));
  PQclear (result);
}

static void
test_times (void)
{
  static const char * const cases[][2] = {
    { "2026-11-22 17:50:26+00", "{\"at\":\"2026-11-22T17:50:26.000000Z\"" },
    { "2026-11-22 17:50:26.123456+00", "{\"at\":\"2026-11-22T17:50:26.123456Z\"" },
    { "2026-11-22 17:50:26.12+00", "{\"at\":\"2026-11-22T17:50:26.120000Z\"" },
    { NULL, "{\"at\":null" },
  };
  PGresult *result = make_result (INB_KIND_LEAD);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) json = g_string_new ("{");

      set_value (result, INB_LEAD_CREATED_AT, cases[i][0]);
      inb_result_append_time (json, "at", result, 0, INB_LEAD_CREATED_AT);
      g_assert_cmpstr (json->str, ==, cases[i][1]);

      g_string_assign (json, "{");
      inb_result_append_time (json, "at", result, 1, INB_LEAD_CREATED_AT);
      g_assert_cmpstr (json->str, ==, "{\"at\":null");
    }
  PQclear (result);
}

static gpointer
count_many (gpointer data)
{
  for (guint i = 0; i < 1000; i++)
    {
      inb_counters_add (data, INB_COUNTER_BATCHES, 1);
      inb_counters_count_request (data, "/webhooks/{id}", 200);
    }

  return NULL;
}

static void
test_counters (void)
{
  g_autoptr (InbCounters) counters = inb_counters_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("count", count_many, counters);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  inb_counters_observe (counters, INB_COUNTER_BATCH_TIME, 700);
  inb_counters_observe (counters, INB_COUNTER_BATCH_TIME, 7000000);
  inb_counters_append_text (counters, text);

  g_assert_cmpint (inb_counters_get (counters, INB_COUNTER_BATCHES), ==, 4000);
  g_assert_nonnull (strstr (text->str, "inbound_http_requests_total{route=\"/webhooks/{id}\",status=\"200\"} 4000\n"));
  g_assert_nonnull (strstr (text->str, "inbound_writer_batch_seconds_bucket{le=\"0.000500\"} 0\n"));
  g_assert_nonnull (strstr (text->str, "inbound_writer_batch_seconds_bucket{le=\"0.001000\"} 1\n"));
  g_assert_nonnull (strstr (text->str, "inbound_writer_batch_seconds_bucket{le=\"+Inf\"} 2\n"));
  g_assert_nonnull (strstr (text->str, "inbound_writer_batch_seconds_sum 7.000700\n"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/api/lists", test_lists);
  g_test_add_func ("/api/refused", test_refused);
  g_test_add_func ("/api/filter", test_filter);
  g_test_add_func ("/api/bounds", test_bounds);
  g_test_add_func ("/api/flags", test_flags);
  g_test_add_func ("/api/cursor", test_cursor);
  g_test_add_func ("/api/ranges", test_ranges);
  g_test_add_func ("/api/select", test_select);
  g_test_add_func ("/api/json", test_json);
  g_test_add_func ("/api/times", test_times);
  g_test_add_func ("/api/counters", test_counters);

  return g_test_run ();
}
