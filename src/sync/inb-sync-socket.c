#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-socket.h"

#include "inb-error.h"
#include "inb-protocol.h"

/* An event's rows with room for the rest; more comes as a pull. */
#define MAX_MESSAGE (4 * INB_PROTOCOL_MAX_CHANGES_EVENT)
/* So many keep-alive intervals of silence are too many. */
#define MAX_SILENCE 2.5

struct _InbSyncSocket {
  GObject                  parent_instance;

  /* Owned */
  SoupWebsocketConnection *connection; /* NULL once closed */
  guint                    watchdog;

  gint64                   heard_at;   /* monotonic, microseconds */
  guint                    keepalive_seconds;
};

enum {
  EVENT,
  ALIVE,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbSyncSocket, inb_sync_socket, G_TYPE_OBJECT)

/* Ends it, once, and tells why. */
static void
end (InbSyncSocket *self,
     InbErrorCode   code,
     const char    *message)
{
  g_autoptr (GError) error = g_error_new_literal (INB_ERROR, (int) code, message);

  if (self->connection == NULL)
    return;

  g_object_ref (self);
  inb_sync_socket_close (self);
  g_signal_emit (self, signals[CLOSED], 0, error);
  g_object_unref (self);
}

static void
note_life (InbSyncSocket *self)
{
  self->heard_at = g_get_monotonic_time ();
  g_signal_emit (self, signals[ALIVE], 0);
}

static void
on_message (SoupWebsocketConnection *connection,
            int                      type,
            GBytes                  *message,
            InbSyncSocket           *self)
{
  g_autoptr (InbSyncEvent) event = NULL;
  g_autoptr (GError) error = NULL;

  gint64 received_at = g_get_monotonic_time ();

  g_object_ref (self);
  note_life (self);
  if (type != SOUP_WEBSOCKET_DATA_TEXT)
    {
      end (self, INB_ERROR_PROTOCOL, "The server sent something other than text");
    }
  else if ((event = inb_sync_parse_event (message, &error)) == NULL)
    {
      end (self, INB_ERROR_PROTOCOL, error->message);
    }
  else
    {
      event->received_at = received_at;
      g_signal_emit (self, signals[EVENT], 0, event);
    }
  g_object_unref (self);
}

static void
on_pong (SoupWebsocketConnection *connection,
         GBytes                  *message,
         InbSyncSocket           *self)
{
  note_life (self);
}

static void
on_error (SoupWebsocketConnection *connection,
          GError                  *error,
          InbSyncSocket           *self)
{
  end (self, INB_ERROR_CONNECTION, error->message);
}

static void
on_closed (SoupWebsocketConnection *connection,
           InbSyncSocket           *self)
{
  end (self, INB_ERROR_CONNECTION, "The server closed the connection");
}

static gboolean
on_watchdog (gpointer user_data)
{
  InbSyncSocket *self = user_data;
  gint64 silence = g_get_monotonic_time () - self->heard_at;

  if (silence < (gint64) (MAX_SILENCE * self->keepalive_seconds * G_USEC_PER_SEC))
    return G_SOURCE_CONTINUE;

  end (self, INB_ERROR_CONNECTION, "The server has gone silent");

  return G_SOURCE_REMOVE;
}

static void
inb_sync_socket_dispose (GObject *object)
{
  inb_sync_socket_close (INB_SYNC_SOCKET (object));

  G_OBJECT_CLASS (inb_sync_socket_parent_class)->dispose (object);
}

static void
inb_sync_socket_class_init (InbSyncSocketClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_sync_socket_dispose;

  signals[EVENT] = g_signal_new ("event", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_POINTER);
  signals[ALIVE] = g_signal_new ("alive", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_ERROR);
}

static void
inb_sync_socket_init (InbSyncSocket *self)
{
}

/**
 * inb_sync_socket_new:
 * @connection: (transfer full): open
 * @keepalive_seconds: between two pings
 */
InbSyncSocket *
inb_sync_socket_new (SoupWebsocketConnection *connection,
                     guint                    keepalive_seconds)
{
  InbSyncSocket *self = g_object_new (INB_TYPE_SYNC_SOCKET, NULL);

  self->connection = connection;
  self->keepalive_seconds = keepalive_seconds;
  self->heard_at = g_get_monotonic_time ();
  soup_websocket_connection_set_max_incoming_payload_size (connection, MAX_MESSAGE);
  soup_websocket_connection_set_keepalive_interval (connection, keepalive_seconds);
  g_signal_connect (connection, "message", G_CALLBACK (on_message), self);
  g_signal_connect (connection, "pong", G_CALLBACK (on_pong), self);
  g_signal_connect (connection, "error", G_CALLBACK (on_error), self);
  g_signal_connect (connection, "closed", G_CALLBACK (on_closed), self);
  self->watchdog = g_timeout_add_seconds (MAX (keepalive_seconds / 2, 1), on_watchdog, self);

  return self;
}

/**
 * inb_sync_socket_close:
 *
 * Closes it without a signal.
 */
void
inb_sync_socket_close (InbSyncSocket *self)
{
  SoupWebsocketConnection *connection = g_steal_pointer (&self->connection);

  g_clear_handle_id (&self->watchdog, g_source_remove);
  if (connection == NULL)
    return;

  g_signal_handlers_disconnect_by_data (connection, self);
  if (soup_websocket_connection_get_state (connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (connection, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
  g_object_unref (connection);
}
