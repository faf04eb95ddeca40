#define G_LOG_DOMAIN "inb-model"

#include "inb-role.h"

#include "inb-names.h"

#define N_ROLES (INB_ROLE_OWNER + 1)

static const char * const names[N_ROLES] = {
  [INB_ROLE_NONE] = "none",
  [INB_ROLE_VIEWER] = "viewer",
  [INB_ROLE_AGENT] = "agent",
  [INB_ROLE_MANAGER] = "manager",
  [INB_ROLE_OWNER] = "owner",
};

static const InbRole least_roles[INB_N_RIGHTS] = {
  [INB_RIGHT_READ] = INB_ROLE_VIEWER,
  [INB_RIGHT_EDIT] = INB_ROLE_AGENT,
  [INB_RIGHT_BULK] = INB_ROLE_MANAGER,
  [INB_RIGHT_IMPORT] = INB_ROLE_MANAGER,
  [INB_RIGHT_EXPORT] = INB_ROLE_MANAGER,
  [INB_RIGHT_SHARE_VIEWS] = INB_ROLE_MANAGER,
  [INB_RIGHT_STAGES] = INB_ROLE_MANAGER,
  [INB_RIGHT_TEAMS] = INB_ROLE_MANAGER,
  [INB_RIGHT_MERGE] = INB_ROLE_MANAGER,
  [INB_RIGHT_WEBHOOKS] = INB_ROLE_OWNER,
  [INB_RIGHT_USERS] = INB_ROLE_OWNER,
  [INB_RIGHT_TOKENS] = INB_ROLE_OWNER,
};

/**
 * inb_role_get_name:
 *
 * Returns: (transfer none): the name that memberships, tokens and the API carry; "none" for %INB_ROLE_NONE
 */
const char *
inb_role_get_name (InbRole role)
{
  g_return_val_if_fail (role < N_ROLES, "none");

  return names[role];
}

/**
 * inb_role_from_name:
 * @name: (nullable): a role's name
 * @role: (out): the role; %INB_ROLE_NONE when it is no role's name
 *
 * Returns: whether a member can have a role of that name
 */
gboolean
inb_role_from_name (const char *name,
                    InbRole    *role)
{
  guint found;

  g_return_val_if_fail (role != NULL, FALSE);

  *role = inb_names_find (names, N_ROLES, name, &found) ? (InbRole) found : INB_ROLE_NONE;

  return *role != INB_ROLE_NONE;
}

/**
 * inb_role_may:
 *
 * Returns: whether a member of that role has the right
 */
gboolean
inb_role_may (InbRole  role,
              InbRight right)
{
  g_return_val_if_fail (right < INB_N_RIGHTS, FALSE);

  return role >= least_roles[right];
}

/**
 * inb_right_get_role:
 *
 * Returns: the least role that has the right, for telling a user who may
 */
InbRole
inb_right_get_role (InbRight right)
{
  g_return_val_if_fail (right < INB_N_RIGHTS, INB_ROLE_OWNER);

  return least_roles[right];
}
