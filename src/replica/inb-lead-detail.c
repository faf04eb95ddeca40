#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica.h"

void
inb_lead_detail_free (InbLeadDetail *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->lead, inb_row_unref);
  g_clear_pointer (&self->contact, inb_row_unref);
  g_clear_pointer (&self->activities, g_ptr_array_unref);
  g_free (self);
}
