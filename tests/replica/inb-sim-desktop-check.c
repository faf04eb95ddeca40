/* Whether a desktop shows what it has to. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-sim-desktop.h"

#include "inb-outbox-item.h"
#include "inb-replica-kit.h"
#include "inb-replica-table.h"

static const InbKind tables[] = { INB_KIND_CONTACT, INB_KIND_LEAD, INB_KIND_ACTIVITY };

static char *
make_key (const InbRow *row)
{
  return inb_outbox_key_new (inb_row_get_kind (row), inb_row_get_key (row));
}

static int
compare_seqs (gconstpointer a,
              gconstpointer b)
{
  gint64 one = inb_row_get_seq (*(const InbRow *const *) a);
  gint64 other = inb_row_get_seq (*(const InbRow *const *) b);

  return one < other ? -1 : one > other;
}

static gboolean
is_of_table (InbKind kind)
{
  return kind == INB_KIND_CONTACT || kind == INB_KIND_LEAD || kind == INB_KIND_ACTIVITY;
}

/* Stages (transfer full), workspace (borrowed), and the rows that may be edited. */
static void
sort_known (InbSimDesktop  *self,
            InbRowSet      *rows,
            InbStageSet   **stages,
            const InbRow  **workspace)
{
  g_autoptr (GPtrArray) stage_rows = inb_kit_new_rows ();
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      if (is_of_table (inb_row_get_kind (row)))
        inb_row_set_load (rows, row);
      else if (inb_row_get_kind (row) == INB_KIND_STAGE)
        g_ptr_array_add (stage_rows, inb_row_ref (row));
      else if (inb_row_get_kind (row) == INB_KIND_WORKSPACE)
        *workspace = row;
    }
  g_ptr_array_sort (stage_rows, compare_seqs);
  *stages = stage_rows->len > 0 ? inb_stage_set_new (stage_rows) : inb_stage_set_new_default ();
}

static gboolean
bears (InbSimDesktop        *self,
       const InbOutboxEntry *entry)
{
  if (entry->state == INB_OUTBOX_WAITING)
    return TRUE;
  if (entry->state != INB_OUTBOX_ANSWERED && entry->state != INB_OUTBOX_CONFLICT)
    return FALSE;

  return entry->result->change_seq > inb_replica_get_cursor (self->replica) ||
         g_strcmp0 (g_hash_table_lookup (self->epochs, entry->mutation->id), inb_replica_get_epoch (self->replica)) != 0;
}

static void
apply_entry (InbSimDesktop        *self,
             const InbOutboxEntry *entry,
             InbRowSet            *rows,
             InbMutationContext   *context)
{
  const InbMutation *mutation = entry->mutation;
  const char *record = mutation->undoes != NULL ? g_hash_table_lookup (self->undos, mutation->undoes) : NULL;
  g_autoptr (InbMutationResult) result = NULL;
  g_autofree char *undo = NULL;

  context->now = mutation->made_at;
  result = inb_mutation_apply (mutation, rows, context, record, &undo);
  if (undo != NULL && !g_hash_table_contains (self->undos, mutation->id))
    g_hash_table_insert (self->undos, g_strdup (mutation->id), g_steal_pointer (&undo));
}

/* What has to be shown. */
static void
forecast (InbSimDesktop *self,
          GPtrArray     *entries)
{
  g_autoptr (InbRowSet) rows = inb_row_set_new ();
  g_autoptr (InbStageSet) stages = NULL;
  g_autoptr (GPtrArray) changed = NULL;
  const InbRow *workspace = NULL;
  InbMutationContext context = { .actor_id = self->user_id, .actor_name = "Somebody", .role = INB_ROLE_OWNER, .is_forecast = TRUE };
  GHashTableIter iter;
  gpointer row;

  sort_known (self, rows, &stages, &workspace);
  context.stages = stages;
  context.workspace_id = workspace != NULL ? inb_row_get (workspace, INB_WORKSPACE_ID) : "";
  context.currency = workspace != NULL ? inb_row_get (workspace, INB_WORKSPACE_CURRENCY) : "EUR";
  self->n_bearing = 0;
  for (guint i = 0; i < entries->len; i++)
    {
      if (!bears (self, g_ptr_array_index (entries, i)))
        continue;
      apply_entry (self, g_ptr_array_index (entries, i), rows, &context);
      self->n_bearing++;
    }

  g_hash_table_remove_all (self->shown);
  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      if (is_of_table (inb_row_get_kind (row)))
        g_hash_table_insert (self->shown, make_key (row), inb_row_ref (row));
    }
  changed = inb_row_set_get_changed (rows);
  for (guint i = 0; i < changed->len; i++)
    g_hash_table_insert (self->shown, make_key (g_ptr_array_index (changed, i)), inb_row_ref (g_ptr_array_index (changed, i)));
}

/* On the wire nothing and a JSON null are the same. */
static const char *
get_value (const InbRow    *row,
           guint            column,
           const InbColumn *description)
{
  const char *value = inb_row_get (row, column);

  return description->type == INB_TYPE_JSON && g_strcmp0 (value, "null") == 0 ? NULL : value;
}

/* Who worked on a row and when follows from work on others, of which a desktop may not know how they belong together. */
static gboolean
is_trace (const InbColumn *column)
{
  static const char *const names[] = { "updated_at", "updated_by", "last_activity_at", "first_response_at", "follow_up_count", NULL };

  return g_strv_contains (names, column->name);
}

static void
assert_same (const InbRow *stored,
             const InbRow *row,
             gboolean      is_forecast,
             const char   *where)
{
  guint n_columns;
  const InbColumn *columns = inb_kind_get_columns (inb_row_get_kind (stored), &n_columns);

  if (row == NULL)
    g_error ("%s: the %s %s is shown, and should not be", where, inb_kind_get_name (inb_row_get_kind (stored)),
             inb_row_get_key (stored));
  for (guint i = 0; i < n_columns; i++)
    {
      if (g_strcmp0 (get_value (stored, i, &columns[i]), get_value (row, i, &columns[i])) != 0 && !(is_forecast && is_trace (&columns[i])))
        g_error ("%s: %s of the %s %s is shown as “%s”, and should be “%s”", where, columns[i].name,
                 inb_kind_get_name (inb_row_get_kind (stored)), inb_row_get_key (stored), inb_row_get (stored, i),
                 inb_row_get (row, i));
    }
}

/* While a lead has not come yet nobody sees its activities: whether an edit of the whole contact finds them is open. */
static gboolean
is_loose (InbSimDesktop *self,
          const InbRow  *row)
{
  const char *lead_id = inb_row_get_kind (row) == INB_KIND_ACTIVITY ? inb_row_get (row, INB_ACTIVITY_LEAD_ID) : NULL;

  return lead_id != NULL && inb_sim_desktop_find (self, INB_KIND_LEAD, lead_id) == NULL;
}

static guint
check_table (InbSimDesktop *self,
             InbKind        kind,
             const char    *where)
{
  g_autoptr (GError) error = NULL;
  sqlite3_stmt *statement = inb_replica_table_prepare_select (self->db, kind, " ORDER BY id", &error);
  guint n_rows = 0;

  g_assert_no_error (error);
  while (inb_sqlite_step (self->db, statement, &error))
    {
      g_autoptr (InbRow) stored = inb_replica_table_read (statement, kind);

      n_rows++;
      if (self->n_bearing == 0 || !is_loose (self, stored))
        assert_same (stored, inb_sim_desktop_find (self, kind, inb_row_get_key (stored)), self->n_bearing > 0, where);
    }
  g_assert_no_error (error);

  return n_rows;
}

/* Which is missing, of more that should be there than are. */
static void
complain (InbSimDesktop *self,
          const char    *where)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      g_autoptr (GString) sql = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      sqlite3_stmt *statement;

      g_string_printf (sql, " WHERE id = '%s'", inb_row_get_key (row));
      statement = inb_replica_table_prepare_select (self->db, inb_row_get_kind (row), sql->str, &error);
      g_assert_no_error (error);
      if (!inb_sqlite_step (self->db, statement, &error))
        g_error ("%s: the %s %s is not shown, and should be", where, inb_kind_get_name (inb_row_get_kind (row)), inb_row_get_key (row));
    }
}

static GPtrArray *
follow (InbSimDesktop *self,
        GPtrArray     *entries)
{
  g_autoptr (GHashTable) now = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *gone = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < entries->len; i++)
    {
      const InbOutboxEntry *entry = g_ptr_array_index (entries, i);

      g_hash_table_add (now, g_strdup (entry->mutation->id));
      if (!g_hash_table_contains (self->made, entry->mutation->id))
        g_hash_table_insert (self->made, g_strdup (entry->mutation->id), g_strdup (""));
    }
  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      if (!g_hash_table_contains (now, id))
        g_ptr_array_add (gone, g_strdup (id));
    }
  g_hash_table_unref (self->open);
  self->open = g_steal_pointer (&now);

  return gone;
}

GPtrArray *
inb_sim_desktop_check (InbSimDesktop *self,
                       const char    *where)
{
  g_autoptr (GPtrArray) entries = NULL;
  guint n_rows = 0;

  inb_kit_settle (self->replica);
  entries = inb_kit_list_outbox (self->replica, NULL);
  forecast (self, entries);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    n_rows += check_table (self, tables[i], where);
  if (n_rows != g_hash_table_size (self->shown))
    complain (self, where);

  return follow (self, entries);
}

void
inb_sim_desktop_assert_equal (InbSimDesktop  *self,
                              InbModelServer *server,
                              const char     *where)
{
  g_autoptr (InbChanges) all = inb_model_server_pull (server, 0, G_MAXUINT);
  guint n_rows = 0;

  for (guint i = 0; i < all->rows->len; i++)
    {
      const InbRow *row = g_ptr_array_index (all->rows, i);

      if (!is_of_table (inb_row_get_kind (row)))
        continue;
      assert_same (row, inb_sim_desktop_find (self, inb_row_get_kind (row), inb_row_get_key (row)), FALSE, where);
      n_rows++;
    }
  g_assert_cmpuint (n_rows, ==, g_hash_table_size (self->shown));
}
