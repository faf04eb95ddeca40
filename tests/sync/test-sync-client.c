/* The sync client against a stand-in server: what it holds in the end, and what it hears meanwhile. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-error.h"
#include "inb-replica-kit.h"
#include "inb-sync-fixture.h"

#include <glib/gstdio.h>

#define N_LEADS 500

static void
test_first_sync (InbSyncFixture *fixture,
                 gconstpointer   data)
{
  g_ptr_array_unref (inb_sync_fixture_add_leads (fixture, N_LEADS));
  inb_fake_server_set_page_size (fixture->server, 90);
  inb_sync_client_start (fixture->client);
  inb_sync_fixture_wait_until_equal (fixture);
  g_assert_cmpuint (inb_fake_server_count_requests (fixture->server, "/api/snapshot"), >=, 3 * N_LEADS / 90);
  g_assert_cmpuint (fixture->n_syncing, ==, 1);
  g_assert_cmpuint (fixture->n_offline, ==, 0);
}

static void
test_without_snapshots (InbSyncFixture *fixture,
                        gconstpointer   data)
{
  g_ptr_array_unref (inb_sync_fixture_add_leads (fixture, 50));
  inb_fake_server_set_page_size (fixture->server, 7);
  inb_fake_server_set_fault (fixture->server, INB_FAKE_FAULT_NO_SNAPSHOT);
  inb_sync_client_start (fixture->client);
  inb_sync_fixture_wait_until_equal (fixture);
}

static gboolean
has_some_snapshot (gpointer data)
{
  return inb_replica_get_snapshot_position (((InbSyncFixture *) data)->replica) != NULL;
}

static void
test_resume_first_sync (InbSyncFixture *fixture,
                        gconstpointer   data)
{
  guint n_requests;

  g_ptr_array_unref (inb_sync_fixture_add_leads (fixture, N_LEADS));
  inb_fake_server_set_page_size (fixture->server, 50);
  inb_sync_client_start (fixture->client);
  inb_kit_wait (has_some_snapshot, fixture);
  inb_sync_fixture_drop_client (fixture);

  /* As after a crash: the replica is opened again, and more has happened. */
  inb_kit_drop (fixture->replica);
  fixture->replica = inb_kit_new (fixture->folder);
  g_ptr_array_unref (inb_sync_fixture_add_leads (fixture, 20));
  n_requests = inb_fake_server_count_requests (fixture->server, "/api/snapshot");
  inb_sync_fixture_make_client (fixture, 20);
  inb_sync_client_start (fixture->client);
  inb_sync_fixture_wait_until_equal (fixture);
  g_assert_cmpuint (inb_fake_server_count_requests (fixture->server, "/api/snapshot") - n_requests, <, 3 * N_LEADS / 50 + 3);
}

static gboolean
has_cursor (gpointer data)
{
  InbSyncFixture *fixture = data;

  return inb_replica_get_cursor (fixture->replica) == fixture->sample->seq;
}

static void
test_push (InbSyncFixture *fixture,
           gconstpointer   data)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *event = NULL;
  g_autofree char *expected = NULL;
  const char *contact_id, *lead_id;
  gint64 from;
  guint n_requests;

  g_ptr_array_unref (inb_sync_fixture_add_leads (fixture, 3));
  inb_sync_client_start (fixture->client);
  inb_sync_fixture_wait_until_equal (fixture);
  n_requests = inb_fake_server_count_requests (fixture->server, "/api/changes");

  /* The rows come with the event: nothing is asked for. The announcement comes first, and waits for them. */
  from = fixture->sample->seq;
  rows = inb_sync_fixture_add_leads (fixture, 1);
  contact_id = inb_row_get_key (g_ptr_array_index (rows, 0));
  lead_id = inb_row_get_key (g_ptr_array_index (rows, 1));
  event = g_strdup_printf ("{\"event\":\"webhook:contact_created\",\"data\":{\"workspace_id\":\"demo\",\"contact_id\":\"%s\","
                           "\"lead_id\":\"%s\",\"firstname\":\"Jörg\",\"lastname\":\"Groß\",\"webhook_name\":\"Site\","
                           "\"contact_created\":true,\"lead_created\":true}}",
                           contact_id, lead_id);
  inb_fake_server_send (fixture->server, event);
  inb_fake_server_send (fixture->server, "{\"event\":\"of a newer server\",\"data\":{}}");
  inb_fake_server_tell (fixture->server, from, TRUE);
  inb_kit_wait (has_cursor, fixture);
  while (fixture->arrived->len == 0)
    g_main_context_iteration (NULL, TRUE);
  expected = g_strdup_printf ("%s|%s|Jörg Groß|Site", lead_id, contact_id);
  g_assert_cmpstr (g_ptr_array_index (fixture->arrived, 0), ==, expected);
  g_assert_cmpuint (inb_fake_server_count_requests (fixture->server, "/api/changes"), ==, n_requests);
  g_assert_cmpint (inb_sync_client_get_state (fixture->client), ==, INB_SYNC_LIVE);
}

static void
test_gap (InbSyncFixture *fixture,
          gconstpointer   data)
{
  gint64 from;

  g_ptr_array_unref (inb_sync_fixture_add_leads (fixture, 3));
  inb_sync_client_start (fixture->client);
  inb_sync_fixture_wait_until_equal (fixture);

  /* Missed, then told of what follows. */
  g_ptr_array_unref (inb_sync_fixture_add_leads (fixture, 4));
  from = fixture->sample->seq;
  g_ptr_array_unref (inb_sync_fixture_add_leads (fixture, 1));
  inb_fake_server_tell (fixture->server, from, TRUE);
  inb_sync_fixture_wait_until_equal (fixture);

  /* Too much to come with the event. */
  from = fixture->sample->seq;
  g_ptr_array_unref (inb_sync_fixture_add_leads (fixture, 100));
  inb_fake_server_tell (fixture->server, from, FALSE);
  inb_sync_fixture_wait_until_equal (fixture);

  /* Told to pull; and told again of what is known. */
  g_ptr_array_unref (inb_sync_fixture_add_leads (fixture, 2));
  {
    g_autofree char *pull = g_strdup_printf ("{\"event\":\"pull\",\"data\":{\"head\":%" G_GINT64_FORMAT "}}", fixture->sample->seq);

    inb_fake_server_send (fixture->server, pull);
  }
  inb_fake_server_tell (fixture->server, from, TRUE);
  inb_sync_fixture_wait_until_equal (fixture);
  g_assert_cmpuint (fixture->n_offline, ==, 0);
}

static void
on_fetched (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
test_fetch_lead (InbSyncFixture *fixture,
                 gconstpointer   data)
{
  g_autoptr (GPtrArray) rows = inb_sync_fixture_add_leads (fixture, 2);
  g_autoptr (GPtrArray) later = inb_kit_new_rows ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (InbLeadDetail) detail = NULL;
  g_autoptr (GError) error = NULL;
  const InbRow *lead = g_ptr_array_index (rows, rows->len - 2);

  inb_sync_client_start (fixture->client);
  inb_sync_fixture_wait_until_equal (fixture);

  g_ptr_array_add (later, inb_sample_make_activity (fixture->sample, lead));
  inb_fake_server_add (fixture->server, later, fixture->sample->seq);
  inb_sync_client_fetch_lead_async (fixture->client, inb_row_get_key (lead), NULL, on_fetched, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (inb_sync_client_fetch_lead_finish (fixture->client, result, &error));
  g_assert_no_error (error);
  detail = inb_kit_get_lead (fixture->replica, inb_row_get_key (lead), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (detail->activities->len, ==, 2);

  g_clear_object (&result);
  inb_sync_client_fetch_lead_async (fixture->client, "no such lead", NULL, on_fetched, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (inb_sync_client_fetch_lead_finish (fixture->client, result, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_NOT_FOUND);
}

static void
test_unix_socket (void)
{
  g_autofree char *folder = g_dir_make_tmp ("inb-sync-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "api.sock", NULL);
  InbSyncFixture fixture = { 0, };

  inb_sync_fixture_set_up (&fixture, NULL);
  inb_sync_fixture_drop_client (&fixture);
  inb_fake_server_free (fixture.server);
  fixture.server = inb_fake_server_new (path);
  g_clear_pointer (&fixture.account->server, g_free);
  fixture.account->socket_path = g_strdup (path);
  inb_sync_fixture_make_client (&fixture, 20);
  g_ptr_array_unref (inb_sync_fixture_add_leads (&fixture, 5));
  inb_sync_client_start (fixture.client);
  inb_sync_fixture_wait_until_equal (&fixture);
  inb_sync_fixture_tear_down (&fixture, NULL);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  inb_sync_fixture_refuse_proxies ();
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) \
  g_test_add ("/sync/client/" path, InbSyncFixture, NULL, inb_sync_fixture_set_up, test, inb_sync_fixture_tear_down)
  ADD ("fetch-lead", test_fetch_lead);
  ADD ("first-sync", test_first_sync);
  ADD ("gap", test_gap);
  ADD ("push", test_push);
  ADD ("resume-first-sync", test_resume_first_sync);
  ADD ("without-snapshots", test_without_snapshots);
#undef ADD
  g_test_add_func ("/sync/client/unix-socket", test_unix_socket);

  return g_test_run ();
}
