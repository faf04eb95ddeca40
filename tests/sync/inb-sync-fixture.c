#define G_LOG_DOMAIN "inb-tests"

#include "inb-sync-fixture.h"

#include "inb-replica-kit.h"

static void
on_state (InbSyncClient  *client,
          GParamSpec     *pspec,
          InbSyncFixture *fixture)
{
  fixture->n_offline += inb_sync_client_get_state (client) == INB_SYNC_OFFLINE;
  fixture->n_syncing += inb_sync_client_get_state (client) == INB_SYNC_SYNCING;
}

static void
on_arrived (InbSyncClient  *client,
            const char     *lead_id,
            const char     *contact_id,
            const char     *name,
            const char     *webhook_name,
            InbSyncFixture *fixture)
{
  g_ptr_array_add (fixture->arrived, g_strdup_printf ("%s|%s|%s|%s", lead_id, contact_id, name, webhook_name));
}

void
inb_sync_fixture_refuse_proxies (void)
{
  g_setenv ("http_proxy", "http://127.0.0.1:9", TRUE);
  g_unsetenv ("no_proxy");
}

void
inb_sync_fixture_make_client (InbSyncFixture *fixture,
                              guint           keepalive)
{
  fixture->client = g_object_new (INB_TYPE_SYNC_CLIENT, "replica", fixture->replica, "account", fixture->account, "keepalive",
                                  keepalive, NULL);
  g_signal_connect (fixture->client, "notify::state", G_CALLBACK (on_state), fixture);
  g_signal_connect (fixture->client, "lead-arrived", G_CALLBACK (on_arrived), fixture);
}

void
inb_sync_fixture_set_up (InbSyncFixture *fixture,
                         gconstpointer   data)
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
  inb_sync_fixture_make_client (fixture, 20);
}

static gboolean
is_client_alone (gpointer data)
{
  return G_OBJECT (((InbSyncFixture *) data)->client)->ref_count == 1;
}

void
inb_sync_fixture_drop_client (InbSyncFixture *fixture)
{
  inb_sync_client_stop (fixture->client);
  inb_kit_wait (is_client_alone, fixture);
  g_assert_finalize_object (fixture->client);
}

void
inb_sync_fixture_tear_down (InbSyncFixture *fixture,
                            gconstpointer   data)
{
  inb_sync_fixture_drop_client (fixture);
  inb_fake_server_free (fixture->server);
  inb_kit_drop (fixture->replica);
  inb_kit_delete_folder (fixture->folder);
  inb_sample_free (fixture->sample);
  inb_sync_account_free (fixture->account);
  g_ptr_array_unref (fixture->arrived);
  g_free (fixture->folder);
}

GPtrArray *
inb_sync_fixture_add_leads (InbSyncFixture *fixture,
                            guint           n_leads)
{
  GPtrArray *rows = inb_kit_new_rows ();

  if (fixture->sample->seq == 0)
    inb_sample_add_small (fixture->sample, rows);
  for (guint i = 0; i < n_leads; i++)
    inb_sample_add_lead (fixture->sample, rows, INB_SYNC_FIXTURE_NOW + (gint64) fixture->sample->n_leads * INB_TIME_SECOND);
  inb_fake_server_add (fixture->server, rows, fixture->sample->seq);

  return rows;
}

static gboolean
has_state (gpointer data)
{
  InbSyncFixture *fixture = data;

  return inb_sync_client_get_state (fixture->client) == fixture->wanted;
}

void
inb_sync_fixture_wait_for_state (InbSyncFixture *fixture,
                                 InbSyncState    state)
{
  fixture->wanted = state;
  inb_kit_wait (has_state, fixture);
}

static gboolean
is_caught_up (gpointer data)
{
  InbSyncFixture *fixture = data;

  return inb_sync_client_get_state (fixture->client) == INB_SYNC_LIVE &&
         inb_replica_get_cursor (fixture->replica) == fixture->sample->seq;
}

/* Waits until the replica holds exactly what the server does, by its own numbers. */
void
inb_sync_fixture_wait_until_equal (InbSyncFixture *fixture)
{
  g_autoptr (GPtrArray) stages = NULL;
  g_autoptr (InbMetrics) metrics = NULL;
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autoptr (GArray) rowids = NULL;
  g_autoptr (GPtrArray) summaries = NULL;
  g_autoptr (GError) error = NULL;
  guint n_named = 0;
  guint n_counted = 0;

  inb_kit_wait (is_caught_up, fixture);
  stages = inb_kit_list (fixture->replica, INB_KIND_STAGE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (stages->len, ==, 6);
  rowids = inb_kit_query (fixture->replica, query, &error);
  g_assert_no_error (error);
  metrics = inb_kit_get_metrics (fixture->replica, INB_SYNC_FIXTURE_NOW, &error);
  g_assert_no_error (error);
  summaries = inb_kit_load (fixture->replica, rowids, &error);
  for (guint i = 0; i < summaries->len; i++)
    {
      const InbLeadSummary *summary = g_ptr_array_index (summaries, i);

      n_named += *summary->name != '\0';
      n_counted += !summary->is_test;
    }
  g_assert_cmpint (metrics->total, ==, n_counted);
  /* One in a hundred is a test; next to none has neither name nor mail nor phone. */
  g_assert_cmpuint (n_named, >=, fixture->sample->n_leads * 90 / 100);
}

gboolean
inb_sync_fixture_was_offline (gpointer data)
{
  return ((InbSyncFixture *) data)->n_offline > 0;
}
