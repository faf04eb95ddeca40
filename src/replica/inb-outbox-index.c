#define G_LOG_DOMAIN "inb-replica"

#include "inb-outbox-index.h"

struct _InbOutboxIndex {
  /* Owned */
  GQueue      items;
  GHashTable *links;  /* mutation id (borrowed) → GList of items */
  GHashTable *rows;   /* key → GPtrArray of items (borrowed) */

  /* Borrowed */
  GList      *fresh;  /* where to look for the first one that was not overlaid */

  guint       n_bearing;
};

InbOutboxIndex *
inb_outbox_index_new (void)
{
  InbOutboxIndex *self = g_new0 (InbOutboxIndex, 1);

  g_queue_init (&self->items);
  self->links = g_hash_table_new (g_str_hash, g_str_equal);
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  return self;
}

/**
 * inb_outbox_index_clear:
 *
 * Forgets all entries.
 */
void
inb_outbox_index_clear (InbOutboxIndex *self)
{
  g_hash_table_remove_all (self->rows);
  g_hash_table_remove_all (self->links);
  g_queue_clear_full (&self->items, (GDestroyNotify) inb_outbox_item_free);
  self->fresh = NULL;
  self->n_bearing = 0;
}

void
inb_outbox_index_free (InbOutboxIndex *self)
{
  if (self == NULL)
    return;

  inb_outbox_index_clear (self);
  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->links);
  g_free (self);
}

static void
link_row (InbOutboxIndex *self,
          InbOutboxItem  *item,
          const char     *key)
{
  GPtrArray *items = g_hash_table_lookup (self->rows, key);

  if (items == NULL)
    {
      items = g_ptr_array_new ();
      g_hash_table_insert (self->rows, g_strdup (key), items);
    }
  if (!g_ptr_array_find (items, item, NULL))
    g_ptr_array_add (items, item);
}

static void
unlink_row (InbOutboxIndex *self,
            InbOutboxItem  *item,
            const char     *key)
{
  GPtrArray *items = g_hash_table_lookup (self->rows, key);

  if (items == NULL)
    return;

  g_ptr_array_remove (items, item);
  if (items->len == 0)
    g_hash_table_remove (self->rows, key);
}

/**
 * inb_outbox_index_add:
 * @item: (transfer full): with a higher number than all before it
 *
 * If it bears on its rows is said by inb_outbox_index_set_bears().
 */
void
inb_outbox_index_add (InbOutboxIndex *self,
                      InbOutboxItem  *item)
{
  g_queue_push_tail (&self->items, item);
  g_hash_table_insert (self->links, item->mutation->id, self->items.tail);
  if (self->fresh == NULL)
    self->fresh = self->items.tail;
}

/**
 * inb_outbox_index_remove:
 *
 * Takes the item out and frees it.
 */
void
inb_outbox_index_remove (InbOutboxIndex *self,
                         InbOutboxItem  *item)
{
  GList *link = g_hash_table_lookup (self->links, item->mutation->id);

  g_return_if_fail (link != NULL);

  inb_outbox_index_set_bears (self, item, FALSE);
  if (self->fresh == link)
    self->fresh = link->next;
  g_hash_table_remove (self->links, item->mutation->id);
  g_queue_delete_link (&self->items, link);
  inb_outbox_item_free (item);
}

InbOutboxItem *
inb_outbox_index_find (InbOutboxIndex *self,
                       const char     *mutation_id)
{
  GList *link = g_hash_table_lookup (self->links, mutation_id);

  return link != NULL ? link->data : NULL;
}

const GList *
inb_outbox_index_get_items (InbOutboxIndex *self)
{
  return self->items.head;
}

InbOutboxCounts
inb_outbox_index_count (InbOutboxIndex *self)
{
  InbOutboxCounts counts = { 0, 0, 0 };

  for (const GList *link = self->items.head; link != NULL; link = link->next)
    {
      const InbOutboxItem *item = link->data;

      if (item->state == INB_OUTBOX_CONFLICT)
        counts.n_conflicts++;
      else if (item->state == INB_OUTBOX_REJECTED)
        counts.n_rejected++;
      else
        counts.n_waiting++;
    }

  return counts;
}

gboolean
inb_outbox_index_is_idle (InbOutboxIndex *self)
{
  return self->n_bearing == 0;
}

/**
 * inb_outbox_index_set_bears:
 *
 * Says whether the item's rows differ from the server's by it.
 */
void
inb_outbox_index_set_bears (InbOutboxIndex *self,
                            InbOutboxItem  *item,
                            gboolean        bears)
{
  if (item->bears == bears)
    return;

  item->bears = bears;
  self->n_bearing += bears ? 1 : -1;
  for (guint i = 0; i < item->rows->len; i++)
    {
      const char *key = g_ptr_array_index (item->rows, i);

      if (bears)
        link_row (self, item, key);
      else
        unlink_row (self, item, key);
    }
}

/**
 * inb_outbox_index_add_row:
 *
 * Notes one more row that the item concerns.
 */
void
inb_outbox_index_add_row (InbOutboxIndex *self,
                          InbOutboxItem  *item,
                          const char     *key)
{
  for (guint i = 0; i < item->rows->len; i++)
    {
      if (g_str_equal (g_ptr_array_index (item->rows, i), key))
        return;
    }

  inb_outbox_item_add_row (item, key);
  if (item->bears)
    link_row (self, item, key);
}

GPtrArray *
inb_outbox_index_find_row (InbOutboxIndex *self,
                           const char     *key)
{
  return g_hash_table_lookup (self->rows, key);
}

/**
 * inb_outbox_index_list_fresh:
 *
 * Returns: (transfer container) (element-type InbOutboxItem): the first ones that bear on their rows and were not overlaid
 */
GPtrArray *
inb_outbox_index_list_fresh (InbOutboxIndex *self,
                             guint           max)
{
  GPtrArray *items = g_ptr_array_new ();

  for (GList *link = self->fresh; link != NULL && items->len < max; link = link->next)
    {
      InbOutboxItem *item = link->data;

      if (item->bears && !item->is_overlaid)
        g_ptr_array_add (items, item);
      else if (self->fresh == link)
        self->fresh = link->next;
    }

  return items;
}
