/* How the sync client takes every kind of failure of a stand-in server. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-replica-kit.h"
#include "inb-sync-fixture.h"

static void
test_reconnect (InbSyncFixture *fixture,
                gconstpointer   data)
{
  guint n_snapshots;

  g_ptr_array_unref (inb_sync_fixture_add_leads (fixture, 30));
  inb_sync_client_start (fixture->client);
  inb_sync_fixture_wait_until_equal (fixture);
  n_snapshots = inb_fake_server_count_requests (fixture->server, "/api/snapshot");

  for (guint i = 0; i < 3; i++)
    {
      fixture->n_offline = 0;
      inb_fake_server_drop (fixture->server);
      g_ptr_array_unref (inb_sync_fixture_add_leads (fixture, 5));
      inb_kit_wait (inb_sync_fixture_was_offline, fixture);
      inb_sync_fixture_wait_until_equal (fixture);
    }
  /* By the cursor, not from the beginning. */
  g_assert_cmpuint (inb_fake_server_count_requests (fixture->server, "/api/snapshot"), ==, n_snapshots);
}

static void
test_silence (InbSyncFixture *fixture,
              gconstpointer   data)
{
  inb_sync_fixture_drop_client (fixture);
  inb_sync_fixture_make_client (fixture, 1);
  g_ptr_array_unref (inb_sync_fixture_add_leads (fixture, 3));
  inb_sync_client_start (fixture->client);
  inb_sync_fixture_wait_until_equal (fixture);

  inb_fake_server_freeze (fixture->server, TRUE);
  inb_kit_wait (inb_sync_fixture_was_offline, fixture);
  inb_fake_server_freeze (fixture->server, FALSE);
  inb_sync_fixture_wait_until_equal (fixture);
}

static void
test_epoch (InbSyncFixture *fixture,
            gconstpointer   data)
{
  g_ptr_array_unref (inb_sync_fixture_add_leads (fixture, 30));
  inb_sync_client_start (fixture->client);
  inb_sync_fixture_wait_until_equal (fixture);

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
  g_ptr_array_unref (inb_sync_fixture_add_leads (fixture, 10));
  inb_fake_server_drop (fixture->server);
  inb_sync_fixture_wait_until_equal (fixture);
  g_assert_cmpstr (inb_replica_get_epoch (fixture->replica), ==, "epoch-2");

  /* Told while connected. */
  inb_fake_server_set_epoch (fixture->server, "epoch-3");
  inb_fake_server_tell (fixture->server, fixture->sample->seq, FALSE);
  while (!g_str_equal (inb_replica_get_epoch (fixture->replica), "epoch-3"))
    g_main_context_iteration (NULL, TRUE);
  inb_sync_fixture_wait_until_equal (fixture);
}

static void
test_set_back (InbSyncFixture *fixture,
               gconstpointer   data)
{
  g_ptr_array_unref (inb_sync_fixture_add_leads (fixture, 30));
  inb_sync_client_start (fixture->client);
  inb_sync_fixture_wait_until_equal (fixture);

  /* The same epoch with a lower head: the cursor is of a future that was lost. */
  inb_sync_fixture_drop_client (fixture);
  inb_fake_server_clear (fixture->server);
  inb_sample_free (fixture->sample);
  fixture->sample = inb_sample_new (6);
  g_ptr_array_unref (inb_sync_fixture_add_leads (fixture, 10));
  inb_sync_fixture_make_client (fixture, 20);
  inb_sync_client_start (fixture->client);
  inb_sync_fixture_wait_until_equal (fixture);
}

static void
test_unauthorized (InbSyncFixture *fixture,
                   gconstpointer   data)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = NULL;
  g_autofree char *text = NULL;
  guint n_tries;

  g_ptr_array_unref (inb_sync_fixture_add_leads (fixture, 10));
  inb_sync_client_start (fixture->client);
  inb_sync_fixture_wait_until_equal (fixture);

  inb_fake_server_set_fault (fixture->server, INB_FAKE_FAULT_UNAUTHORIZED);
  inb_fake_server_drop (fixture->server);
  inb_sync_fixture_wait_for_state (fixture, INB_SYNC_UNAUTHORIZED);
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
test_retry_after (InbSyncFixture *fixture,
                  gconstpointer   data)
{
  gint64 retry_at;

  g_ptr_array_unref (inb_sync_fixture_add_leads (fixture, 3));
  inb_fake_server_set_fault (fixture->server, INB_FAKE_FAULT_UNAVAILABLE);
  inb_sync_client_start (fixture->client);
  inb_kit_wait (inb_sync_fixture_was_offline, fixture);
  g_object_get (fixture->client, "retry-at", &retry_at, NULL);
  g_assert_cmpint (retry_at - inb_time_now (), >, 15 * INB_TIME_SECOND / 10);

  /* The user need not wait. */
  inb_fake_server_set_fault (fixture->server, INB_FAKE_FAULT_NONE);
  inb_sync_client_retry (fixture->client);
  g_assert_cmpint (inb_sync_client_get_state (fixture->client), ==, INB_SYNC_CONNECTING);
  inb_sync_fixture_wait_until_equal (fixture);
}

static void
test_nonsense (InbSyncFixture *fixture,
               gconstpointer   data)
{
  static const InbFakeFault faults[] = {
    INB_FAKE_FAULT_GARBAGE, INB_FAKE_FAULT_BAD_EVENT, INB_FAKE_FAULT_ENDLESS, INB_FAKE_FAULT_WRONG_FROM,
  };

  g_ptr_array_unref (inb_sync_fixture_add_leads (fixture, 3));
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *text = NULL;

      fixture->n_offline = 0;
      inb_fake_server_set_fault (fixture->server, faults[i]);
      if (i == 0)
        inb_sync_client_start (fixture->client);
      else
        inb_fake_server_drop (fixture->server);
      inb_kit_wait (inb_sync_fixture_was_offline, fixture);
      g_object_get (fixture->client, "last-error", &text, NULL);
      g_assert_nonnull (text);
    }

  inb_fake_server_set_fault (fixture->server, INB_FAKE_FAULT_NONE);
  inb_sync_fixture_wait_until_equal (fixture);
}

int
main (int    argc,
      char **argv)
{
  inb_sync_fixture_refuse_proxies ();
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) \
  g_test_add ("/sync/failures/" path, InbSyncFixture, NULL, inb_sync_fixture_set_up, test, inb_sync_fixture_tear_down)
  ADD ("epoch", test_epoch);
  ADD ("nonsense", test_nonsense);
  ADD ("reconnect", test_reconnect);
  ADD ("retry-after", test_retry_after);
  ADD ("set-back", test_set_back);
  ADD ("silence", test_silence);
  ADD ("unauthorized", test_unauthorized);
#undef ADD

  return g_test_run ();
}
