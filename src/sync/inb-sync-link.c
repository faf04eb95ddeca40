#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-link.h"

#include "inb-error.h"
#include "inb-sync-puller.h"
#include "inb-sync-socket.h"

#include <string.h>

/* Events that wait for the replica; past it they are dropped and the feed is pulled. */
#define MAX_EVENTS 256
/* A server that greets within this time is alive. */
#define HELLO_SECONDS 20
/* A connection that held this long was a good one. */
#define GOOD_CONNECTION (5 * G_USEC_PER_SEC)
/* So little to catch up with is not worth a word. */
#define QUIET_PENDING 1000

struct _InbSyncLink {
  GObject          parent_instance;

  /* Owned */
  InbReplica      *replica;
  InbSyncHttp     *http;
  InbSyncArrivals *arrivals;
  InbSyncPuller   *puller;
  InbSyncSocket   *socket;
  GCancellable    *cancellable;
  GQueue           events;      /* InbSyncEvent, in order */
  char            *path;
  guint            hello_source;

  gint64           greeted_at;  /* monotonic, microseconds; 0 before */
  gint64           head;        /* the highest place in the feed that the server told of */
  guint            keepalive_seconds;
  gboolean         is_busy;     /* the replica is being written for us */
  gboolean         is_live;
  gboolean         is_ended;
};

enum {
  GREETED,
  SYNCING,
  PROGRESS,
  LIVE,
  ALIVE,
  ANNOUNCED,
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbSyncLink, inb_sync_link, G_TYPE_OBJECT)

static void process (InbSyncLink *self);

static void
end (InbSyncLink  *self,
     const GError *error,
     gint64        retry_after_ms)
{
  if (self->is_ended)
    return;

  g_object_ref (self);
  inb_sync_link_close (self);
  g_signal_emit (self, signals[ENDED], 0, error, retry_after_ms);
  g_object_unref (self);
}

static void
on_progress (InbSyncPuller *puller,
             InbSyncLink   *self)
{
  inb_sync_arrivals_check (self->arrivals);
  g_signal_emit (self, signals[PROGRESS], 0);
}

static void
on_pulled (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (InbSyncLink) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 retry_after_ms;

  if (!inb_sync_puller_run_finish (INB_SYNC_PULLER (source), result, &retry_after_ms, &error))
    {
      end (self, error, retry_after_ms);
      return;
    }
  if (self->is_ended)
    return;

  self->is_busy = FALSE;
  self->head = MAX (self->head, inb_replica_get_cursor (self->replica));
  inb_sync_arrivals_check (self->arrivals);
  process (self);
}

static void
pull (InbSyncLink *self)
{
  self->is_busy = TRUE;
  if (!self->is_live || self->head - inb_replica_get_cursor (self->replica) > QUIET_PENDING)
    {
      self->is_live = FALSE;
      g_signal_emit (self, signals[SYNCING], 0);
    }
  inb_sync_puller_run_async (self->puller, self->cancellable, on_pulled, g_object_ref (self));
}

static void
on_applied (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (InbSyncLink) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!inb_replica_apply_finish (INB_REPLICA (source), result, &error))
    {
      end (self, error, 0);
      return;
    }
  if (self->is_ended)
    return;

  self->is_busy = FALSE;
  g_signal_emit (self, signals[ALIVE], 0);
  inb_sync_arrivals_check (self->arrivals);
  process (self);
}

static void
on_reset (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (InbSyncLink) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!inb_replica_reset_finish (INB_REPLICA (source), result, &error))
    end (self, error, 0);
  else if (!self->is_ended)
    pull (self);
}

static void
greet (InbSyncLink        *self,
       const InbSyncEvent *event)
{
  gint64 cursor = inb_replica_get_cursor (self->replica);

  g_clear_handle_id (&self->hello_source, g_source_remove);
  self->greeted_at = g_get_monotonic_time ();
  self->head = event->head;
  g_signal_emit (self, signals[GREETED], 0);

  /* Another epoch, or a cursor from a future that the server has lost. */
  if (g_strcmp0 (inb_replica_get_epoch (self->replica), event->epoch) != 0 || cursor > event->head)
    {
      self->is_busy = TRUE;
      inb_replica_reset_async (self->replica, event->epoch, on_reset, g_object_ref (self));
    }
  else if (cursor < event->head || inb_replica_get_snapshot_position (self->replica) != NULL)
    {
      pull (self);
    }
}

static void
take_changes (InbSyncLink  *self,
              InbSyncEvent *event)
{
  gint64 cursor = inb_replica_get_cursor (self->replica);

  if (g_strcmp0 (event->changes->epoch, inb_replica_get_epoch (self->replica)) != 0)
    {
      g_autoptr (GError) error = g_error_new_literal (INB_ERROR, INB_ERROR_RESYNC, "The server's data was replaced");

      end (self, error, 0);
      return;
    }

  self->head = MAX (self->head, event->changes->head);
  if (event->has_rows && event->changes->from == cursor && event->changes->to > cursor)
    {
      self->is_busy = TRUE;
      inb_replica_apply_async (self->replica, g_steal_pointer (&event->changes), on_applied, g_object_ref (self));
    }
}

/* (event: transfer full) */
static void
take_event (InbSyncLink  *self,
            InbSyncEvent *event)
{
  switch (event->type)
    {
    case INB_SYNC_EVENT_HELLO:
      greet (self, event);
      break;

    case INB_SYNC_EVENT_CHANGES:
      take_changes (self, event);
      break;

    case INB_SYNC_EVENT_PULL:
      self->head = MAX (self->head, event->head);
      break;

    case INB_SYNC_EVENT_ARRIVAL:
      inb_sync_arrivals_add (self->arrivals, event);
      return;

    case INB_SYNC_EVENT_OTHER:
    default:
      break;
    }
  inb_sync_event_free (event);
}

/* Takes the events that wait, until one of them makes the replica busy; then pulls what is still missing. */
static void
process (InbSyncLink *self)
{
  while (!self->is_ended && !self->is_busy && !g_queue_is_empty (&self->events))
    take_event (self, g_queue_pop_head (&self->events));
  if (self->is_ended || self->is_busy || self->greeted_at == 0)
    return;

  if (inb_replica_get_cursor (self->replica) < self->head)
    {
      pull (self);
    }
  else if (!self->is_live)
    {
      self->is_live = TRUE;
      g_signal_emit (self, signals[LIVE], 0);
    }
}

static void
on_event (InbSyncSocket *socket,
          InbSyncEvent  *event,
          InbSyncLink   *self)
{
  gboolean is_greeting = event->type == INB_SYNC_EVENT_HELLO;
  InbSyncEvent *kept;

  /* Exactly one greeting, and first. */
  if (event->type == INB_SYNC_EVENT_OTHER || is_greeting != (self->greeted_at == 0))
    return;
  if (g_queue_get_length (&self->events) >= MAX_EVENTS)
    {
      if (event->changes != NULL)
        self->head = MAX (self->head, event->changes->head);
      return;
    }

  if (event->type == INB_SYNC_EVENT_ARRIVAL && event->lead_id != NULL)
    g_signal_emit (self, signals[ANNOUNCED], 0, event->lead_id, event->received_at);

  /* The emission owns the event: its contents are moved. */
  kept = g_memdup2 (event, sizeof (InbSyncEvent));
  memset (event, 0, sizeof (InbSyncEvent));
  g_queue_push_tail (&self->events, kept);
  g_object_ref (self);
  process (self);
  g_object_unref (self);
}

static void
on_alive (InbSyncSocket *socket,
          InbSyncLink   *self)
{
  if (self->is_live)
    g_signal_emit (self, signals[ALIVE], 0);
}

static void
on_socket_closed (InbSyncSocket *socket,
                  GError        *error,
                  InbSyncLink   *self)
{
  end (self, error, 0);
}

static gboolean
on_no_hello (gpointer user_data)
{
  InbSyncLink *self = user_data;
  g_autoptr (GError) error = g_error_new_literal (INB_ERROR, INB_ERROR_PROTOCOL, "The server did not greet");

  self->hello_source = 0;
  end (self, error, 0);

  return G_SOURCE_REMOVE;
}

static void
on_connected (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (InbSyncLink) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupWebsocketConnection) connection = NULL;
  gint64 retry_after_ms;

  connection = inb_sync_http_connect_finish (INB_SYNC_HTTP (source), result, &retry_after_ms, &error);
  if (connection == NULL)
    {
      end (self, error, retry_after_ms);
      return;
    }
  if (self->is_ended)
    return;

  self->hello_source = g_timeout_add_seconds (HELLO_SECONDS, on_no_hello, self);
  self->socket = inb_sync_socket_new (g_steal_pointer (&connection), self->keepalive_seconds);
  g_signal_connect (self->socket, "event", G_CALLBACK (on_event), self);
  g_signal_connect (self->socket, "alive", G_CALLBACK (on_alive), self);
  g_signal_connect (self->socket, "closed", G_CALLBACK (on_socket_closed), self);
}

static void
inb_sync_link_dispose (GObject *object)
{
  inb_sync_link_close (INB_SYNC_LINK (object));

  G_OBJECT_CLASS (inb_sync_link_parent_class)->dispose (object);
}

static void
inb_sync_link_finalize (GObject *object)
{
  InbSyncLink *self = INB_SYNC_LINK (object);

  g_clear_object (&self->replica);
  g_clear_object (&self->http);
  g_clear_object (&self->arrivals);
  g_clear_object (&self->puller);
  g_clear_object (&self->cancellable);
  g_free (self->path);

  G_OBJECT_CLASS (inb_sync_link_parent_class)->finalize (object);
}

static void
inb_sync_link_class_init (InbSyncLinkClass *klass)
{
  static const char *const names[] = { "greeted", "syncing", "progress", "live", "alive" };

  G_OBJECT_CLASS (klass)->dispose = inb_sync_link_dispose;
  G_OBJECT_CLASS (klass)->finalize = inb_sync_link_finalize;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ANNOUNCED] = g_signal_new ("announced", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                 G_TYPE_ERROR, G_TYPE_INT64);
}

static void
inb_sync_link_init (InbSyncLink *self)
{
  g_queue_init (&self->events);
  self->cancellable = g_cancellable_new ();
}

/**
 * inb_sync_link_new:
 * @arrivals: told of what is announced, and when to look for it
 * @keepalive_seconds: between two pings
 *
 * Returns: (transfer full): a link that is to be opened
 */
InbSyncLink *
inb_sync_link_new (InbReplica      *replica,
                   InbSyncHttp     *http,
                   InbSyncArrivals *arrivals,
                   const char      *workspace_id,
                   guint            keepalive_seconds)
{
  InbSyncLink *self = g_object_new (INB_TYPE_SYNC_LINK, NULL);
  g_autofree char *workspace = g_uri_escape_string (workspace_id, NULL, FALSE);

  self->replica = g_object_ref (replica);
  self->http = g_object_ref (http);
  self->arrivals = g_object_ref (arrivals);
  self->puller = inb_sync_puller_new (replica, http, workspace_id);
  g_signal_connect (self->puller, "progress", G_CALLBACK (on_progress), self);
  self->path = g_strconcat ("/ws?workspace_id=", workspace, NULL);
  self->keepalive_seconds = keepalive_seconds;

  return self;
}

/**
 * inb_sync_link_open:
 *
 * Connects. Once.
 */
void
inb_sync_link_open (InbSyncLink *self)
{
  g_return_if_fail (INB_IS_SYNC_LINK (self));

  inb_sync_http_connect_async (self->http, self->path, self->cancellable, on_connected, g_object_ref (self));
}

/**
 * inb_sync_link_close:
 *
 * Ends everything that is under way, without a signal.
 */
void
inb_sync_link_close (InbSyncLink *self)
{
  g_return_if_fail (INB_IS_SYNC_LINK (self));

  if (self->is_ended)
    return;

  self->is_ended = TRUE;
  g_clear_handle_id (&self->hello_source, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->puller, self);
  if (self->socket != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->socket, self);
      inb_sync_socket_close (self->socket);
      g_clear_object (&self->socket);
    }
  g_cancellable_cancel (self->cancellable);
  g_queue_clear_full (&self->events, (GDestroyNotify) inb_sync_event_free);
}

/**
 * inb_sync_link_was_good:
 *
 * Returns: whether it held for a while, so that the next try need not wait long
 */
gboolean
inb_sync_link_was_good (InbSyncLink *self)
{
  g_return_val_if_fail (INB_IS_SYNC_LINK (self), FALSE);

  return self->greeted_at != 0 && g_get_monotonic_time () - self->greeted_at > GOOD_CONNECTION;
}

/**
 * inb_sync_link_get_progress:
 *
 * Returns: 0 to 1
 */
double
inb_sync_link_get_progress (InbSyncLink *self)
{
  g_return_val_if_fail (INB_IS_SYNC_LINK (self), 0);

  return inb_sync_puller_get_progress (self->puller);
}

/**
 * inb_sync_link_get_pending:
 *
 * Returns: about how many rows are still to come
 */
gint64
inb_sync_link_get_pending (InbSyncLink *self)
{
  g_return_val_if_fail (INB_IS_SYNC_LINK (self), 0);

  return inb_sync_puller_get_pending (self->puller);
}
