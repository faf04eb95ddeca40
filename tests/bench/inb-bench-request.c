#include "inb-bench-request.h"

#include <errno.h>
#include <gio/gio.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PLACEHOLDER "{n}"
#define N_DIGITS 8

struct _InbBenchTemplate {
  GString *bytes;      /* Owned */
  GArray  *positions;  /* Owned, gsize: of the numbers */
};

static char *
fill_placeholders (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, PLACEHOLDER, -1);

  return g_strjoinv ("\001\001\001\001\001\001\001\001", parts);
}

InbBenchTemplate *
inb_bench_template_new (const char         *method,
                        const char         *path,
                        const char         *host,
                        const char * const *headers,
                        const char         *body)
{
  InbBenchTemplate *self = g_new0 (InbBenchTemplate, 1);
  g_autofree char *filled = fill_placeholders (body != NULL ? body : "");
  g_autofree char *filled_path = fill_placeholders (path);

  self->bytes = g_string_new (NULL);
  self->positions = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_string_append_printf (self->bytes, "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n", method, filled_path, host);
  for (guint i = 0; headers != NULL && headers[i] != NULL; i++)
    {
      g_autofree char *header = fill_placeholders (headers[i]);

      g_string_append_printf (self->bytes, "%s\r\n", header);
    }
  if (body != NULL)
    g_string_append_printf (self->bytes, "Content-Length: %" G_GSIZE_FORMAT "\r\n", strlen (filled));
  g_string_append_printf (self->bytes, "\r\n%s", filled);

  for (gsize i = 0; i < self->bytes->len; i++)
    {
      if (self->bytes->str[i] == '\001')
        {
          g_array_append_val (self->positions, i);
          i += N_DIGITS - 1;
        }
    }

  return self;
}

void
inb_bench_template_free (InbBenchTemplate *self)
{
  g_string_free (self->bytes, TRUE);
  g_array_unref (self->positions);
  g_free (self);
}

static char *
write_out (InbBenchTemplate *self,
           guint             number)
{
  char *out = g_memdup2 (self->bytes->str, self->bytes->len);
  char digits[N_DIGITS + 1];

  g_snprintf (digits, sizeof digits, "%08u", number % 100000000);
  for (guint i = 0; i < self->positions->len; i++)
    memcpy (out + g_array_index (self->positions, gsize, i), digits, N_DIGITS);

  return out;
}

InbBenchRequest *
inb_bench_request_start (const struct sockaddr_in  *address,
                         InbBenchTemplate          *template,
                         guint                      number,
                         GError                   **error)
{
  InbBenchRequest *self = g_new (InbBenchRequest, 1);
  int on = 1;

  self->started = g_get_monotonic_time ();
  self->status = 0;
  self->state = INB_BENCH_PENDING;
  self->out = write_out (template, number);
  self->out_length = template->bytes->len;
  self->sent = 0;
  self->head_length = 0;
  self->missing = -1;
  self->has_head = FALSE;
  self->fd = socket (AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (self->fd >= 0)
    setsockopt (self->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (self->fd < 0 || (connect (self->fd, (const struct sockaddr *) address, sizeof *address) != 0 && errno != EINPROGRESS))
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "Connecting: %s", g_strerror (errno));
      inb_bench_request_free (self);
      return NULL;
    }

  return self;
}

void
inb_bench_request_free (InbBenchRequest *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->out);
  g_free (self);
}

static void
send_rest (InbBenchRequest *self)
{
  gssize n;

  if (self->sent == self->out_length)
    return;

  n = send (self->fd, self->out + self->sent, self->out_length - self->sent, MSG_NOSIGNAL);
  if (n > 0)
    self->sent += (gsize) n;
  else if (n < 0 && errno != EAGAIN && errno != ENOTCONN)
    self->state = INB_BENCH_FAILED;
}

/* @n: bytes of the body that were just read. */
static void
count_body (InbBenchRequest *self,
            gssize           n)
{
  if (self->missing < 0)
    return;

  self->missing = MAX (self->missing - n, 0);
  if (self->missing == 0)
    self->state = INB_BENCH_ANSWERED;
}

static void
take_head (InbBenchRequest *self)
{
  const char *end = memmem (self->head, self->head_length, "\r\n\r\n", 4);
  const char *length;

  if (end == NULL)
    {
      if (self->head_length == sizeof self->head - 1)
        self->state = INB_BENCH_FAILED;
      return;
    }

  self->has_head = TRUE;
  self->head[self->head_length] = '\0';
  self->status = self->head_length > 12 ? atoi (self->head + strlen ("HTTP/1.1 ")) : 0;
  length = strcasestr (self->head, "\r\nContent-Length:");
  if (length != NULL && length < end)
    self->missing = (gssize) g_ascii_strtoull (length + strlen ("\r\nContent-Length:"), NULL, 10);
  count_body (self, (gssize) (self->head_length - (gsize) (end + 4 - self->head)));
}

gboolean
inb_bench_request_pump (InbBenchRequest *self)
{
  static char scratch[256 * 1024];

  send_rest (self);
  while (self->state != INB_BENCH_FAILED)
    {
      gsize room = sizeof self->head - 1 - self->head_length;
      gssize n = self->has_head ? recv (self->fd, scratch, sizeof scratch, 0)
                                : recv (self->fd, self->head + self->head_length, room, 0);

      if (n < 0)
        {
          if (errno != EAGAIN && errno != ENOTCONN && self->state == INB_BENCH_PENDING)
            self->state = INB_BENCH_FAILED;
          return self->state == INB_BENCH_FAILED || (errno != EAGAIN && errno != ENOTCONN);
        }
      if (n == 0)
        {
          if (self->state == INB_BENCH_PENDING)
            self->state = self->has_head && self->missing < 0 ? INB_BENCH_ANSWERED : INB_BENCH_FAILED;
          return TRUE;
        }

      if (self->has_head)
        {
          count_body (self, n);
        }
      else
        {
          self->head_length += (gsize) n;
          take_head (self);
        }
    }

  return TRUE;
}
