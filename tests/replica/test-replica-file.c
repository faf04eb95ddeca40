/* What a replica's file keeps over a restart and through a first sync, and what is left of it when it is wiped. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-error.h"
#include "inb-replica-fixture.h"
#include "inb-sqlite.h"

#include <glib/gstdio.h>

#define NOW INB_REPLICA_FIXTURE_NOW
#define EPOCH INB_REPLICA_FIXTURE_EPOCH
#define N_LEADS 150

static const char * const orders[] = {
  "leads_by_name", "leads_by_phone", "leads_by_email", "leads_by_source", "leads_by_product", "leads_by_stage",
};

/* @position: %NULL for the end of the first sync */
static void
apply_page (InbReplicaFixture *fixture,
            guint              n_leads,
            const char        *position)
{
  InbSnapshotPage *page = inb_snapshot_page_new ();
  g_autoptr (GError) error = NULL;

  if (inb_replica_get_snapshot_position (fixture->replica) == NULL)
    inb_sample_add_small (fixture->sample, page->rows);
  for (guint i = 0; i < n_leads; i++)
    inb_sample_add_lead (fixture->sample, page->rows, NOW + i / 2 * INB_TIME_SECOND);
  page->epoch = g_strdup (EPOCH);
  page->head = 40;
  page->position = g_strdup (position);
  inb_kit_apply_snapshot (fixture->replica, page, &error);
  g_assert_no_error (error);
}

static void
restart (InbReplicaFixture *fixture)
{
  inb_kit_drop (fixture->replica);
  fixture->replica = inb_kit_new (fixture->folder);
}

static GArray *
list (InbReplicaFixture *fixture,
      InbLeadSort        sort,
      gboolean           descending)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autoptr (GError) error = NULL;
  GArray *rowids;

  query->sort = sort;
  query->descending = descending;
  rowids = inb_kit_query (fixture->replica, query, &error);
  g_assert_no_error (error);

  return rowids;
}

/* Every list there is, one after the other. */
static GPtrArray *
list_all (InbReplicaFixture *fixture)
{
  GPtrArray *lists = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint sort = 0; sort < INB_N_LEAD_SORTS; sort++)
    {
      g_ptr_array_add (lists, list (fixture, sort, FALSE));
      g_ptr_array_add (lists, list (fixture, sort, TRUE));
    }

  return lists;
}

static void
assert_same_lists (GPtrArray *one,
                   GPtrArray *other)
{
  g_assert_cmpuint (one->len, ==, other->len);
  for (guint i = 0; i < one->len; i++)
    {
      const GArray *rowids = g_ptr_array_index (one, i);
      const GArray *others = g_ptr_array_index (other, i);

      g_assert_cmpmem (rowids->data, rowids->len * sizeof (gint64), others->data, others->len * sizeof (gint64));
    }
}

static InbSqlite *
open_file (InbReplicaFixture *fixture,
           InbSqliteMode      mode)
{
  g_autofree char *path = g_build_filename (fixture->folder, "replica.db", NULL);
  g_autoptr (GError) error = NULL;
  InbSqlite *db = inb_sqlite_open (path, mode, &error);

  g_assert_no_error (error);

  return db;
}

static gboolean
has_index (InbReplicaFixture *fixture,
           const char        *name)
{
  g_autoptr (InbSqlite) db = open_file (fixture, INB_SQLITE_READ);
  g_autoptr (GError) error = NULL;
  sqlite3_stmt *statement = inb_sqlite_prepare (db, "index-find", &error);
  gboolean found;

  g_assert_no_error (error);
  inb_sqlite_bind_text (statement, 1, name);
  found = inb_sqlite_step (db, statement, &error);
  g_assert_no_error (error);

  return found;
}

static void
test_snapshot (InbReplicaFixture *fixture,
               gconstpointer      data)
{
  g_autoptr (GError) error = NULL;

  inb_kit_reset (fixture->replica, EPOCH, &error);
  g_assert_no_error (error);
  apply_page (fixture, 1, "lead after 7");
  g_assert_cmpint (inb_replica_get_cursor (fixture->replica), ==, 0);

  /* It goes on after a restart, and the feed has to wait for its end. */
  restart (fixture);
  g_assert_cmpstr (inb_replica_get_snapshot_position (fixture->replica), ==, "lead after 7");
  g_assert_false (inb_kit_apply (fixture->replica,
                                 inb_kit_make_changes (fixture->replica, EPOCH, inb_kit_new_rows (), 1), &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_CONFLICT);
  g_clear_error (&error);

  apply_page (fixture, 0, NULL);
  g_assert_null (inb_replica_get_snapshot_position (fixture->replica));
  g_assert_cmpint (inb_replica_get_cursor (fixture->replica), ==, 40);
}

/* While a first sync runs most lists have no index: they are the same that they are after it. */
static void
test_orders (InbReplicaFixture *fixture,
             gconstpointer      data)
{
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) reopened = NULL;

  apply_page (fixture, N_LEADS, "on and on");
  before = list_all (fixture);
  g_assert_cmpuint (((GArray *) g_ptr_array_index (before, 0))->len, >, N_LEADS / 2);
  g_assert_true (has_index (fixture, "leads_by_created"));
  g_assert_false (has_index (fixture, "leads_by_name"));

  apply_page (fixture, 0, NULL);
  after = list_all (fixture);
  assert_same_lists (before, after);
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    g_assert_true (has_index (fixture, orders[i]));

  restart (fixture);
  reopened = list_all (fixture);
  assert_same_lists (before, reopened);
}

/* A process that was ended when the first index was made: the others come when the first sync has ended after all. */
static void
test_orders_resumed (InbReplicaFixture *fixture,
                     gconstpointer      data)
{
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;
  InbSqlite *db;

  apply_page (fixture, N_LEADS, "nearly done");
  inb_kit_drop (fixture->replica);
  db = open_file (fixture, INB_SQLITE_WRITE);
  inb_sqlite_exec (db, "CREATE INDEX leads_by_name ON leads (sort_key, id_order) WHERE shown = 1", &error);
  g_assert_no_error (error);
  inb_sqlite_free (db);

  fixture->replica = inb_kit_new (fixture->folder);
  g_assert_cmpstr (inb_replica_get_snapshot_position (fixture->replica), ==, "nearly done");
  apply_page (fixture, N_LEADS, "all but the last");
  before = list_all (fixture);
  apply_page (fixture, 0, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    g_assert_true (has_index (fixture, orders[i]));
  after = list_all (fixture);
  assert_same_lists (before, after);
}

/* A server without snapshots: the feed from the beginning. */
static void
test_orders_of_feed (InbReplicaFixture *fixture,
                     gconstpointer      data)
{
  GPtrArray *rows = inb_kit_new_rows ();

  inb_sample_add_lead (fixture->sample, rows, NOW);
  inb_replica_fixture_apply (fixture, rows);
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    g_assert_true (has_index (fixture, orders[i]));
}

static void
test_reopen (InbReplicaFixture *fixture,
             gconstpointer      data)
{
  g_autoptr (InbReplica) second = inb_replica_new (fixture->folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  GPtrArray *rows = inb_kit_new_rows ();
  GStatBuf info;
  g_autofree char *path = g_build_filename (fixture->folder, "replica.db", NULL);

  g_assert_false (inb_kit_open (second, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_null (inb_kit_query (second, query, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE);
  g_clear_error (&error);
  inb_replica_close (second);
  g_assert_null (inb_kit_query (second, query, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  inb_sample_add_lead (fixture->sample, rows, NOW);
  inb_replica_fixture_apply (fixture, rows);
  restart (fixture);
  g_assert_cmpint (inb_replica_get_cursor (fixture->replica), ==, fixture->sample->seq);
  g_assert_cmpstr (inb_replica_get_epoch (fixture->replica), ==, EPOCH);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
}

static void
test_wipe (InbReplicaFixture *fixture,
           gconstpointer      data)
{
  g_autofree char *old = g_build_filename (fixture->folder, "replica.db.damaged-1", NULL);
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = inb_kit_new_rows ();

  inb_sample_add_lead (fixture->sample, rows, NOW);
  inb_replica_fixture_apply (fixture, rows);
  g_assert_true (g_file_set_contents (old, "x", 1, NULL));
  inb_kit_reset (fixture->replica, "", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (inb_replica_fixture_count_leads (fixture), ==, 0);
  g_assert_cmpint (inb_replica_get_cursor (fixture->replica), ==, 0);
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (fixture->n_everything, >, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) \
  g_test_add ("/replica-file/" path, InbReplicaFixture, NULL, inb_replica_fixture_set_up, test, inb_replica_fixture_tear_down)
  ADD ("orders", test_orders);
  ADD ("orders-of-feed", test_orders_of_feed);
  ADD ("orders-resumed", test_orders_resumed);
  ADD ("reopen", test_reopen);
  ADD ("snapshot", test_snapshot);
  ADD ("wipe", test_wipe);
#undef ADD

  return g_test_run ();
}
