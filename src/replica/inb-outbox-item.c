#define G_LOG_DOMAIN "inb-replica"

#include "inb-outbox-item.h"

#include "inb-mutation-rules.h"

/**
 * inb_outbox_item_new:
 * @mutation: a reference is taken
 *
 * Returns: (transfer full): an entry that waits
 */
InbOutboxItem *
inb_outbox_item_new (InbMutation *mutation,
                     const char  *label)
{
  InbOutboxItem *self = g_new0 (InbOutboxItem, 1);

  self->mutation = inb_mutation_ref (mutation);
  self->label = g_strdup (label);
  self->rows = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
inb_outbox_item_free (InbOutboxItem *self)
{
  if (self == NULL)
    return;

  inb_mutation_unref (self->mutation);
  g_clear_pointer (&self->result, inb_mutation_result_unref);
  g_free (self->label);
  g_free (self->actor);
  g_free (self->undo);
  g_free (self->takes_back);
  g_free (self->epoch);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

/**
 * inb_outbox_item_add_row:
 * @key: copied
 */
void
inb_outbox_item_add_row (InbOutboxItem *self,
                         const char    *key)
{
  g_ptr_array_add (self->rows, g_strdup (key));
}

/* Members, teams and the like are only read: rows do not depend on each other by them. */
static gboolean
is_edited (InbKind kind)
{
  return kind == INB_KIND_LEAD || kind == INB_KIND_CONTACT || kind == INB_KIND_ACTIVITY || kind == INB_KIND_VIEW ||
         kind == INB_N_KINDS;
}

static void
add_keys (InbOutboxItem *item,
          InbKind        kind,
          GHashTable    *ids)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, ids);
  while (is_edited (kind) && g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autofree char *key = inb_outbox_key_new (kind, id);

      inb_outbox_item_add_row (item, key);
    }
}

/**
 * inb_outbox_item_find_rows:
 *
 * Notes which rows the item concerns; once, before it bears on them.
 */
void
inb_outbox_item_find_rows (InbOutboxItem *self)
{
  g_autoptr (GHashTable) contact_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTable *ids[INB_N_KINDS];

  for (InbKind kind = 0; kind < INB_N_KINDS; kind++)
    ids[kind] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  inb_mutation_list_needs (self->mutation, self->takes_back, ids, contact_ids);
  g_hash_table_add (ids[self->mutation->kind], g_strdup (self->mutation->entity_id));
  for (InbKind kind = 0; kind < INB_N_KINDS; kind++)
    {
      add_keys (self, kind, ids[kind]);
      g_hash_table_unref (ids[kind]);
    }
  add_keys (self, INB_N_KINDS, contact_ids);
}

void
inb_outbox_item_drop_undo (InbOutboxItem *self)
{
  g_clear_pointer (&self->undo, g_free);
  self->has_undo = FALSE;
}

/**
 * inb_outbox_item_tell:
 *
 * Returns: (transfer full): what other threads may know of it
 */
InbOutboxEntry *
inb_outbox_item_tell (const InbOutboxItem *self)
{
  InbOutboxEntry *entry = g_new0 (InbOutboxEntry, 1);

  entry->mutation = inb_mutation_ref (self->mutation);
  entry->result = self->result != NULL ? inb_mutation_result_ref (self->result) : NULL;
  entry->label = g_strdup (self->label);
  entry->number = self->number;
  entry->state = self->state;

  return entry;
}

void
inb_outbox_entry_free (InbOutboxEntry *self)
{
  if (self == NULL)
    return;

  inb_mutation_unref (self->mutation);
  g_clear_pointer (&self->result, inb_mutation_result_unref);
  g_free (self->label);
  g_free (self);
}

/**
 * inb_outbox_key_new:
 *
 * Returns: (transfer full): a letter for the kind, and the id
 */
char *
inb_outbox_key_new (InbKind     kind,
                    const char *id)
{
  return g_strdup_printf ("%c%s", 'a' + (int) kind, id);
}

InbKind
inb_outbox_key_get_kind (const char *key)
{
  return (InbKind) (*key - 'a');
}

const char *
inb_outbox_key_get_id (const char *key)
{
  return key + 1;
}
