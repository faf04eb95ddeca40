#define G_LOG_DOMAIN "inb-replica"

#include "inb-outbox-request.h"

InbOutboxRequest *
inb_outbox_request_new (void)
{
  return g_new0 (InbOutboxRequest, 1);
}

void
inb_outbox_request_free (InbOutboxRequest *self)
{
  g_clear_pointer (&self->edit, inb_edit_unref);
  g_free (self->id);
  g_free (self->label);
  g_free (self->user_id);
  g_free (self->user_name);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_clear_pointer (&self->columns, g_array_unref);
  g_free (self);
}
