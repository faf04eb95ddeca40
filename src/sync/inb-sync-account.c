#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-account.h"

#include "inb-error.h"
#include "inb-json.h"
#include "inb-protocol.h"

#include <string.h>

#define MAX_FILE_SIZE (256 * 1024)

G_DEFINE_BOXED_TYPE (InbSyncAccount, inb_sync_account, inb_sync_account_copy, inb_sync_account_free)

/**
 * inb_sync_account_copy:
 *
 * Returns: (transfer full): a deep copy
 */
InbSyncAccount *
inb_sync_account_copy (const InbSyncAccount *self)
{
  InbSyncAccount *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (InbSyncAccount, 1);
  copy->server = g_strdup (self->server);
  copy->socket_path = g_strdup (self->socket_path);
  copy->workspace_id = g_strdup (self->workspace_id);
  copy->token = g_strdup (self->token);

  return copy;
}

void
inb_sync_account_free (InbSyncAccount *self)
{
  if (self == NULL)
    return;

  g_free (self->server);
  g_free (self->socket_path);
  g_free (self->workspace_id);
  g_free (self->token);
  g_free (self);
}

static gboolean
read_file (const char  *path,
           char       **text,
           gsize       *length,
           GError     **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!g_file_get_contents (path, text, length, &local_error))
    {
      g_set_error_literal (error, INB_ERROR,
                           g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT) ? INB_ERROR_NOT_FOUND
                                                                                          : INB_ERROR_INVALID_ARGUMENT,
                           local_error->message);
      return FALSE;
    }
  if (*length <= MAX_FILE_SIZE)
    return TRUE;

  g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "%s is too large", path);

  return FALSE;
}

/* What may stand in a header: no spaces, no control characters. */
static gboolean
token_is_valid (const char *token)
{
  if (*token == '\0')
    return FALSE;

  for (const char *c = token; *c != '\0'; c++)
    {
      if (!g_ascii_isgraph (*c))
        return FALSE;
    }

  return TRUE;
}

/**
 * inb_sync_account_check_token:
 *
 * Returns: whether @token may stand in a header; else %FALSE with %INB_ERROR_INVALID_ARGUMENT
 */
gboolean
inb_sync_account_check_token (const char  *token,
                              GError     **error)
{
  g_return_val_if_fail (token != NULL, FALSE);

  if (token_is_valid (token))
    return TRUE;

  g_set_error_literal (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "That is no token");

  return FALSE;
}

/**
 * inb_sync_account_check_server:
 *
 * Returns: whether @server is an address like "https://leads.example.org"; else %FALSE with %INB_ERROR_INVALID_ARGUMENT
 */
gboolean
inb_sync_account_check_server (const char  *server,
                               GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GUri) uri = g_uri_parse (server, G_URI_FLAGS_NONE, &local_error);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (uri == NULL || host == NULL || *host == '\0' || (strcmp (scheme, "http") != 0 && strcmp (scheme, "https") != 0) ||
      g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "\"%s\" is no address like https://leads.example.org", server);
      return FALSE;
    }

  return TRUE;
}

/**
 * inb_sync_account_new_with_token:
 * @server: "https://leads.example.org"
 * @token: (nullable): %NULL when it is not known yet
 *
 * Returns: (transfer full): the account, or %NULL with %INB_ERROR_INVALID_ARGUMENT
 */
InbSyncAccount *
inb_sync_account_new_with_token (const char  *server,
                                 const char  *workspace_id,
                                 const char  *token,
                                 GError     **error)
{
  g_autoptr (InbSyncAccount) self = g_new0 (InbSyncAccount, 1);

  g_return_val_if_fail (server != NULL && workspace_id != NULL, NULL);

  if (!inb_sync_account_check_server (server, error))
    return NULL;
  if (*workspace_id == '\0' || !g_utf8_validate (workspace_id, -1, NULL))
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "The workspace's name is missing");
      return NULL;
    }
  if (token != NULL && !inb_sync_account_check_token (token, error))
    return NULL;

  self->server = g_strdup (server);
  while (g_str_has_suffix (self->server, "/"))
    self->server[strlen (self->server) - 1] = '\0';
  self->workspace_id = g_strdup (workspace_id);
  self->token = g_strdup (token);

  return g_steal_pointer (&self);
}

/**
 * inb_sync_account_new:
 * @server: "https://leads.example.org"
 * @token_file: its first line is the token
 *
 * Returns: (transfer full): the account, or %NULL with %INB_ERROR_INVALID_ARGUMENT or %INB_ERROR_NOT_FOUND
 */
InbSyncAccount *
inb_sync_account_new (const char  *server,
                      const char  *workspace_id,
                      const char  *token_file,
                      GError     **error)
{
  g_autoptr (InbSyncAccount) self = NULL;
  g_autofree char *text = NULL;
  gsize length;

  g_return_val_if_fail (server != NULL && workspace_id != NULL && token_file != NULL, NULL);

  self = inb_sync_account_new_with_token (server, workspace_id, NULL, error);
  if (self == NULL)
    return NULL;
  if (!read_file (token_file, &text, &length, error))
    {
      g_prefix_error (error, "Reading the token: ");
      return NULL;
    }

  text[strcspn (text, "\r\n")] = '\0';
  g_strstrip (text);
  if (!token_is_valid (text))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "The first line of %s is no token", token_file);
      return NULL;
    }
  self->token = g_steal_pointer (&text);

  return g_steal_pointer (&self);
}

static gboolean
take_workspace (InbSyncAccount *self,
                JsonObject     *object,
                const char     *wanted)
{
  const char *id = object != NULL ? inb_json_get_string (object, "id") : NULL;
  const char *token = object != NULL ? inb_json_get_string (object, "token") : NULL;

  if (id == NULL || *id == '\0' || token == NULL || !token_is_valid (token) || (wanted != NULL && strcmp (id, wanted) != 0))
    return FALSE;

  self->workspace_id = g_strdup (id);
  self->token = g_strdup (token);

  return TRUE;
}

static gboolean
find_workspace (InbSyncAccount *self,
                JsonObject     *root,
                const char     *wanted)
{
  JsonArray *workspaces = inb_json_get_array (root, "workspaces");

  for (guint i = 0; workspaces != NULL && i < json_array_get_length (workspaces); i++)
    {
      JsonNode *node = json_array_get_element (workspaces, i);

      if (JSON_NODE_HOLDS_OBJECT (node) && take_workspace (self, json_node_get_object (node), wanted))
        return TRUE;
    }

  return FALSE;
}

static char *
get_local_path (const char *name)
{
  return g_build_filename (g_get_user_runtime_dir (), INB_PROTOCOL_SOCKET_FOLDER, name, NULL);
}

/* (transfer full): what the service on this computer leaves beside its socket. */
static JsonNode *
read_credentials (GError **error)
{
  g_autofree char *path = get_local_path (INB_PROTOCOL_CREDENTIALS_NAME);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  gsize length;

  if (!read_file (path, &text, &length, error) || (root = inb_json_parse (text, length, error)) == NULL)
    {
      g_prefix_error (error, "Looking for the service on this computer: ");
      return NULL;
    }
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "%s is not what the service writes", path);
      return NULL;
    }

  return g_steal_pointer (&root);
}

/**
 * inb_sync_account_new_local_workspace:
 * @workspace_id: (nullable): which of the service's workspaces, %NULL for the first
 *
 * The service on this computer, by the file that it leaves beside its socket.
 *
 * Returns: (transfer full): the account, or %NULL with %INB_ERROR_NOT_FOUND when no service runs here or it has no such
 *   workspace, or %INB_ERROR_INVALID_ARGUMENT when its file makes no sense
 */
InbSyncAccount *
inb_sync_account_new_local_workspace (const char  *workspace_id,
                                      GError     **error)
{
  g_autoptr (InbSyncAccount) self = g_new0 (InbSyncAccount, 1);
  g_autoptr (JsonNode) root = read_credentials (error);
  const char *socket_path;

  if (root == NULL)
    return NULL;
  if (!find_workspace (self, json_node_get_object (root), workspace_id))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_NOT_FOUND, "The service on this computer has no workspace %s",
                   workspace_id != NULL ? workspace_id : "yet");
      return NULL;
    }

  socket_path = inb_json_get_string (json_node_get_object (root), "socket");
  if (socket_path != NULL && g_path_is_absolute (socket_path))
    self->socket_path = g_strdup (socket_path);
  else
    self->socket_path = get_local_path (INB_PROTOCOL_SOCKET_NAME);

  return g_steal_pointer (&self);
}

/**
 * inb_sync_account_new_local_offline:
 *
 * Returns: (transfer full): an account without a token yet, for what is kept of that workspace
 */
InbSyncAccount *
inb_sync_account_new_local_offline (const char *workspace_id)
{
  InbSyncAccount *self = g_new0 (InbSyncAccount, 1);

  self->socket_path = get_local_path (INB_PROTOCOL_SOCKET_NAME);
  self->workspace_id = g_strdup (workspace_id);

  return self;
}

static void
workspace_free (gpointer data)
{
  InbSyncWorkspace *workspace = data;

  g_free (workspace->id);
  g_free (workspace->name);
  g_free (workspace);
}

/**
 * inb_sync_account_list_local:
 *
 * Returns: (transfer full) (element-type InbSyncWorkspace): the workspaces of the service on this computer
 */
GPtrArray *
inb_sync_account_list_local (GError **error)
{
  g_autoptr (JsonNode) root = read_credentials (error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (workspace_free);
  JsonArray *workspaces;

  if (root == NULL)
    return NULL;

  workspaces = inb_json_get_array (json_node_get_object (root), "workspaces");
  for (guint i = 0; workspaces != NULL && i < json_array_get_length (workspaces); i++)
    {
      JsonNode *node = json_array_get_element (workspaces, i);
      const char *id = JSON_NODE_HOLDS_OBJECT (node) ? inb_json_get_string (json_node_get_object (node), "id") : NULL;
      const char *name = id != NULL ? inb_json_get_string (json_node_get_object (node), "name") : NULL;
      InbSyncWorkspace *workspace;

      if (id == NULL || *id == '\0')
        continue;
      workspace = g_new0 (InbSyncWorkspace, 1);
      workspace->id = g_strdup (id);
      workspace->name = g_strdup (name != NULL ? name : id);
      g_ptr_array_add (found, workspace);
    }

  return g_steal_pointer (&found);
}

/**
 * inb_sync_account_new_local:
 *
 * Returns: (transfer full): the first workspace of the service on this computer
 */
InbSyncAccount *
inb_sync_account_new_local (GError **error)
{
  return inb_sync_account_new_local_workspace (NULL, error);
}

/**
 * inb_sync_account_get_key:
 *
 * Returns: (transfer full): a file name that stands for the server and the workspace, the same for every token
 */
char *
inb_sync_account_get_key (const InbSyncAccount *self)
{
  g_autofree char *readable = NULL;
  g_autofree char *text = NULL;
  g_autofree char *checksum = NULL;

  g_return_val_if_fail (self != NULL && self->workspace_id != NULL, NULL);

  /* A workspace is the same through the socket wherever that is. */
  text = g_strdup_printf ("%s\n%s", self->server != NULL ? self->server : "local", self->workspace_id);
  checksum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  readable = g_strndup (self->workspace_id, 32);
  g_strcanon (readable, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-", '_');

  return g_strdup_printf ("%s-%.16s", readable, checksum);
}
