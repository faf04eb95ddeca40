#define G_LOG_DOMAIN "inb-service"

#include "inb-directory.h"

static const char * const role_names[] = {
  [INB_ROLE_VIEWER] = "viewer",
  [INB_ROLE_AGENT] = "agent",
  [INB_ROLE_MANAGER] = "manager",
  [INB_ROLE_OWNER] = "owner",
};

gboolean
inb_role_from_name (const char *name,
                    InbRole    *role)
{
  g_return_val_if_fail (name != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (role_names); i++)
    {
      if (g_str_equal (role_names[i], name))
        {
          *role = i;
          return TRUE;
        }
    }

  return FALSE;
}

const char *
inb_role_get_name (InbRole role)
{
  g_return_val_if_fail (role < G_N_ELEMENTS (role_names), NULL);

  return role_names[role];
}

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
