#define G_LOG_DOMAIN "inb-service"

#include "inb-command.h"
#include "inb-error.h"
#include "inb-member-admin.h"
#include "inb-uuid.h"
#include "inb-workspace-list.h"

typedef struct {
  char *workspace;
  char *user;
  char *role;
  char *name;
} TokenOptions;

static void
token_options_clear (TokenOptions *options)
{
  g_free (options->workspace);
  g_free (options->user);
  g_free (options->role);
  g_free (options->name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TokenOptions, token_options_clear)

typedef struct {
  char    *token;
  char    *token_id;
  char    *user_id;
  InbRole  role;
} NewToken;

static void
new_token_clear (NewToken *token)
{
  g_free (token->token);
  g_free (token->token_id);
  g_free (token->user_id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NewToken, new_token_clear)

/* For a person of the workspace, by default with their role, or for a new service user of the token's name. */
static gboolean
create (InbDb               *db,
        const TokenOptions  *options,
        NewToken            *token,
        GError             **error)
{
  g_autoptr (InbChange) change = inb_change_begin (db, options->workspace, error);

  if (change == NULL)
    return FALSE;

  if (options->user != NULL)
    token->user_id = inb_member_find (change, options->user, &token->role, error);
  else if (inb_parse_role (options->role, &token->role, error))
    token->user_id = inb_member_create (change, options->name, NULL, token->role, error);
  if (token->user_id == NULL || !inb_parse_role (options->role, &token->role, error))
    return FALSE;

  token->token = inb_member_make_token (change, token->user_id, options->name, token->role, &token->token_id, error);

  return token->token != NULL && inb_change_commit (change, error);
}

gboolean
inb_command_token_create (InbInvocation  *invocation,
                          GError        **error)
{
  g_auto (TokenOptions) options = { NULL };
  const GOptionEntry entries[] = {
    { "workspace", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options.workspace, "Where it is valid", "ID" },
    { "user", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options.user,
      "The mail address of whose it is; without, it gets a service user of its own", "ADDRESS" },
    { "role", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options.role,
      "owner, manager, agent or viewer; by default the user's, agent for a service user", "ROLE" },
    { "name", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options.name, "What it is for", "NAME" },
    { NULL }
  };
  g_auto (NewToken) token = { .role = INB_ROLE_AGENT };
  InbDb *db;

  if (!inb_invocation_parse (invocation, entries, 0, error) || !inb_require_option ("workspace", options.workspace, error))
    return FALSE;
  if (options.name == NULL)
    options.name = g_strdup (options.user == NULL ? "Service" : "Token");

  db = inb_invocation_open (invocation, error);
  if (db == NULL || !create (db, &options, &token, error))
    return FALSE;

  inb_invocation_print_pairs (invocation, "id", token.token_id, "token", token.token, "workspace_id", options.workspace,
                              "user_id", token.user_id, "role", inb_role_get_name (token.role), "name", options.name, NULL);

  return TRUE;
}

gboolean
inb_command_token_list (InbInvocation  *invocation,
                        GError        **error)
{
  return inb_workspace_list_run (invocation, "tokens", "admin/list-tokens", error);
}

static gboolean
revoke_token (InbDb       *db,
              const char  *workspace,
              const char  *id,
              GError     **error)
{
  g_autoptr (InbChange) change = inb_change_begin (db, workspace, error);
  const char *params[] = { workspace, id, change == NULL ? NULL : inb_change_get_now (change) };
  g_autoptr (PGresult) revoked = NULL;
  g_autoptr (PGresult) removed = NULL;

  if (change == NULL)
    return FALSE;

  revoked = inb_change_query (change, "admin/revoke-token", G_N_ELEMENTS (params), params, error);
  if (revoked == NULL)
    return FALSE;
  if (g_str_equal (PQcmdTuples (revoked), "0"))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no valid token %s in workspace \"%s\"", id, workspace);
      return FALSE;
    }

  removed = inb_change_query (change, "admin/delete-token-directory", 1, &id, error);
  if (removed == NULL || !inb_change_audit (change, "token_revoked", "token", id, NULL, error))
    return FALSE;

  inb_change_notify_directory (change, id);

  return inb_change_commit (change, error);
}

gboolean
inb_command_token_revoke (InbInvocation  *invocation,
                          GError        **error)
{
  g_autofree char *workspace = NULL;
  const GOptionEntry entries[] = {
    { "workspace", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &workspace, "Where it is valid", "ID" },
    { NULL }
  };
  g_autofree char *id = NULL;
  InbDb *db;

  if (!inb_invocation_parse (invocation, entries, 1, error)
      || !inb_require_option ("workspace", workspace, error)
      || (id = inb_parse_id (inb_invocation_get_argument (invocation, 0), error)) == NULL)
    return FALSE;

  db = inb_invocation_open (invocation, error);
  if (db == NULL || !revoke_token (db, workspace, id, error))
    return FALSE;

  inb_invocation_print_pairs (invocation, "id", id, "workspace_id", workspace, "status", "revoked", NULL);

  return TRUE;
}
