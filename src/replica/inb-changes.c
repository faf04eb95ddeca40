#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica.h"

/**
 * inb_changes_new:
 *
 * Returns: (transfer full): a page without rows
 */
InbChanges *
inb_changes_new (void)
{
  InbChanges *self = g_new0 (InbChanges, 1);

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);

  return self;
}

void
inb_changes_free (InbChanges *self)
{
  if (self == NULL)
    return;

  g_free (self->epoch);
  g_ptr_array_unref (self->rows);
  g_free (self);
}
