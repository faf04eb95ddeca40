/* What waits survives what happens to the replica, to the server and to who sits here. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-error.h"
#include "inb-outbox-fixture.h"
#include "inb-replica-kit.h"

#include <glib/gstdio.h>

static void
delete_replica (InbOutboxFixture *fixture)
{
  static const char *const names[] = { "replica.db", "replica.db-wal", "replica.db-shm", "replica.db-note" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);

      g_remove (path);
    }
}

static void
test_replica_lost (InbOutboxFixture *fixture,
                   gconstpointer     data)
{
  const char *lead_id = inb_outbox_fixture_get_lead_id (fixture, 0);
  g_autofree char *group = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_STAGE, "won");
  g_autofree char *created = inb_outbox_fixture_create_person (fixture);
  InbSnapshotPage *page = inb_snapshot_page_new ();
  g_autoptr (InbChanges) all = inb_model_server_pull (fixture->server, 0, INB_OUTBOX_FIXTURE_ALL);
  g_autoptr (GError) error = NULL;

  inb_kit_drop (fixture->replica);
  delete_replica (fixture);
  inb_outbox_fixture_open_replica (fixture);
  inb_outbox_fixture_assert_counts (fixture, 4, 0, 0);
  inb_outbox_fixture_assert_shown (fixture, created, INB_LEAD_PRODUCT_INTEREST, "Solar");

  /* The first sync again, page by page: its rows are shown with what waits. */
  page->epoch = g_strdup (INB_OUTBOX_FIXTURE_EPOCH);
  page->head = inb_model_server_get_head (fixture->server);
  page->position = g_strdup ("more");
  for (guint i = 0; i < all->rows->len; i++)
    {
      if (inb_row_get_kind (g_ptr_array_index (all->rows, i)) == INB_KIND_LEAD)
        g_ptr_array_add (page->rows, inb_row_ref (g_ptr_array_index (all->rows, i)));
    }
  inb_kit_apply_snapshot (fixture->replica, page, &error);
  g_assert_no_error (error);
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");

  page = inb_snapshot_page_new ();
  page->epoch = g_strdup (INB_OUTBOX_FIXTURE_EPOCH);
  page->head = inb_model_server_get_head (fixture->server);
  for (guint i = 0; i < all->rows->len; i++)
    {
      if (inb_row_get_kind (g_ptr_array_index (all->rows, i)) != INB_KIND_LEAD)
        g_ptr_array_add (page->rows, inb_row_ref (g_ptr_array_index (all->rows, i)));
    }
  inb_kit_apply_snapshot (fixture->replica, page, &error);
  g_assert_no_error (error);
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
  inb_outbox_fixture_assert_done (fixture);
}

/* Wiped for a new start while some of it was confirmed by a server that has since been restored from a backup. */
static void
test_restored (InbOutboxFixture *fixture,
               gconstpointer     data)
{
  const char *lead_id = inb_outbox_fixture_get_lead_id (fixture, 0);
  g_autoptr (InbModelServer) backup = inb_model_server_copy (fixture->server, "two");
  g_autofree char *group = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_STAGE, "won");

  inb_kit_push (fixture->replica, fixture->server);
  inb_outbox_fixture_assert_counts (fixture, 1, 0, 0);
  inb_model_server_free (fixture->server);
  fixture->server = g_steal_pointer (&backup);
  inb_kit_pull (fixture->replica, fixture->server, INB_OUTBOX_FIXTURE_ALL);
  inb_outbox_fixture_assert_counts (fixture, 1, 0, 0);
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
  g_assert_cmpuint (inb_kit_push (fixture->replica, fixture->server), ==, 1);
  inb_outbox_fixture_assert_done (fixture);
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
}

static void
test_erased (InbOutboxFixture *fixture,
             gconstpointer     data)
{
  const char *lead_id = inb_outbox_fixture_get_lead_id (fixture, 0);
  g_autofree char *group = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_STAGE, "won");
  g_autoptr (GArray) rowids = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = inb_kit_new_rows ();

  fixture->sample->seq = inb_model_server_get_head (fixture->server);
  g_ptr_array_add (rows, inb_sample_make_tombstone (fixture->sample, INB_KIND_LEAD, lead_id));
  inb_kit_apply (fixture->replica, inb_kit_make_changes (fixture->replica, INB_OUTBOX_FIXTURE_EPOCH, rows, fixture->sample->seq), &error);
  g_assert_no_error (error);
  rowids = inb_outbox_fixture_get_rowids (fixture);
  g_assert_cmpuint (rowids->len, ==, INB_OUTBOX_FIXTURE_LEADS - 1);
  inb_outbox_fixture_reopen (fixture);
  g_array_unref (g_steal_pointer (&rowids));
  rowids = inb_outbox_fixture_get_rowids (fixture);
  g_assert_cmpuint (rowids->len, ==, INB_OUTBOX_FIXTURE_LEADS - 1);
}

/* Another person at this computer: what the first one did waits until she is back. */
static void
test_other_person (InbOutboxFixture *fixture,
                   gconstpointer     data)
{
  const char *lead_id = inb_outbox_fixture_get_lead_id (fixture, 0);
  g_autofree char *group = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_STAGE, "won");
  g_autoptr (GPtrArray) mutations = NULL;

  inb_replica_set_actor (fixture->replica, INB_KIT_OTHER_USER, "Other", INB_ROLE_AGENT);
  mutations = inb_kit_peek (fixture->replica, INB_OUTBOX_FIXTURE_ALL);
  g_assert_cmpuint (mutations->len, ==, 0);
  inb_kit_settle (fixture->replica);
  inb_outbox_fixture_assert_counts (fixture, 0, 0, 0);
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, "new");
  inb_outbox_fixture_reopen (fixture);
  g_assert_cmpstr (inb_replica_get_actor_id (fixture->replica), ==, INB_KIT_OTHER_USER);
  g_assert_cmpint (inb_replica_get_role (fixture->replica), ==, INB_ROLE_AGENT);
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, "new");

  inb_replica_set_actor (fixture->replica, INB_KIT_USER, "Me", INB_ROLE_MANAGER);
  inb_kit_settle (fixture->replica);
  inb_outbox_fixture_assert_counts (fixture, 1, 0, 0);
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
  inb_outbox_fixture_assert_done (fixture);
}

static void
test_forget (InbOutboxFixture *fixture,
             gconstpointer     data)
{
  const char *lead_id = inb_outbox_fixture_get_lead_id (fixture, 0);
  g_autofree char *sent = inb_kit_edit_lead (fixture->replica, inb_outbox_fixture_get_lead_id (fixture, 1), INB_LEAD_STAGE, "won");
  g_autofree char *group = NULL;
  g_autoptr (GError) error = NULL;

  inb_kit_push (fixture->replica, fixture->server);
  inb_kit_pull (fixture->replica, fixture->server, INB_OUTBOX_FIXTURE_ALL);
  group = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_STAGE, "won");
  inb_kit_forget_outbox (fixture->replica, FALSE);
  inb_kit_settle (fixture->replica);
  inb_outbox_fixture_assert_counts (fixture, 1, 0, 0);
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
  g_assert_null (inb_kit_undo (fixture->replica, sent, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_NOT_FOUND);

  inb_kit_forget_outbox (fixture->replica, TRUE);
  inb_kit_settle (fixture->replica);
  inb_outbox_fixture_assert_counts (fixture, 0, 0, 0);
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, "new");
  inb_outbox_fixture_assert_done (fixture);
}

#define ADD(name, data, function) \
  g_test_add ("/replica/outbox/kept/" name, InbOutboxFixture, data, inb_outbox_fixture_set_up, function, inb_outbox_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("replica-lost", NULL, test_replica_lost);
  ADD ("restored", NULL, test_restored);
  ADD ("erased", NULL, test_erased);
  ADD ("other-person", NULL, test_other_person);
  ADD ("forget", NULL, test_forget);

  return g_test_run ();
}
