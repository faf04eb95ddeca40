#define G_LOG_DOMAIN "inb-service"

#include "inb-http-connection-private.h"

#include "inb-error.h"
#include "inb-http-request-private.h"
#include "inb-protocol.h"

#include <string.h>

#define IDLE_TIMEOUT 5 /* seconds between two pieces, and between two requests */

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
  self->reader = inb_http_reader_new ();
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
inb_http_connection_forget_request (InbHttpConnection *self)
{
  g_clear_pointer (&self->request, inb_http_request_unref);
  g_clear_pointer (&self->writer, inb_http_writer_free);
  g_clear_pointer (&self->head, inb_http_head_unref);
}

void
inb_http_connection_unref (InbHttpConnection *self)
{
  if (--self->refs > 0)
    return;

  g_assert (self->ticket.phase == INB_HTTP_PHASE_OUT && self->source == NULL);
  g_assert (self->request == NULL); /* it holds the connection */
  inb_http_connection_forget_request (self);
  g_clear_object (&self->socket);
  inb_http_reader_free (self->reader);
  g_free (self->peer);
  g_free (self);
}

static void
unref_connection (gpointer data)
{
  inb_http_connection_unref (data);
}

void
inb_http_connection_stop_waiting (InbHttpConnection *self)
{
  if (self->source == NULL)
    return;

  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

void
inb_http_connection_wait_for (InbHttpConnection *self,
                              GIOCondition       condition,
                              GSocketSourceFunc  callback)
{
  inb_http_connection_stop_waiting (self);
  self->source = g_socket_create_source (self->socket, condition, NULL);
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

  inb_http_connection_stop_waiting (self);
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
  inb_http_connection_drop_pieces (self);
  inb_http_connection_fail_body (self, NULL);
  inb_http_connection_unref (self);
  gone (user_data);
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

  if (phase != INB_HTTP_PHASE_RECEIVING)
    {
      inb_http_connection_close (self);
      return;
    }

  g_set_error_literal (&error, INB_ERROR, INB_ERROR_TIMEOUT, "The request did not arrive in time");
  if (!inb_http_connection_fail_body (self, error))
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
    inb_http_connection_expire (self, self->ticket.phase);
  else
    inb_http_connection_close (self);
}

/* From the first byte of a request on its time counts. */
static void
set_receiving (InbHttpConnection *self)
{
  if (self->ticket.phase == INB_HTTP_PHASE_IDLE && inb_http_reader_get_received_at (self->reader) != 0)
    inb_http_pool_move (self->pool, &self->ticket, INB_HTTP_PHASE_RECEIVING);
}

/* Returns whether a whole head was there, or never will be. */
static gboolean
read_head (InbHttpConnection *self)
{
  g_autoptr (GError) error = NULL;

  self->head = inb_http_reader_read_head (self->reader, self->socket, &error);
  set_receiving (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return FALSE;

  inb_http_connection_stop_waiting (self);
  if (self->head != NULL)
    self->arrived (self, self->user_data);
  else
    give_up (self, error);

  return TRUE;
}

static gboolean
on_head_readable (GSocket      *socket,
                  GIOCondition  condition,
                  gpointer      user_data)
{
  return read_head (user_data) ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/* Under load a request is there before its connection is accepted: reading at once spares a turn of the loop. */
static void
read_next (InbHttpConnection *self)
{
  inb_http_connection_stop_waiting (self);
  if (!read_head (self))
    inb_http_connection_wait_for (self, G_IO_IN, on_head_readable);
}

static gboolean
on_turn (gpointer user_data)
{
  read_next (user_data);

  return G_SOURCE_REMOVE;
}

void
inb_http_connection_go_on (InbHttpConnection *self)
{
  inb_http_reader_restart (self->reader);
  inb_http_pool_move (self->pool, &self->ticket, INB_HTTP_PHASE_IDLE);
  if (!inb_http_reader_has_more (self->reader))
    {
      inb_http_connection_wait_for (self, G_IO_IN, on_head_readable);
      return;
    }

  inb_http_connection_stop_waiting (self);
  self->source = g_idle_source_new ();
  g_source_set_priority (self->source, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->source, on_turn, self, NULL);
  g_source_attach (self->source, NULL);
}

/**
 * inb_http_connection_start:
 * @arrived: called for each well-formed head
 * @gone: called once, when the connection has left the pool
 */
void
inb_http_connection_start (InbHttpConnection  *self,
                           InbHttpHeadArrived  arrived,
                           InbHttpGone         gone,
                           gpointer            user_data)
{
  g_autoptr (GError) error = NULL;

  self->arrived = arrived;
  self->gone = gone;
  self->user_data = user_data;
  g_socket_set_blocking (self->socket, FALSE);
  g_socket_set_timeout (self->socket, IDLE_TIMEOUT);

  inb_http_connection_ref (self); /* the pool's */
  if (inb_http_pool_enter (self->pool, &self->ticket, &error))
    read_next (self);
  else
    inb_http_connection_refuse (self, error, NULL);
}

static void
dispatch (InbHttpConnection *self)
{
  g_autoptr (InbHttpRequest) request = g_steal_pointer (&self->request);

  inb_http_connection_stop_waiting (self);
  inb_http_pool_move (self->pool, &self->ticket, INB_HTTP_PHASE_ANSWERING);
  inb_http_request_dispatch (request, inb_http_reader_take_body (self->reader));
}

/* What was read counts against the memory for all bodies. */
static gboolean
reserve_body (InbHttpConnection  *self,
              GError            **error)
{
  gsize n_new = inb_http_reader_get_body_size (self->reader) - self->ticket.n_buffered;

  return inb_http_pool_reserve (self->pool, &self->ticket, n_new, error);
}

static gboolean
on_body_readable (GSocket      *socket,
                  GIOCondition  condition,
                  gpointer      user_data)
{
  InbHttpConnection *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean success = inb_http_reader_read_body (self->reader, socket, &error) && reserve_body (self, &error);

  if (success ? !inb_http_reader_is_complete (self->reader)
              : g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;

  inb_http_connection_stop_waiting (self);
  if (success)
    dispatch (self);
  else
    give_up (self, error);

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
  gboolean early = inb_http_reader_has_more (self->reader);
  g_autoptr (GError) error = NULL;

  self->request = request;
  if (!inb_http_reader_begin_body (self->reader, INB_PROTOCOL_MAX_BODY, &error) || !reserve_body (self, &error) ||
      (!early && inb_http_head_wants_continue (self->head) &&
       g_socket_send_with_blocking (self->socket, INB_HTTP_CONTINUE, strlen (INB_HTTP_CONTINUE), FALSE, NULL, &error) < 0))
    give_up (self, error);
  else if (inb_http_reader_is_complete (self->reader))
    dispatch (self);
  else
    inb_http_connection_wait_for (self, G_IO_IN, on_body_readable);
}

/**
 * inb_http_connection_admit_head:
 * @request: (transfer full): dispatched at once, without its body
 */
void
inb_http_connection_admit_head (InbHttpConnection *self,
                                InbHttpRequest    *request)
{
  g_autoptr (InbHttpRequest) owned = request;

  inb_http_connection_stop_waiting (self);
  inb_http_pool_move (self->pool, &self->ticket, INB_HTTP_PHASE_ANSWERING);
  inb_http_request_dispatch (owned, g_bytes_new_static (NULL, 0));
}

static void
on_stream_closed (gpointer user_data)
{
  InbHttpConnection *self = user_data;

  self->stream = NULL;
  if (self->ticket.phase == INB_HTTP_PHASE_OUT)
    g_socket_close (self->socket, NULL);
  else
    inb_http_connection_end (self);
}

/**
 * inb_http_connection_upgrade:
 * @head: a whole head, sent first
 *
 * Returns: (transfer full) (nullable): the connection as a stream; when that is closed, so is the connection.  %NULL when
 *   the client has gone
 */
InbHttpStream *
inb_http_connection_upgrade (InbHttpConnection *self,
                             const char        *head)
{
  g_autoptr (GBytes) rest = NULL;

  if (self->ticket.phase != INB_HTTP_PHASE_ANSWERING ||
      g_socket_send_with_blocking (self->socket, head, strlen (head), FALSE, NULL, NULL) < 0)
    {
      inb_http_connection_close (self);
      return NULL;
    }

  rest = inb_http_reader_take_rest (self->reader);
  inb_http_pool_move (self->pool, &self->ticket, INB_HTTP_PHASE_UPGRADED);
  g_socket_set_timeout (self->socket, 0);
  self->stream = inb_http_stream_new (self->socket, rest, on_stream_closed, inb_http_connection_ref (self),
                                      unref_connection);

  return self->stream;
}

/**
 * inb_http_connection_get_stream:
 *
 * Returns: (transfer none) (nullable): the stream that it was given away as, while that is open
 */
InbHttpStream *
inb_http_connection_get_stream (InbHttpConnection *self)
{
  return self->stream;
}

InbHttpHead *
inb_http_connection_get_head (InbHttpConnection *self)
{
  return self->head;
}

/**
 * inb_http_connection_get_received_at:
 *
 * Returns: when the present request's first byte was there, in microseconds since 1970
 */
gint64
inb_http_connection_get_received_at (InbHttpConnection *self)
{
  return inb_http_reader_get_received_at (self->reader);
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

GSocket *
inb_http_connection_get_socket (InbHttpConnection *self)
{
  return self->socket;
}
