#define G_LOG_DOMAIN "inb-service"

#include "inb-http-body.h"

#include "inb-error.h"

#include <string.h>

#define MAX_FRAMING (256 * 1024) /* bytes of chunk lines and trailers */
#define MAX_SIZE_DIGITS 8
/* A large body is held in pieces: one block that doubles would take twice its size, and leave holes behind when it moves. */
#define PIECE_SIZE (32 * 1024)

typedef enum {
  STATE_DATA,       /* of the counted body, or of a chunk */
  STATE_DATA_CR,
  STATE_DATA_LF,
  STATE_SIZE,       /* hexadecimal digits */
  STATE_EXTENSION,
  STATE_SIZE_LF,
  STATE_LINE_START, /* of a trailer, or the last line */
  STATE_TRAILER,
  STATE_TRAILER_LF,
  STATE_LAST_LF,
  STATE_DONE
} State;

struct _InbHttpBody {
  GByteArray *data;     /* the last piece */
  GPtrArray  *full;     /* (element-type GByteArray) of PIECE_SIZE each, before it; NULL = none */
  gsize       size;     /* of all */
  State       state;
  gboolean    chunked;
  gsize       left;     /* of the data, or the chunk's size while it is read */
  guint       n_digits;
  gsize       n_framing;
  gsize       max_size;
};

/**
 * inb_http_body_new:
 * @max_size: bytes
 *
 * Returns: (transfer full): a body; complete at once if @head announces none
 */
InbHttpBody *
inb_http_body_new (const InbHttpHead *head,
                   gsize              max_size)
{
  InbHttpBody *self = g_new0 (InbHttpBody, 1);

  self->data = g_byte_array_new ();
  self->max_size = max_size;
  self->chunked = inb_http_head_is_chunked (head);
  if (self->chunked)
    self->state = STATE_SIZE;
  else if (inb_http_head_get_length (head) > 0)
    self->left = (gsize) inb_http_head_get_length (head);
  else
    self->state = STATE_DONE;

  return self;
}

/**
 * inb_http_body_drop:
 *
 * Frees the content, which nobody wants any more; whether the body is complete can still be asked.
 */
void
inb_http_body_drop (InbHttpBody *self)
{
  g_clear_pointer (&self->data, g_byte_array_unref);
  g_clear_pointer (&self->full, g_ptr_array_unref);
}

void
inb_http_body_free (InbHttpBody *self)
{
  inb_http_body_drop (self);
  g_free (self);
}

static gboolean
fail_framing (GError **error)
{
  g_set_error_literal (error, INB_ERROR, INB_ERROR_BAD_REQUEST, "Reading the body: its chunks are malformed");

  return FALSE;
}

static gboolean
fail_size (InbHttpBody  *self,
           GError      **error)
{
  g_set_error (error, INB_ERROR, INB_ERROR_TOO_LARGE, "The body is over %" G_GSIZE_FORMAT " bytes", self->max_size);

  return FALSE;
}

static gboolean
take_size_digit (InbHttpBody  *self,
                 guint8        byte,
                 GError      **error)
{
  int digit = g_ascii_xdigit_value ((char) byte);

  if (digit >= 0)
    {
      if (++self->n_digits > MAX_SIZE_DIGITS)
        return fail_size (self, error);
      self->left = self->left * 16 + (gsize) digit;
      return TRUE;
    }
  if (self->n_digits == 0 || (byte != '\r' && byte != ';' && byte != ' ' && byte != '\t'))
    return fail_framing (error);

  self->state = byte == '\r' ? STATE_SIZE_LF : STATE_EXTENSION;

  return TRUE;
}

static gboolean
end_size_line (InbHttpBody  *self,
               GError      **error)
{
  if (self->size + self->left > self->max_size)
    return fail_size (self, error);

  self->state = self->left > 0 ? STATE_DATA : STATE_LINE_START;
  self->n_digits = 0;

  return TRUE;
}

static gboolean
take_framing (InbHttpBody  *self,
              guint8        byte,
              GError      **error)
{
  if (++self->n_framing > MAX_FRAMING)
    return fail_size (self, error);

  switch (self->state)
    {
    case STATE_SIZE:
      return take_size_digit (self, byte, error);
    case STATE_EXTENSION:
      if (byte == '\n')
        return fail_framing (error);
      if (byte == '\r')
        self->state = STATE_SIZE_LF;
      return TRUE;
    case STATE_SIZE_LF:
      return byte == '\n' ? end_size_line (self, error) : fail_framing (error);
    case STATE_DATA_CR:
      self->state = STATE_DATA_LF;
      return byte == '\r' || fail_framing (error);
    case STATE_DATA_LF:
      self->state = STATE_SIZE;
      return byte == '\n' || fail_framing (error);
    case STATE_LINE_START:
    case STATE_TRAILER:
      if (byte == '\n')
        return fail_framing (error);
      if (byte == '\r')
        self->state = self->state == STATE_LINE_START ? STATE_LAST_LF : STATE_TRAILER_LF;
      else
        self->state = STATE_TRAILER;
      return TRUE;
    case STATE_TRAILER_LF:
      self->state = STATE_LINE_START;
      return byte == '\n' || fail_framing (error);
    case STATE_LAST_LF:
      self->state = STATE_DONE;
      return byte == '\n' || fail_framing (error);
    case STATE_DATA:
    case STATE_DONE:
    default:
      g_assert_not_reached ();
    }
}

static void
append (InbHttpBody  *self,
        const guint8 *bytes,
        gsize         length)
{
  while (length > 0)
    {
      gsize n = MIN (length, PIECE_SIZE - self->data->len);

      g_byte_array_append (self->data, bytes, (guint) n);
      self->size += n;
      bytes += n;
      length -= n;
      if (self->data->len < PIECE_SIZE)
        continue;

      if (self->full == NULL)
        self->full = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
      g_ptr_array_add (self->full, self->data);
      self->data = g_byte_array_new ();
    }
}

/**
 * inb_http_body_feed:
 * @n_taken: (out): how many of @bytes belong to the body
 *
 * Returns: whether the body is in order so far
 */
gboolean
inb_http_body_feed (InbHttpBody   *self,
                    const guint8  *bytes,
                    gsize          length,
                    gsize         *n_taken,
                    GError       **error)
{
  gsize i = 0;

  if (!self->chunked && self->left > self->max_size)
    return fail_size (self, error);

  while (i < length && self->state != STATE_DONE)
    {
      gsize n = MIN (self->left, length - i);

      if (self->state != STATE_DATA)
        {
          if (!take_framing (self, bytes[i++], error))
            return FALSE;
          continue;
        }

      append (self, bytes + i, n);
      self->left -= n;
      i += n;
      if (self->left == 0)
        self->state = self->chunked ? STATE_DATA_CR : STATE_DONE;
    }
  *n_taken = i;

  return TRUE;
}

gboolean
inb_http_body_is_complete (const InbHttpBody *self)
{
  return self->state == STATE_DONE;
}

/**
 * inb_http_body_get_size:
 *
 * Returns: bytes of content that have come so far
 */
gsize
inb_http_body_get_size (const InbHttpBody *self)
{
  return self->size;
}

GBytes *
inb_http_body_take (InbHttpBody *self)
{
  guint8 *whole;
  gsize at = 0;

  if (self->full == NULL)
    return g_byte_array_free_to_bytes (g_steal_pointer (&self->data));

  whole = g_malloc (self->size);
  for (guint i = 0; i < self->full->len; i++)
    {
      const GByteArray *piece = g_ptr_array_index (self->full, i);

      memcpy (whole + at, piece->data, piece->len);
      at += piece->len;
    }
  if (self->data->len > 0)
    memcpy (whole + at, self->data->data, self->data->len);
  inb_http_body_drop (self);

  return g_bytes_new_take (whole, self->size);
}
