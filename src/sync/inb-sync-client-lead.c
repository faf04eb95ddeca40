#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-client-private.h"

#include "inb-sync-lead.h"

/**
 * inb_sync_client_fetch_lead_async:
 * @lead_id: a lead of the workspace
 */
void
inb_sync_client_fetch_lead_async (InbSyncClient       *self,
                                  const char          *lead_id,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_return_if_fail (INB_IS_SYNC_CLIENT (self) && lead_id != NULL);

  inb_sync_lead_fetch (self->http, self->replica, self->account->workspace_id, lead_id,
                       g_task_new (self, cancellable, callback, user_data));
}

/**
 * inb_sync_client_fetch_lead_finish:
 *
 * Returns: %FALSE with the server's error, or %INB_ERROR_CONNECTION
 */
gboolean
inb_sync_client_fetch_lead_finish (InbSyncClient  *self,
                                   GAsyncResult   *result,
                                   GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_test_lead_sent (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gint64 retry_after_ms;
  g_autoptr (GBytes) answer = inb_sync_http_get_finish (INB_SYNC_HTTP (source), result, &retry_after_ms, &error);

  if (answer != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * inb_sync_client_send_test_lead_async:
 *
 * Asks the server for a lead that is marked as a test; it arrives like any other. Needs the role manager.
 */
void
inb_sync_client_send_test_lead_async (InbSyncClient       *self,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_autofree char *path = NULL;

  g_return_if_fail (INB_IS_SYNC_CLIENT (self));

  path = inb_sync_client_add_workspace (self, "/api/test-lead");
  inb_sync_http_post_async (self->http, path, NULL, cancellable, on_test_lead_sent, g_task_new (self, cancellable, callback, user_data));
}

/**
 * inb_sync_client_send_test_lead_finish:
 *
 * Returns: whether it is stored; %FALSE with the server's error, or %INB_ERROR_CONNECTION
 */
gboolean
inb_sync_client_send_test_lead_finish (InbSyncClient  *self,
                                       GAsyncResult   *result,
                                       GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
