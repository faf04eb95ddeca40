#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-me.h"

#include "inb-error.h"
#include "inb-json.h"
#include "inb-sync-fetch.h"

static gpointer
parse_me (GBytes  *body,
          GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr (JsonNode) root = inb_json_parse (text != NULL ? text : "", length, error);
  JsonObject *user;
  const char *id;

  if (root == NULL)
    return NULL;

  user = JSON_NODE_HOLDS_OBJECT (root) ? inb_json_get_object (json_node_get_object (root), "user") : NULL;
  id = user != NULL ? inb_json_get_string (user, "id") : NULL;
  if (id == NULL)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_PROTOCOL, "The server does not say whose token it is");
      return NULL;
    }

  return g_strdup (json_object_get_boolean_member_with_default (user, "is_service", FALSE) ? "" : id);
}

/**
 * inb_sync_me_fetch_async:
 *
 * Asks who the token's person is.
 */
void
inb_sync_me_fetch_async (InbSyncHttp         *http,
                         const char          *workspace_id,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autofree char *workspace = g_uri_escape_string (workspace_id, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/api/me?workspace_id=", workspace, NULL);

  inb_sync_fetch_async (http, path, parse_me, g_free, cancellable, callback, user_data);
}

/**
 * inb_sync_me_fetch_finish:
 *
 * Returns: (transfer full) (nullable): the user id, "" of no person, or %NULL with the error
 */
char *
inb_sync_me_fetch_finish (InbSyncHttp   *http,
                          GAsyncResult  *result,
                          GError       **error)
{
  gint64 retry_after_ms;
  char *id = inb_sync_fetch_finish (http, result, &retry_after_ms, error);

  if (id == NULL)
    g_prefix_error (error, "Asking whose token it is: ");

  return id;
}
