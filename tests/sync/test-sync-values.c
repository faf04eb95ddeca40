/* The pure parts: what the server may send, where a first sync stands, how long to wait, which account. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-error.h"
#include "inb-json.h"
#include "inb-replica-kit.h"
#include "inb-sample.h"
#include "inb-sync-account.h"
#include "inb-sync-backoff.h"
#include "inb-sync-parse.h"
#include "inb-sync-position.h"
#include "inb-time.h"

#include <glib/gstdio.h>

#define ID "018f0000-0000-7000-8000-000000000001"

static GBytes *
make_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
test_changes (void)
{
  g_autoptr (GBytes) body = make_bytes ("{\"epoch\":\"e\",\"from\":3,\"to\":5,\"head\":9,\"more\":1,\"rows\":["
                                        "{\"kind\":\"lead\",\"row\":{\"id\":\"" ID "\",\"change_seq\":4,\"stage\":\"new\",\"newer\":[]}},"
                                        "{\"kind\":\"of a newer server\",\"row\":{}},"
                                        "{\"kind\":\"tombstone\",\"row\":{\"kind\":\"lead\",\"entity_id\":\"x\",\"change_seq\":5}}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (InbChanges) changes = inb_sync_parse_changes (body, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (changes->epoch, ==, "e");
  g_assert_cmpint (changes->from, ==, 3);
  g_assert_cmpint (changes->to, ==, 5);
  g_assert_cmpint (changes->head, ==, 9);
  g_assert_cmpuint (changes->rows->len, ==, 2);
  g_assert_cmpstr (inb_row_get (g_ptr_array_index (changes->rows, 0), INB_LEAD_STAGE), ==, "new");
}

static void
test_bad_changes (void)
{
  static const char *const bodies[] = {
    "",
    "[]",
    "null",
    "{\"from\":0,\"to\":0,\"head\":0,\"rows\":[]}",
    "{\"epoch\":\"\",\"from\":0,\"to\":0,\"head\":0,\"rows\":[]}",
    "{\"epoch\":\"e\",\"from\":2,\"to\":1,\"head\":3,\"rows\":[]}",
    "{\"epoch\":\"e\",\"from\":0,\"to\":2,\"head\":1,\"rows\":[]}",
    "{\"epoch\":\"e\",\"from\":-1,\"to\":2,\"head\":2,\"rows\":[]}",
    "{\"epoch\":\"e\",\"from\":\"0\",\"to\":2,\"head\":2,\"rows\":[]}",
    "{\"epoch\":\"e\",\"from\":0,\"to\":2,\"head\":2}",
    "{\"epoch\":\"e\",\"from\":0,\"to\":2,\"head\":2,\"rows\":[1]}",
    "{\"epoch\":\"e\",\"from\":0,\"to\":2,\"head\":2,\"rows\":[{\"kind\":\"lead\"}]}",
    "{\"epoch\":\"e\",\"from\":0,\"to\":2,\"head\":2,\"rows\":[{\"kind\":\"lead\",\"row\":{\"change_seq\":1}}]}",
    "{\"epoch\":\"e\",\"from\":0,\"to\":2,\"head\":2,\"rows\":[{\"kind\":\"lead\",\"row\":{\"id\":\"" ID "\"}}]}",
    "{\"epoch\":\"e\",\"from\":0,\"to\":2,\"head\":2,\"rows\":[{\"kind\":\"lead\",\"row\":{\"id\":\"" ID "\",\"change_seq\":1,"
    "\"created_at\":\"yesterday\"}}]}",
    "{\"epoch\":\"e\",\"from\":0,\"to\":2,\"head\":2,\"rows\":[]}x",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GBytes) body = make_bytes (bodies[i]);
      g_autoptr (GError) error = NULL;
      InbChanges *changes = inb_sync_parse_changes (body, &error);

      if (changes != NULL)
        g_error ("Accepted: %s", bodies[i]);
      g_assert_error (error, INB_ERROR, INB_ERROR_PROTOCOL);
    }
}

static void
append_entry (GString      *json,
              const InbRow *row,
              gboolean      kind_first)
{
  g_autofree char *kind = g_strdup_printf ("\"kind\": \"%s\"", inb_kind_get_name (inb_row_get_kind (row)));

  g_string_append_printf (json, "{%s", kind_first ? kind : "\"row\" : ");
  if (kind_first)
    g_string_append (json, " ,\"row\":");
  inb_row_append_json (row, !kind_first, json);
  if (!kind_first)
    g_string_append_printf (json, ",%s", kind);
  g_string_append (json, "}");
}

/* Every row as the tree of its JSON gives it, whatever comes first. */
static void
test_rows (void)
{
  g_autoptr (InbSample) sample = inb_sample_new (31);
  g_autoptr (GPtrArray) rows = inb_kit_new_rows ();
  g_autoptr (GString) json = g_string_new ("{\"rows\":[");
  g_autoptr (InbChanges) changes = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  inb_sample_add_small (sample, rows);
  for (guint i = 0; i < 50; i++)
    inb_sample_add_lead (sample, rows, 1780000000 * INB_TIME_SECOND + i);
  for (guint i = 0; i < rows->len; i++)
    {
      g_string_append (json, i > 0 ? " , " : "");
      append_entry (json, g_ptr_array_index (rows, i), i % 3 != 0);
    }
  g_string_append_printf (json, "],\"epoch\":\"e\\u0041\",\"from\":0,\"to\":%d,\"extra\":{\"rows\":[[1]]}}", (int) sample->seq);
  body = make_bytes (json->str);

  changes = inb_sync_parse_changes (body, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (changes->epoch, ==, "eA");
  g_assert_cmpint (changes->head, ==, sample->seq);
  g_assert_cmpuint (changes->rows->len, ==, rows->len);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GString) expected = g_string_new (NULL);
      g_autoptr (GString) read = g_string_new (NULL);

      inb_row_append_json (g_ptr_array_index (rows, i), TRUE, expected);
      inb_row_append_json (g_ptr_array_index (changes->rows, i), TRUE, read);
      g_assert_cmpstr (read->str, ==, expected->str);
    }
}

typedef struct {
  const char *member;
  guint       column;
  const char *value;   /* NULL = refused */
} Value;

/* What a member may look like, and what a row keeps of it; the tree of the same JSON says the same. */
static void
test_row_values (void)
{
  static const Value values[] = {
    { "\"stage\":\"a\\u00e4\\n\"", INB_LEAD_STAGE, "aä\n" },
    { "\"st\\u0061ge\":\"x\"", INB_LEAD_STAGE, "x" },
    { "\"stage\":7", INB_LEAD_STAGE, "7" },
    { "\"stage\":-0", INB_LEAD_STAGE, "0" },
    { "\"stage\":1.5", INB_LEAD_STAGE, NULL },
    { "\"stage\":{}", INB_LEAD_STAGE, NULL },
    { "\"stage\":true", INB_LEAD_STAGE, NULL },
    { "\"lead_score\":\"12\"", INB_LEAD_LEAD_SCORE, "12" },
    { "\"lead_score\":\"12x\"", INB_LEAD_LEAD_SCORE, NULL },
    { "\"estimated_value\":\"12.5\"", INB_LEAD_ESTIMATED_VALUE, "12.50" },
    { "\"estimated_value\":12", INB_LEAD_ESTIMATED_VALUE, "12.00" },
    { "\"estimated_value\":\"12.555\"", INB_LEAD_ESTIMATED_VALUE, NULL },
    { "\"is_active\":true", INB_LEAD_IS_ACTIVE, "true" },
    { "\"is_active\":\"true\"", INB_LEAD_IS_ACTIVE, NULL },
    { "\"created_at\":\"2026-05-01T10:00:00.000001Z\"", INB_LEAD_CREATED_AT, "2026-05-01T10:00:00.000001Z" },
    { "\"created_at\":\"2026-05-01T10:00:00+02:00\"", INB_LEAD_CREATED_AT, "2026-05-01T08:00:00.000000Z" },
    { "\"created_at\":\"2026-05-01\"", INB_LEAD_CREATED_AT, NULL },
    { "\"expected_close_date\":\"2026-02-29\"", INB_LEAD_EXPECTED_CLOSE_DATE, NULL },
    { "\"assigned_to\":\"018F0000-0000-7000-8000-00000000000A\"", INB_LEAD_ASSIGNED_TO, "018f0000-0000-7000-8000-00000000000a" },
    { "\"assigned_to\":\"me\"", INB_LEAD_ASSIGNED_TO, NULL },
    { "\"tags\": [ \"a b\" , {\"x \\\" \":[ 1 ]} ] ", INB_LEAD_TAGS, "[\"a b\",{\"x \\\" \":[1]}]" },
    { "\"tags\":\"one \"", INB_LEAD_TAGS, "\"one \"" },
    { "\"unknown\":{\"stage\":[\"x\"]},\"stage\":\"new\"", INB_LEAD_STAGE, "new" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *row = g_strdup_printf ("{\"id\":\"" ID "\",%s,\"change_seq\":4}", values[i].member);
      g_autofree char *json = g_strdup_printf ("{\"epoch\":\"e\",\"from\":3,\"to\":5,\"rows\":[{\"kind\":\"lead\",\"row\":%s}]}", row);
      g_autoptr (JsonNode) tree = inb_json_parse (row, strlen (row), NULL);
      g_autoptr (InbRow) same = inb_row_new_from_json (INB_KIND_LEAD, json_node_get_object (tree), NULL);
      g_autoptr (GBytes) body = make_bytes (json);
      g_autoptr (GError) error = NULL;
      g_autoptr (InbChanges) changes = inb_sync_parse_changes (body, &error);

      if (values[i].value == NULL)
        {
          g_assert_error (error, INB_ERROR, INB_ERROR_PROTOCOL);
          g_assert_null (same);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpstr (inb_row_get (g_ptr_array_index (changes->rows, 0), values[i].column), ==, values[i].value);
      g_assert_cmpstr (inb_row_get (same, values[i].column), ==, values[i].value);
    }
}

static void
test_events (void)
{
  static const char *const bad[] = {
    "{}",
    "{\"event\":\"hello\"}",
    "{\"event\":\"hello\",\"data\":{\"head\":1}}",
    "{\"event\":\"hello\",\"data\":{\"epoch\":\"e\"}}",
    "{\"event\":\"changes\",\"data\":{\"epoch\":\"e\",\"from\":1}}",
    "{\"event\":\"changes\",\"data\":{\"epoch\":\"e\",\"from\":1,\"to\":2,\"rows\":{}}}",
    "{\"event\":\"webhook:contact_created\",\"data\":{}}",
  };
  g_autoptr (GBytes) arrival = make_bytes ("{\"event\":\"webhook:contact_created\",\"data\":{\"contact_id\":\"c\",\"lead_id\":null,"
                                           "\"firstname\":null,\"lastname\":\"Groß\",\"webhook_name\":\"Site\"}}");
  g_autoptr (GBytes) pointer = make_bytes ("{\"event\":\"changes\",\"data\":{\"epoch\":\"e\",\"from\":1,\"to\":9}}");
  g_autoptr (InbSyncEvent) event = NULL;
  g_autoptr (GError) error = NULL;

  event = inb_sync_parse_event (arrival, &error);
  g_assert_no_error (error);
  g_assert_cmpint (event->type, ==, INB_SYNC_EVENT_ARRIVAL);
  g_assert_cmpstr (event->name, ==, "Groß");
  g_assert_null (event->lead_id);
  g_clear_pointer (&event, inb_sync_event_free);

  event = inb_sync_parse_event (pointer, &error);
  g_assert_no_error (error);
  g_assert_false (event->has_rows);
  g_assert_cmpint (event->changes->head, ==, 9);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) text = make_bytes (bad[i]);

      g_assert_null (inb_sync_parse_event (text, &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_PROTOCOL);
      g_clear_error (&error);
    }
}

static void
test_lead (void)
{
  g_autoptr (GBytes) body = make_bytes ("{\"lead\":{\"id\":\"" ID "\",\"change_seq\":4,\"contact\":{\"id\":\"" ID "\",\"change_seq\":3}},"
                                        "\"activities\":[{\"id\":\"" ID "\",\"change_seq\":5,\"title\":null}]}");
  g_autoptr (GBytes) bad = make_bytes ("{\"lead\":{\"id\":\"" ID "\",\"change_seq\":4},\"activities\":[7]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = inb_sync_parse_lead (body, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_cmpint (inb_row_get_kind (g_ptr_array_index (rows, 0)), ==, INB_KIND_CONTACT);
  g_assert_cmpint (inb_row_get_kind (g_ptr_array_index (rows, 2)), ==, INB_KIND_ACTIVITY);

  g_assert_null (inb_sync_parse_lead (bad, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_PROTOCOL);
}

static void
test_position (void)
{
  g_autoptr (InbSyncPosition) position = inb_sync_position_new (NULL);
  g_autoptr (InbSyncPosition) again = NULL;
  g_autoptr (InbSyncPosition) nonsense = inb_sync_position_new ("{\"head\":true");
  g_autofree char *text = NULL;

  g_assert_cmpint (nonsense->head, ==, -1);
  g_assert_cmpint (inb_sync_position_get_next (nonsense), ==, 0);

  /* Contacts and leads take turns; activities wait for both. */
  position->head = 100;
  g_assert_cmpint (inb_sync_position_get_next (position), ==, 0);
  position->kinds[0].n_rows = 10;
  position->kinds[0].lowest_seq = 50;
  position->kinds[0].cursor = g_strdup ("\"quoted\"");
  g_assert_cmpint (inb_sync_position_get_next (position), ==, 1);
  position->kinds[1].is_done = TRUE;
  g_assert_cmpint (inb_sync_position_get_next (position), ==, 0);
  g_assert_cmpint (inb_sync_position_get_pending (position), ==, 10);

  text = inb_sync_position_to_text (position);
  again = inb_sync_position_new (text);
  g_assert_cmpint (again->head, ==, 100);
  g_assert_cmpstr (again->kinds[0].cursor, ==, "\"quoted\"");
  g_assert_true (again->kinds[1].is_done);
  g_assert_cmpfloat (inb_sync_position_get_progress (again), ==, inb_sync_position_get_progress (position));

  again->kinds[0].is_done = TRUE;
  g_assert_cmpint (inb_sync_position_get_next (again), ==, 2);
  again->kinds[2].is_done = TRUE;
  g_assert_null (inb_sync_position_to_text (again));
}

static void
test_backoff (void)
{
  InbSyncBackoff backoff = { 0, };
  gint64 wait;

  g_assert_cmpint (inb_sync_backoff_next (&backoff, 0, 0), ==, INB_SYNC_BACKOFF_BASE_MS);
  for (guint i = 0; i < 20; i++)
    {
      wait = inb_sync_backoff_next (&backoff, g_test_rand_double (), 0);
      g_assert_cmpint (wait, >=, INB_SYNC_BACKOFF_BASE_MS);
      g_assert_cmpint (wait, <=, INB_SYNC_BACKOFF_CAP_MS);
    }
  for (guint i = 0; i < 20; i++)
    wait = inb_sync_backoff_next (&backoff, 0.999, 0);
  g_assert_cmpint (wait, ==, INB_SYNC_BACKOFF_CAP_MS);
  g_assert_cmpint (inb_sync_backoff_next (&backoff, 0, 60000), ==, 60000);
  g_assert_cmpint (inb_sync_backoff_next (&backoff, 0.5, 60000), ==, 63000);
  g_assert_cmpint (inb_sync_backoff_next (&backoff, 0, 86400000), ==, 300000);
  inb_sync_backoff_reset (&backoff);
  g_assert_cmpint (inb_sync_backoff_next (&backoff, 0.999, 0), <=, 3 * INB_SYNC_BACKOFF_BASE_MS);
}

static void
test_account (void)
{
  g_autofree char *folder = inb_kit_make_folder ();
  g_autofree char *path = g_build_filename (folder, "token", NULL);
  g_autoptr (InbSyncAccount) account = NULL;
  g_autoptr (InbSyncAccount) other = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;
  g_autofree char *other_key = NULL;
  static const char *const bad_servers[] = { "", "leads.example.org", "ftp://x", "https://a:b@x", "http://x/?q", "https://" };

  g_assert_null (inb_sync_account_new ("https://x", "demo", path, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, "two words\n", -1, NULL));
  g_assert_null (inb_sync_account_new ("https://x", "demo", path, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, "inb_abc \r\nsecond line\n", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad_servers); i++)
    {
      g_assert_null (inb_sync_account_new (bad_servers[i], "demo", path, &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT);
      g_clear_error (&error);
    }
  account = inb_sync_account_new ("https://leads.example.org/", "../../démo", path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (account->server, ==, "https://leads.example.org");
  g_assert_cmpstr (account->token, ==, "inb_abc");
  key = inb_sync_account_get_key (account);
  g_assert_null (strpbrk (key, "/."));

  other = inb_sync_account_copy (account);
  g_free (other->workspace_id);
  other->workspace_id = g_strdup ("../../démp");
  other_key = inb_sync_account_get_key (other);
  g_assert_cmpstr (key, !=, other_key);
  inb_kit_delete_folder (folder);
}

static void
test_local_account (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "inbound-leads", NULL);
  g_autofree char *path = g_build_filename (folder, "credentials.json", NULL);
  g_autoptr (InbSyncAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (inb_sync_account_new_local (&error));
  g_assert_error (error, INB_ERROR, INB_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "{\"url\":\"http://127.0.0.1:1\",\"socket\":\"/run/x/api.sock\",\"workspaces\":["
                                            "{\"id\":\"one\",\"name\":\"One\",\"token\":\"t1\"},{\"id\":\"two\",\"token\":\"t2\"}]}",
                                      -1, NULL));
  account = inb_sync_account_new_local (&error);
  g_assert_no_error (error);
  g_assert_cmpstr (account->workspace_id, ==, "one");
  g_assert_cmpstr (account->socket_path, ==, "/run/x/api.sock");
  g_assert_null (account->server);
  g_clear_pointer (&account, inb_sync_account_free);
  account = inb_sync_account_new_local_workspace ("two", &error);
  g_assert_cmpstr (account->token, ==, "t2");
  g_assert_null (inb_sync_account_new_local_workspace ("three", &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, "[]", -1, NULL));
  g_assert_null (inb_sync_account_new_local (&error));
  g_assert_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *runtime_dir = g_dir_make_tmp ("inb-sync-XXXXXX", NULL);
  int result;

  /* Before anything has asked for it. */
  g_setenv ("XDG_RUNTIME_DIR", runtime_dir, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/account/local", test_local_account);
  g_test_add_func ("/sync/account/server", test_account);
  g_test_add_func ("/sync/backoff", test_backoff);
  g_test_add_func ("/sync/parse/bad-changes", test_bad_changes);
  g_test_add_func ("/sync/parse/rows", test_rows);
  g_test_add_func ("/sync/parse/row-values", test_row_values);
  g_test_add_func ("/sync/parse/changes", test_changes);
  g_test_add_func ("/sync/parse/events", test_events);
  g_test_add_func ("/sync/parse/lead", test_lead);
  g_test_add_func ("/sync/position", test_position);

  result = g_test_run ();
  g_rmdir (runtime_dir);

  return result;
}
