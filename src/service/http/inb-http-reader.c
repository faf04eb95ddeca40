#define G_LOG_DOMAIN "inb-service"

#include "inb-http-reader.h"

#include "inb-error.h"
#include "inb-http-body.h"

#define HEAD_READ_SIZE (4 * 1024)
#define BODY_READ_SIZE (16 * 1024)

struct _InbHttpReader {
  GByteArray  *bytes;   /* of the head, later what came after it */
  InbHttpHead *head;
  InbHttpBody *body;
  gsize        scanned;
  gint64       received_at;
};

InbHttpReader *
inb_http_reader_new (void)
{
  InbHttpReader *self = g_new0 (InbHttpReader, 1);

  self->bytes = g_byte_array_new ();

  return self;
}

void
inb_http_reader_restart (InbHttpReader *self)
{
  g_clear_pointer (&self->body, inb_http_body_free);
  g_clear_pointer (&self->head, inb_http_head_unref);
  self->scanned = 0;
  self->received_at = 0;
}

void
inb_http_reader_free (InbHttpReader *self)
{
  inb_http_reader_restart (self);
  g_byte_array_unref (self->bytes);
  g_free (self);
}

static InbHttpHead *
scan (InbHttpReader  *self,
      GError        **error)
{
  gssize length = inb_http_head_find_end (self->bytes->data, self->bytes->len, &self->scanned);

  if (length > INB_HTTP_MAX_HEAD || (length == 0 && self->bytes->len > INB_HTTP_MAX_HEAD))
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_TOO_LARGE, "The request's head is too long");
      return NULL;
    }
  if (length < 0)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_BAD_REQUEST, "A line of the request's head does not end in CR LF");
      return NULL;
    }
  if (length == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "More of the head must come");
      return NULL;
    }

  self->head = inb_http_head_parse (self->bytes->data, (gsize) length, error);
  g_byte_array_remove_range (self->bytes, 0, (guint) length);

  return self->head == NULL ? NULL : inb_http_head_ref (self->head);
}

static gboolean
read_some (InbHttpReader  *self,
           GSocket        *socket,
           GError        **error)
{
  char piece[HEAD_READ_SIZE];
  gssize n = g_socket_receive (socket, piece, sizeof piece, NULL, error);

  if (n == 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "The connection ended");
  if (n <= 0)
    return FALSE;

  g_byte_array_append (self->bytes, (const guint8 *) piece, (guint) n);

  return TRUE;
}

/**
 * inb_http_reader_read_head:
 * @socket: not blocking
 *
 * Returns: (transfer full) (nullable): the head, or %NULL with an error
 */
InbHttpHead *
inb_http_reader_read_head (InbHttpReader  *self,
                           GSocket        *socket,
                           GError        **error)
{
  /* Bytes that were not scanned are a request sent before the last one's answer. */
  if (self->scanned == self->bytes->len && !read_some (self, socket, error))
    return NULL;
  if (self->received_at == 0)
    self->received_at = g_get_real_time ();

  return scan (self, error);
}

/**
 * inb_http_reader_begin_body:
 * @max_size: bytes
 *
 * Returns: whether the body is in order so far; it may be complete already
 */
gboolean
inb_http_reader_begin_body (InbHttpReader  *self,
                            gsize           max_size,
                            GError        **error)
{
  gsize n_taken;

  self->body = inb_http_body_new (self->head, max_size);
  if (!inb_http_body_feed (self->body, self->bytes->data, self->bytes->len, &n_taken, error))
    return FALSE;

  g_byte_array_remove_range (self->bytes, 0, (guint) n_taken);

  return TRUE;
}

gboolean
inb_http_reader_read_body (InbHttpReader  *self,
                           GSocket        *socket,
                           GError        **error)
{
  guint8 piece[BODY_READ_SIZE];
  gsize n_taken;
  gssize n = g_socket_receive (socket, (char *) piece, sizeof piece, NULL, error);

  if (n == 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "The connection ended within the body");
  if (n <= 0 || !inb_http_body_feed (self->body, piece, (gsize) n, &n_taken, error))
    return FALSE;

  g_byte_array_append (self->bytes, piece + n_taken, (guint) ((gsize) n - n_taken));

  return TRUE;
}

gboolean
inb_http_reader_is_complete (InbHttpReader *self)
{
  return self->body != NULL && inb_http_body_is_complete (self->body);
}

gsize
inb_http_reader_get_body_size (InbHttpReader *self)
{
  return inb_http_body_get_size (self->body);
}

GBytes *
inb_http_reader_take_body (InbHttpReader *self)
{
  return inb_http_body_take (self->body);
}

/**
 * inb_http_reader_drop_body:
 *
 * Frees what has come of the body, which is not read any further.
 */
void
inb_http_reader_drop_body (InbHttpReader *self)
{
  if (self->body != NULL)
    inb_http_body_drop (self->body);
}

gint64
inb_http_reader_get_received_at (InbHttpReader *self)
{
  return self->received_at;
}

gboolean
inb_http_reader_has_more (InbHttpReader *self)
{
  return self->bytes->len > 0;
}

GBytes *
inb_http_reader_take_rest (InbHttpReader *self)
{
  GBytes *rest = g_bytes_new (self->bytes->data, self->bytes->len);

  g_byte_array_set_size (self->bytes, 0);

  return rest;
}
