#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-client-private.h"

#include "inb-outbox.h"
#include "inb-sync-me.h"

/* Until it is known whose edits they may be, none is sent. */
#define ASK_AGAIN_SECONDS 5

static gboolean
on_ask_again (gpointer user_data)
{
  InbSyncClient *self = user_data;

  self->ask_source = 0;
  inb_sync_client_ask_who (self);

  return G_SOURCE_REMOVE;
}

static void
take_me (InbSyncClient   *self,
         const InbSyncMe *me)
{
  self->is_known = TRUE;
  inb_replica_set_actor (self->replica, me->user_id, me->name, me->role);
  inb_sync_client_set_me (self, me);
  if (self->state == INB_SYNC_LIVE)
    inb_sync_outbox_start (self->outbox, self->http, self->account->workspace_id);
}

static void
on_me (GObject      *source,
       GAsyncResult *result,
       gpointer      user_data)
{
  InbSyncClient *self;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbSyncMe) me = inb_sync_me_fetch_finish (INB_SYNC_HTTP (source), result, &error);

  /* Cancelled: the client may have gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = user_data;
  g_clear_object (&self->asking);
  if (me != NULL)
    {
      take_me (self, me);
      return;
    }

  g_debug ("%s", error->message);
  if (self->state == INB_SYNC_LIVE)
    self->ask_source = g_timeout_add_seconds (ASK_AGAIN_SECONDS, on_ask_again, self);
}

/**
 * inb_sync_client_ask_who:
 *
 * Finds out whose the token is, and what it may do; asked at each connection and when members have changed.
 */
void
inb_sync_client_ask_who (InbSyncClient *self)
{
  if (self->asking != NULL)
    return;

  g_clear_handle_id (&self->ask_source, g_source_remove);
  self->asking = g_cancellable_new ();
  inb_sync_me_fetch_async (self->http, self->account->workspace_id, self->asking, on_me, self);
}

void
inb_sync_client_stop_asking (InbSyncClient *self)
{
  g_clear_handle_id (&self->ask_source, g_source_remove);
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

/**
 * inb_sync_client_read_local_token:
 *
 * Takes the token, and the socket, that the service on this computer has written.
 */
gboolean
inb_sync_client_read_local_token (InbSyncClient  *self,
                                  GError        **error)
{
  g_autoptr (InbSyncAccount) account = inb_sync_account_new_local_workspace (self->account->workspace_id, error);

  if (account == NULL)
    return FALSE;

  if (g_strcmp0 (account->socket_path, self->account->socket_path) != 0)
    {
      g_object_unref (self->http);
      self->http = inb_sync_http_new (account);
    }
  inb_sync_http_set_token (self->http, account->token);
  inb_sync_account_free (self->account);
  self->account = g_steal_pointer (&account);

  return TRUE;
}

/**
 * inb_sync_client_set_token:
 * @token: (nullable): to connect with from now on
 * @why: (nullable): without @token: what kept it from being known
 */
void
inb_sync_client_set_token (InbSyncClient *self,
                           const char    *token,
                           const char    *why)
{
  g_return_if_fail (INB_IS_SYNC_CLIENT (self));

  g_free (self->account->token);
  self->account->token = g_strdup (token);
  inb_sync_client_set_last_error (self, token != NULL ? NULL : why);
  if (token != NULL)
    inb_sync_http_set_token (self->http, token);
  if (!self->is_running)
    return;

  if (token != NULL)
    {
      inb_sync_client_connect (self);
    }
  else
    {
      inb_sync_client_disconnect (self);
      inb_sync_client_set_state (self, INB_SYNC_OFFLINE);
    }
}

gboolean
inb_sync_client_has_token (InbSyncClient *self)
{
  g_return_val_if_fail (INB_IS_SYNC_CLIENT (self), FALSE);

  return self->account->token != NULL;
}
