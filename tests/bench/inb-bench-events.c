/* From the first byte of a webhook to its event at a listening client. */
#include "inb-bench-load.h"

#include "inb-bench-latencies.h"
#include "inb-json.h"

#include <errno.h>
#include <gio/gio.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define DEADLINE (10 * G_TIME_SPAN_SECOND)
#define EVENT_MARK "webhook:contact_created"

typedef struct {
  int         fd;
  GByteArray *input; /* Owned: bytes that are not yet a whole frame */
} Socket;

static gboolean
fail (GError    **error,
      const char *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", what);

  return FALSE;
}

/* Reads what is there. FALSE when the connection has ended. */
static gboolean
read_some (Socket *self)
{
  guint8 buffer[64 * 1024];
  gssize n = recv (self->fd, buffer, sizeof buffer, MSG_DONTWAIT);

  if (n > 0)
    g_byte_array_append (self->input, buffer, (guint) n);

  return n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR));
}

static gboolean
wait_readable (int fd,
               int timeout)
{
  struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

  return poll (&poll_fd, 1, timeout) > 0;
}

static gboolean
open_websocket (Socket                    *self,
                const struct sockaddr_in  *address,
                const char                *path,
                const char                *host,
                const char                *token,
                GError                   **error)
{
  g_autofree char *head = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                                           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: aW5ib3VuZC1sZWFkcy1iZQ==\r\n"
                                           "Authorization: Bearer %s\r\n\r\n", path, host, token);
  guint8 *end = NULL;

  self->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect (self->fd, (const struct sockaddr *) address, sizeof *address) != 0
      || send (self->fd, head, strlen (head), MSG_NOSIGNAL) != (gssize) strlen (head))
    return fail (error, "Connecting the WebSocket failed");

  while (end == NULL)
    {
      if (!wait_readable (self->fd, DEADLINE / 1000) || !read_some (self))
        return fail (error, "No answer to the WebSocket's request");
      end = memmem (self->input->data, self->input->len, "\r\n\r\n", 4);
    }
  if (memcmp (self->input->data, "HTTP/1.1 101", strlen ("HTTP/1.1 101")) != 0)
    return fail (error, "The WebSocket was refused");
  g_byte_array_remove_range (self->input, 0, (guint) (end + 4 - self->input->data));

  return TRUE;
}

/* A pong without content, masked by zeros; the server counts it as a sign of life. */
static void
send_pong (Socket *self)
{
  static const guint8 pong[] = { 0x8a, 0x80, 0, 0, 0, 0 };

  if (send (self->fd, pong, sizeof pong, MSG_NOSIGNAL) != sizeof pong)
    g_printerr ("The WebSocket took no pong\n");
}

/* Takes whole frames off the input.  Returns: how many of them were the event that is waited for */
static guint
take_frames (Socket *self)
{
  guint n_events = 0;

  while (self->input->len >= 2)
    {
      const guint8 *data = self->input->data;
      guint64 length = data[1] & 0x7f;
      guint head = 2;

      if (length == 126)
        head = 4;
      else if (length == 127)
        head = 10;
      if (self->input->len < head)
        break;
      if (head > 2)
        {
          length = 0;
          for (guint i = 2; i < head; i++)
            length = length << 8 | data[i];
        }
      if (self->input->len - head < length)
        break;

      if ((data[0] & 0x0f) == 0x9)
        send_pong (self);
      n_events += memmem (data + head, length, EVENT_MARK, strlen (EVENT_MARK)) != NULL;
      g_byte_array_remove_range (self->input, 0, (guint) (head + length));
    }

  return n_events;
}

/* Until both the answer and the event are there. */
static gboolean
wait_for_both (Socket             *websocket,
               InbBenchRequest    *request,
               InbBenchLatencies  *answers,
               InbBenchLatencies  *events,
               GError            **error)
{
  gboolean has_answer = FALSE, has_event = FALSE;

  while (!has_answer || !has_event)
    {
      struct pollfd fds[] = {
        { .fd = websocket->fd, .events = POLLIN },
        { .fd = has_answer ? -1 : request->fd, .events = POLLIN | (request->sent < request->out_length ? POLLOUT : 0) },
      };

      if (poll (fds, G_N_ELEMENTS (fds), 1000) < 0 || g_get_monotonic_time () - request->started > DEADLINE)
        return fail (error, has_answer ? "The event did not come" : "The answer did not come");

      if (fds[0].revents != 0 && !read_some (websocket))
        return fail (error, "The WebSocket was closed");
      if (fds[0].revents != 0 && take_frames (websocket) > 0 && !has_event)
        {
          has_event = TRUE;
          inb_bench_latencies_add (events, g_get_monotonic_time () - request->started);
        }
      if (fds[1].revents != 0)
        inb_bench_request_pump (request);
      if (!has_answer && request->state != INB_BENCH_PENDING)
        {
          has_answer = TRUE;
          inb_bench_latencies_add (answers, g_get_monotonic_time () - request->started);
          if (request->state == INB_BENCH_FAILED || request->status != 200)
            return fail (error, "A webhook was not answered with 200");
        }
    }

  return TRUE;
}

gboolean
inb_bench_run_events (const struct sockaddr_in  *address,
                      InbBenchTemplate          *template,
                      guint                      first_number,
                      guint                      n_events,
                      const char                *websocket_path,
                      const char                *host,
                      const char                *token,
                      GString                   *json,
                      GError                   **error)
{
  g_autoptr (InbBenchLatencies) answers = inb_bench_latencies_new ();
  g_autoptr (InbBenchLatencies) events = inb_bench_latencies_new ();
  g_autoptr (GByteArray) input = g_byte_array_new ();
  Socket websocket = { .fd = -1, .input = input };
  gboolean done;

  done = open_websocket (&websocket, address, websocket_path, host, token, error);
  for (guint i = 0; i < n_events && done; i++)
    {
      g_autoptr (InbBenchRequest) request = inb_bench_request_start (address, template, first_number + i, error);

      done = request != NULL && wait_for_both (&websocket, request, answers, events, error);
    }
  if (websocket.fd >= 0)
    close (websocket.fd);
  if (!done)
    return FALSE;

  g_string_append_c (json, '{');
  inb_json_append_member_integer (json, "events", inb_bench_latencies_get_size (events));
  inb_bench_latencies_append_json (events, "event", json);
  inb_bench_latencies_append_json (answers, "answer", json);
  g_string_append_c (json, '}');

  return TRUE;
}
