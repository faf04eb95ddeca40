/* The sync client against a stand-in server: what it holds in the end, and how it takes every kind of failure. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-error.h"
#include "inb-fake-server.h"
#include "inb-replica-kit.h"
#include "inb-sample.h"
#include "inb-sync-client.h"
#include "inb-time.h"

#include <glib/gstdio.h>

#define NOW (1780000000 * INB_TIME_SECOND)
#define N_LEADS 500

typedef struct {
  char           *folder;
  InbFakeServer  *server;
  InbReplica     *replica;
  InbSyncAccount *account;
  InbSyncClient  *client;
  InbSample      *sample;
  GPtrArray      *arrived;
  InbSyncState    wanted;
  guint           n_offline;
  guint           n_syncing;
} Fixture;

static void
on_state (InbSyncClient *client,
          GParamSpec    *pspec,
          Fixture       *fixture)
{
  fixture->n_offline += inb_sync_client_get_state (client) == INB_SYNC_OFFLINE;
  fixture->n_syncing += inb_sync_client_get_state (client) == INB_SYNC_SYNCING;
}

static void
on_arrived (InbSyncClient *client,
            const char    *lead_id,
            const char    *contact_id,
            const char    *name,
            const char    *webhook_name,
            Fixture       *fixture)
{
  g_ptr_array_add (fixture->arrived, g_strdup_printf ("%s|%s|%s|%s", lead_id, contact_id, name, webhook_name));
}

static void
make_client (Fixture *fixture,
             guint    keepalive)
{
  fixture->client = g_object_new (INB_TYPE_SYNC_CLIENT, "replica", fixture->replica, "account", fixture->account, "keepalive",
                                  keepalive, NULL);
  g_signal_connect (fixture->client, "notify::state", G_CALLBACK (on_state), fixture);
  g_signal_connect (fixture->client, "lead-arrived", G_CALLBACK (on_arrived), fixture);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = inb_kit_make_folder ();
  fixture->server = inb_fake_server_new (NULL);
  fixture->replica = inb_kit_new (fixture->folder);
  fixture->sample = inb_sample_new (5);
  fixture->arrived = g_ptr_array_new_with_free_func (g_free);
  fixture->account = g_new0 (InbSyncAccount, 1);
  fixture->account->server = inb_fake_server_get_url (fixture->server);
  if (g_str_has_suffix (fixture->account->server, "/"))
    fixture->account->server[strlen (fixture->account->server) - 1] = '\0';
  fixture->account->workspace_id = g_strdup (INB_FAKE_WORKSPACE);
  fixture->account->token = g_strdup (INB_FAKE_TOKEN);
  make_client (fixture, 20);
}

static gboolean
is_client_alone (gpointer data)
{
  return G_OBJECT (((Fixture *) data)->client)->ref_count == 1;
}

static void
drop_client (Fixture *fixture)
{
  inb_sync_client_stop (fixture->client);
  inb_kit_wait (is_client_alone, fixture);
  g_assert_finalize_object (fixture->client);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  drop_client (fixture);
  inb_fake_server_free (fixture->server);
  inb_kit_drop (fixture->replica);
  inb_kit_delete_folder (fixture->folder);
  inb_sample_free (fixture->sample);
  inb_sync_account_free (fixture->account);
  g_ptr_array_unref (fixture->arrived);
  g_free (fixture->folder);
}

static GPtrArray *
add_leads (Fixture *fixture,
           guint    n_leads)
{
  GPtrArray *rows = inb_kit_new_rows ();

  if (fixture->sample->seq == 0)
    inb_sample_add_small (fixture->sample, rows);
  for (guint i = 0; i < n_leads; i++)
    inb_sample_add_lead (fixture->sample, rows, NOW + (gint64) fixture->sample->n_leads * INB_TIME_SECOND);
  inb_fake_server_add (fixture->server, rows, fixture->sample->seq);

  return rows;
}

static gboolean
has_state (gpointer data)
{
  Fixture *fixture = data;

  return inb_sync_client_get_state (fixture->client) == fixture->wanted;
}

static void
wait_for_state (Fixture      *fixture,
                InbSyncState  state)
{
  fixture->wanted = state;
  inb_kit_wait (has_state, fixture);
}

static gboolean
is_caught_up (gpointer data)
{
  Fixture *fixture = data;

  return inb_sync_client_get_state (fixture->client) == INB_SYNC_LIVE &&
         inb_replica_get_cursor (fixture->replica) == fixture->sample->seq;
}

/* Waits until the replica holds exactly what the server does, by its own numbers. */
static void
wait_until_equal (Fixture *fixture)
{
  g_autoptr (GPtrArray) stages = NULL;
  g_autoptr (InbMetrics) metrics = NULL;
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autoptr (GArray) rowids = NULL;
  g_autoptr (GPtrArray) summaries = NULL;
  g_autoptr (GError) error = NULL;
  guint n_named = 0;

  inb_kit_wait (is_caught_up, fixture);
  stages = inb_kit_list (fixture->replica, INB_KIND_STAGE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (stages->len, ==, 6);
  rowids = inb_kit_query (fixture->replica, query, &error);
  g_assert_no_error (error);
  metrics = inb_kit_get_metrics (fixture->replica, NOW, &error);
  g_assert_no_error (error);
  g_assert_cmpint (metrics->total, ==, rowids->len);
  summaries = inb_kit_load (fixture->replica, rowids, &error);
  for (guint i = 0; i < summaries->len; i++)
    n_named += *((InbLeadSummary *) g_ptr_array_index (summaries, i))->name != '\0';
  /* One in a hundred is a test; next to none has neither name nor mail nor phone. */
  g_assert_cmpuint (n_named, >=, fixture->sample->n_leads * 90 / 100);
}

static void
test_first_sync (Fixture       *fixture,
                 gconstpointer  data)
{
  g_ptr_array_unref (add_leads (fixture, N_LEADS));
  inb_fake_server_set_page_size (fixture->server, 90);
  inb_sync_client_start (fixture->client);
  wait_until_equal (fixture);
  g_assert_cmpuint (inb_fake_server_count_requests (fixture->server, "/api/snapshot"), >=, 3 * N_LEADS / 90);
  g_assert_cmpuint (fixture->n_syncing, ==, 1);
  g_assert_cmpuint (fixture->n_offline, ==, 0);
}

static void
test_without_snapshots (Fixture       *fixture,
                        gconstpointer  data)
{
  g_ptr_array_unref (add_leads (fixture, 50));
  inb_fake_server_set_page_size (fixture->server, 7);
  inb_fake_server_set_fault (fixture->server, INB_FAKE_FAULT_NO_SNAPSHOT);
  inb_sync_client_start (fixture->client);
  wait_until_equal (fixture);
}

static gboolean
has_some_snapshot (gpointer data)
{
  return inb_replica_get_snapshot_position (((Fixture *) data)->replica) != NULL;
}

static void
test_resume_first_sync (Fixture       *fixture,
                        gconstpointer  data)
{
  guint n_requests;

  g_ptr_array_unref (add_leads (fixture, N_LEADS));
  inb_fake_server_set_page_size (fixture->server, 50);
  inb_sync_client_start (fixture->client);
  inb_kit_wait (has_some_snapshot, fixture);
  drop_client (fixture);

  /* As after a crash: the replica is opened again, and more has happened. */
  inb_kit_drop (fixture->replica);
  fixture->replica = inb_kit_new (fixture->folder);
  g_ptr_array_unref (add_leads (fixture, 20));
  n_requests = inb_fake_server_count_requests (fixture->server, "/api/snapshot");
  make_client (fixture, 20);
  inb_sync_client_start (fixture->client);
  wait_until_equal (fixture);
  g_assert_cmpuint (inb_fake_server_count_requests (fixture->server, "/api/snapshot") - n_requests, <, 3 * N_LEADS / 50 + 3);
}

static gboolean
has_cursor (gpointer data)
{
  Fixture *fixture = data;

  return inb_replica_get_cursor (fixture->replica) == fixture->sample->seq;
}

static void
test_push (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *event = NULL;
  g_autofree char *expected = NULL;
  const char *contact_id, *lead_id;
  gint64 from;
  guint n_requests;

  g_ptr_array_unref (add_leads (fixture, 3));
  inb_sync_client_start (fixture->client);
  wait_until_equal (fixture);
  n_requests = inb_fake_server_count_requests (fixture->server, "/api/changes");

  /* The rows come with the event: nothing is asked for. The announcement comes first, and waits for them. */
  from = fixture->sample->seq;
  rows = add_leads (fixture, 1);
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
test_gap (Fixture       *fixture,
          gconstpointer  data)
{
  gint64 from;

  g_ptr_array_unref (add_leads (fixture, 3));
  inb_sync_client_start (fixture->client);
  wait_until_equal (fixture);

  /* Missed, then told of what follows. */
  g_ptr_array_unref (add_leads (fixture, 4));
  from = fixture->sample->seq;
  g_ptr_array_unref (add_leads (fixture, 1));
  inb_fake_server_tell (fixture->server, from, TRUE);
  wait_until_equal (fixture);

  /* Too much to come with the event. */
  from = fixture->sample->seq;
  g_ptr_array_unref (add_leads (fixture, 100));
  inb_fake_server_tell (fixture->server, from, FALSE);
  wait_until_equal (fixture);

  /* Told to pull; and told again of what is known. */
  g_ptr_array_unref (add_leads (fixture, 2));
  {
    g_autofree char *pull = g_strdup_printf ("{\"event\":\"pull\",\"data\":{\"head\":%" G_GINT64_FORMAT "}}", fixture->sample->seq);

    inb_fake_server_send (fixture->server, pull);
  }
  inb_fake_server_tell (fixture->server, from, TRUE);
  wait_until_equal (fixture);
  g_assert_cmpuint (fixture->n_offline, ==, 0);
}

static gboolean
was_offline (gpointer data)
{
  return ((Fixture *) data)->n_offline > 0;
}

static void
test_reconnect (Fixture       *fixture,
                gconstpointer  data)
{
  guint n_snapshots;

  g_ptr_array_unref (add_leads (fixture, 30));
  inb_sync_client_start (fixture->client);
  wait_until_equal (fixture);
  n_snapshots = inb_fake_server_count_requests (fixture->server, "/api/snapshot");

  for (guint i = 0; i < 3; i++)
    {
      fixture->n_offline = 0;
      inb_fake_server_drop (fixture->server);
      g_ptr_array_unref (add_leads (fixture, 5));
      inb_kit_wait (was_offline, fixture);
      wait_until_equal (fixture);
    }
  /* By the cursor, not from the beginning. */
  g_assert_cmpuint (inb_fake_server_count_requests (fixture->server, "/api/snapshot"), ==, n_snapshots);
}

static void
test_silence (Fixture       *fixture,
              gconstpointer  data)
{
  drop_client (fixture);
  make_client (fixture, 1);
  g_ptr_array_unref (add_leads (fixture, 3));
  inb_sync_client_start (fixture->client);
  wait_until_equal (fixture);

  inb_fake_server_freeze (fixture->server, TRUE);
  inb_kit_wait (was_offline, fixture);
  inb_fake_server_freeze (fixture->server, FALSE);
  wait_until_equal (fixture);
}

static void
test_epoch (Fixture       *fixture,
            gconstpointer  data)
{
  g_ptr_array_unref (add_leads (fixture, 30));
  inb_sync_client_start (fixture->client);
  wait_until_equal (fixture);

  /* Another database, further on than the old one. */
  inb_fake_server_clear (fixture->server);
  inb_fake_server_set_epoch (fixture->server, "epoch-2");
  fixture->sample->n_leads = 0;
  {
    GPtrArray *rows = inb_kit_new_rows ();

    inb_sample_add_small (fixture->sample, rows);
    inb_fake_server_add (fixture->server, rows, fixture->sample->seq);
    g_ptr_array_unref (rows);
  }
  g_ptr_array_unref (add_leads (fixture, 10));
  inb_fake_server_drop (fixture->server);
  wait_until_equal (fixture);
  g_assert_cmpstr (inb_replica_get_epoch (fixture->replica), ==, "epoch-2");

  /* Told while connected. */
  inb_fake_server_set_epoch (fixture->server, "epoch-3");
  inb_fake_server_tell (fixture->server, fixture->sample->seq, FALSE);
  while (!g_str_equal (inb_replica_get_epoch (fixture->replica), "epoch-3"))
    g_main_context_iteration (NULL, TRUE);
  wait_until_equal (fixture);
}

static void
test_set_back (Fixture       *fixture,
               gconstpointer  data)
{
  g_ptr_array_unref (add_leads (fixture, 30));
  inb_sync_client_start (fixture->client);
  wait_until_equal (fixture);

  /* The same epoch with a lower head: the cursor is of a future that was lost. */
  drop_client (fixture);
  inb_fake_server_clear (fixture->server);
  inb_sample_free (fixture->sample);
  fixture->sample = inb_sample_new (6);
  g_ptr_array_unref (add_leads (fixture, 10));
  make_client (fixture, 20);
  inb_sync_client_start (fixture->client);
  wait_until_equal (fixture);
}

static void
test_unauthorized (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = NULL;
  g_autofree char *text = NULL;
  guint n_tries;

  g_ptr_array_unref (add_leads (fixture, 10));
  inb_sync_client_start (fixture->client);
  wait_until_equal (fixture);

  inb_fake_server_set_fault (fixture->server, INB_FAKE_FAULT_UNAUTHORIZED);
  inb_fake_server_drop (fixture->server);
  wait_for_state (fixture, INB_SYNC_UNAUTHORIZED);
  rowids = inb_kit_query (fixture->replica, query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rowids->len, ==, 0);
  g_object_get (fixture->client, "last-error", &text, NULL);
  g_assert_nonnull (strstr (text, "401"));

  n_tries = inb_fake_server_count_requests (fixture->server, "/ws");
  inb_sync_client_retry (fixture->client);
  g_assert_cmpint (inb_sync_client_get_state (fixture->client), ==, INB_SYNC_UNAUTHORIZED);
  g_assert_cmpuint (inb_fake_server_count_requests (fixture->server, "/ws"), ==, n_tries);
}

static void
test_retry_after (Fixture       *fixture,
                  gconstpointer  data)
{
  gint64 retry_at;

  g_ptr_array_unref (add_leads (fixture, 3));
  inb_fake_server_set_fault (fixture->server, INB_FAKE_FAULT_UNAVAILABLE);
  inb_sync_client_start (fixture->client);
  inb_kit_wait (was_offline, fixture);
  g_object_get (fixture->client, "retry-at", &retry_at, NULL);
  g_assert_cmpint (retry_at - inb_time_now (), >, 15 * INB_TIME_SECOND / 10);

  /* The user need not wait. */
  inb_fake_server_set_fault (fixture->server, INB_FAKE_FAULT_NONE);
  inb_sync_client_retry (fixture->client);
  g_assert_cmpint (inb_sync_client_get_state (fixture->client), ==, INB_SYNC_CONNECTING);
  wait_until_equal (fixture);
}

static void
test_nonsense (Fixture       *fixture,
               gconstpointer  data)
{
  static const InbFakeFault faults[] = {
    INB_FAKE_FAULT_GARBAGE, INB_FAKE_FAULT_BAD_EVENT, INB_FAKE_FAULT_ENDLESS, INB_FAKE_FAULT_WRONG_FROM,
  };

  g_ptr_array_unref (add_leads (fixture, 3));
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *text = NULL;

      fixture->n_offline = 0;
      inb_fake_server_set_fault (fixture->server, faults[i]);
      if (i == 0)
        inb_sync_client_start (fixture->client);
      else
        inb_fake_server_drop (fixture->server);
      inb_kit_wait (was_offline, fixture);
      g_object_get (fixture->client, "last-error", &text, NULL);
      g_assert_nonnull (text);
    }

  inb_fake_server_set_fault (fixture->server, INB_FAKE_FAULT_NONE);
  wait_until_equal (fixture);
}

static void
on_fetched (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
test_fetch_lead (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GPtrArray) rows = add_leads (fixture, 2);
  g_autoptr (GPtrArray) later = inb_kit_new_rows ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (InbLeadDetail) detail = NULL;
  g_autoptr (GError) error = NULL;
  const InbRow *lead = g_ptr_array_index (rows, rows->len - 2);

  inb_sync_client_start (fixture->client);
  wait_until_equal (fixture);

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
  Fixture fixture = { 0, };

  set_up (&fixture, NULL);
  drop_client (&fixture);
  inb_fake_server_free (fixture.server);
  fixture.server = inb_fake_server_new (path);
  g_clear_pointer (&fixture.account->server, g_free);
  fixture.account->socket_path = g_strdup (path);
  make_client (&fixture, 20);
  g_ptr_array_unref (add_leads (&fixture, 5));
  inb_sync_client_start (fixture.client);
  wait_until_equal (&fixture);
  tear_down (&fixture, NULL);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  /* A proxy that nothing may be sent to: the stand-in is on this computer. */
  g_setenv ("http_proxy", "http://127.0.0.1:9", TRUE);
  g_unsetenv ("no_proxy");
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/sync/client/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("epoch", test_epoch);
  ADD ("fetch-lead", test_fetch_lead);
  ADD ("first-sync", test_first_sync);
  ADD ("gap", test_gap);
  ADD ("nonsense", test_nonsense);
  ADD ("push", test_push);
  ADD ("reconnect", test_reconnect);
  ADD ("resume-first-sync", test_resume_first_sync);
  ADD ("retry-after", test_retry_after);
  ADD ("set-back", test_set_back);
  ADD ("silence", test_silence);
  ADD ("unauthorized", test_unauthorized);
  ADD ("without-snapshots", test_without_snapshots);
#undef ADD
  g_test_add_func ("/sync/client/unix-socket", test_unix_socket);

  return g_test_run ();
}
