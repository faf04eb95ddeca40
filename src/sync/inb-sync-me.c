#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-me.h"

#include "inb-error.h"
#include "inb-json.h"
#include "inb-sync-fetch.h"

void
inb_sync_me_free (InbSyncMe *self)
{
  g_free (self->user_id);
  g_free (self->role);
  g_free (self);
}

static gpointer
parse_me (GBytes  *body,
          GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr (JsonNode) root = inb_json_parse (text != NULL ? text : "", length, error);
  JsonObject *user;
  InbSyncMe *me;
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

  me = g_new0 (InbSyncMe, 1);
  me->user_id = g_strdup (json_object_get_boolean_member_with_default (user, "is_service", FALSE) ? "" : id);
  me->role = g_strdup (inb_json_get_string (json_node_get_object (root), "role"));

  return me;
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

  inb_sync_fetch_async (http, path, parse_me, (GDestroyNotify) inb_sync_me_free, cancellable, callback, user_data);
}

/**
 * inb_sync_me_fetch_finish:
 *
 * Returns: (transfer full) (nullable): who it is, or %NULL with the error
 */
InbSyncMe *
inb_sync_me_fetch_finish (InbSyncHttp   *http,
                          GAsyncResult  *result,
                          GError       **error)
{
  gint64 retry_after_ms;
  InbSyncMe *me = inb_sync_fetch_finish (http, result, &retry_after_ms, error);

  if (me == NULL)
    g_prefix_error (error, "Asking whose token it is: ");

  return me;
}
