#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-me.h"

#include "inb-error.h"
#include "inb-json.h"
#include "inb-sync-fetch.h"

void
inb_sync_me_free (InbSyncMe *self)
{
  if (self == NULL)
    return;

  g_free (self->user_id);
  g_free (self->name);
  g_free (self);
}

static gpointer
parse_me (GBytes  *body,
          GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr (JsonNode) root = inb_json_parse (text != NULL ? text : "", length, error);
  JsonObject *object, *user;
  InbSyncMe *self;
  const char *id, *role;

  if (root == NULL)
    return NULL;

  object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  user = object != NULL ? inb_json_get_object (object, "user") : NULL;
  id = user != NULL ? inb_json_get_string (user, "id") : NULL;
  if (id == NULL)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_PROTOCOL, "The server does not say whose token it is");
      return NULL;
    }

  self = g_new0 (InbSyncMe, 1);
  self->user_id = g_strdup (id);
  self->name = g_strdup (inb_json_get_string (user, "name"));
  self->is_service = inb_json_get_boolean (user, "is_service", FALSE);
  /* A role of a newer server is none that is known here: then nothing may be done. */
  role = inb_json_get_string (object, "role");
  if (role != NULL)
    inb_role_from_name (role, &self->role);

  return self;
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
  InbSyncMe *self = inb_sync_fetch_finish (http, result, &retry_after_ms, error);

  if (self == NULL)
    g_prefix_error (error, "Asking whose token it is: ");

  return self;
}
