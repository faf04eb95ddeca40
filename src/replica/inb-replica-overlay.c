#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-overlay.h"

#include "inb-overlay-group.h"
#include "inb-replica-shadow.h"

struct _InbReplicaOverlay {
  /* Owned */
  GHashTable        *dirty;     /* keys of rows that have to be made again, as a set */
  GPtrArray         *undos;     /* items (borrowed) */
  InbOverlayContext  context;

  /* Borrowed */
  InbOutboxIndex    *index;
  InbReplicaBatch   *batch;     /* of the transaction under way */

  gboolean           has_new_settings; /* stages or the workspace, by which all rows were made */
};

InbReplicaOverlay *
inb_replica_overlay_new (InbOutboxIndex *index)
{
  InbReplicaOverlay *self = g_new0 (InbReplicaOverlay, 1);

  self->index = index;
  self->dirty = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->undos = g_ptr_array_new ();

  return self;
}

void
inb_replica_overlay_free (InbReplicaOverlay *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->dirty);
  g_ptr_array_unref (self->undos);
  inb_overlay_context_clear (&self->context);
  g_free (self);
}

void
inb_replica_overlay_set_actor (InbReplicaOverlay *self,
                               const char        *user_id,
                               const char        *name)
{
  inb_overlay_context_set_actor (&self->context, user_id, name);
}

/**
 * inb_replica_overlay_begin:
 * @batch: of the transaction that begins
 */
void
inb_replica_overlay_begin (InbReplicaOverlay *self,
                           InbReplicaBatch   *batch)
{
  self->batch = batch;
  g_hash_table_remove_all (self->dirty);
  g_ptr_array_set_size (self->undos, 0);
  self->has_new_settings = FALSE;
  inb_overlay_context_forget (&self->context);
}

/**
 * inb_replica_overlay_mark_row:
 *
 * Has the row made again.
 */
void
inb_replica_overlay_mark_row (InbReplicaOverlay *self,
                              const char        *key)
{
  if (!g_hash_table_contains (self->dirty, key))
    g_hash_table_add (self->dirty, g_strdup (key));
}

static void
mark_contact (InbReplicaOverlay *self,
              const char        *contact_id)
{
  g_autofree char *key = NULL;

  if (contact_id == NULL)
    return;

  key = inb_outbox_key_new (INB_N_KINDS, contact_id);
  if (inb_outbox_index_find_row (self->index, key) != NULL)
    inb_replica_overlay_mark_row (self, key);
}

/* What the tombstone erases. (transfer full) (nullable) */
static char *
make_erased_key (const InbRow *tombstone)
{
  const char *name = inb_row_get (tombstone, INB_TOMBSTONE_KIND);
  const char *id = inb_row_get (tombstone, INB_TOMBSTONE_ENTITY_ID);
  InbKind kind;

  if (name == NULL || id == NULL || !inb_kind_from_name (name, &kind))
    return NULL;

  return inb_outbox_key_new (kind, id);
}

static gboolean
write_tombstone (InbReplicaOverlay  *self,
                 const InbRow       *row,
                 GError            **error)
{
  g_autofree char *key = make_erased_key (row);

  if (!inb_replica_batch_write (self->batch, row, error))
    return FALSE;
  if (key == NULL || inb_outbox_index_find_row (self->index, key) == NULL)
    return TRUE;

  inb_replica_overlay_mark_row (self, key);

  return inb_replica_shadow_set (self->batch->db, key, NULL, error);
}

/**
 * inb_replica_overlay_write:
 * @row: of the server
 *
 * Writes it, or keeps it where an optimistic row is shown in its place.
 */
gboolean
inb_replica_overlay_write (InbReplicaOverlay  *self,
                           const InbRow       *row,
                           GError            **error)
{
  InbKind kind = inb_row_get_kind (row);
  g_autofree char *key = NULL;
  g_autoptr (InbRow) kept = NULL;
  gboolean is_shadowed, is_stale;

  if (kind == INB_KIND_TOMBSTONE)
    return write_tombstone (self, row, error);
  if (inb_row_get_key (row) == NULL)
    return inb_replica_batch_write (self->batch, row, error);
  self->has_new_settings |= kind == INB_KIND_STAGE || kind == INB_KIND_WORKSPACE;
  if (kind == INB_KIND_LEAD)
    mark_contact (self, inb_row_get (row, INB_LEAD_CONTACT_ID));
  else if (kind == INB_KIND_ACTIVITY)
    mark_contact (self, inb_row_get (row, INB_ACTIVITY_CONTACT_ID));

  key = inb_outbox_key_new (kind, inb_row_get_key (row));
  if (inb_outbox_index_find_row (self->index, key) == NULL)
    return inb_replica_batch_write (self->batch, row, error);

  inb_replica_overlay_mark_row (self, key);
  if (!inb_replica_shadow_get (self->batch->db, key, &is_shadowed, &kept, error))
    return FALSE;
  if (!is_shadowed)
    return inb_replica_batch_write (self->batch, row, error);
  if (kept != NULL && inb_row_get_seq (kept) >= inb_row_get_seq (row))
    return TRUE;
  if (!inb_replica_batch_check_stale (self->batch, row, &is_stale, error))
    return FALSE;

  return is_stale || inb_replica_shadow_set (self->batch->db, key, row, error);
}

/**
 * inb_replica_overlay_mark:
 *
 * Has the item's rows made again; before it stops bearing on them.
 */
void
inb_replica_overlay_mark (InbReplicaOverlay *self,
                          InbOutboxItem     *item)
{
  for (guint i = 0; i < item->rows->len; i++)
    inb_replica_overlay_mark_row (self, g_ptr_array_index (item->rows, i));
}

/**
 * inb_replica_overlay_mark_all:
 *
 * Has every row made again that differs from the server's, or should: a crash or a new file may have come between the two files.
 */
gboolean
inb_replica_overlay_mark_all (InbReplicaOverlay  *self,
                              GError            **error)
{
  g_autoptr (GPtrArray) keys = inb_replica_shadow_list (self->batch->db, error);

  if (keys == NULL)
    return FALSE;

  for (guint i = 0; i < keys->len; i++)
    inb_replica_overlay_mark_row (self, g_ptr_array_index (keys, i));
  for (const GList *link = inb_outbox_index_get_items (self->index); link != NULL; link = link->next)
    {
      InbOutboxItem *item = link->data;

      if (item->bears)
        inb_replica_overlay_mark (self, item);
    }

  return TRUE;
}

static gboolean
apply_item (InbReplicaOverlay   *self,
            InbOutboxItem       *item,
            InbRowSet           *rows,
            InbMutationContext  *context)
{
  g_autoptr (InbMutationResult) result = NULL;
  g_autofree char *undo = NULL;
  gboolean is_first = !item->has_undo;

  context->now = item->mutation->made_at;
  result = inb_mutation_apply (item->mutation, rows, context, item->takes_back, &undo);
  if (undo == NULL || !is_first)
    return FALSE;

  item->undo = g_steal_pointer (&undo);
  item->has_undo = TRUE;

  return TRUE;
}

/* Whether a row that an item has just made was there before: made by it before a crash, or by the server. */
static gboolean
check_known (InbReplicaOverlay  *self,
             const char         *key,
             gboolean           *is_known,
             GError            **error)
{
  g_autoptr (InbRow) row = NULL;
  g_autoptr (InbRow) stored = NULL;

  if (!inb_replica_shadow_get (self->batch->db, key, is_known, &row, error))
    return FALSE;
  if (*is_known)
    return TRUE;
  if (!inb_replica_shadow_get_stored (self->batch->db, key, &stored, error))
    return FALSE;
  *is_known = stored != NULL;

  return TRUE;
}

/* New rows belong to the item that made them, also those that are here from before a restart as some of a contact's; of the others it
 * was known that they are concerned. */
static gboolean
note_new_rows (InbReplicaOverlay  *self,
               InbOverlayGroup    *group,
               InbOutboxItem      *item,
               guint              *n_changed,
               gboolean           *again,
               GError            **error)
{
  g_autoptr (GPtrArray) changed = inb_row_set_get_changed (group->rows);

  for (; *n_changed < changed->len; (*n_changed)++)
    {
      InbRow *row = g_ptr_array_index (changed, *n_changed);
      g_autofree char *key = inb_outbox_key_new (inb_row_get_kind (row), inb_row_get_key (row));
      gboolean is_known;

      inb_outbox_index_add_row (self->index, item, key);
      if (g_hash_table_contains (group->keys, key))
        continue;

      inb_overlay_group_add_key (group, key);
      if (!check_known (self, key, &is_known, error))
        return FALSE;
      *again |= is_known;
    }

  return TRUE;
}

static gboolean
write_changed (InbReplicaOverlay  *self,
               InbOverlayGroup    *group,
               const InbRow       *row,
               GError            **error)
{
  InbKind kind = inb_row_get_kind (row);
  g_autofree char *key = inb_outbox_key_new (kind, inb_row_get_key (row));
  InbRow *original = inb_row_set_find_original (group->rows, kind, inb_row_get_key (row));
  g_autoptr (InbRow) stored = NULL;

  if (g_hash_table_remove (group->shadowed, key))
    return inb_replica_shadow_get_stored (self->batch->db, key, &stored, error) &&
           inb_replica_shadow_store (self->batch, key, stored, row, error);

  return inb_replica_shadow_set (self->batch->db, key, original, error) &&
         inb_replica_shadow_store (self->batch, key, original, row, error);
}

/* Rows that nothing is done to any more are the server's. */
static gboolean
restore_others (InbReplicaOverlay  *self,
                InbOverlayGroup    *group,
                GError            **error)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, group->shadowed);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      InbRow *row = inb_row_set_find_original (group->rows, inb_outbox_key_get_kind (key), inb_outbox_key_get_id (key));
      g_autoptr (InbRow) stored = NULL;

      if (!inb_replica_shadow_get_stored (self->batch->db, key, &stored, error) ||
          !inb_replica_shadow_store (self->batch, key, stored, row, error) ||
          !inb_replica_shadow_delete (self->batch->db, key, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
apply_group (InbReplicaOverlay   *self,
             InbOverlayGroup     *group,
             InbMutationContext  *context,
             gboolean            *again,
             GError             **error)
{
  guint n_changed = 0;

  *again = FALSE;
  if (!inb_overlay_group_load (group, self->index, self->batch->db, error))
    return FALSE;

  for (guint i = 0; i < group->items->len; i++)
    {
      InbOutboxItem *item = g_ptr_array_index (group->items, i);

      if (apply_item (self, item, group->rows, context))
        g_ptr_array_add (self->undos, item);
      if (!note_new_rows (self, group, item, &n_changed, again, error))
        return FALSE;
      item->is_overlaid = TRUE;
    }

  return TRUE;
}

static gboolean
write_group (InbReplicaOverlay  *self,
             InbOverlayGroup    *group,
             GError            **error)
{
  g_autoptr (GPtrArray) changed = inb_row_set_get_changed (group->rows);

  for (guint i = 0; i < changed->len; i++)
    {
      if (!write_changed (self, group, g_ptr_array_index (changed, i), error))
        return FALSE;
    }

  return restore_others (self, group, error);
}

/* Makes the row and all that depend on it; their keys are added to @seen. */
static gboolean
make_rows (InbReplicaOverlay   *self,
           const char          *key,
           InbMutationContext  *context,
           GHashTable          *seen,
           GError             **error)
{
  g_autoptr (InbOverlayGroup) group = NULL;
  gboolean again;

  do
    {
      g_clear_pointer (&group, inb_overlay_group_free);
      group = inb_overlay_group_new ();
      inb_overlay_group_add_key (group, key);
      if (!apply_group (self, group, context, &again, error))
        return FALSE;
    }
  while (again);

  for (guint i = 0; i < group->queue->len; i++)
    g_hash_table_add (seen, g_strdup (g_ptr_array_index (group->queue, i)));

  return write_group (self, group, error);
}

/**
 * inb_replica_overlay_finish:
 *
 * Makes the rows that were marked, and those that depend on them.
 */
gboolean
inb_replica_overlay_finish (InbReplicaOverlay  *self,
                            GError            **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  InbMutationContext context;
  GHashTableIter iter;
  gpointer key;

  if (self->has_new_settings && !inb_outbox_index_is_idle (self->index) && !inb_replica_overlay_mark_all (self, error))
    return FALSE;
  if (g_hash_table_size (self->dirty) == 0)
    return TRUE;
  if (!inb_overlay_context_fill (&self->context, self->batch->db, &context, error))
    return FALSE;
  /* What was allowed when it was done is shown until the server says otherwise. */
  context.role = INB_ROLE_OWNER;

  g_hash_table_iter_init (&iter, self->dirty);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      if (g_hash_table_contains (seen, key))
        continue;
      if (!make_rows (self, key, &context, seen, error))
        {
          g_prefix_error (error, "Showing what was edited: ");
          return FALSE;
        }
    }

  return TRUE;
}

GPtrArray *
inb_replica_overlay_get_undos (InbReplicaOverlay *self)
{
  return self->undos;
}

/**
 * inb_replica_overlay_get_settings:
 *
 * Returns: (transfer none): what mutations are applied with
 */
InbOverlayContext *
inb_replica_overlay_get_settings (InbReplicaOverlay *self)
{
  return &self->context;
}
