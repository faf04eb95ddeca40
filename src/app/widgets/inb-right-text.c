#define G_LOG_DOMAIN "inb-app"

#include "inb-right-text.h"

#include <glib/gi18n.h>

static const char *const reasons[INB_N_RIGHTS] = {
  [INB_RIGHT_READ] = N_("Only members can read leads"),
  [INB_RIGHT_EDIT] = N_("Viewers can only read; agents can edit"),
  [INB_RIGHT_BULK] = N_("Only managers can change several leads at once"),
  [INB_RIGHT_IMPORT] = N_("Only managers can import"),
  [INB_RIGHT_EXPORT] = N_("Only managers can export"),
  [INB_RIGHT_SHARE_VIEWS] = N_("Only managers can share views"),
  [INB_RIGHT_STAGES] = N_("Only managers can change the stages"),
  [INB_RIGHT_TEAMS] = N_("Only managers can change teams"),
  [INB_RIGHT_MERGE] = N_("Only managers can merge contacts"),
  [INB_RIGHT_WEBHOOKS] = N_("Only owners can change webhooks"),
  [INB_RIGHT_USERS] = N_("Only owners can change members"),
  [INB_RIGHT_TOKENS] = N_("Only owners can change tokens"),
};

/**
 * inb_right_text_get_reason:
 *
 * Returns: (transfer none) (nullable): a short sentence without a full stop, translated
 */
const char *
inb_right_text_get_reason (InbRole  role,
                           InbRight right)
{
  g_return_val_if_fail (right < INB_N_RIGHTS, NULL);

  if (inb_role_may (role, right))
    return NULL;
  if (role == INB_ROLE_NONE)
    return _("What you may do here is known after the first connection");

  return _(reasons[right]);
}
