#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-client-private.h"

#include "inb-error.h"
#include "inb-outbox.h"
#include "inb-time.h"

/* A service on this computer costs nothing to ask. */
#define LOCAL_RETRY_MS 2000
/* A service that is just starting may not have written its token yet. */
#define LOCAL_REFUSALS 3

enum {
  LEAD_ARRIVED,
  LEAD_ANNOUNCED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbSyncClient, inb_sync_client, G_TYPE_OBJECT)

/**
 * inb_sync_client_disconnect:
 *
 * Ends the connection, and the wait for the next try.
 */
void
inb_sync_client_disconnect (InbSyncClient *self)
{
  g_clear_handle_id (&self->retry_source, g_source_remove);
  inb_sync_outbox_stop (self->outbox);
  inb_sync_client_stop_asking (self);
  self->is_known = FALSE;
  if (self->link == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->link, self);
  inb_sync_link_close (self->link);
  g_clear_object (&self->link);
}

static gboolean
on_retry (gpointer user_data)
{
  InbSyncClient *self = user_data;

  self->retry_source = 0;
  inb_sync_client_connect (self);

  return G_SOURCE_REMOVE;
}

static void
schedule (InbSyncClient *self,
          gint64         retry_after_ms)
{
  gint64 wait_ms = inb_sync_backoff_next (&self->backoff, g_random_double (), retry_after_ms);

  if (self->account->socket_path != NULL)
    wait_ms = MIN (wait_ms, LOCAL_RETRY_MS);
  self->retry_source = g_timeout_add ((guint) wait_ms, on_retry, self);
  inb_sync_client_set_retry_at (self, inb_time_now () + wait_ms * 1000);
  inb_sync_client_set_state (self, INB_SYNC_OFFLINE);
}

static void
on_wiped (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (InbSyncClient) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!inb_replica_reset_finish (self->replica, result, &error))
    {
      g_message ("%s", error->message);
      inb_sync_client_set_last_error (self, error->message);
    }
}

static void
on_wiped_for_good (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  InbSyncClient *self = user_data;

  g_object_ref (self);
  on_wiped (source, result, self);
  inb_sync_client_set_state (self, INB_SYNC_UNAUTHORIZED);
  g_object_unref (self);
}

static void
on_forgotten (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (InbSyncClient) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!inb_replica_forget_outbox_finish (self->replica, result, &error))
    {
      g_message ("%s", error->message);
      inb_sync_client_set_last_error (self, error->message);
    }
}

/* For good: the person may not see this workspace any more, so nothing of it stays here but what she did herself and was not sent:
 * that waits for her to connect again. */
static void
become_unauthorized (InbSyncClient *self)
{
  inb_sync_client_disconnect (self);
  inb_sync_arrivals_clear (self->arrivals);
  self->is_running = FALSE;
  inb_sync_client_set_retry_at (self, 0);
  inb_sync_client_set_progress (self, 0, 0);
  inb_replica_forget_outbox_async (self->replica, FALSE, on_forgotten, g_object_ref (self));
  inb_replica_reset_async (self->replica, "", on_wiped_for_good, g_object_ref (self));
}

static void
fail (InbSyncClient *self,
      const GError  *error,
      gint64         retry_after_ms)
{
  if (!self->is_running)
    return;

  g_debug ("%s", error->message);
  inb_sync_client_set_last_error (self, error->message);
  if (g_error_matches (error, INB_ERROR, INB_ERROR_UNAUTHORIZED) &&
      (self->account->socket_path == NULL || ++self->n_refusals >= LOCAL_REFUSALS))
    {
      become_unauthorized (self);
      return;
    }

  if (self->link != NULL && inb_sync_link_was_good (self->link))
    inb_sync_backoff_reset (&self->backoff);
  inb_sync_client_disconnect (self);
  /* The next greeting says which epoch to start with. */
  if (g_error_matches (error, INB_ERROR, INB_ERROR_RESYNC))
    inb_replica_reset_async (self->replica, "", on_wiped, g_object_ref (self));
  schedule (self, retry_after_ms);
}

static void
on_greeted (InbSyncLink   *link,
            InbSyncClient *self)
{
  self->n_refusals = 0;
  inb_sync_client_set_last_error (self, NULL);
}

static void
on_progress (InbSyncLink   *link,
             InbSyncClient *self)
{
  inb_sync_client_set_progress (self, inb_sync_link_get_progress (link), inb_sync_link_get_pending (link));
}

static void
on_syncing (InbSyncLink   *link,
            InbSyncClient *self)
{
  inb_sync_client_set_progress (self, 0, 0);
  inb_sync_client_set_state (self, INB_SYNC_SYNCING);
}

static void
on_live (InbSyncLink   *link,
         InbSyncClient *self)
{
  inb_sync_client_set_progress (self, 1, 0);
  inb_sync_client_note_sync (self);
  inb_sync_client_set_state (self, INB_SYNC_LIVE);
  if (self->is_known)
    inb_sync_outbox_start (self->outbox, self->http, self->account->workspace_id);
  else
    inb_sync_client_ask_who (self);
}

static void
on_alive (InbSyncLink   *link,
          InbSyncClient *self)
{
  inb_sync_client_note_sync (self);
}

static void
on_ended (InbSyncLink   *link,
          GError        *error,
          gint64         retry_after_ms,
          InbSyncClient *self)
{
  fail (self, error, retry_after_ms);
}

static void
on_announced (InbSyncLink   *link,
              const char    *lead_id,
              gint64         received_at,
              InbSyncClient *self)
{
  g_signal_emit (self, signals[LEAD_ANNOUNCED], 0, lead_id, received_at);
}

/**
 * inb_sync_client_connect:
 *
 * Tries now, whatever was waited for.
 */
void
inb_sync_client_connect (InbSyncClient *self)
{
  g_autoptr (GError) error = NULL;

  inb_sync_client_disconnect (self);
  if (self->account->socket_path != NULL && !inb_sync_client_read_local_token (self, &error) && self->account->token == NULL)
    {
      fail (self, error, 0);
      return;
    }
  if (self->account->token == NULL)
    {
      inb_sync_client_set_state (self, self->last_error != NULL ? INB_SYNC_OFFLINE : INB_SYNC_CONNECTING);
      return;
    }

  self->link = inb_sync_link_new (self->replica, self->http, self->arrivals, self->account->workspace_id, self->keepalive_seconds);
  g_signal_connect (self->link, "greeted", G_CALLBACK (on_greeted), self);
  g_signal_connect (self->link, "syncing", G_CALLBACK (on_syncing), self);
  g_signal_connect (self->link, "progress", G_CALLBACK (on_progress), self);
  g_signal_connect (self->link, "live", G_CALLBACK (on_live), self);
  g_signal_connect (self->link, "alive", G_CALLBACK (on_alive), self);
  g_signal_connect (self->link, "announced", G_CALLBACK (on_announced), self);
  g_signal_connect (self->link, "ended", G_CALLBACK (on_ended), self);
  inb_sync_client_set_retry_at (self, 0);
  inb_sync_client_set_state (self, INB_SYNC_CONNECTING);
  inb_sync_link_open (self->link);
}

static void
on_network_changed (GNetworkMonitor *monitor,
                    gboolean         is_available,
                    InbSyncClient   *self)
{
  if (is_available)
    inb_sync_client_retry (self);
}

static void
on_rebuilt (InbReplica    *replica,
            InbSyncClient *self)
{
  g_autoptr (GError) error = g_error_new_literal (INB_ERROR, INB_ERROR_CORRUPT, "The local copy was damaged and is made anew");

  fail (self, error, 0);
}

/* The person's own role may be among them. */
static void
on_names_changed (InbReplica    *replica,
                  InbSyncClient *self)
{
  if (self->state == INB_SYNC_LIVE)
    inb_sync_client_ask_who (self);
}

static void
on_refused (InbSyncOutbox *outbox,
            GError        *error,
            InbSyncClient *self)
{
  if (g_error_matches (error, INB_ERROR, INB_ERROR_FORBIDDEN))
    inb_sync_client_ask_who (self);
  else
    fail (self, error, 0);
}

static void
on_arrived (InbSyncArrivals *arrivals,
            const char      *lead_id,
            const char      *contact_id,
            const char      *name,
            const char      *webhook_name,
            InbSyncClient   *self)
{
  g_signal_emit (self, signals[LEAD_ARRIVED], 0, lead_id, contact_id, name, webhook_name);
}

static void
inb_sync_client_constructed (GObject *object)
{
  InbSyncClient *self = INB_SYNC_CLIENT (object);

  G_OBJECT_CLASS (inb_sync_client_parent_class)->constructed (object);

  self->http = inb_sync_http_new (self->account);
  self->arrivals = inb_sync_arrivals_new (self->replica);
  self->outbox = inb_sync_outbox_new (self->replica);
  self->monitor = g_object_ref (g_network_monitor_get_default ());
  g_signal_connect_object (self->arrivals, "arrived", G_CALLBACK (on_arrived), self, 0);
  g_signal_connect_object (self->monitor, "network-changed", G_CALLBACK (on_network_changed), self, 0);
  g_signal_connect_object (self->replica, "rebuilt", G_CALLBACK (on_rebuilt), self, 0);
  g_signal_connect_object (self->replica, "names-changed", G_CALLBACK (on_names_changed), self, 0);
  g_signal_connect_object (self->outbox, "refused", G_CALLBACK (on_refused), self, 0);
}

static void
inb_sync_client_dispose (GObject *object)
{
  InbSyncClient *self = INB_SYNC_CLIENT (object);

  self->is_running = FALSE;
  inb_sync_client_disconnect (self);
  inb_sync_client_stop_asking (self);

  G_OBJECT_CLASS (inb_sync_client_parent_class)->dispose (object);
}

static void
inb_sync_client_finalize (GObject *object)
{
  InbSyncClient *self = INB_SYNC_CLIENT (object);

  g_clear_object (&self->arrivals);
  g_clear_object (&self->outbox);
  g_clear_object (&self->http);
  g_clear_object (&self->monitor);
  g_clear_object (&self->replica);
  g_clear_pointer (&self->account, inb_sync_account_free);
  g_free (self->last_error);
  g_free (self->user_id);
  g_free (self->role);

  G_OBJECT_CLASS (inb_sync_client_parent_class)->finalize (object);
}

static void
inb_sync_client_class_init (InbSyncClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = inb_sync_client_constructed;
  object_class->dispose = inb_sync_client_dispose;
  object_class->finalize = inb_sync_client_finalize;
  inb_sync_client_install_properties (object_class);

  /**
   * InbSyncClient::lead-arrived:
   * @lead_id: (nullable): the lead, which the replica holds by now
   * @contact_id: whose it is
   * @name: of the person, else mail or phone; may be ""
   * @webhook_name: where it came from
   */
  signals[LEAD_ANNOUNCED] = g_signal_new ("lead-announced", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
  signals[LEAD_ARRIVED] = g_signal_new ("lead-arrived", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 4, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
}

static void
inb_sync_client_init (InbSyncClient *self)
{
}

/**
 * inb_sync_client_new:
 * @replica: open
 * @account: copied
 *
 * Returns: (transfer full): a client that is to be started
 */
InbSyncClient *
inb_sync_client_new (InbReplica     *replica,
                     InbSyncAccount *account)
{
  g_return_val_if_fail (INB_IS_REPLICA (replica) && account != NULL, NULL);

  return g_object_new (INB_TYPE_SYNC_CLIENT, "replica", replica, "account", account, NULL);
}

/**
 * inb_sync_client_start:
 *
 * Connects, and stays connected until inb_sync_client_stop().
 */
void
inb_sync_client_start (InbSyncClient *self)
{
  g_return_if_fail (INB_IS_SYNC_CLIENT (self));

  if (self->is_running)
    return;

  self->is_running = TRUE;
  inb_sync_backoff_reset (&self->backoff);
  inb_sync_client_connect (self);
}

void
inb_sync_client_stop (InbSyncClient *self)
{
  g_return_if_fail (INB_IS_SYNC_CLIENT (self));

  if (!self->is_running)
    return;

  self->is_running = FALSE;
  inb_sync_client_disconnect (self);
  inb_sync_arrivals_clear (self->arrivals);
  inb_sync_client_stop_asking (self);
  inb_sync_client_set_retry_at (self, 0);
  inb_sync_client_set_state (self, INB_SYNC_OFFLINE);
}

/**
 * inb_sync_client_retry:
 *
 * Tries at once if it is waiting to try.
 */
void
inb_sync_client_retry (InbSyncClient *self)
{
  g_return_if_fail (INB_IS_SYNC_CLIENT (self));

  if (self->retry_source != 0)
    inb_sync_client_connect (self);
}

InbSyncState
inb_sync_client_get_state (InbSyncClient *self)
{
  g_return_val_if_fail (INB_IS_SYNC_CLIENT (self), INB_SYNC_OFFLINE);

  return self->state;
}
