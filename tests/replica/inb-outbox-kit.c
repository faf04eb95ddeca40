#define G_LOG_DOMAIN "inb-tests"

#include "inb-outbox-kit.h"

#include "inb-replica-kit.h"

#include <sqlite3.h>

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

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  inb_kit_wait (has_result, result);

  return *result;
}

char *
inb_kit_edit (InbReplica  *replica,
              InbEdit     *edit,
              GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  inb_replica_edit_async (replica, edit, on_result, &result);

  return inb_replica_edit_finish (replica, wait_for (&result), error);
}

char *
inb_kit_edit_lead (InbReplica *replica,
                   const char *lead_id,
                   guint       column,
                   const char *value)
{
  g_autoptr (InbEdit) edit = inb_edit_new ("Edit");
  g_autoptr (InbMutation) mutation = inb_mutation_new (INB_MUTATION_UPDATE, INB_KIND_LEAD, lead_id, g_get_real_time ());
  g_autoptr (GError) error = NULL;
  g_autoptr (InbLeadDetail) detail = inb_kit_get_lead (replica, lead_id, &error);
  char *group;

  g_assert_no_error (error);
  inb_mutation_add_change (mutation, column, inb_row_get (detail->lead, column), value);
  inb_edit_add (edit, mutation);
  group = inb_kit_edit (replica, edit, &error);
  g_assert_no_error (error);
  g_assert_nonnull (group);

  return group;
}

char *
inb_kit_undo (InbReplica  *replica,
              const char  *group,
              GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  inb_replica_undo_async (replica, group, "Undo", on_result, &result);

  return inb_replica_edit_finish (replica, wait_for (&result), error);
}

GPtrArray *
inb_kit_peek (InbReplica *replica,
              guint       max)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *mutations;

  inb_replica_peek_outbox_async (replica, max, 900000, on_result, &result);
  mutations = inb_replica_peek_outbox_finish (replica, wait_for (&result), &error);
  g_assert_no_error (error);

  return mutations;
}

void
inb_kit_answer (InbReplica *replica,
                GPtrArray  *results)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  inb_replica_answer_outbox_async (replica, results, on_result, &result);
  inb_replica_answer_outbox_finish (replica, wait_for (&result), &error);
  g_assert_no_error (error);
}

GPtrArray *
inb_kit_list_outbox (InbReplica *replica,
                     const char *entity_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *entries;

  inb_replica_list_outbox_async (replica, entity_id, on_result, &result);
  entries = inb_replica_list_outbox_finish (replica, wait_for (&result), &error);
  g_assert_no_error (error);

  return entries;
}

void
inb_kit_resolve (InbReplica *replica,
                 const char *mutation_id,
                 GArray     *mine)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  inb_replica_resolve_async (replica, mutation_id, mine, on_result, &result);
  inb_replica_resolve_finish (replica, wait_for (&result), &error);
  g_assert_no_error (error);
}

InbGroupOutcome
inb_kit_get_group (InbReplica *replica,
                   const char *group)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  InbGroupOutcome outcome = { 0, 0, 0, 0 };

  inb_replica_get_group_async (replica, group, on_result, &result);
  inb_replica_get_group_finish (replica, wait_for (&result), &outcome, &error);
  g_assert_no_error (error);

  return outcome;
}

void
inb_kit_forget_outbox (InbReplica *replica,
                       gboolean    unsent_too)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  inb_replica_forget_outbox_async (replica, unsent_too, on_result, &result);
  inb_replica_forget_outbox_finish (replica, wait_for (&result), &error);
  g_assert_no_error (error);
}

guint
inb_kit_push (InbReplica     *replica,
              InbModelServer *server)
{
  guint n_sent = 0;

  for (;;)
    {
      g_autoptr (GPtrArray) mutations = inb_kit_peek (replica, 500);
      g_autoptr (GPtrArray) results = NULL;

      if (mutations->len == 0)
        return n_sent;
      n_sent += mutations->len;
      results = inb_model_server_push (server, mutations, inb_replica_get_actor_id (replica), inb_replica_get_role (replica));
      inb_kit_answer (replica, results);
    }
}

static void
reset (InbReplica *replica,
       const char *epoch)
{
  g_autoptr (GError) error = NULL;

  inb_kit_reset (replica, epoch, &error);
  g_assert_no_error (error);
}

void
inb_kit_pull (InbReplica     *replica,
              InbModelServer *server,
              guint           max)
{
  const char *epoch = inb_model_server_get_epoch (server);

  if (g_strcmp0 (inb_replica_get_epoch (replica), epoch) != 0 ||
      inb_replica_get_cursor (replica) > inb_model_server_get_head (server))
    reset (replica, epoch);
  while (inb_replica_get_cursor (replica) < inb_model_server_get_head (server))
    {
      g_autoptr (GError) error = NULL;

      inb_kit_apply (replica, inb_model_server_pull (server, inb_replica_get_cursor (replica), max), &error);
      g_assert_no_error (error);
    }
}

static gboolean
is_alone (gpointer data)
{
  return G_OBJECT (data)->ref_count == 1;
}

/* What goes on in the background holds a reference. */
void
inb_kit_settle (InbReplica *replica)
{
  inb_kit_wait (is_alone, replica);
}

static void
assert_row (const InbRow *stored,
            const InbRow *row)
{
  g_autoptr (GString) one = g_string_new (NULL);
  g_autoptr (GString) other = g_string_new (NULL);

  inb_row_append_json (stored, FALSE, one);
  inb_row_append_json (row, FALSE, other);
  g_assert_cmpstr (one->str, ==, other->str);
}

static gint64
count (sqlite3    *db,
       const char *sql)
{
  sqlite3_stmt *statement = NULL;
  gint64 number;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);

  return number;
}

static void
assert_no_shadows (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "replica.db", NULL);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (count (db, "SELECT count (*) FROM shadows"), ==, 0);
  sqlite3_close_v2 (db);
}

void
inb_kit_assert_equal (InbReplica     *replica,
                      const char     *folder,
                      InbModelServer *server)
{
  g_autoptr (InbChanges) all = inb_model_server_pull (server, 0, G_MAXUINT);
  g_autoptr (GHashTable) n_activities = g_hash_table_new (g_str_hash, g_str_equal);

  inb_kit_settle (replica);
  for (guint i = 0; i < all->rows->len; i++)
    {
      const InbRow *row = g_ptr_array_index (all->rows, i);
      const char *owner;

      if (inb_row_get_kind (row) != INB_KIND_ACTIVITY || inb_row_get (row, INB_ACTIVITY_DELETED_AT) != NULL)
        continue;
      /* What is of no lead is told in all leads of its contact. */
      owner = inb_row_get (row, INB_ACTIVITY_LEAD_ID);
      if (owner == NULL)
        owner = inb_row_get (row, INB_ACTIVITY_CONTACT_ID);
      if (owner != NULL)
        g_hash_table_insert (n_activities, (gpointer) owner,
                             GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (n_activities, owner)) + 1));
    }
  for (guint i = 0; i < all->rows->len; i++)
    {
      const InbRow *row = g_ptr_array_index (all->rows, i);
      g_autoptr (InbLeadDetail) detail = NULL;
      g_autoptr (GError) error = NULL;
      const char *contact_id;
      guint n_expected;

      if (inb_row_get_kind (row) != INB_KIND_LEAD)
        continue;
      detail = inb_kit_get_lead (replica, inb_row_get_key (row), &error);
      g_assert_no_error (error);
      assert_row (detail->lead, row);
      contact_id = inb_row_get (row, INB_LEAD_CONTACT_ID);
      if (contact_id != NULL && inb_model_server_find (server, INB_KIND_CONTACT, contact_id) != NULL)
        assert_row (detail->contact, inb_model_server_find (server, INB_KIND_CONTACT, contact_id));
      n_expected = GPOINTER_TO_UINT (g_hash_table_lookup (n_activities, inb_row_get_key (row)));
      if (contact_id != NULL)
        n_expected += GPOINTER_TO_UINT (g_hash_table_lookup (n_activities, contact_id));
      g_assert_cmpuint (detail->activities->len, ==, n_expected);
      for (guint j = 0; j < detail->activities->len; j++)
        {
          const InbRow *activity = g_ptr_array_index (detail->activities, j);

          assert_row (activity, inb_model_server_find (server, INB_KIND_ACTIVITY, inb_row_get_key (activity)));
        }
    }
  assert_no_shadows (folder);
}
