#define G_LOG_DOMAIN "inb-service"

#include "inb-http-connection-private.h"

#include "inb-error.h"

#include <string.h>

/* So much of a large body has to come within the time that a whole request has otherwise: nobody keeps a place by a trickle. */
#define STEADY (64 * 1024)

static void
finish (InbHttpConnection *self,
        GBytes            *body,
        const GError      *error)
{
  InbHttpBodyArrived arrived = g_steal_pointer (&self->body_arrived);

  inb_http_connection_stop_waiting (self);
  if (self->ticket.phase != INB_HTTP_PHASE_OUT)
    inb_http_pool_move (self->pool, &self->ticket, INB_HTTP_PHASE_ANSWERING);
  arrived (body, error, self->body_data);
}

/**
 * inb_http_connection_fail_body:
 * @error: (nullable): why; %NULL when the connection has ended
 *
 * Returns: whether a body was waited for
 */
gboolean
inb_http_connection_fail_body (InbHttpConnection *self,
                               const GError      *error)
{
  g_autoptr (GError) ended = NULL;

  if (self->body_arrived == NULL)
    return FALSE;

  if (error == NULL)
    {
      g_set_error_literal (&ended, INB_ERROR, INB_ERROR_CONNECTION, "The connection ended within the body");
      error = ended;
    }
  finish (self, NULL, error);

  return TRUE;
}

static void
complete (InbHttpConnection *self)
{
  g_autoptr (GBytes) body = inb_http_reader_take_body (self->reader);

  finish (self, body, NULL);
}

static void
fail (InbHttpConnection *self,
      const GError      *error)
{
  g_autoptr (GError) told = NULL;

  /* What comes after the broken off part is no request. */
  inb_http_reader_drop_body (self->reader);
  if (error->domain != INB_ERROR)
    told = g_error_new (INB_ERROR, INB_ERROR_CONNECTION, "Reading the body: %s", error->message);
  finish (self, NULL, told != NULL ? told : error);
}

static gboolean
on_readable (GSocket      *socket,
             GIOCondition  condition,
             gpointer      user_data)
{
  InbHttpConnection *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!inb_http_reader_read_body (self->reader, socket, &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return G_SOURCE_CONTINUE;
      fail (self, error);
      return G_SOURCE_REMOVE;
    }
  if (inb_http_reader_is_complete (self->reader))
    {
      complete (self);
      return G_SOURCE_REMOVE;
    }
  if (inb_http_reader_get_body_size (self->reader) - self->n_steady >= STEADY)
    {
      self->n_steady = inb_http_reader_get_body_size (self->reader);
      inb_http_pool_move (self->pool, &self->ticket, INB_HTTP_PHASE_RECEIVING);
    }

  return G_SOURCE_CONTINUE;
}

static gboolean
begin (InbHttpConnection  *self,
       gsize               max_size,
       GError            **error)
{
  gboolean early = inb_http_reader_has_more (self->reader);

  if (inb_http_head_get_length (self->head) > (goffset) max_size)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_TOO_LARGE, "The body is over %" G_GSIZE_FORMAT " bytes", max_size);
      return FALSE;
    }

  return inb_http_reader_begin_body (self->reader, max_size, error) &&
         (early || !inb_http_head_wants_continue (self->head) ||
          g_socket_send_with_blocking (self->socket, INB_HTTP_CONTINUE, strlen (INB_HTTP_CONTINUE), FALSE, NULL, error) >= 0);
}

/**
 * inb_http_connection_receive:
 * @max_size: bytes
 * @arrived: gets the body
 *
 * Reads on with the present request, whose handler is at work already.
 */
void
inb_http_connection_receive (InbHttpConnection  *self,
                             gsize               max_size,
                             InbHttpBodyArrived  arrived,
                             gpointer            user_data)
{
  g_autoptr (GError) error = NULL;

  self->body_arrived = arrived;
  self->body_data = user_data;
  self->n_steady = 0;
  if (self->ticket.phase == INB_HTTP_PHASE_OUT)
    inb_http_connection_fail_body (self, NULL);
  else if (!begin (self, max_size, &error))
    fail (self, error);
  else if (inb_http_reader_is_complete (self->reader))
    complete (self);
  else
    {
      inb_http_pool_move (self->pool, &self->ticket, INB_HTTP_PHASE_RECEIVING);
      inb_http_connection_wait_for (self, G_IO_IN, on_readable);
    }
}
