#define G_LOG_DOMAIN "inb-service"

#include "inb-change.h"
#include "inb-command.h"
#include "inb-date-range.h"
#include "inb-member-admin.h"
#include "inb-time.h"
#include "inb-uuid.h"
#include "inb-workspace-list.h"

#define MAX_DAYS 36500
#define COLUMN_TIMEZONE 3

typedef struct {
  char *workspace;
  char *user;
  char *role;
  char *name;
  char *expires;
} TokenOptions;

static void
token_options_clear (TokenOptions *options)
{
  g_free (options->workspace);
  g_free (options->user);
  g_free (options->role);
  g_free (options->name);
  g_free (options->expires);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TokenOptions, token_options_clear)

typedef struct {
  char    *token;
  char    *token_id;
  char    *user_id;
  char    *expires_at; /* NULL: never */
  InbRole  role;
} NewToken;

static void
new_token_clear (NewToken *token)
{
  g_free (token->token);
  g_free (token->token_id);
  g_free (token->user_id);
  g_free (token->expires_at);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NewToken, new_token_clear)

static GTimeZone *
read_timezone (InbChange  *change,
               GError    **error)
{
  const char *workspace_id = inb_change_get_workspace (change);
  g_autoptr (PGresult) workspace = inb_change_query (change, "admin/workspace", 1, &workspace_id, error);

  return workspace == NULL ? NULL : inb_time_zone_new (PQgetvalue (workspace, 0, COLUMN_TIMEZONE));
}

/* A number of days from now, or the last day on which it is valid, in the workspace's zone. @expires_at: (out) (transfer full) */
static gboolean
read_expiry (InbChange   *change,
             const char  *text,
             char       **expires_at,
             GError     **error)
{
  InbDateRange range = { INB_DATE_RANGE_ANY };
  gint64 now = inb_time_now ();
  gint64 days;
  gint64 from;
  gint64 end;

  *expires_at = NULL;
  if (text == NULL)
    return TRUE;

  if (g_ascii_string_to_signed (text, 10, 1, MAX_DAYS, &days, NULL))
    {
      end = now + days * INB_TIME_DAY;
    }
  else if (inb_date_range_set_days (&range, NULL, text))
    {
      g_autoptr (GTimeZone) timezone = read_timezone (change, error);

      if (timezone == NULL)
        return FALSE;
      inb_date_range_resolve (&range, now, timezone, &from, &end);
    }
  else
    {
      end = INB_TIME_NONE;
    }
  if (end <= now)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "--expires takes a number of days from 1 to %d, or a day that is not past (YYYY-MM-DD)", MAX_DAYS);
      return FALSE;
    }

  *expires_at = inb_time_format (end);

  return TRUE;
}

/* For a person of the workspace, by default with their role, or for a new service user of the token's name. */
static gboolean
create (InbDb               *db,
        const TokenOptions  *options,
        NewToken            *token,
        GError             **error)
{
  g_autoptr (InbChange) change = inb_change_begin (db, options->workspace, error);
  g_autoptr (InbRow) member = NULL;
  InbAdmin *admin;

  if (change == NULL || !read_expiry (change, options->expires, &token->expires_at, error))
    return FALSE;

  admin = inb_change_get_admin (change);
  if (options->user != NULL)
    {
      member = inb_member_find_by_mail (admin, options->user, error);
      if (member != NULL)
        inb_role_from_name (inb_row_get (member, INB_MEMBER_ROLE), &token->role);
    }
  else if (inb_parse_role (options->role, &token->role, error))
    {
      member = inb_member_create (admin, options->name, NULL, token->role, NULL, error);
    }
  if (member == NULL || !inb_parse_role (options->role, &token->role, error))
    return FALSE;

  token->user_id = g_strdup (inb_row_get (member, INB_MEMBER_USER_ID));
  token->token = inb_member_make_token (admin, token->user_id, options->name, token->role, token->expires_at, &token->token_id);

  return inb_change_commit (change, error);
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
    { "expires", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options.expires,
      "How many days it is valid, or the last day of it; by default until it is revoked", "DAYS|YYYY-MM-DD" },
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
                              "user_id", token.user_id, "role", inb_role_get_name (token.role), "name", options.name,
                              "expires_at", token.expires_at, NULL);

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

  return change != NULL && inb_member_revoke_token (inb_change_get_admin (change), id, error) && inb_change_commit (change, error);
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
