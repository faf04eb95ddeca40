#define G_LOG_DOMAIN "inb-app"

#include "inb-role-text.h"

#include <glib/gi18n.h>

/**
 * inb_role_text_get_name:
 *
 * Returns: (transfer none): as a person's role, translated
 */
const char *
inb_role_text_get_name (InbRole role)
{
  switch (role)
    {
    case INB_ROLE_VIEWER:
      return C_("role", "Viewer");

    case INB_ROLE_AGENT:
      return C_("role", "Agent");

    case INB_ROLE_MANAGER:
      return C_("role", "Manager");

    case INB_ROLE_OWNER:
      return C_("role", "Owner");

    case INB_ROLE_NONE:
    default:
      return "–";
    }
}

const char *
inb_role_text_get_description (InbRole role)
{
  switch (role)
    {
    case INB_ROLE_VIEWER:
      return _("Reads everything, changes nothing");

    case INB_ROLE_AGENT:
      return _("Edits leads and writes to their timelines");

    case INB_ROLE_MANAGER:
      return _("Also changes many leads at once, imports, exports, sets up stages and teams");

    case INB_ROLE_OWNER:
      return _("Also invites members and sets up webhooks");

    case INB_ROLE_NONE:
    default:
      return "";
    }
}
