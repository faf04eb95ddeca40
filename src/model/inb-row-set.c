#define G_LOG_DOMAIN "inb-model"

#include "inb-row-set.h"

#include <string.h>

/* A row's place in the set. */
typedef struct {
  /* Owned */
  InbRow   *original;  /* as it was loaded; NULL for one that was made here */
  InbRow   *row;       /* as it is now */

  gboolean  is_put;
} Entry;

struct _InbRowSet {
  /* Owned */
  GHashTable *entries[INB_N_KINDS];  /* id → Entry; made when needed */
  GPtrArray  *changed;               /* (element-type Entry) borrowed from entries, in the order of the first put */
};

static void
entry_free (gpointer data)
{
  Entry *self = data;

  g_clear_pointer (&self->original, inb_row_unref);
  g_clear_pointer (&self->row, inb_row_unref);
  g_free (self);
}

/**
 * inb_row_set_new:
 *
 * Not thread-safe: one thread at a time.
 *
 * Returns: (transfer full): an empty set
 */
InbRowSet *
inb_row_set_new (void)
{
  InbRowSet *self = g_new0 (InbRowSet, 1);

  self->changed = g_ptr_array_new ();

  return self;
}

void
inb_row_set_free (InbRowSet *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->changed);
  for (guint i = 0; i < INB_N_KINDS; i++)
    g_clear_pointer (&self->entries[i], g_hash_table_unref);
  g_free (self);
}

static Entry *
find_entry (InbRowSet  *self,
            InbKind     kind,
            const char *id)
{
  if (self->entries[kind] == NULL || id == NULL)
    return NULL;

  return g_hash_table_lookup (self->entries[kind], id);
}

static Entry *
add_entry (InbRowSet *self,
           InbRow    *row)
{
  InbKind kind = inb_row_get_kind (row);
  Entry *entry = g_new0 (Entry, 1);

  if (self->entries[kind] == NULL)
    self->entries[kind] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  g_hash_table_insert (self->entries[kind], g_strdup (inb_row_get_key (row)), entry);

  return entry;
}

/**
 * inb_row_set_load:
 * @row: a stored row; the set takes a reference, and the row must not change any more
 *
 * A row of that kind and id that is there already stays: it may have been changed since.
 */
void
inb_row_set_load (InbRowSet *self,
                  InbRow    *row)
{
  Entry *entry;

  g_return_if_fail (self != NULL && row != NULL && inb_row_get_key (row) != NULL);

  if (find_entry (self, inb_row_get_kind (row), inb_row_get_key (row)) != NULL)
    return;

  entry = add_entry (self, row);
  entry->original = inb_row_ref (row);
  entry->row = inb_row_ref (row);
}

/**
 * inb_row_set_find:
 * @id: (nullable): a row's key
 *
 * Returns: (transfer none) (nullable): the row as it is now, deleted ones too; copy it to change it
 */
InbRow *
inb_row_set_find (InbRowSet  *self,
                  InbKind     kind,
                  const char *id)
{
  Entry *entry;

  g_return_val_if_fail (self != NULL && kind < INB_N_KINDS, NULL);

  entry = find_entry (self, kind, id);

  return entry == NULL ? NULL : entry->row;
}

/**
 * inb_row_set_find_original:
 * @id: (nullable): a row's key
 *
 * Returns: (transfer none) (nullable): the row as it was loaded; %NULL when it was not
 */
InbRow *
inb_row_set_find_original (InbRowSet  *self,
                           InbKind     kind,
                           const char *id)
{
  Entry *entry;

  g_return_val_if_fail (self != NULL && kind < INB_N_KINDS, NULL);

  entry = find_entry (self, kind, id);

  return entry == NULL ? NULL : entry->original;
}

/**
 * inb_row_set_put:
 * @row: (transfer full): the row as it shall be stored
 */
void
inb_row_set_put (InbRowSet *self,
                 InbRow    *row)
{
  Entry *entry;

  g_return_if_fail (self != NULL && row != NULL && inb_row_get_key (row) != NULL);

  entry = find_entry (self, inb_row_get_kind (row), inb_row_get_key (row));
  if (entry == NULL)
    entry = add_entry (self, row);
  g_clear_pointer (&entry->row, inb_row_unref);
  entry->row = row;

  if (!entry->is_put)
    g_ptr_array_add (self->changed, entry);
  entry->is_put = TRUE;
}

static const char *
get_created_at (const InbRow *row)
{
  return inb_row_get (row, inb_row_get_kind (row) == INB_KIND_LEAD ? (guint) INB_LEAD_CREATED_AT
                                                                   : (guint) INB_ACTIVITY_CREATED_AT);
}

/* The wire form of times sorts as text. */
static int
compare_newest (gconstpointer a,
                gconstpointer b)
{
  const InbRow *first = *(const InbRow * const *) a;
  const InbRow *second = *(const InbRow * const *) b;
  int order = g_strcmp0 (get_created_at (second), get_created_at (first));

  return order != 0 ? order : g_strcmp0 (inb_row_get_key (second), inb_row_get_key (first));
}

/**
 * inb_row_set_list_of_contact:
 * @kind: %INB_KIND_LEAD or %INB_KIND_ACTIVITY
 *
 * Returns: (transfer container) (element-type InbRow): that contact's rows as they are now, newest first, deleted ones too
 */
GPtrArray *
inb_row_set_list_of_contact (InbRowSet  *self,
                             InbKind     kind,
                             const char *contact_id)
{
  GPtrArray *rows = g_ptr_array_new ();
  guint column = kind == INB_KIND_LEAD ? (guint) INB_LEAD_CONTACT_ID : (guint) INB_ACTIVITY_CONTACT_ID;
  GHashTableIter iter;
  gpointer entry;

  g_return_val_if_fail (self != NULL && contact_id != NULL, rows);
  g_return_val_if_fail (kind == INB_KIND_LEAD || kind == INB_KIND_ACTIVITY, rows);

  if (self->entries[kind] == NULL)
    return rows;

  g_hash_table_iter_init (&iter, self->entries[kind]);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    {
      InbRow *row = ((Entry *) entry)->row;

      if (g_strcmp0 (inb_row_get (row, column), contact_id) == 0)
        g_ptr_array_add (rows, row);
    }
  g_ptr_array_sort (rows, compare_newest);

  return rows;
}

/**
 * inb_row_set_find_by_crm_id:
 *
 * Returns: (transfer none) (nullable): the contact as it is now
 */
InbRow *
inb_row_set_find_by_crm_id (InbRowSet  *self,
                            const char *crm_id)
{
  GHashTableIter iter;
  gpointer entry;

  g_return_val_if_fail (self != NULL && crm_id != NULL, NULL);

  if (self->entries[INB_KIND_CONTACT] == NULL)
    return NULL;

  g_hash_table_iter_init (&iter, self->entries[INB_KIND_CONTACT]);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    {
      InbRow *row = ((Entry *) entry)->row;

      if (g_strcmp0 (inb_row_get (row, INB_CONTACT_CRM_ID), crm_id) == 0 && inb_row_get (row, INB_CONTACT_DELETED_AT) == NULL)
        return row;
    }

  return NULL;
}

/**
 * inb_row_set_get_changed:
 *
 * Returns: (transfer container) (element-type InbRow): the rows to write
 */
GPtrArray *
inb_row_set_get_changed (InbRowSet *self)
{
  GPtrArray *rows;

  g_return_val_if_fail (self != NULL, NULL);

  rows = g_ptr_array_sized_new (self->changed->len);
  for (guint i = 0; i < self->changed->len; i++)
    g_ptr_array_add (rows, ((Entry *) g_ptr_array_index (self->changed, i))->row);

  return rows;
}
