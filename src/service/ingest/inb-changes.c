#define G_LOG_DOMAIN "inb-service"

#include "inb-changes.h"

InbChanges *
inb_changes_new (gint64 from,
                 gint64 to)
{
  InbChanges *self = g_new0 (InbChanges, 1);

  self->from = from;
  self->to = to;
  self->events = g_ptr_array_new_with_free_func (g_free);

  return self;
}

InbChanges *
inb_changes_new_unknown (void)
{
  return inb_changes_new (-1, 0);
}

void
inb_changes_free (InbChanges *self)
{
  if (self == NULL)
    return;

  if (self->rows != NULL)
    g_string_free (self->rows, TRUE);
  g_ptr_array_unref (self->events);
  g_free (self);
}
