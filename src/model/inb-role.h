/* What a member may do: the rights of design section 4, in one table that service and app share. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  INB_ROLE_NONE,    /* not known (yet): may do nothing */
  INB_ROLE_VIEWER,
  INB_ROLE_AGENT,
  INB_ROLE_MANAGER,
  INB_ROLE_OWNER
} InbRole;

typedef enum {
  INB_RIGHT_READ,         /* viewer */
  INB_RIGHT_EDIT,         /* agent: a lead, a contact, an activity; own views */
  INB_RIGHT_BULK,         /* manager: more than one lead in a group */
  INB_RIGHT_IMPORT,
  INB_RIGHT_EXPORT,
  INB_RIGHT_SHARE_VIEWS,
  INB_RIGHT_STAGES,
  INB_RIGHT_TEAMS,
  INB_RIGHT_MERGE,        /* manager: two contacts into one */
  INB_RIGHT_WEBHOOKS,     /* owner */
  INB_RIGHT_USERS,
  INB_RIGHT_TOKENS,
  INB_N_RIGHTS
} InbRight;

const char *inb_role_get_name   (InbRole     role);
gboolean    inb_role_from_name  (const char *name,
                                 InbRole    *role);
gboolean    inb_role_may        (InbRole     role,
                                 InbRight    right);
/* The least role that may. */
InbRole     inb_right_get_role  (InbRight    right);

G_END_DECLS
