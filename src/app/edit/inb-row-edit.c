#define G_LOG_DOMAIN "inb-app"

#include "inb-row-edit.h"

#include "inb-time.h"

/**
 * inb_row_edit_new_update:
 * @base: (nullable): what the user saw
 * @value: (nullable): what it shall be
 *
 * Returns: (transfer full): an edit of one column
 */
InbEdit *
inb_row_edit_new_update (InbKind     kind,
                         const char *id,
                         guint       column,
                         const char *base,
                         const char *value,
                         const char *label)
{
  InbEdit *edit = inb_edit_new (label);
  g_autoptr (InbMutation) mutation = inb_mutation_new (INB_MUTATION_UPDATE, kind, id, inb_time_now ());

  inb_mutation_add_change (mutation, column, base, value);
  inb_edit_add (edit, mutation);

  return edit;
}

InbEdit *
inb_row_edit_new_delete (InbKind     kind,
                         const char *id,
                         const char *label)
{
  InbEdit *edit = inb_edit_new (label);
  g_autoptr (InbMutation) mutation = inb_mutation_new (INB_MUTATION_DELETE, kind, id, inb_time_now ());

  inb_edit_add (edit, mutation);

  return edit;
}
