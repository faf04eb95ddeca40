#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica.h"

/**
 * inb_snapshot_page_new:
 *
 * Returns: (transfer full): a page without rows
 */
InbSnapshotPage *
inb_snapshot_page_new (void)
{
  InbSnapshotPage *self = g_new0 (InbSnapshotPage, 1);

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);

  return self;
}

void
inb_snapshot_page_free (InbSnapshotPage *self)
{
  if (self == NULL)
    return;

  g_free (self->epoch);
  g_free (self->position);
  g_ptr_array_unref (self->rows);
  g_free (self);
}
