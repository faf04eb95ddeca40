#include "inb-bench-load.h"

#include "inb-bench-latencies.h"
#include "inb-json.h"

#include <errno.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

/* When nothing at all is answered for so long the other side is taken for dead. */
#define STALL (30 * G_TIME_SPAN_SECOND)

typedef struct {
  const struct sockaddr_in *address;
  InbBenchTemplate         *template;
  guint                     next_number;
  int                       epoll;
  gint64                    measure_from;
  gint64                    measure_until;
  gint64                    last_answer;
  guint                     n_under_way;
  guint                     n_failed;     /* no HTTP answer at all */
  guint                     statuses[600];
  InbBenchLatencies        *latencies;
  GHashTable               *open;         /* of InbBenchRequest: every connection that is not closed yet */
} Load;

static gboolean
start_one (Load    *self,
           GError **error)
{
  InbBenchRequest *request = inb_bench_request_start (self->address, self->template, self->next_number++, error);
  struct epoll_event event = { .events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET };

  if (request == NULL)
    return FALSE;

  g_hash_table_add (self->open, request);
  self->n_under_way++;
  event.data.ptr = request;
  if (epoll_ctl (self->epoll, EPOLL_CTL_ADD, request->fd, &event) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "Watching a connection: %s", g_strerror (errno));
      return FALSE;
    }

  return TRUE;
}

static void
record (Load            *self,
        InbBenchRequest *request)
{
  gint64 now = g_get_monotonic_time ();

  self->n_under_way--;
  self->last_answer = now;
  if (now < self->measure_from || now >= self->measure_until)
    return;

  if (request->state == INB_BENCH_FAILED)
    {
      self->n_failed++;
      return;
    }
  self->statuses[CLAMP (request->status, 0, 599)]++;
  inb_bench_latencies_add (self->latencies, now - request->started);
}

static gboolean
handle (Load            *self,
        InbBenchRequest *request,
        GError         **error)
{
  gboolean was_pending = request->state == INB_BENCH_PENDING;
  gboolean is_closed = inb_bench_request_pump (request);

  if (was_pending && request->state != INB_BENCH_PENDING)
    {
      record (self, request);
      if (g_get_monotonic_time () < self->measure_until && !start_one (self, error))
        return FALSE;
    }
  if (is_closed)
    g_hash_table_remove (self->open, request);

  return TRUE;
}

static gboolean
run_loop (Load    *self,
          GError **error)
{
  struct epoll_event events[256];

  while (self->n_under_way > 0)
    {
      int n = epoll_wait (self->epoll, events, G_N_ELEMENTS (events), 1000);

      for (int i = 0; i < n; i++)
        {
          if (!handle (self, events[i].data.ptr, error))
            return FALSE;
        }
      if (g_get_monotonic_time () - self->last_answer > STALL)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "No answers any more");
          return FALSE;
        }
    }

  return TRUE;
}

static void
report (Load    *self,
        double   seconds,
        GString *json)
{
  char rate[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (json, '{');
  inb_json_append_member_integer (json, "answers", inb_bench_latencies_get_size (self->latencies));
  inb_json_append_member_integer (json, "failed", self->n_failed);
  inb_json_append_name (json, "rate");
  g_string_append (json, g_ascii_formatd (rate, sizeof rate, "%.1f", inb_bench_latencies_get_size (self->latencies) / seconds));
  inb_bench_latencies_append_json (self->latencies, "answer", json);
  inb_json_append_name (json, "statuses");
  g_string_append_c (json, '{');
  for (guint status = 0; status < G_N_ELEMENTS (self->statuses); status++)
    {
      g_autofree char *name = g_strdup_printf ("%u", status);

      if (self->statuses[status] > 0)
        inb_json_append_member_integer (json, name, self->statuses[status]);
    }
  g_string_append (json, "}}");
}

gboolean
inb_bench_run_load (const struct sockaddr_in  *address,
                    InbBenchTemplate          *template,
                    guint                      first_number,
                    guint                      n_connections,
                    double                     warmup,
                    double                     seconds,
                    GString                   *json,
                    GError                   **error)
{
  g_autoptr (InbBenchLatencies) latencies = inb_bench_latencies_new ();
  g_autoptr (GHashTable) open = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) inb_bench_request_free, NULL);
  gint64 now = g_get_monotonic_time ();
  Load load = {
    .address = address,
    .template = template,
    .next_number = first_number,
    .measure_from = now + (gint64) (warmup * G_USEC_PER_SEC),
    .measure_until = now + (gint64) ((warmup + seconds) * G_USEC_PER_SEC),
    .last_answer = now,
    .latencies = latencies,
    .open = open,
  };
  gboolean done = TRUE;

  load.epoll = epoll_create1 (EPOLL_CLOEXEC);
  for (guint i = 0; i < n_connections && done; i++)
    done = start_one (&load, error);
  done = done && run_loop (&load, error);
  close (load.epoll);
  if (done)
    report (&load, seconds, json);

  return done;
}
