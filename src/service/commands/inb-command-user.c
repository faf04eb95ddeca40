#define G_LOG_DOMAIN "inb-service"

#include "inb-change.h"
#include "inb-command.h"
#include "inb-error.h"
#include "inb-member-admin.h"
#include "inb-workspace-list.h"

typedef struct {
  char *workspace;
  char *email;
  char *name;
  char *role;
} UserOptions;

static void
user_options_clear (UserOptions *options)
{
  g_free (options->workspace);
  g_free (options->email);
  g_free (options->name);
  g_free (options->role);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UserOptions, user_options_clear)

static char *
create (InbDb              *db,
        const UserOptions  *options,
        InbRole             role,
        GError            **error)
{
  g_autoptr (InbChange) change = inb_change_begin (db, options->workspace, error);
  g_autoptr (InbRow) member = NULL;

  if (change == NULL)
    return NULL;

  member = inb_member_create (inb_change_get_admin (change), options->name, options->email, role, NULL, error);
  if (member == NULL || !inb_change_commit (change, error))
    return NULL;

  return g_strdup (inb_row_get (member, INB_MEMBER_USER_ID));
}

gboolean
inb_command_user_create (InbInvocation  *invocation,
                         GError        **error)
{
  g_auto (UserOptions) options = { NULL };
  const GOptionEntry entries[] = {
    { "workspace", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options.workspace, "Where they work", "ID" },
    { "email", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options.email, "Their mail address", "ADDRESS" },
    { "name", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options.name, "Their name", "NAME" },
    { "role", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options.role, "owner, manager, agent (default) or viewer", "ROLE" },
    { NULL }
  };
  g_autofree char *id = NULL;
  InbRole role = INB_ROLE_AGENT;
  InbDb *db;

  if (!inb_invocation_parse (invocation, entries, 0, error)
      || !inb_require_option ("workspace", options.workspace, error)
      || !inb_require_option ("email", options.email, error)
      || !inb_require_option ("name", options.name, error)
      || !inb_parse_role (options.role, &role, error))
    return FALSE;

  db = inb_invocation_open (invocation, error);
  id = db == NULL ? NULL : create (db, &options, role, error);
  if (id == NULL)
    return FALSE;

  inb_invocation_print_pairs (invocation, "id", id, "workspace_id", options.workspace, "email", options.email,
                              "name", options.name, "role", inb_role_get_name (role), NULL);

  return TRUE;
}

gboolean
inb_command_user_list (InbInvocation  *invocation,
                       GError        **error)
{
  return inb_workspace_list_run (invocation, "users", "admin/list-users", error);
}
