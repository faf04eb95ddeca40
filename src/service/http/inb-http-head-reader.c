#define G_LOG_DOMAIN "inb-service"

#include "inb-http-head-reader.h"

#include "inb-error.h"

#define READ_SIZE 4096

struct _InbHttpHeadReader {
  GByteArray *bytes;
  gsize       scanned;
  gint64      received_at;
};

InbHttpHeadReader *
inb_http_head_reader_new (void)
{
  return g_new0 (InbHttpHeadReader, 1);
}

void
inb_http_head_reader_free (InbHttpHeadReader *self)
{
  g_clear_pointer (&self->bytes, g_byte_array_unref);
  g_free (self);
}

static InbHttpHead *
scan (InbHttpHeadReader  *self,
      GError            **error)
{
  gssize length = inb_http_head_find_end (self->bytes->data, self->bytes->len, &self->scanned);
  InbHttpHead *head;

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

  head = inb_http_head_parse (self->bytes->data, (gsize) length, error);
  g_byte_array_remove_range (self->bytes, 0, (guint) length);

  return head;
}

/**
 * inb_http_head_reader_read:
 * @socket: not blocking
 *
 * Returns: (transfer full) (nullable): the head, or %NULL with an error
 */
InbHttpHead *
inb_http_head_reader_read (InbHttpHeadReader  *self,
                           GSocket            *socket,
                           GError            **error)
{
  char piece[READ_SIZE];
  gssize n = g_socket_receive (socket, piece, sizeof piece, NULL, error);

  if (n < 0)
    return NULL;
  if (n == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "The connection ended");
      return NULL;
    }

  if (self->bytes == NULL)
    {
      self->bytes = g_byte_array_sized_new ((guint) n);
      self->received_at = g_get_real_time ();
    }
  g_byte_array_append (self->bytes, (const guint8 *) piece, (guint) n);

  return scan (self, error);
}

gint64
inb_http_head_reader_get_received_at (InbHttpHeadReader *self)
{
  return self->received_at;
}

/**
 * inb_http_head_reader_get_rest:
 *
 * Returns: (transfer none): the bytes after the head, once that was read
 */
GByteArray *
inb_http_head_reader_get_rest (InbHttpHeadReader *self)
{
  return self->bytes;
}
