#define G_LOG_DOMAIN "inb-service"

#include "inb-http-writer.h"

#include <time.h>

struct _InbHttpWriter {
  GString *head;
  GBytes  *body; /* NULL for none */
  gsize    offset;
};

/**
 * inb_http_writer_new:
 * @head: (transfer full): with its final empty line
 * @body: (transfer full) (nullable): the content
 *
 * Returns: (transfer full): a writer at the beginning
 */
InbHttpWriter *
inb_http_writer_new (GString *head,
                     GBytes  *body)
{
  InbHttpWriter *self = g_new0 (InbHttpWriter, 1);

  self->head = head;
  self->body = body;

  return self;
}

void
inb_http_writer_free (InbHttpWriter *self)
{
  g_string_free (self->head, TRUE);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

static gsize
get_body_size (InbHttpWriter *self)
{
  return self->body == NULL ? 0 : g_bytes_get_size (self->body);
}

gboolean
inb_http_writer_is_done (InbHttpWriter *self)
{
  return self->offset == self->head->len + get_body_size (self);
}

/**
 * inb_http_writer_write:
 * @socket: not blocking
 *
 * Returns: whether something was written
 */
gboolean
inb_http_writer_write (InbHttpWriter  *self,
                       GSocket        *socket,
                       GError        **error)
{
  GOutputVector vectors[2];
  guint n_vectors = 0;
  gsize in_body = self->offset > self->head->len ? self->offset - self->head->len : 0;
  gssize n_written;

  if (self->offset < self->head->len)
    {
      vectors[n_vectors].buffer = self->head->str + self->offset;
      vectors[n_vectors++].size = self->head->len - self->offset;
    }
  if (get_body_size (self) > in_body)
    {
      vectors[n_vectors].buffer = (const char *) g_bytes_get_data (self->body, NULL) + in_body;
      vectors[n_vectors++].size = get_body_size (self) - in_body;
    }

  n_written = g_socket_send_message (socket, NULL, vectors, (int) n_vectors, NULL, 0, 0, NULL, error);
  if (n_written < 0)
    return FALSE;
  self->offset += (gsize) n_written;

  return TRUE;
}

/**
 * inb_http_writer_append_date:
 * @seconds: since 1970
 *
 * strftime() would speak the user's language.
 */
void
inb_http_writer_append_date (GString *head,
                             gint64   seconds)
{
  static const char days[][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
  static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  time_t when = (time_t) seconds;
  struct tm utc;

  gmtime_r (&when, &utc);
  g_string_append_printf (head, "Date: %s, %02d %s %d %02d:%02d:%02d GMT\r\n", days[utc.tm_wday], utc.tm_mday,
                          months[utc.tm_mon], utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
}
