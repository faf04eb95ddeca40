#define G_LOG_DOMAIN "inb-service"

#include "inb-command.h"
#include "inb-migrations.h"

gboolean
inb_command_migrate (InbInvocation  *invocation,
                     GError        **error)
{
  g_autofree char *version = g_strdup_printf ("%u", inb_migrations_get_latest ());
  g_autofree char *applied = NULL;
  guint n_applied;

  if (!inb_invocation_parse (invocation, NULL, 0, error)
      || !inb_backend_migrate (inb_invocation_get_settings (invocation), &n_applied, error))
    return FALSE;

  applied = g_strdup_printf ("%u", n_applied);
  inb_invocation_print_pairs (invocation, "version", version, "applied", applied, NULL);

  return TRUE;
}
