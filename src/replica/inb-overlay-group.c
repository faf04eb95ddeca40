#define G_LOG_DOMAIN "inb-replica"

#include "inb-overlay-group.h"

#include "inb-replica-shadow.h"

void
inb_overlay_group_free (InbOverlayGroup *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->keys);
  g_ptr_array_unref (self->queue);
  g_hash_table_unref (self->shadowed);
  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->are_items);
  inb_row_set_free (self->rows);
  g_free (self);
}

InbOverlayGroup *
inb_overlay_group_new (void)
{
  InbOverlayGroup *self = g_new0 (InbOverlayGroup, 1);

  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->queue = g_ptr_array_new ();
  self->shadowed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->items = g_ptr_array_new ();
  self->are_items = g_hash_table_new (NULL, NULL);
  self->rows = inb_row_set_new ();

  return self;
}

void
inb_overlay_group_add_key (InbOverlayGroup *self,
                           const char      *key)
{
  char *copy;

  if (g_hash_table_contains (self->keys, key))
    return;

  copy = g_strdup (key);
  g_hash_table_add (self->keys, copy);
  g_ptr_array_add (self->queue, copy);
}

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const InbOutboxItem *one = *(const InbOutboxItem *const *) a;
  const InbOutboxItem *other = *(const InbOutboxItem *const *) b;

  return one->number < other->number ? -1 : one->number > other->number;
}

/* All entries that concern the rows, all rows that those concern, and so on. */
static void
close_group (InbOverlayGroup *self,
             InbOutboxIndex  *index)
{
  for (guint next = 0; next < self->queue->len; next++)
    {
      GPtrArray *items = inb_outbox_index_find_row (index, g_ptr_array_index (self->queue, next));

      for (guint i = 0; items != NULL && i < items->len; i++)
        {
          InbOutboxItem *item = g_ptr_array_index (items, i);

          if (!g_hash_table_add (self->are_items, item))
            continue;
          g_ptr_array_add (self->items, item);
          for (guint j = 0; j < item->rows->len; j++)
            inb_overlay_group_add_key (self, g_ptr_array_index (item->rows, j));
        }
    }
  g_ptr_array_sort (self->items, compare_items);
}

static gboolean
load_row (InbOverlayGroup  *self,
          InbSqlite        *db,
          const char       *key,
          GError          **error)
{
  g_autoptr (InbRow) row = NULL;
  gboolean found;

  if (inb_row_set_find (self->rows, inb_outbox_key_get_kind (key), inb_outbox_key_get_id (key)) != NULL ||
      g_hash_table_contains (self->shadowed, key))
    return TRUE;
  if (!inb_replica_shadow_get (db, key, &found, &row, error))
    return FALSE;

  if (found)
    g_hash_table_add (self->shadowed, g_strdup (key));
  else if (!inb_replica_shadow_get_stored (db, key, &row, error))
    return FALSE;
  if (row != NULL)
    inb_row_set_load (self->rows, row);

  return TRUE;
}

/* What is known of a contact's leads and activities belongs to all entries that concern the whole contact. */
static gboolean
take_contact (InbOverlayGroup  *self,
              InbOutboxIndex   *index,
              InbSqlite        *db,
              const char       *key,
              GError          **error)
{
  GPtrArray *items = inb_outbox_index_find_row (index, key);
  g_autoptr (GPtrArray) keys = inb_replica_shadow_list_contact (db, inb_outbox_key_get_id (key), error);

  if (keys == NULL)
    return FALSE;

  for (guint i = 0; i < keys->len; i++)
    {
      inb_overlay_group_add_key (self, g_ptr_array_index (keys, i));
      for (guint j = 0; items != NULL && j < items->len; j++)
        inb_outbox_index_add_row (index, g_ptr_array_index (items, j), g_ptr_array_index (keys, i));
    }

  return TRUE;
}

/* A lead that was deleted comes back only to a contact that is there. */
static void
take_contact_of_lead (InbOverlayGroup *self,
                      InbOutboxIndex  *index,
                      const char      *key)
{
  const InbRow *lead = inb_row_set_find (self->rows, INB_KIND_LEAD, inb_outbox_key_get_id (key));
  const char *contact_id = lead != NULL ? inb_row_get (lead, INB_LEAD_CONTACT_ID) : NULL;
  GPtrArray *items = inb_outbox_index_find_row (index, key);
  g_autofree char *contact_key = NULL;

  if (contact_id == NULL)
    return;

  contact_key = inb_outbox_key_new (INB_KIND_CONTACT, contact_id);
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      InbOutboxItem *item = g_ptr_array_index (items, i);

      if (item->mutation->verb != INB_MUTATION_UNDO)
        continue;
      inb_outbox_index_add_row (index, item, contact_key);
      inb_overlay_group_add_key (self, contact_key);
    }
}

/**
 * inb_overlay_group_load:
 *
 * Finds the entries and rows that belong together, and reads the rows as they are without the entries.
 */
gboolean
inb_overlay_group_load (InbOverlayGroup  *self,
                        InbOutboxIndex   *index,
                        InbSqlite        *db,
                        GError          **error)
{
  close_group (self, index);
  /* More keys may come while it goes on. */
  for (guint i = 0; i < self->queue->len; i++)
    {
      const char *key = g_ptr_array_index (self->queue, i);
      guint n_keys = self->queue->len;

      if (inb_outbox_key_get_kind (key) == INB_N_KINDS)
        {
          if (!take_contact (self, index, db, key, error))
            return FALSE;
        }
      else
        {
          if (!load_row (self, db, key, error))
            return FALSE;
          if (inb_outbox_key_get_kind (key) == INB_KIND_LEAD)
            take_contact_of_lead (self, index, key);
        }
      if (self->queue->len > n_keys)
        close_group (self, index);
    }

  return TRUE;
}
