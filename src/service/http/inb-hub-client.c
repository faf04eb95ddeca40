#define G_LOG_DOMAIN "inb-service"

#include "inb-hub-client.h"

#include "inb-protocol.h"

#include <string.h>
#include <sys/socket.h>

#define MAX_INCOMING 4096                  /* bytes; clients have nothing to say */
#define KEEPALIVE 20                       /* seconds */
#define PONG_TIMEOUT (50 * G_USEC_PER_SEC)
#define STUCK_TIMEOUT (15 * G_USEC_PER_SEC)
#define MAX_IN_FLIGHT (64 * 1024)          /* bytes that libsoup may hold before more wait here */
#define SEND_BUFFER (128 * 1024)           /* the kernel's; it would grow to megabytes by itself */

struct _InbHubClient {
  /* Owned */
  char                    *workspace_id;
  char                    *token_id;
  SoupWebsocketConnection *websocket;
  InbHttpConnection       *connection;
  GQueue                   queue;     /* of GBytes, shared with the other clients */
  gsize                    n_queued;  /* bytes */
  guint                    flush;     /* source */

  /* Borrowed */
  InbHubClientClosed       closed;
  gpointer                 user_data;

  guint64                  handed;    /* bytes given to libsoup, as frames */
  gint64                   head;      /* to pull, when behind */
  gint64                   progressed_at;
  gint64                   pong_at;
  gboolean                 behind;     /* its queue was dropped */
};

static void
drop_queue (InbHubClient *self)
{
  GBytes *text;

  while ((text = g_queue_pop_head (&self->queue)) != NULL)
    g_bytes_unref (text);
  self->n_queued = 0;
}

static InbHttpOutput *
get_output (InbHubClient *self)
{
  InbHttpStream *stream = inb_http_connection_get_stream (self->connection);

  return stream == NULL ? NULL : inb_http_stream_get_output (stream);
}

void
inb_hub_client_free (InbHubClient *self)
{
  InbHttpOutput *output = get_output (self);

  if (output != NULL)
    inb_http_output_set_notify (output, NULL, NULL);
  g_signal_handlers_disconnect_by_data (self->websocket, self);
  inb_http_connection_close (self->connection);
  g_clear_handle_id (&self->flush, g_source_remove);
  drop_queue (self);
  g_clear_object (&self->websocket);
  g_clear_pointer (&self->connection, inb_http_connection_unref);
  g_free (self->workspace_id);
  g_free (self->token_id);
  g_free (self);
}

/* What libsoup holds and the socket has not taken. */
static guint64
get_in_flight (InbHubClient *self)
{
  InbHttpOutput *output = get_output (self);
  guint64 written = output == NULL ? self->handed : inb_http_output_get_written (output);

  /* libsoup's own pings and pongs are written but never handed. */
  if (written > self->handed)
    self->handed = written;

  return self->handed - written;
}

static gboolean
is_open (InbHubClient *self)
{
  return soup_websocket_connection_get_state (self->websocket) == SOUP_WEBSOCKET_STATE_OPEN;
}

static void
hand (InbHubClient *self,
      GBytes       *text)
{
  gsize length = g_bytes_get_size (text);

  self->handed += length + (length < 126 ? 2 : length < 65536 ? 4 : 10);
  soup_websocket_connection_send_message (self->websocket, SOUP_WEBSOCKET_DATA_TEXT, text);
}

static void
tell_to_pull (InbHubClient *self)
{
  g_autofree char *text = g_strdup_printf ("{\"event\":\"" INB_PROTOCOL_EVENT_PULL "\",\"data\":{\"head\":%"
                                           G_GINT64_FORMAT "}}", self->head);
  gsize length = strlen (text);
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&text), length);

  self->behind = FALSE;
  hand (self, bytes);
}

static void
flush (InbHubClient *self)
{
  GBytes *text;

  while (is_open (self) && get_in_flight (self) < MAX_IN_FLIGHT && (text = g_queue_pop_head (&self->queue)) != NULL)
    {
      self->n_queued -= g_bytes_get_size (text);
      hand (self, text);
      g_bytes_unref (text);
    }
  if (self->behind && is_open (self) && get_in_flight (self) == 0)
    tell_to_pull (self);
}

static gboolean
on_flush (gpointer user_data)
{
  InbHubClient *self = user_data;

  self->flush = 0;
  flush (self);

  return G_SOURCE_REMOVE;
}

static void
on_written (gpointer user_data)
{
  InbHubClient *self = user_data;

  self->progressed_at = g_get_monotonic_time ();
  if (self->flush == 0 && (self->behind || !g_queue_is_empty (&self->queue)))
    self->flush = g_idle_add_full (G_PRIORITY_DEFAULT, on_flush, self, NULL);
}

static void
on_pong (SoupWebsocketConnection *websocket,
         GByteArray              *payload,
         gpointer                 user_data)
{
  InbHubClient *self = user_data;

  self->pong_at = g_get_monotonic_time ();
}

static void
on_closed (SoupWebsocketConnection *websocket,
           gpointer                 user_data)
{
  InbHubClient *self = user_data;

  self->closed (self, self->user_data);
}

/**
 * inb_hub_client_new:
 * @websocket: open
 * @connection: what it runs on
 * @hello: its first text
 * @closed: called when it is over, never from within a function of the client
 *
 * Returns: (transfer full): the client
 */
InbHubClient *
inb_hub_client_new (SoupWebsocketConnection *websocket,
                    InbHttpConnection       *connection,
                    const char              *workspace_id,
                    const char              *token_id,
                    const char              *hello,
                    InbHubClientClosed       closed,
                    gpointer                 user_data)
{
  InbHubClient *self = g_new0 (InbHubClient, 1);
  InbHttpStream *stream = inb_http_connection_get_stream (connection);
  g_autoptr (GBytes) text = g_bytes_new (hello, strlen (hello));

  self->websocket = g_object_ref (websocket);
  self->connection = inb_http_connection_ref (connection);
  self->workspace_id = g_strdup (workspace_id);
  self->token_id = g_strdup (token_id);
  self->closed = closed;
  self->user_data = user_data;
  self->progressed_at = self->pong_at = g_get_monotonic_time ();
  soup_websocket_connection_set_max_incoming_payload_size (websocket, MAX_INCOMING);
  soup_websocket_connection_set_keepalive_interval (websocket, KEEPALIVE);
  g_signal_connect (websocket, "pong", G_CALLBACK (on_pong), self);
  g_signal_connect (websocket, "closed", G_CALLBACK (on_closed), self);
  g_socket_set_option (inb_http_connection_get_socket (connection), SOL_SOCKET, SO_SNDBUF, SEND_BUFFER, NULL);
  inb_http_input_throttle (inb_http_stream_get_input (stream));
  inb_http_output_set_notify (inb_http_stream_get_output (stream), on_written, self);
  hand (self, text);

  return self;
}

const char *
inb_hub_client_get_workspace (InbHubClient *self)
{
  return self->workspace_id;
}

const char *
inb_hub_client_get_token (InbHubClient *self)
{
  return self->token_id;
}

/**
 * inb_hub_client_send:
 * @text: shared, not copied while it waits
 * @head: the change that the client is told to pull if its queue must be dropped
 */
void
inb_hub_client_send (InbHubClient *self,
                     GBytes       *text,
                     gint64        head)
{
  self->head = MAX (self->head, head);
  if (self->behind)
    return;
  if (is_open (self) && g_queue_is_empty (&self->queue) && get_in_flight (self) < MAX_IN_FLIGHT)
    {
      hand (self, text);
      return;
    }

  g_queue_push_tail (&self->queue, g_bytes_ref (text));
  self->n_queued += g_bytes_get_size (text);
  if (self->n_queued > INB_HUB_MAX_BACKLOG)
    {
      drop_queue (self);
      self->behind = TRUE;
    }
}

void
inb_hub_client_close (InbHubClient *self,
                      gushort       code,
                      const char   *reason)
{
  if (!is_open (self))
    return;

  drop_queue (self);
  soup_websocket_connection_close (self->websocket, code, reason);
}

void
inb_hub_client_check (InbHubClient *self,
                      gint64        now)
{
  if (get_in_flight (self) == 0)
    self->progressed_at = now;
  if (now - self->progressed_at > STUCK_TIMEOUT)
    {
      g_debug ("A listener of %s takes nothing; dropped", self->workspace_id);
      inb_http_connection_close (self->connection);
    }
  else if (now - self->pong_at > PONG_TIMEOUT)
    {
      g_debug ("A listener of %s does not answer; dropped", self->workspace_id);
      inb_http_connection_close (self->connection);
    }
}
