#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-probe.h"

#include "inb-error.h"
#include "inb-json.h"
#include "inb-sync-http.h"

G_DEFINE_QUARK (inb-sync-probe-error-quark, inb_sync_probe_error)

void
inb_sync_identity_free (InbSyncIdentity *self)
{
  if (self == NULL)
    return;

  g_free (self->user);
  g_free (self->role);
  g_free (self->workspace_id);
  g_free (self->workspace_name);
  g_free (self);
}

/* (transfer full) (nullable): what /api/me answers; NULL when this is something else. */
static InbSyncIdentity *
read_identity (GBytes *body)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr (JsonNode) root = inb_json_parse (text, length, NULL);
  g_autoptr (InbSyncIdentity) self = g_new0 (InbSyncIdentity, 1);
  JsonObject *user;
  JsonArray *workspaces;
  JsonNode *first;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  user = inb_json_get_object (json_node_get_object (root), "user");
  workspaces = inb_json_get_array (json_node_get_object (root), "workspaces");
  first = workspaces != NULL && json_array_get_length (workspaces) > 0 ? json_array_get_element (workspaces, 0) : NULL;
  if (first == NULL || !JSON_NODE_HOLDS_OBJECT (first))
    return NULL;

  self->workspace_id = g_strdup (inb_json_get_string (json_node_get_object (first), "id"));
  self->workspace_name = g_strdup (inb_json_get_string (json_node_get_object (first), "name"));
  self->role = g_strdup (inb_json_get_string (json_node_get_object (root), "role"));
  self->user = user != NULL ? g_strdup (inb_json_get_string (user, "name")) : NULL;
  if (self->workspace_id == NULL || *self->workspace_id == '\0')
    return NULL;
  if (self->workspace_name == NULL)
    self->workspace_name = g_strdup (self->workspace_id);

  return g_steal_pointer (&self);
}

static InbSyncProbeError
tell_failure (const GError   *error,
              InbSyncTrouble  trouble)
{
  switch (trouble)
    {
    case INB_SYNC_TROUBLE_NO_HOST:
      return INB_SYNC_PROBE_NO_HOST;
    case INB_SYNC_TROUBLE_REFUSED:
      return INB_SYNC_PROBE_REFUSED;
    case INB_SYNC_TROUBLE_TIMEOUT:
      return INB_SYNC_PROBE_TIMEOUT;
    case INB_SYNC_TROUBLE_TLS:
      return INB_SYNC_PROBE_TLS;
    case INB_SYNC_TROUBLE_OTHER:
      return INB_SYNC_PROBE_OTHER;
    case INB_SYNC_TROUBLE_NONE:
    default:
      break;
    }

  switch (inb_error_get_code (error))
    {
    case INB_ERROR_UNAUTHORIZED:
      return INB_SYNC_PROBE_TOKEN;
    case INB_ERROR_FORBIDDEN:
      return INB_SYNC_PROBE_WORKSPACE;
    case INB_ERROR_UNAVAILABLE:
    case INB_ERROR_TOO_MANY_REQUESTS:
      return INB_SYNC_PROBE_UNAVAILABLE;
    default:
      return INB_SYNC_PROBE_NOT_OURS;
    }
}

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;
  InbSyncIdentity *identity;
  gint64 retry_after_ms;

  body = inb_sync_http_get_finish (INB_SYNC_HTTP (source), result, &retry_after_ms, &error);
  if (body == NULL)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_task_return_error (task, g_steal_pointer (&error));
      else
        g_task_return_new_error (task, INB_SYNC_PROBE_ERROR, (int) tell_failure (error, inb_sync_http_get_trouble (result)),
                                 "%s", error->message);
      return;
    }

  identity = read_identity (body);
  if (identity == NULL)
    g_task_return_new_error (task, INB_SYNC_PROBE_ERROR, INB_SYNC_PROBE_NOT_OURS, "The answer is not one of this service");
  else
    g_task_return_pointer (task, identity, (GDestroyNotify) inb_sync_identity_free);
}

/**
 * inb_sync_probe_async:
 * @server: an address that inb_sync_account_check_server() accepts
 * @workspace_id: (nullable): %NULL for the token's own
 */
void
inb_sync_probe_async (const char          *server,
                      const char          *workspace_id,
                      const char          *token,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (InbSyncAccount) account = NULL;
  g_autoptr (InbSyncHttp) http = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *path = NULL;

  account = inb_sync_account_new_with_token (server, workspace_id != NULL ? workspace_id : "?", token, &error);
  if (account == NULL)
    {
      g_task_return_new_error (task, INB_SYNC_PROBE_ERROR, INB_SYNC_PROBE_OTHER, "%s", error->message);
      g_object_unref (task);
      return;
    }

  escaped = workspace_id != NULL ? g_uri_escape_string (workspace_id, NULL, FALSE) : NULL;
  path = escaped != NULL ? g_strconcat ("/api/me?workspace_id=", escaped, NULL) : g_strdup ("/api/me");
  http = inb_sync_http_new (account);
  inb_sync_http_get_async (http, path, cancellable, on_answer, task);
}

/**
 * inb_sync_probe_finish:
 *
 * Returns: (transfer full): who the token belongs to, or %NULL with an #InbSyncProbeError
 */
InbSyncIdentity *
inb_sync_probe_finish (GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
