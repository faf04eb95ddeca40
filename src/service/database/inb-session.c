#define G_LOG_DOMAIN "inb-service"

#include "inb-directory.h"

InbSession *
inb_session_ref (InbSession *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);

  return self;
}

void
inb_session_unref (InbSession *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_free (self->token_id);
  g_free (self->workspace_id);
  g_free (self->user_id);
  g_free (self->user_name);
  g_free (self);
}
