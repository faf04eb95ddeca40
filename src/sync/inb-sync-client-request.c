#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-client-private.h"

#include <string.h>

/**
 * inb_sync_client_add_workspace:
 * @path: with or without a query
 *
 * Returns: (transfer full): the same, saying which workspace it is about
 */
char *
inb_sync_client_add_workspace (InbSyncClient *self,
                               const char    *path)
{
  g_autofree char *workspace = g_uri_escape_string (self->account->workspace_id, NULL, FALSE);

  return g_strdup_printf ("%s%cworkspace_id=%s", path, strchr (path, '?') != NULL ? '&' : '?', workspace);
}

static void
on_answered (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gint64 retry_after_ms;
  GBytes *answer = inb_sync_http_get_finish (INB_SYNC_HTTP (source), result, &retry_after_ms, &error);

  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/**
 * inb_sync_client_request_async:
 * @method: "GET", "POST", "PUT", "PATCH" or "DELETE"
 * @path: of the API, with or without a query
 * @body: (nullable): JSON
 *
 * Nothing is tried again: who asked is told.
 */
void
inb_sync_client_request_async (InbSyncClient       *self,
                               const char          *method,
                               const char          *path,
                               GBytes              *body,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autofree char *whole = NULL;

  g_return_if_fail (INB_IS_SYNC_CLIENT (self) && method != NULL && path != NULL);

  whole = inb_sync_client_add_workspace (self, path);
  inb_sync_http_send_async (self->http, method, whole, body, cancellable, on_answered,
                            g_task_new (self, cancellable, callback, user_data));
}

/**
 * inb_sync_client_request_finish:
 *
 * Returns: (transfer full) (nullable): the answer, or %NULL with the server's error (%INB_ERROR_CONFLICT for 409,
 * %INB_ERROR_UNPROCESSABLE for 422, …) or %INB_ERROR_CONNECTION
 */
GBytes *
inb_sync_client_request_finish (InbSyncClient  *self,
                                GAsyncResult   *result,
                                GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
