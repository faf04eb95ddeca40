#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-client.h"

#include "inb-error.h"
#include "inb-sync-arrivals.h"
#include "inb-sync-backoff.h"
#include "inb-sync-fetch.h"
#include "inb-sync-parse.h"
#include "inb-sync-puller.h"
#include "inb-sync-socket.h"
#include "inb-time.h"

#include <string.h>

/* Events that wait for the replica; past it they are dropped and the feed is pulled. */
#define MAX_EVENTS 256
/* A server that greets within this time is alive. */
#define HELLO_SECONDS 20
/* A connection that held this long was a good one: the next wait is short again. */
#define GOOD_CONNECTION (5 * G_USEC_PER_SEC)

struct _InbSyncClient {
  GObject          parent_instance;

  /* Owned */
  InbReplica      *replica;
  InbSyncAccount  *account;
  InbSyncHttp     *http;
  InbSyncPuller   *puller;
  InbSyncArrivals *arrivals;
  InbSyncSocket   *socket;
  GNetworkMonitor *monitor;
  GCancellable    *attempt;        /* everything that belongs to one connection; NULL between them */
  GQueue           events;         /* InbSyncEvent, in order */
  char            *last_error;
  InbSyncBackoff   backoff;
  guint            retry_source;
  guint            hello_source;

  InbSyncState     state;
  double           progress;
  gint64           pending;
  gint64           last_sync;
  gint64           retry_at;
  gint64           connected_at;   /* monotonic, microseconds */
  gint64           head;           /* the highest place in the feed that the server told of */
  guint            keepalive_seconds;
  gboolean         is_running;
  gboolean         is_busy;        /* the replica is being written for us */
  gboolean         is_greeted;
};

enum {
  PROP_0,
  PROP_REPLICA,
  PROP_ACCOUNT,
  PROP_KEEPALIVE,
  PROP_STATE,
  PROP_PROGRESS,
  PROP_PENDING,
  PROP_LAST_ERROR,
  PROP_LAST_SYNC,
  PROP_RETRY_AT,
  N_PROPS
};

enum {
  LEAD_ARRIVED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbSyncClient, inb_sync_client, G_TYPE_OBJECT)

/* What an asynchronous call of one connection carries, so that its answer is dropped when the connection is another. */
typedef struct {
  InbSyncClient *client;
  GCancellable  *attempt;
} Call;

static void connect_now (InbSyncClient *self);
static void process (InbSyncClient *self);
static void fail (InbSyncClient *self,
                  const GError  *error,
                  gint64         retry_after_ms);

static Call *
call_new (InbSyncClient *self)
{
  Call *call = g_new0 (Call, 1);

  call->client = g_object_ref (self);
  call->attempt = g_object_ref (self->attempt);

  return call;
}

/* Returns: (transfer full) (nullable): the client, unless the call is of an older connection */
static InbSyncClient *
call_end (Call *call)
{
  g_autoptr (GCancellable) attempt = call->attempt;
  g_autoptr (InbSyncClient) client = call->client;

  g_free (call);

  return client->attempt == attempt ? g_steal_pointer (&client) : NULL;
}

static void
set_state (InbSyncClient *self,
           InbSyncState   state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_last_error (InbSyncClient *self,
                const char    *text)
{
  if (g_strcmp0 (self->last_error, text) == 0)
    return;

  g_free (self->last_error);
  self->last_error = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_ERROR]);
}

static void
set_retry_at (InbSyncClient *self,
              gint64         retry_at)
{
  if (self->retry_at == retry_at)
    return;

  self->retry_at = retry_at;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RETRY_AT]);
}

static void
set_progress (InbSyncClient *self,
              double         progress,
              gint64         pending)
{
  if (self->progress != progress)
    {
      self->progress = progress;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
    }
  if (self->pending != pending)
    {
      self->pending = pending;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PENDING]);
    }
}

static void
note_sync (InbSyncClient *self)
{
  self->last_sync = inb_time_now ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_SYNC]);
}

/* Ends the connection and everything that was under way for it. */
static void
disconnect (InbSyncClient *self)
{
  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_clear_handle_id (&self->hello_source, g_source_remove);
  if (self->socket != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->socket, self);
      inb_sync_socket_close (self->socket);
      g_clear_object (&self->socket);
    }
  if (self->attempt != NULL)
    g_cancellable_cancel (self->attempt);
  g_clear_object (&self->attempt);
  if (self->puller != NULL)
    g_signal_handlers_disconnect_by_data (self->puller, self);
  g_clear_object (&self->puller);
  g_queue_clear_full (&self->events, (GDestroyNotify) inb_sync_event_free);
  self->is_busy = FALSE;
  self->is_greeted = FALSE;
  self->head = 0;
}

static gboolean
on_retry (gpointer user_data)
{
  InbSyncClient *self = user_data;

  self->retry_source = 0;
  connect_now (self);

  return G_SOURCE_REMOVE;
}

static void
schedule (InbSyncClient *self,
          gint64         retry_after_ms)
{
  gint64 wait_ms = inb_sync_backoff_next (&self->backoff, g_random_double (), retry_after_ms);

  self->retry_source = g_timeout_add ((guint) wait_ms, on_retry, self);
  set_retry_at (self, inb_time_now () + wait_ms * 1000);
  set_state (self, INB_SYNC_OFFLINE);
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
      set_last_error (self, error->message);
    }
}

/* For good: the person may not see this workspace any more, so nothing of it stays here. */
static void
become_unauthorized (InbSyncClient *self)
{
  disconnect (self);
  inb_sync_arrivals_clear (self->arrivals);
  self->is_running = FALSE;
  set_retry_at (self, 0);
  set_progress (self, 0, 0);
  inb_replica_reset_async (self->replica, "", on_wiped, g_object_ref (self));
  set_state (self, INB_SYNC_UNAUTHORIZED);
}

static void
fail (InbSyncClient *self,
      const GError  *error,
      gint64         retry_after_ms)
{
  if (!self->is_running)
    return;

  g_debug ("%s", error->message);
  set_last_error (self, error->message);
  if (g_error_matches (error, INB_ERROR, INB_ERROR_UNAUTHORIZED))
    {
      become_unauthorized (self);
      return;
    }

  if (self->is_greeted && g_get_monotonic_time () - self->connected_at > GOOD_CONNECTION)
    inb_sync_backoff_reset (&self->backoff);
  disconnect (self);
  /* The next hello says which epoch to start with. */
  if (g_error_matches (error, INB_ERROR, INB_ERROR_RESYNC))
    inb_replica_reset_async (self->replica, "", on_wiped, g_object_ref (self));
  schedule (self, retry_after_ms);
}

static void
on_progress (InbSyncPuller *puller,
             InbSyncClient *self)
{
  set_progress (self, inb_sync_puller_get_progress (puller), inb_sync_puller_get_pending (puller));
  inb_sync_arrivals_check (self->arrivals);
}

static void
on_pulled (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (InbSyncClient) self = call_end (user_data);
  g_autoptr (GError) error = NULL;
  gint64 retry_after_ms;
  gboolean done = inb_sync_puller_run_finish (INB_SYNC_PULLER (source), result, &retry_after_ms, &error);

  if (self == NULL)
    return;
  if (!done)
    {
      fail (self, error, retry_after_ms);
      return;
    }

  self->is_busy = FALSE;
  self->head = MAX (self->head, inb_replica_get_cursor (self->replica));
  inb_sync_arrivals_check (self->arrivals);
  process (self);
}

static void
pull (InbSyncClient *self)
{
  self->is_busy = TRUE;
  set_progress (self, 0, MAX (self->head - inb_replica_get_cursor (self->replica), 0));
  if (self->state != INB_SYNC_LIVE || self->pending > 1000)
    set_state (self, INB_SYNC_SYNCING);
  inb_sync_puller_run_async (self->puller, self->attempt, on_pulled, call_new (self));
}

static void
on_applied (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (InbSyncClient) self = call_end (user_data);
  g_autoptr (GError) error = NULL;
  gboolean done = inb_replica_apply_finish (INB_REPLICA (source), result, &error);

  if (self == NULL)
    return;
  if (!done)
    {
      fail (self, error, 0);
      return;
    }

  self->is_busy = FALSE;
  note_sync (self);
  inb_sync_arrivals_check (self->arrivals);
  process (self);
}

static void
on_reset (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (InbSyncClient) self = call_end (user_data);
  g_autoptr (GError) error = NULL;
  gboolean done = inb_replica_reset_finish (INB_REPLICA (source), result, &error);

  if (self == NULL)
    return;
  if (!done)
    fail (self, error, 0);
  else
    pull (self);
}

static void
reset (InbSyncClient *self,
       const char    *epoch)
{
  self->is_busy = TRUE;
  set_state (self, INB_SYNC_SYNCING);
  inb_replica_reset_async (self->replica, epoch, on_reset, call_new (self));
}

static void
greet (InbSyncClient *self,
       InbSyncEvent  *event)
{
  gint64 cursor = inb_replica_get_cursor (self->replica);

  g_clear_handle_id (&self->hello_source, g_source_remove);
  self->is_greeted = TRUE;
  self->connected_at = g_get_monotonic_time ();
  self->head = event->head;
  set_last_error (self, NULL);
  set_retry_at (self, 0);
  if (g_strcmp0 (inb_replica_get_epoch (self->replica), event->epoch) != 0 || cursor > event->head)
    reset (self, event->epoch);
  else if (cursor < event->head || inb_replica_get_snapshot_position (self->replica) != NULL)
    pull (self);
}

/* (event: transfer full) */
static void
take_changes (InbSyncClient *self,
              InbSyncEvent  *event)
{
  g_autoptr (InbSyncEvent) owned = event;
  InbChanges *changes = event->changes;
  gint64 cursor = inb_replica_get_cursor (self->replica);

  if (g_strcmp0 (changes->epoch, inb_replica_get_epoch (self->replica)) != 0)
    {
      g_autoptr (GError) error = g_error_new_literal (INB_ERROR, INB_ERROR_RESYNC, "The server's data was replaced");

      fail (self, error, 0);
      return;
    }

  self->head = MAX (self->head, changes->head);
  if (changes->to <= cursor)
    return;
  if (event->has_rows && changes->from == cursor)
    {
      self->is_busy = TRUE;
      inb_replica_apply_async (self->replica, g_steal_pointer (&event->changes), on_applied, call_new (self));
    }
}

/* Takes the events that wait, until one of them makes the replica busy; then pulls what is still missing. */
static void
process (InbSyncClient *self)
{
  g_autoptr (GCancellable) attempt = self->attempt != NULL ? g_object_ref (self->attempt) : NULL;

  while (self->attempt != NULL && self->attempt == attempt && !self->is_busy && !g_queue_is_empty (&self->events))
    {
      InbSyncEvent *event = g_queue_pop_head (&self->events);

      if (event->type == INB_SYNC_EVENT_CHANGES)
        {
          take_changes (self, event);
          continue;
        }

      if (event->type == INB_SYNC_EVENT_HELLO)
        greet (self, event);
      else if (event->type == INB_SYNC_EVENT_PULL)
        self->head = MAX (self->head, event->head);

      if (event->type == INB_SYNC_EVENT_ARRIVAL)
        inb_sync_arrivals_add (self->arrivals, event);
      else
        inb_sync_event_free (event);
    }
  if (self->attempt == NULL || self->attempt != attempt || self->is_busy || !self->is_greeted)
    return;

  if (inb_replica_get_cursor (self->replica) < self->head)
    {
      pull (self);
    }
  else if (self->state != INB_SYNC_LIVE)
    {
      set_progress (self, 1, 0);
      note_sync (self);
      set_state (self, INB_SYNC_LIVE);
    }
}

static void
on_event (InbSyncSocket *socket,
          InbSyncEvent  *event,
          InbSyncClient *self)
{
  InbSyncEvent *kept;

  if (event->type == INB_SYNC_EVENT_OTHER || self->is_greeted == (event->type == INB_SYNC_EVENT_HELLO))
    return;

  /* The socket owns the event: its contents are moved. */
  kept = g_memdup2 (event, sizeof (InbSyncEvent));
  memset (event, 0, sizeof (InbSyncEvent));
  if (g_queue_get_length (&self->events) >= MAX_EVENTS)
    {
      if (kept->changes != NULL)
        self->head = MAX (self->head, kept->changes->head);
      inb_sync_event_free (kept);
      return;
    }

  g_queue_push_tail (&self->events, kept);
  process (self);
}

static void
on_alive (InbSyncSocket *socket,
          InbSyncClient *self)
{
  if (self->state == INB_SYNC_LIVE)
    note_sync (self);
}

static void
on_socket_closed (InbSyncSocket *socket,
                  GError        *error,
                  InbSyncClient *self)
{
  fail (self, error, 0);
}

static gboolean
on_no_hello (gpointer user_data)
{
  InbSyncClient *self = user_data;
  g_autoptr (GError) error = g_error_new_literal (INB_ERROR, INB_ERROR_PROTOCOL, "The server did not greet");

  self->hello_source = 0;
  fail (self, error, 0);

  return G_SOURCE_REMOVE;
}

static void
on_connected (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (InbSyncClient) self = call_end (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupWebsocketConnection) connection = NULL;
  gint64 retry_after_ms;

  connection = inb_sync_http_connect_finish (INB_SYNC_HTTP (source), result, &retry_after_ms, &error);
  if (self == NULL)
    return;
  if (connection == NULL)
    {
      fail (self, error, retry_after_ms);
      return;
    }

  self->hello_source = g_timeout_add_seconds (HELLO_SECONDS, on_no_hello, self);
  self->socket = inb_sync_socket_new (g_steal_pointer (&connection), self->keepalive_seconds);
  g_signal_connect (self->socket, "event", G_CALLBACK (on_event), self);
  g_signal_connect (self->socket, "alive", G_CALLBACK (on_alive), self);
  g_signal_connect (self->socket, "closed", G_CALLBACK (on_socket_closed), self);
}

static void
connect_now (InbSyncClient *self)
{
  g_autofree char *workspace = g_uri_escape_string (self->account->workspace_id, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/ws?workspace_id=", workspace, NULL);

  disconnect (self);
  self->attempt = g_cancellable_new ();
  self->puller = inb_sync_puller_new (self->replica, self->http, self->account->workspace_id);
  g_signal_connect (self->puller, "progress", G_CALLBACK (on_progress), self);
  set_retry_at (self, 0);
  set_state (self, INB_SYNC_CONNECTING);
  inb_sync_http_connect_async (self->http, path, self->attempt, on_connected, call_new (self));
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
  self->monitor = g_object_ref (g_network_monitor_get_default ());
  g_signal_connect_object (self->arrivals, "arrived", G_CALLBACK (on_arrived), self, 0);
  g_signal_connect_object (self->monitor, "network-changed", G_CALLBACK (on_network_changed), self, 0);
  g_signal_connect_object (self->replica, "rebuilt", G_CALLBACK (on_rebuilt), self, 0);
}

static void
inb_sync_client_dispose (GObject *object)
{
  InbSyncClient *self = INB_SYNC_CLIENT (object);

  self->is_running = FALSE;
  disconnect (self);

  G_OBJECT_CLASS (inb_sync_client_parent_class)->dispose (object);
}

static void
inb_sync_client_finalize (GObject *object)
{
  InbSyncClient *self = INB_SYNC_CLIENT (object);

  g_clear_object (&self->arrivals);
  g_clear_object (&self->http);
  g_clear_object (&self->monitor);
  g_clear_object (&self->replica);
  g_clear_pointer (&self->account, inb_sync_account_free);
  g_free (self->last_error);

  G_OBJECT_CLASS (inb_sync_client_parent_class)->finalize (object);
}

static void
inb_sync_client_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  InbSyncClient *self = INB_SYNC_CLIENT (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, (int) self->state);
      break;

    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;

    case PROP_PENDING:
      g_value_set_int64 (value, self->pending);
      break;

    case PROP_LAST_ERROR:
      g_value_set_string (value, self->last_error);
      break;

    case PROP_LAST_SYNC:
      g_value_set_int64 (value, self->last_sync);
      break;

    case PROP_RETRY_AT:
      g_value_set_int64 (value, self->retry_at);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_sync_client_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  InbSyncClient *self = INB_SYNC_CLIENT (object);

  switch (prop_id)
    {
    case PROP_REPLICA:
      self->replica = g_value_dup_object (value);
      break;

    case PROP_ACCOUNT:
      self->account = g_value_dup_boxed (value);
      break;

    case PROP_KEEPALIVE:
      self->keepalive_seconds = g_value_get_uint (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_sync_client_class_init (InbSyncClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read_only = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags construct = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = inb_sync_client_constructed;
  object_class->dispose = inb_sync_client_dispose;
  object_class->finalize = inb_sync_client_finalize;
  object_class->get_property = inb_sync_client_get_property;
  object_class->set_property = inb_sync_client_set_property;

  properties[PROP_REPLICA] = g_param_spec_object ("replica", NULL, NULL, INB_TYPE_REPLICA, construct);
  properties[PROP_ACCOUNT] = g_param_spec_boxed ("account", NULL, NULL, INB_TYPE_SYNC_ACCOUNT, construct);
  properties[PROP_KEEPALIVE] = g_param_spec_uint ("keepalive", NULL, NULL, 1, 3600, INB_SYNC_SOCKET_KEEPALIVE_SECONDS, construct);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, INB_TYPE_SYNC_STATE, INB_SYNC_OFFLINE, read_only);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, read_only);
  properties[PROP_PENDING] = g_param_spec_int64 ("pending", NULL, NULL, 0, G_MAXINT64, 0, read_only);
  properties[PROP_LAST_ERROR] = g_param_spec_string ("last-error", NULL, NULL, NULL, read_only);
  properties[PROP_LAST_SYNC] = g_param_spec_int64 ("last-sync", NULL, NULL, 0, G_MAXINT64, 0, read_only);
  properties[PROP_RETRY_AT] = g_param_spec_int64 ("retry-at", NULL, NULL, 0, G_MAXINT64, 0, read_only);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * InbSyncClient::lead-arrived:
   * @lead_id: (nullable): the lead, which the replica holds by now
   * @contact_id: whose it is
   * @name: of the person, else mail or phone; may be ""
   * @webhook_name: where it came from
   */
  signals[LEAD_ARRIVED] = g_signal_new ("lead-arrived", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 4, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
}

static void
inb_sync_client_init (InbSyncClient *self)
{
  g_queue_init (&self->events);
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
  connect_now (self);
}

void
inb_sync_client_stop (InbSyncClient *self)
{
  g_return_if_fail (INB_IS_SYNC_CLIENT (self));

  if (!self->is_running)
    return;

  self->is_running = FALSE;
  disconnect (self);
  inb_sync_arrivals_clear (self->arrivals);
  set_retry_at (self, 0);
  set_state (self, INB_SYNC_OFFLINE);
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
    connect_now (self);
}

InbSyncState
inb_sync_client_get_state (InbSyncClient *self)
{
  g_return_val_if_fail (INB_IS_SYNC_CLIENT (self), INB_SYNC_OFFLINE);

  return self->state;
}

static void
on_lead_stored (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (inb_replica_store_finish (INB_REPLICA (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_lead_fetched (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  InbSyncClient *self = g_task_get_source_object (task);
  g_autoptr (GPtrArray) rows = NULL;
  GError *error = NULL;
  gint64 retry_after_ms;

  rows = inb_sync_fetch_finish (INB_SYNC_HTTP (source), result, &retry_after_ms, &error);
  if (rows == NULL)
    {
      g_prefix_error (&error, "Fetching a lead: ");
      g_task_return_error (task, error);
      return;
    }

  inb_replica_store_async (self->replica, rows, on_lead_stored, g_steal_pointer (&task));
}

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
  g_autofree char *id = NULL;
  g_autofree char *workspace = NULL;
  g_autofree char *path = NULL;

  g_return_if_fail (INB_IS_SYNC_CLIENT (self) && lead_id != NULL);

  id = g_uri_escape_string (lead_id, NULL, FALSE);
  workspace = g_uri_escape_string (self->account->workspace_id, NULL, FALSE);
  path = g_strdup_printf ("/api/inbound-leads/%s?workspace_id=%s", id, workspace);
  inb_sync_fetch_async (self->http, path, (InbSyncParse) inb_sync_parse_lead, (GDestroyNotify) g_ptr_array_unref, cancellable,
                        on_lead_fetched, g_task_new (self, cancellable, callback, user_data));
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
