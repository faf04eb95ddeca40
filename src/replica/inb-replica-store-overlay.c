#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-store-private.h"

#include "inb-edit-rows.h"
#include "inb-error.h"

/* Rows of a large edit that show at once, and how many at a time after that, between which others get their turn. */
#define FIRST_CHUNK 200
#define CHUNK 250

gboolean
inb_replica_store_has_fresh (InbReplicaStore *self)
{
  g_autoptr (GPtrArray) fresh = inb_outbox_index_list_fresh (self->index, 1);

  return self->is_stale || fresh->len > 0;
}

/* @items: (element-type InbOutboxItem): to be shown. @rows: (nullable) (element-type utf8): keys of more rows that are to be made
 * again. */
static InbReplicaBatch *
overlay_items (InbReplicaStore  *self,
               GPtrArray        *items,
               GPtrArray        *rows,
               gboolean          was_stale,
               GError          **error)
{
  g_autoptr (InbReplicaBatch) batch = inb_replica_store_begin (self, error);

  if (batch == NULL)
    return NULL;

  for (guint i = 0; i < items->len; i++)
    inb_replica_overlay_mark (self->overlay, g_ptr_array_index (items, i));
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    inb_replica_overlay_mark_row (self->overlay, g_ptr_array_index (rows, i));
  if (!inb_replica_store_end (self, batch, TRUE, error))
    return NULL;
  batch->everything |= was_stale;

  return g_steal_pointer (&batch);
}

/* Those that wait longest. */
static InbReplicaBatch *
overlay_some (InbReplicaStore  *self,
              GPtrArray        *rows,
              guint             max,
              GError          **error)
{
  g_autoptr (GPtrArray) items = NULL;
  gboolean was_stale;

  if (!inb_replica_store_refresh (self, &was_stale, error))
    return NULL;
  items = inb_outbox_index_list_fresh (self->index, max);

  return overlay_items (self, items, rows, was_stale, error);
}

/* What was edited is kept in any case: what cannot be shown now is shown later. */
static void
put_off (InbReplicaStore *self,
         const GError    *error)
{
  g_message ("%s", error->message);
  self->is_stale = TRUE;
  self->is_damaged = g_error_matches (error, INB_ERROR, INB_ERROR_CORRUPT);
}

/**
 * inb_replica_store_show:
 * @items: (element-type InbOutboxItem): what was just done; only the first ones, which come before what is left of a large edit
 *
 * Returns: (transfer full) (nullable): what looks different now
 */
InbReplicaBatch *
inb_replica_store_show (InbReplicaStore *self,
                        GPtrArray       *items)
{
  g_autoptr (GPtrArray) first = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  InbReplicaBatch *batch = NULL;
  gboolean was_stale;

  for (guint i = 0; i < MIN (items->len, FIRST_CHUNK); i++)
    g_ptr_array_add (first, g_ptr_array_index (items, i));
  if (inb_replica_store_refresh (self, &was_stale, &error))
    batch = overlay_items (self, first, NULL, was_stale, &error);
  if (batch == NULL)
    put_off (self, error);

  return batch;
}

/**
 * inb_replica_store_release:
 * @items: (element-type InbOutboxItem): that do not bear on their rows any more; those that are over are freed
 *
 * Returns: (transfer full) (nullable): what looks different now
 */
InbReplicaBatch *
inb_replica_store_release (InbReplicaStore *self,
                           GPtrArray       *items)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  InbReplicaBatch *batch;

  for (guint i = 0; i < items->len; i++)
    {
      InbOutboxItem *item = g_ptr_array_index (items, i);

      for (guint j = 0; item->bears && j < item->rows->len; j++)
        g_ptr_array_add (rows, g_strdup (g_ptr_array_index (item->rows, j)));
      inb_outbox_index_set_bears (self->index, item, FALSE);
      if (item->state == INB_OUTBOX_DONE)
        inb_outbox_index_remove (self->index, item);
    }

  batch = overlay_some (self, rows, FIRST_CHUNK, &error);
  if (batch == NULL)
    put_off (self, error);

  return batch;
}

/**
 * inb_replica_store_overlay:
 *
 * Shows some more of what waits to be shown.
 */
InbReplicaBatch *
inb_replica_store_overlay (InbReplicaStore  *self,
                           GError          **error)
{
  if (!inb_replica_store_check_open (self, error))
    return NULL;

  return overlay_some (self, NULL, CHUNK, error);
}

static gboolean
catch_up_with (InbReplicaStore  *self,
               GPtrArray        *items,
               GError          **error)
{
  g_autoptr (InbReplicaBatch) batch = NULL;

  if (items->len == 0)
    return TRUE;

  batch = overlay_items (self, items, NULL, FALSE, error);
  self->everything |= batch != NULL;

  return batch != NULL;
}

/* Adds the items that bear on the row and are not shown yet. */
static void
add_fresh (InbReplicaStore *self,
           const char      *key,
           GPtrArray       *fresh)
{
  GPtrArray *items = inb_outbox_index_find_row (self->index, key);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const InbOutboxItem *item = g_ptr_array_index (items, i);

      if (!item->is_overlaid)
        g_ptr_array_add (fresh, g_ptr_array_index (items, i));
    }
}

/**
 * inb_replica_store_catch_up_for_edit:
 *
 * Base values are what the user saw, with all that was done to these rows before: that is shown now. What was done to others can wait.
 */
gboolean
inb_replica_store_catch_up_for_edit (InbReplicaStore  *self,
                                     InbEdit          *edit,
                                     GError          **error)
{
  g_autoptr (GPtrArray) keys = NULL;
  g_autoptr (GPtrArray) fresh = NULL;
  gboolean needs_all = FALSE;

  if (!inb_replica_store_has_fresh (self))
    return TRUE;
  keys = inb_edit_list_rows (edit, self->db, error);
  if (keys == NULL)
    return FALSE;

  fresh = g_ptr_array_new ();
  for (guint i = 0; i < keys->len && !needs_all; i++)
    {
      /* Which rows belong to a contact is known once all are there. */
      needs_all = inb_outbox_key_get_kind (g_ptr_array_index (keys, i)) == INB_N_KINDS;
      add_fresh (self, g_ptr_array_index (keys, i), fresh);
    }
  if (needs_all)
    {
      g_ptr_array_unref (fresh);
      fresh = inb_outbox_index_list_fresh (self->index, G_MAXUINT);
    }

  return catch_up_with (self, fresh, error);
}

/**
 * inb_replica_store_catch_up_for_undo:
 * @group: whose entries are shown now: what they wrote is known then
 */
gboolean
inb_replica_store_catch_up_for_undo (InbReplicaStore  *self,
                                     const char       *group,
                                     GError          **error)
{
  g_autoptr (GPtrArray) all = inb_outbox_index_list_fresh (self->index, G_MAXUINT);
  g_autoptr (GPtrArray) fresh = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    {
      const InbOutboxItem *item = g_ptr_array_index (all, i);

      if (g_strcmp0 (item->mutation->group, group) == 0)
        g_ptr_array_add (fresh, g_ptr_array_index (all, i));
    }

  return catch_up_with (self, fresh, error);
}
