#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-cache.h"

#define N_RECENT 1024

struct _InbLeadCache {
  GObject      parent_instance;

  /* Owned */
  InbReplica  *replica;
  GHashTable  *entries;           /* rowid → Entry */
  InbLeadItem *recent[N_RECENT];  /* a ring of references that keeps what was looked at last */

  guint        next;
};

/* An item in use. The cache does not hold it: the item takes its entry away when it dies. */
typedef struct {
  InbLeadCache *cache;
  InbLeadItem  *item;
  gint64        rowid;
} Entry;

G_DEFINE_FINAL_TYPE (InbLeadCache, inb_lead_cache, G_TYPE_OBJECT)

static gpointer
key_of (gint64 rowid)
{
  return GSIZE_TO_POINTER ((gsize) rowid);
}

static void
on_item_gone (gpointer  user_data,
              GObject  *was_item)
{
  Entry *entry = user_data;

  g_hash_table_remove (entry->cache->entries, key_of (entry->rowid));
}

static void
drop_recent (InbLeadCache *self)
{
  for (guint i = 0; i < N_RECENT; i++)
    g_clear_object (&self->recent[i]);
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  InbLeadCache *self = g_task_get_source_object (task);
  GArray *rowids = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) summaries = inb_replica_load_finish (INB_REPLICA (source), result, &error);

  for (guint i = 0; i < rowids->len; i++)
    {
      InbLeadItem *item = inb_lead_cache_peek (self, g_array_index (rowids, gint64, i));
      InbLeadSummary *summary = summaries != NULL && i < summaries->len ? g_ptr_array_index (summaries, i) : NULL;

      if (item == NULL)
        continue;
      if (summary != NULL)
        inb_lead_item_take_summary (item, inb_lead_summary_ref (summary));
      else
        inb_lead_item_set_awaited (item, FALSE);
    }

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
inb_lead_cache_dispose (GObject *object)
{
  drop_recent (INB_LEAD_CACHE (object));

  G_OBJECT_CLASS (inb_lead_cache_parent_class)->dispose (object);
}

static void
inb_lead_cache_finalize (GObject *object)
{
  InbLeadCache *self = INB_LEAD_CACHE (object);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Entry *entry = value;

      g_object_weak_unref (G_OBJECT (entry->item), on_item_gone, entry);
    }
  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_clear_object (&self->replica);

  G_OBJECT_CLASS (inb_lead_cache_parent_class)->finalize (object);
}

static void
inb_lead_cache_class_init (InbLeadCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_lead_cache_dispose;
  G_OBJECT_CLASS (klass)->finalize = inb_lead_cache_finalize;
}

static void
inb_lead_cache_init (InbLeadCache *self)
{
  self->entries = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

InbLeadCache *
inb_lead_cache_new (InbReplica *replica)
{
  InbLeadCache *self = g_object_new (INB_TYPE_LEAD_CACHE, NULL);

  self->replica = g_object_ref (replica);

  return self;
}

/**
 * inb_lead_cache_get:
 *
 * Returns: (transfer full): the object of this row; without a summary as long as it was not loaded
 */
InbLeadItem *
inb_lead_cache_get (InbLeadCache *self,
                    gint64        rowid)
{
  InbLeadItem *item;
  Entry *entry;

  g_return_val_if_fail (INB_IS_LEAD_CACHE (self), NULL);

  item = inb_lead_cache_peek (self, rowid);
  if (item != NULL)
    return g_object_ref (item);

  item = inb_lead_item_new (rowid);
  entry = g_new (Entry, 1);
  entry->cache = self;
  entry->item = item;
  entry->rowid = rowid;
  g_hash_table_insert (self->entries, key_of (rowid), entry);
  g_object_weak_ref (G_OBJECT (item), on_item_gone, entry);

  g_set_object (&self->recent[self->next], item);
  self->next = (self->next + 1) % N_RECENT;

  return item;
}

InbLeadItem *
inb_lead_cache_peek (InbLeadCache *self,
                     gint64        rowid)
{
  Entry *entry = g_hash_table_lookup (self->entries, key_of (rowid));

  return entry != NULL ? entry->item : NULL;
}

/**
 * inb_lead_cache_load_async:
 * @rowids: (element-type gint64): rows to load, in use or not; not to be changed afterwards
 */
void
inb_lead_cache_load_async (InbLeadCache        *self,
                           GArray              *rowids,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (INB_IS_LEAD_CACHE (self));
  g_return_if_fail (rowids != NULL);

  for (guint i = 0; i < rowids->len; i++)
    {
      g_autoptr (InbLeadItem) item = inb_lead_cache_get (self, g_array_index (rowids, gint64, i));

      inb_lead_item_set_awaited (item, TRUE);
    }

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, inb_lead_cache_load_async);
  g_task_set_task_data (task, g_array_ref (rowids), (GDestroyNotify) g_array_unref);
  inb_replica_load_async (self->replica, (const gint64 *) (gpointer) rowids->data, rowids->len, cancellable, on_loaded, task);
}

gboolean
inb_lead_cache_load_finish (InbLeadCache  *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * inb_lead_cache_find_rows:
 * @lead_ids: (element-type utf8): the leads
 * @everything: any lead; then only rows that somebody holds count, the others are forgotten
 *
 * Returns: (transfer full) (element-type gint64): rows that show them
 */
GArray *
inb_lead_cache_find_rows (InbLeadCache *self,
                          GPtrArray    *lead_ids,
                          gboolean      everything)
{
  GArray *rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer value;

  if (everything)
    drop_recent (self);
  else
    for (guint i = 0; i < lead_ids->len; i++)
      g_hash_table_add (ids, g_ptr_array_index (lead_ids, i));

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Entry *entry = value;
      InbLeadSummary *summary = inb_lead_item_get_summary (entry->item);

      if (summary != NULL && (everything || g_hash_table_contains (ids, summary->id)))
        g_array_append_val (rowids, entry->rowid);
    }

  return rowids;
}

guint
inb_lead_cache_get_size (InbLeadCache *self)
{
  return g_hash_table_size (self->entries);
}
