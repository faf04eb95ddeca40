#define G_LOG_DOMAIN "inb-service"

#include "inb-http-connection.h"

#include "inb-error.h"
#include "inb-http-body.h"
#include "inb-http-head-reader.h"
#include "inb-http-problem.h"
#include "inb-http-waste.h"
#include "inb-protocol.h"

#include <gio/gunixsocketaddress.h>
#include <string.h>

#define READ_SIZE (16 * 1024)
#define IDLE_TIMEOUT 5 /* seconds between two pieces */
#define CONTINUE "HTTP/1.1 100 Continue\r\n\r\n"

struct _InbHttpConnection {
  guint               refs;
  InbHttpTicket       ticket;

  /* Owned */
  GSocket            *socket;
  GSource            *source; /* while libsoup does not have the stream */
  InbHttpHeadReader  *reader;
  InbHttpBody        *body;
  InbHttpHead        *head;
  InbHttpRequest     *request; /* until its handler runs */
  char               *peer;

  /* Borrowed */
  InbHttpPool        *pool;
  SoupServer         *soup;
  InbHttpStream      *stream; /* while libsoup has it */
  InbHttpHeadArrived  arrived;
  InbHttpGone         gone;
  gpointer            user_data;

  gsize               wasted; /* bytes */
  gboolean            local;
};

static GQuark
connection_quark (void)
{
  return g_quark_from_static_string ("inb-http-connection");
}

/**
 * inb_http_connection_new:
 * @peer: (transfer full): the address as text, or "local"
 *
 * Returns: (transfer full): a connection that does nothing yet
 */
InbHttpConnection *
inb_http_connection_new (GSocket     *socket,
                         char        *peer,
                         gboolean     local,
                         InbHttpPool *pool)
{
  InbHttpConnection *self = g_new0 (InbHttpConnection, 1);

  self->refs = 1;
  self->reader = inb_http_head_reader_new ();
  self->socket = g_object_ref (socket);
  self->peer = peer;
  self->local = local;
  self->pool = pool;
  self->ticket.peer = peer;
  self->ticket.owner = self;

  return self;
}

InbHttpConnection *
inb_http_connection_ref (InbHttpConnection *self)
{
  self->refs++;

  return self;
}

void
inb_http_connection_unref (InbHttpConnection *self)
{
  if (--self->refs > 0)
    return;

  g_assert (self->ticket.phase == INB_HTTP_PHASE_OUT && self->source == NULL);
  g_assert (self->request == NULL); /* it holds the connection */
  g_clear_object (&self->socket);
  inb_http_head_reader_free (self->reader);
  g_clear_pointer (&self->body, inb_http_body_free);
  g_clear_pointer (&self->head, inb_http_head_free);
  g_free (self->peer);
  g_free (self);
}

static void
unref_connection (gpointer data)
{
  inb_http_connection_unref (data);
}

static void
stop_source (InbHttpConnection *self)
{
  if (self->source == NULL)
    return;

  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

static void
watch_socket (InbHttpConnection *self,
              GSocketSourceFunc  callback)
{
  stop_source (self);
  self->source = g_socket_create_source (self->socket, G_IO_IN, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (callback), self, NULL);
  g_source_attach (self->source, NULL);
}

/**
 * inb_http_connection_close:
 *
 * Ends the connection at once.  While libsoup has the stream the socket is only shut down, since libsoup polls it; it
 * is closed when libsoup lets go.
 */
void
inb_http_connection_close (InbHttpConnection *self)
{
  InbHttpGone gone = self->gone;
  gpointer user_data = self->user_data;

  if (self->ticket.phase == INB_HTTP_PHASE_OUT)
    return;

  stop_source (self);
  inb_http_pool_leave (self->pool, &self->ticket);
  if (self->stream != NULL)
    {
      inb_http_input_stop (inb_http_stream_get_input (self->stream));
      inb_http_output_discard (inb_http_stream_get_output (self->stream));
      g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
    }
  else
    {
      g_clear_pointer (&self->request, inb_http_request_unref);
      g_socket_close (self->socket, NULL);
    }
  inb_http_connection_unref (self);
  gone (user_data);
}

static gboolean
on_lingering (GSocket      *socket,
              GIOCondition  condition,
              gpointer      user_data)
{
  InbHttpConnection *self = user_data;

  if (inb_http_waste_read (socket, &self->wasted))
    return G_SOURCE_CONTINUE;

  inb_http_connection_close (self);

  return G_SOURCE_REMOVE;
}

/* A socket closed with unread bytes resets the connection, and the peer never sees its answer. */
static void
linger (InbHttpConnection *self)
{
  g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
  watch_socket (self, on_lingering);
  inb_http_pool_move (self->pool, &self->ticket, INB_HTTP_PHASE_LINGERING);
}

/**
 * inb_http_connection_answer:
 * @text: (transfer full): a whole answer, short enough for an empty send buffer
 *
 * Answers a request that libsoup has not got, and ends the connection.
 */
void
inb_http_connection_answer (InbHttpConnection *self,
                            GString           *text)
{
  g_autoptr (GError) error = NULL;

  g_assert (self->stream == NULL);

  if (g_socket_send_with_blocking (self->socket, text->str, text->len, FALSE, NULL, &error) < 0)
    g_debug ("Answering %s: %s", self->peer, error->message);
  g_string_free (text, TRUE);
  linger (self);
}

/**
 * inb_http_connection_refuse:
 * @fields: (nullable): further lines of the answer's head
 */
void
inb_http_connection_refuse (InbHttpConnection *self,
                            const GError      *error,
                            const char        *fields)
{
  const char *path = self->head == NULL ? NULL : inb_http_head_get_raw_path (self->head);
  gint64 received_at = inb_http_head_reader_get_received_at (self->reader);

  inb_http_pool_tell_refused (self->pool, inb_error_get_status (inb_error_get_code (error)),
                              received_at == 0 ? 0 : g_get_real_time () - received_at);
  g_debug ("%s refused: %s", self->peer, error->message);
  g_clear_pointer (&self->request, inb_http_request_unref);
  inb_http_connection_answer (self, inb_http_problem_new_response (path, error, fields));
}

/**
 * inb_http_connection_expire:
 * @data: the connection
 *
 * Its phase took too long, or it gives way to another.
 */
void
inb_http_connection_expire (gpointer     data,
                            InbHttpPhase phase)
{
  InbHttpConnection *self = data;
  g_autoptr (GError) error = NULL;

  if (phase != INB_HTTP_PHASE_RECEIVING || inb_http_head_reader_get_received_at (self->reader) == 0)
    {
      inb_http_connection_close (self);
      return;
    }

  g_set_error_literal (&error, INB_ERROR, INB_ERROR_TIMEOUT, "The request did not arrive in time");
  inb_http_connection_refuse (self, error, NULL);
}

/* What becomes of a connection whose request cannot be read. */
static void
give_up (InbHttpConnection *self,
         const GError      *error)
{
  if (error->domain == INB_ERROR)
    inb_http_connection_refuse (self, error, NULL);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    inb_http_connection_expire (self, INB_HTTP_PHASE_RECEIVING);
  else
    inb_http_connection_close (self);
}

static gboolean
on_head_readable (GSocket      *socket,
                  GIOCondition  condition,
                  gpointer      user_data)
{
  InbHttpConnection *self = user_data;
  g_autoptr (GError) error = NULL;

  self->head = inb_http_head_reader_read (self->reader, socket, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;

  stop_source (self);
  if (self->head != NULL)
    self->arrived (self, self->user_data);
  else
    give_up (self, error);

  return G_SOURCE_REMOVE;
}

/**
 * inb_http_connection_start:
 * @soup: what answers the requests that are admitted
 * @arrived: called once, when a well-formed head has arrived
 * @gone: called once, when the connection has left the pool
 */
void
inb_http_connection_start (InbHttpConnection  *self,
                           SoupServer         *soup,
                           InbHttpHeadArrived  arrived,
                           InbHttpGone         gone,
                           gpointer            user_data)
{
  g_autoptr (GError) error = NULL;

  self->soup = soup;
  self->arrived = arrived;
  self->gone = gone;
  self->user_data = user_data;
  g_socket_set_blocking (self->socket, FALSE);
  g_socket_set_timeout (self->socket, IDLE_TIMEOUT);

  inb_http_connection_ref (self); /* the pool's */
  if (!inb_http_pool_enter (self->pool, &self->ticket, &error))
    {
      inb_http_connection_refuse (self, error, NULL);
      return;
    }

  watch_socket (self, on_head_readable);
  /* Under load the request is there before the connection is accepted: spare the turn of the loop. */
  if (g_socket_condition_check (self->socket, G_IO_IN) != 0)
    on_head_readable (self->socket, G_IO_IN, self);
}

static void
on_stream_closed (gpointer user_data)
{
  InbHttpConnection *self = user_data;

  self->stream = NULL;
  g_clear_pointer (&self->request, inb_http_request_unref);
  if (self->ticket.phase == INB_HTTP_PHASE_OUT)
    g_socket_close (self->socket, NULL);
  else if (inb_http_waste_is_waiting (self->socket))
    linger (self);
  else
    inb_http_connection_close (self);
}

/* The request is whole.  libsoup sees a head of ours without the body, and answers. */
static void
hand_over (InbHttpConnection *self)
{
  GString *text = g_string_sized_new (128);
  g_autoptr (GBytes) first = NULL;
  g_autoptr (InbHttpStream) stream = NULL;
  g_autoptr (GSocketAddress) address = NULL;

  stop_source (self);
  inb_http_pool_move (self->pool, &self->ticket, INB_HTTP_PHASE_ANSWERING);
  inb_http_head_write_canonical (self->head, text);
  first = g_string_free_to_bytes (text);
  stream = inb_http_stream_new (self->socket, first, on_stream_closed, inb_http_connection_ref (self),
                                unref_connection);
  self->stream = stream;
  inb_http_output_set_corked (inb_http_stream_get_output (stream), !inb_http_head_is_upgrade (self->head));

  /* libsoup asks for addresses only to hand them on: any will do, and this one carries the connection. */
  address = g_unix_socket_address_new ("");
  g_object_set_qdata_full (G_OBJECT (address), connection_quark (), inb_http_connection_ref (self), unref_connection);
  soup_server_accept_iostream (self->soup, G_IO_STREAM (stream), address, address, NULL);
}

static gboolean
feed_body (InbHttpConnection  *self,
           const guint8       *bytes,
           gsize               length,
           GError            **error)
{
  gsize before = inb_http_body_get_size (self->body);

  return inb_http_body_feed (self->body, bytes, length, error) &&
         inb_http_pool_reserve (self->pool, &self->ticket, inb_http_body_get_size (self->body) - before, error);
}

static gboolean
read_body (InbHttpConnection  *self,
           GError            **error)
{
  guint8 piece[READ_SIZE];
  gssize n = g_socket_receive (self->socket, (char *) piece, sizeof piece, NULL, error);

  if (n == 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "The connection ended within the body");

  return n > 0 && feed_body (self, piece, (gsize) n, error);
}

static gboolean
on_body_readable (GSocket      *socket,
                  GIOCondition  condition,
                  gpointer      user_data)
{
  InbHttpConnection *self = user_data;
  g_autoptr (GError) error = NULL;

  if (read_body (self, &error))
    {
      if (!inb_http_body_is_complete (self->body))
        return G_SOURCE_CONTINUE;
      hand_over (self);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      return G_SOURCE_CONTINUE;
    }
  else
    {
      stop_source (self);
      give_up (self, error);
    }

  return G_SOURCE_REMOVE;
}

/**
 * inb_http_connection_admit:
 * @request: (transfer full): dispatched when its body is there, given up if that never comes
 *
 * Goes on with a request that passed.
 */
void
inb_http_connection_admit (InbHttpConnection *self,
                           InbHttpRequest    *request)
{
  GByteArray *rest = inb_http_head_reader_get_rest (self->reader);
  g_autoptr (GError) error = NULL;

  self->request = request;
  self->body = inb_http_body_new (self->head, INB_PROTOCOL_MAX_BODY);
  if (!feed_body (self, rest->data, rest->len, &error) ||
      (rest->len == 0 && inb_http_head_wants_continue (self->head) &&
       g_socket_send_with_blocking (self->socket, CONTINUE, strlen (CONTINUE), FALSE, NULL, &error) < 0))
    give_up (self, error);
  else if (inb_http_body_is_complete (self->body))
    hand_over (self);
  else
    watch_socket (self, on_body_readable);
}

InbHttpConnection *
inb_http_connection_from_message (SoupServerMessage *message)
{
  return g_object_get_qdata (G_OBJECT (soup_server_message_get_remote_address (message)), connection_quark ());
}

/**
 * inb_http_connection_take_body:
 *
 * Returns: (transfer full): the whole body, once
 */
GBytes *
inb_http_connection_take_body (InbHttpConnection *self)
{
  return inb_http_body_take (self->body);
}

const InbHttpHead *
inb_http_connection_get_head (InbHttpConnection *self)
{
  return self->head;
}

const char *
inb_http_connection_get_peer (InbHttpConnection *self)
{
  return self->peer;
}

gboolean
inb_http_connection_is_local (InbHttpConnection *self)
{
  return self->local;
}

/**
 * inb_http_connection_get_received_at:
 *
 * Returns: when the first byte was there, in microseconds since 1970
 */
gint64
inb_http_connection_get_received_at (InbHttpConnection *self)
{
  return inb_http_head_reader_get_received_at (self->reader);
}

GSocket *
inb_http_connection_get_socket (InbHttpConnection *self)
{
  return self->socket;
}

/**
 * inb_http_connection_get_stream:
 *
 * Returns: (transfer none) (nullable): the stream that libsoup has; %NULL when it let go
 */
InbHttpStream *
inb_http_connection_get_stream (InbHttpConnection *self)
{
  return self->stream;
}

/**
 * inb_http_connection_steal_request:
 *
 * Returns: (transfer full): what was handed over
 */
InbHttpRequest *
inb_http_connection_steal_request (InbHttpConnection *self)
{
  return g_steal_pointer (&self->request);
}

void
inb_http_connection_set_upgraded (InbHttpConnection *self)
{
  if (self->ticket.phase == INB_HTTP_PHASE_OUT)
    return;

  g_socket_set_timeout (self->socket, 0);
  inb_http_pool_move (self->pool, &self->ticket, INB_HTTP_PHASE_UPGRADED);
}
