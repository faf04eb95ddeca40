#define G_LOG_DOMAIN "inb-service"

#include "inb-change.h"
#include "inb-command.h"
#include "inb-error.h"
#include "inb-service-url.h"
#include "inb-time.h"
#include "inb-uuid.h"
#include "inb-workspace-list.h"

#define KEY_BYTES 16
#define AUTH_KEY "key"
#define AUTH_NONE "none"

typedef struct {
  char *workspace;
  char *name;
  char *source;
  char *auth;
} WebhookOptions;

static void
webhook_options_clear (WebhookOptions *options)
{
  g_free (options->workspace);
  g_free (options->name);
  g_free (options->source);
  g_free (options->auth);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WebhookOptions, webhook_options_clear)

static char *
hash_key (const char *key)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);

  return g_strconcat ("\\x", digest, NULL);
}

static gboolean
check_auth (const char  *auth,
            GError     **error)
{
  if (auth == NULL || g_str_equal (auth, AUTH_KEY) || g_str_equal (auth, AUTH_NONE))
    return TRUE;

  g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "\"%s\" is no way to authenticate: use key or none", auth);

  return FALSE;
}

/* Who can reach the service only from this computer needs no key; everyone else does. */
static void
set_defaults (WebhookOptions *options,
              const char     *base_url)
{
  if (options->auth == NULL)
    options->auth = g_strdup (inb_service_url_is_loopback (base_url) ? AUTH_NONE : AUTH_KEY);
  if (options->source == NULL || *options->source == '\0')
    {
      g_free (options->source);
      options->source = g_strdup (options->name);
    }
}

static gboolean
create (InbDb                 *db,
        const WebhookOptions  *options,
        const char            *id,
        const char            *key,
        GError               **error)
{
  g_autoptr (InbChange) change = inb_change_begin (db, options->workspace, error);
  g_autofree char *hash = hash_key (key);
  const char *params[8] = { options->workspace, id, options->name, options->source, options->auth, hash };
  const char *directory_params[] = { id, options->workspace };
  g_autoptr (PGresult) inserted = NULL;
  g_autoptr (PGresult) listed = NULL;

  if (change == NULL)
    return FALSE;

  params[6] = inb_change_get_now (change);
  params[7] = inb_change_next_seq (change);
  inserted = inb_change_query (change, "admin/insert-webhook", G_N_ELEMENTS (params), params, error);
  if (inserted == NULL)
    return FALSE;
  listed = inb_change_query (change, "admin/insert-webhook-directory", G_N_ELEMENTS (directory_params), directory_params, error);
  if (listed == NULL)
    return FALSE;

  inb_admin_audit (inb_change_get_admin (change), "webhook_created", "webhook", id, NULL);
  inb_admin_drop (inb_change_get_admin (change), id);

  return inb_change_commit (change, error);
}

static char *
find_base_url (InbInvocation *invocation)
{
  return inb_service_url_find (inb_invocation_get_settings (invocation), inb_invocation_get_data_dir (invocation));
}

gboolean
inb_command_webhook_create (InbInvocation  *invocation,
                            GError        **error)
{
  g_auto (WebhookOptions) options = { NULL };
  const GOptionEntry entries[] = {
    { "workspace", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options.workspace, "Where its leads go", "ID" },
    { "name", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options.name, "What people call it", "NAME" },
    { "source", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options.source,
      "The source of its leads, when they do not tell (its name)", "LABEL" },
    { "auth", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options.auth,
      "key or none; none is the default only when the service listens to this computer alone", "HOW" },
    { NULL }
  };
  g_autofree char *id = inb_uuid_new_v4 ();
  g_autofree char *key = inb_random_token (KEY_BYTES);
  g_autofree char *base_url = NULL;
  g_autofree char *url = NULL;
  InbDb *db;

  if (!inb_invocation_parse (invocation, entries, 0, error)
      || !inb_require_option ("workspace", options.workspace, error)
      || !inb_require_option ("name", options.name, error)
      || !check_auth (options.auth, error))
    return FALSE;

  db = inb_invocation_open (invocation, error);
  if (db == NULL)
    return FALSE;

  base_url = find_base_url (invocation);
  set_defaults (&options, base_url);
  if (!create (db, &options, id, key, error))
    return FALSE;

  url = g_strdup_printf ("%s/webhooks/%s", base_url, id);
  inb_invocation_print_pairs (invocation, "id", id, "url", url, "key", key, "workspace_id", options.workspace,
                              "name", options.name, "source", options.source, "auth", options.auth, NULL);

  return TRUE;
}

gboolean
inb_command_webhook_list (InbInvocation  *invocation,
                          GError        **error)
{
  return inb_workspace_list_run (invocation, "webhooks", "admin/list-webhooks", error);
}

/* Runs an UPDATE of one webhook, whose parameters begin with workspace and id. */
static gboolean
update (InbChange           *change,
        const char          *statement,
        int                  n_params,
        const char * const  *params,
        const char          *action,
        GError             **error)
{
  const char *id = params[1];
  g_autoptr (PGresult) updated = inb_change_query (change, statement, n_params, params, error);

  if (updated == NULL)
    return FALSE;
  if (g_str_equal (PQcmdTuples (updated), "0"))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_NOT_FOUND,
                   "There is no webhook %s in workspace \"%s\"; \"webhook list\" tells which there are", id, params[0]);
      return FALSE;
    }

  inb_admin_audit (inb_change_get_admin (change), action, "webhook", id, NULL);
  inb_admin_drop (inb_change_get_admin (change), id);

  return inb_change_commit (change, error);
}

/* --workspace and the webhook's id, of the commands about one webhook. */
static char *
parse_one (InbInvocation  *invocation,
           char          **workspace,
           GError        **error)
{
  const GOptionEntry entries[] = {
    { "workspace", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, workspace, "Where its leads go", "ID" },
    { NULL }
  };

  if (!inb_invocation_parse (invocation, entries, 1, error) || !inb_require_option ("workspace", *workspace, error))
    return NULL;

  return inb_parse_id (inb_invocation_get_argument (invocation, 0), error);
}

/* The change that such a command makes. */
static InbChange *
begin_change (InbInvocation  *invocation,
              const char     *workspace,
              GError        **error)
{
  InbDb *db = inb_invocation_open (invocation, error);

  return db == NULL ? NULL : inb_change_begin (db, workspace, error);
}

gboolean
inb_command_webhook_rotate (InbInvocation  *invocation,
                            GError        **error)
{
  g_autofree char *workspace = NULL;
  g_autofree char *id = parse_one (invocation, &workspace, error);
  g_autofree char *key = inb_random_token (KEY_BYTES);
  g_autofree char *hash = hash_key (key);
  g_autofree char *until = inb_time_format (inb_time_now () + INB_TIME_DAY);
  g_autofree char *base_url = NULL;
  g_autofree char *url = NULL;
  g_autoptr (InbChange) change = NULL;
  const char *params[6] = { workspace, id, hash, until };

  if (id == NULL)
    return FALSE;

  change = begin_change (invocation, workspace, error);
  if (change == NULL)
    return FALSE;

  params[4] = inb_change_get_now (change);
  params[5] = inb_change_next_seq (change);
  if (!update (change, "admin/rotate-webhook", G_N_ELEMENTS (params), params, "webhook_rotated", error))
    return FALSE;

  base_url = find_base_url (invocation);
  url = g_strdup_printf ("%s/webhooks/%s", base_url, id);
  inb_invocation_print_pairs (invocation, "id", id, "url", url, "key", key, "previous_key_until", until, NULL);

  return TRUE;
}

gboolean
inb_command_webhook_disable (InbInvocation  *invocation,
                             GError        **error)
{
  g_autofree char *workspace = NULL;
  g_autofree char *id = parse_one (invocation, &workspace, error);
  g_autoptr (InbChange) change = NULL;
  const char *params[4] = { workspace, id };

  if (id == NULL)
    return FALSE;

  change = begin_change (invocation, workspace, error);
  if (change == NULL)
    return FALSE;

  params[2] = inb_change_get_now (change);
  params[3] = inb_change_next_seq (change);
  if (!update (change, "admin/disable-webhook", G_N_ELEMENTS (params), params, "webhook_disabled", error))
    return FALSE;

  inb_invocation_print_pairs (invocation, "id", id, "workspace_id", workspace, "status", "disabled", NULL);

  return TRUE;
}
