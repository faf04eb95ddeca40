#define G_LOG_DOMAIN "inb-replica"

#include "inb-edit-private.h"

static void
change_free (InbFieldChange *change)
{
  g_free (change->value);
  g_free (change);
}

/**
 * inb_edit_new:
 * @label: what undo calls it, translated
 *
 * Returns: (transfer full): an edit of nothing yet
 */
InbEdit *
inb_edit_new (const char *label)
{
  InbEdit *self;

  g_return_val_if_fail (label != NULL, NULL);

  self = g_new0 (InbEdit, 1);
  g_atomic_ref_count_init (&self->refs);
  self->label = g_strdup (label);
  self->mutations = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_mutation_unref);
  self->values = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);
  self->added_tags = g_ptr_array_new_with_free_func (g_free);
  self->removed_tags = g_ptr_array_new_with_free_func (g_free);

  return self;
}

InbEdit *
inb_edit_ref (InbEdit *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);

  return self;
}

void
inb_edit_unref (InbEdit *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_free (self->label);
  g_ptr_array_unref (self->mutations);
  g_clear_pointer (&self->rowids, g_array_unref);
  g_ptr_array_unref (self->values);
  g_ptr_array_unref (self->added_tags);
  g_ptr_array_unref (self->removed_tags);
  g_free (self);
}

/**
 * inb_edit_add:
 * @mutation: a reference is taken; it gets the edit's group
 */
void
inb_edit_add (InbEdit     *self,
              InbMutation *mutation)
{
  g_return_if_fail (self != NULL && mutation != NULL);

  g_ptr_array_add (self->mutations, inb_mutation_ref (mutation));
}

/**
 * inb_edit_set_rowids:
 * @rowids: (element-type gint64): as the replica's queries have them; copied
 */
void
inb_edit_set_rowids (InbEdit *self,
                     GArray  *rowids)
{
  g_return_if_fail (self != NULL && rowids != NULL);

  g_clear_pointer (&self->rowids, g_array_unref);
  self->rowids = g_array_copy (rowids);
}

/**
 * inb_edit_set_value:
 * @value: (nullable): in the text form of the column's type
 *
 * What all of the rowids' leads shall have in that column.
 */
void
inb_edit_set_value (InbEdit    *self,
                    guint       lead_column,
                    const char *value)
{
  InbFieldChange *change;

  g_return_if_fail (self != NULL && lead_column < INB_N_LEAD_COLUMNS);

  change = g_new0 (InbFieldChange, 1);
  change->column = lead_column;
  change->value = g_strdup (value);
  g_ptr_array_add (self->values, change);
}

void
inb_edit_add_tag (InbEdit    *self,
                  const char *tag)
{
  g_return_if_fail (self != NULL && tag != NULL);

  g_ptr_array_add (self->added_tags, g_strdup (tag));
}

void
inb_edit_remove_tag (InbEdit    *self,
                     const char *tag)
{
  g_return_if_fail (self != NULL && tag != NULL);

  g_ptr_array_add (self->removed_tags, g_strdup (tag));
}

void
inb_edit_set_deletes (InbEdit *self)
{
  g_return_if_fail (self != NULL);

  self->deletes = TRUE;
}

const char *
inb_edit_get_label (InbEdit *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->label;
}
