#define G_LOG_DOMAIN "inb-service"

#include "inb-http-connection-private.h"

#include "inb-error.h"
#include "inb-http-problem.h"
#include "inb-http-request-private.h"
#include "inb-http-waste.h"

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
  inb_http_connection_wait_for (self, G_IO_IN, on_lingering);
  inb_http_pool_move (self->pool, &self->ticket, INB_HTTP_PHASE_LINGERING);
}

void
inb_http_connection_end (InbHttpConnection *self)
{
  if (!inb_http_reader_is_complete (self->reader) || inb_http_waste_is_waiting (self->socket))
    linger (self);
  else
    inb_http_connection_close (self);
}

void
inb_http_connection_drop_pieces (InbHttpConnection *self)
{
  InbHttpNextPiece next = g_steal_pointer (&self->next);

  if (next != NULL)
    next (FALSE, self->next_data);
}

static gboolean
on_next_piece (gpointer user_data)
{
  InbHttpConnection *self = user_data;

  g_clear_pointer (&self->source, g_source_unref);
  self->next (TRUE, self->next_data);

  return G_SOURCE_REMOVE;
}

/* A piece is out. What makes the next one has the time of an answer for it. */
static void
ask_for_piece (InbHttpConnection *self)
{
  if (inb_http_pool_is_draining (self->pool))
    {
      inb_http_connection_close (self);
      return;
    }

  g_clear_pointer (&self->writer, inb_http_writer_free);
  inb_http_pool_move (self->pool, &self->ticket, INB_HTTP_PHASE_ANSWERING);
  inb_http_connection_stop_waiting (self);
  self->source = g_idle_source_new ();
  g_source_set_priority (self->source, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->source, on_next_piece, self, NULL);
  g_source_attach (self->source, NULL);
}

static void
finish_answer (InbHttpConnection *self)
{
  if (self->next != NULL)
    {
      ask_for_piece (self);
      return;
    }

  /* A refused body's beginning must not stay while its rest is thrown away. */
  inb_http_reader_drop_body (self->reader);
  inb_http_pool_release (self->pool, &self->ticket);
  inb_http_connection_forget_request (self);
  if (self->last)
    {
      inb_http_connection_end (self);
      return;
    }

  inb_http_connection_go_on (self);
}

static gboolean
write_some (InbHttpConnection *self)
{
  g_autoptr (GError) error = NULL;

  while (!inb_http_writer_is_done (self->writer))
    {
      if (inb_http_writer_write (self->writer, self->socket, &error))
        continue;
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return FALSE;

      g_debug ("Answering %s: %s", self->peer, error->message);
      inb_http_connection_close (self);
      return TRUE;
    }
  finish_answer (self);

  return TRUE;
}

static gboolean
on_writable (GSocket      *socket,
             GIOCondition  condition,
             gpointer      user_data)
{
  InbHttpConnection *self = user_data;

  if (write_some (self))
    return G_SOURCE_REMOVE;

  inb_http_pool_move (self->pool, &self->ticket, INB_HTTP_PHASE_SENDING);

  return G_SOURCE_CONTINUE;
}

static void
end_head (InbHttpConnection *self,
          GString           *head)
{
  self->last = !inb_http_reader_is_complete (self->reader) || !inb_http_head_keeps_alive (self->head) ||
               inb_http_pool_is_draining (self->pool);
  g_string_append (head, self->last ? "Connection: close\r\n\r\n" : "Connection: keep-alive\r\n\r\n");
}

/* Takes both. */
static void
write_out (InbHttpConnection *self,
           GString           *head,
           GBytes            *body)
{
  self->writer = inb_http_writer_new (head, body);
  if (write_some (self))
    return;

  inb_http_pool_move (self->pool, &self->ticket, INB_HTTP_PHASE_SENDING);
  inb_http_connection_wait_for (self, G_IO_OUT, on_writable);
}

/* Takes both. */
static void
write_piece (InbHttpConnection *self,
             GString           *head,
             GString           *piece)
{
  g_assert (piece->len > 0); /* an empty chunk would be the end */
  if (self->chunked)
    {
      g_string_append_printf (head, "%" G_GSIZE_MODIFIER "x\r\n", piece->len);
      g_string_append (piece, "\r\n");
    }
  write_out (self, head, g_string_free_to_bytes (piece));
}

void
inb_http_connection_extend (InbHttpConnection *self)
{
  if (self->ticket.phase == INB_HTTP_PHASE_ANSWERING)
    inb_http_pool_move (self->pool, &self->ticket, INB_HTTP_PHASE_ANSWERING);
}

/**
 * inb_http_connection_answer:
 * @head: (transfer full): status line and fields
 * @body: (transfer full) (nullable): the content
 *
 * Answers the present request.  Dropped when the client has gone.
 */
void
inb_http_connection_answer (InbHttpConnection *self,
                            GString           *head,
                            GBytes            *body)
{
  if (self->ticket.phase == INB_HTTP_PHASE_OUT)
    {
      g_string_free (head, TRUE);
      g_clear_pointer (&body, g_bytes_unref);
      return;
    }

  end_head (self, head);
  write_out (self, head, body);
}

/**
 * inb_http_connection_begin_pieces:
 * @head: (transfer full): status line and fields
 * @first: (transfer full): the beginning of the content
 * @next: asked for each further piece
 */
void
inb_http_connection_begin_pieces (InbHttpConnection *self,
                                  GString           *head,
                                  GString           *first,
                                  InbHttpNextPiece   next,
                                  gpointer           user_data)
{
  if (self->ticket.phase == INB_HTTP_PHASE_OUT)
    {
      g_string_free (head, TRUE);
      g_string_free (first, TRUE);
      next (FALSE, user_data);
      return;
    }

  self->next = next;
  self->next_data = user_data;
  self->chunked = inb_http_head_takes_chunks (self->head);
  if (self->chunked)
    g_string_append (head, "Transfer-Encoding: chunked\r\n");
  end_head (self, head);
  write_piece (self, head, first);
}

/**
 * inb_http_connection_send_piece:
 * @piece: (transfer full): a part of the content
 */
void
inb_http_connection_send_piece (InbHttpConnection *self,
                                GString           *piece)
{
  g_return_if_fail (self->next != NULL);

  write_piece (self, g_string_new (NULL), piece);
}

/**
 * inb_http_connection_end_pieces:
 *
 * A client of HTTP/1.0 sees the end by the connection's.
 */
void
inb_http_connection_end_pieces (InbHttpConnection *self)
{
  g_return_if_fail (self->next != NULL);

  self->next = NULL;
  if (self->chunked)
    write_out (self, g_string_new ("0\r\n\r\n"), NULL);
  else
    finish_answer (self);
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
  g_autoptr (GBytes) body = NULL;
  GString *head = inb_http_problem_new_head (path, error, fields, &body);
  gint64 received_at = inb_http_reader_get_received_at (self->reader);

  inb_http_pool_tell_refused (self->pool, inb_error_get_status (inb_error_get_code (error)),
                              received_at == 0 ? 0 : g_get_real_time () - received_at);
  g_debug ("%s refused: %s", self->peer, error->message);
  g_clear_pointer (&self->request, inb_http_request_unref);
  inb_http_connection_stop_waiting (self);
  inb_http_connection_answer (self, head, g_steal_pointer (&body));
}
