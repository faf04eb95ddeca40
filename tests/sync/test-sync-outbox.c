/* What the user does reaches the server once and in order, whatever becomes of the requests. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-error.h"
#include "inb-outbox-kit.h"
#include "inb-replica-kit.h"
#include "inb-sync-fixture.h"

#define N_LEADS 30

static void
set_up (InbSyncFixture *fixture,
        gconstpointer   data)
{
  inb_sync_fixture_set_up (fixture, data);
  g_ptr_array_unref (inb_sync_fixture_add_leads (fixture, N_LEADS));
  inb_sync_client_start (fixture->client);
  inb_sync_fixture_wait_until_equal (fixture);
}

static gboolean
has_role (gpointer data)
{
  return inb_replica_get_role (data) == INB_ROLE_MANAGER;
}

static gboolean
is_empty (gpointer data)
{
  InbOutboxCounts counts = inb_replica_get_outbox_counts (data);

  return counts.n_waiting == 0;
}

static GPtrArray *
list_leads (InbSyncFixture *fixture)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = inb_kit_query (fixture->replica, query, &error);
  g_autoptr (GPtrArray) summaries = inb_kit_load (fixture->replica, rowids, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < summaries->len; i++)
    g_ptr_array_add (ids, g_strdup (((const InbLeadSummary *) g_ptr_array_index (summaries, i))->id));

  return ids;
}

static void
edit (InbSyncFixture *fixture,
      const char     *lead_id,
      const char     *value)
{
  g_free (inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_BUDGET_RANGE, value));
}

static void
assert_there (InbSyncFixture *fixture,
              const char     *lead_id,
              const char     *value)
{
  g_autoptr (InbRow) row = inb_fake_server_find (fixture->server, INB_KIND_LEAD, lead_id);

  g_assert_nonnull (row);
  g_assert_cmpstr (inb_row_get (row, INB_LEAD_BUDGET_RANGE), ==, value);
}

/* A few edits one after the other, of which the last one counts. */
static void
edit_all (InbSyncFixture *fixture,
          GPtrArray      *lead_ids)
{
  for (guint i = 0; i < lead_ids->len; i++)
    {
      edit (fixture, g_ptr_array_index (lead_ids, i), "small");
      edit (fixture, g_ptr_array_index (lead_ids, i), "large");
    }
}

static void
assert_all (InbSyncFixture *fixture,
            GPtrArray      *lead_ids)
{
  g_autoptr (GPtrArray) done = inb_fake_server_list_done (fixture->server);

  for (guint i = 0; i < lead_ids->len; i++)
    assert_there (fixture, g_ptr_array_index (lead_ids, i), "large");
  g_assert_cmpuint (done->len, ==, 2 * lead_ids->len);
  /* Ids are sorted by time: the order in which they were made. */
  for (guint i = 1; i < done->len; i++)
    g_assert_cmpstr (g_ptr_array_index (done, i - 1), <, g_ptr_array_index (done, i));
  g_assert_cmpuint (inb_fake_server_get_most_pushes (fixture->server), ==, 1);
}

static void
test_send (InbSyncFixture *fixture,
           gconstpointer   data)
{
  g_autoptr (GPtrArray) lead_ids = list_leads (fixture);
  gint64 began;

  inb_kit_wait (has_role, fixture->replica);
  g_assert_cmpstr (inb_replica_get_actor_id (fixture->replica), ==, INB_FAKE_USER);
  began = g_get_monotonic_time ();
  edit (fixture, g_ptr_array_index (lead_ids, 0), "large");
  inb_kit_wait (is_empty, fixture->replica);
  g_test_message ("An edit was sent, answered and back after %.1f ms", (double) (g_get_monotonic_time () - began) / 1000);
  assert_there (fixture, g_ptr_array_index (lead_ids, 0), "large");
}

/* Whatever happens to some of the requests. */
static void
test_fault (InbSyncFixture *fixture,
            gconstpointer   data)
{
  InbFakePush push = (InbFakePush) GPOINTER_TO_UINT (data);
  g_autoptr (GPtrArray) lead_ids = list_leads (fixture);

  inb_kit_wait (has_role, fixture->replica);
  inb_fake_server_set_push (fixture->server, push, 2);
  edit_all (fixture, lead_ids);
  inb_kit_wait (is_empty, fixture->replica);
  g_assert_cmpuint (inb_replica_get_outbox_counts (fixture->replica).n_rejected, ==, 0);
  assert_all (fixture, lead_ids);
  g_assert_cmpint (inb_sync_client_get_state (fixture->client), ==, INB_SYNC_LIVE);
}

/* Done without a connection, also by a program that ended before it came back. */
static void
test_offline (InbSyncFixture *fixture,
              gconstpointer   data)
{
  g_autoptr (GPtrArray) lead_ids = list_leads (fixture);

  inb_kit_wait (has_role, fixture->replica);
  inb_sync_fixture_drop_client (fixture);
  edit_all (fixture, lead_ids);
  inb_kit_settle (fixture->replica);
  inb_kit_drop (fixture->replica);
  fixture->replica = inb_kit_new (fixture->folder);
  g_assert_cmpint (inb_replica_get_role (fixture->replica), ==, INB_ROLE_MANAGER);
  g_assert_cmpuint (inb_replica_get_outbox_counts (fixture->replica).n_waiting, ==, 2 * lead_ids->len);
  inb_sync_fixture_make_client (fixture, 20);
  inb_sync_client_start (fixture->client);
  inb_kit_wait (is_empty, fixture->replica);
  assert_all (fixture, lead_ids);
}

/* The connection goes while edits are made. */
static void
test_drops (InbSyncFixture *fixture,
            gconstpointer   data)
{
  g_autoptr (GPtrArray) lead_ids = list_leads (fixture);

  inb_kit_wait (has_role, fixture->replica);
  for (guint i = 0; i < lead_ids->len; i++)
    {
      edit (fixture, g_ptr_array_index (lead_ids, i), "small");
      if (i % 10 == 0)
        inb_fake_server_drop (fixture->server);
      edit (fixture, g_ptr_array_index (lead_ids, i), "large");
    }
  inb_kit_wait (is_empty, fixture->replica);
  assert_all (fixture, lead_ids);
}

/* One that the server refuses together with all that is sent with it. */
static void
test_poison (InbSyncFixture *fixture,
             gconstpointer   data)
{
  g_autoptr (GPtrArray) lead_ids = list_leads (fixture);
  g_autoptr (GPtrArray) entries = NULL;
  const InbOutboxEntry *entry;

  inb_kit_wait (has_role, fixture->replica);
  inb_fake_server_set_poison (fixture->server, g_ptr_array_index (lead_ids, 7), GPOINTER_TO_UINT (data));
  inb_fake_server_freeze (fixture->server, TRUE);
  for (guint i = 0; i < lead_ids->len; i++)
    edit (fixture, g_ptr_array_index (lead_ids, i), "large");
  inb_fake_server_freeze (fixture->server, FALSE);
  inb_kit_wait (is_empty, fixture->replica);
  for (guint i = 0; i < lead_ids->len; i++)
    {
      if (i != 7)
        assert_there (fixture, g_ptr_array_index (lead_ids, i), "large");
    }
  entries = inb_kit_list_outbox (fixture->replica, NULL);
  g_assert_cmpuint (entries->len, ==, 1);
  entry = g_ptr_array_index (entries, 0);
  g_assert_cmpint (entry->state, ==, INB_OUTBOX_REJECTED);
  g_assert_cmpstr (entry->mutation->entity_id, ==, g_ptr_array_index (lead_ids, 7));

  /* Sent again, when the server has been mended. */
  inb_fake_server_set_poison (fixture->server, NULL, 0);
  {
    g_autoptr (GArray) mine = g_array_new (FALSE, FALSE, sizeof (guint));

    inb_kit_resolve (fixture->replica, entry->mutation->id, mine);
  }
  inb_kit_wait (is_empty, fixture->replica);
  assert_there (fixture, g_ptr_array_index (lead_ids, 7), "large");
}

static void
test_forbidden (InbSyncFixture *fixture,
                gconstpointer   data)
{
  g_autoptr (GPtrArray) lead_ids = list_leads (fixture);
  guint n_asked;

  inb_kit_wait (has_role, fixture->replica);
  n_asked = inb_fake_server_count_requests (fixture->server, "/api/me");
  inb_fake_server_set_push (fixture->server, INB_FAKE_PUSH_FORBIDDEN, 1);
  edit (fixture, g_ptr_array_index (lead_ids, 0), "large");
  inb_kit_wait (is_empty, fixture->replica);
  g_assert_cmpuint (inb_replica_get_outbox_counts (fixture->replica).n_rejected, ==, 1);
  while (inb_fake_server_count_requests (fixture->server, "/api/me") == n_asked)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
is_wiped (gpointer data)
{
  return *inb_replica_get_epoch (data) == '\0';
}

/* The token was revoked: what the server has told is gone, what was not sent waits for the person to connect again. */
static void
test_revoked (InbSyncFixture *fixture,
              gconstpointer   data)
{
  g_autoptr (GPtrArray) lead_ids = list_leads (fixture);

  inb_kit_wait (has_role, fixture->replica);
  inb_fake_server_set_push (fixture->server, INB_FAKE_PUSH_UNAUTHORIZED, 1);
  edit (fixture, g_ptr_array_index (lead_ids, 0), "large");
  inb_sync_fixture_wait_for_state (fixture, INB_SYNC_UNAUTHORIZED);
  inb_kit_wait (is_wiped, fixture->replica);
  g_assert_cmpuint (inb_replica_get_outbox_counts (fixture->replica).n_waiting, ==, 1);

  inb_sync_client_start (fixture->client);
  inb_kit_wait (is_empty, fixture->replica);
  assert_there (fixture, g_ptr_array_index (lead_ids, 0), "large");
}

#define ADD(name, data, function) \
  g_test_add ("/sync/outbox/" name, InbSyncFixture, GUINT_TO_POINTER (data), set_up, function, inb_sync_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("send", 0, test_send);
  ADD ("lost-answers", INB_FAKE_PUSH_LOST, test_fault);
  ADD ("dropped", INB_FAKE_PUSH_DROPPED, test_fault);
  ADD ("unavailable", INB_FAKE_PUSH_UNAVAILABLE, test_fault);
  ADD ("internal", INB_FAKE_PUSH_INTERNAL, test_fault);
  ADD ("garbage", INB_FAKE_PUSH_GARBAGE, test_fault);
  ADD ("offline", 0, test_offline);
  ADD ("drops", 0, test_drops);
  ADD ("poison-400", 400, test_poison);
  ADD ("poison-413", 413, test_poison);
  ADD ("poison-422", 422, test_poison);
  ADD ("poison-500", 500, test_poison);
  ADD ("forbidden", 0, test_forbidden);
  ADD ("revoked", 0, test_revoked);

  return g_test_run ();
}
