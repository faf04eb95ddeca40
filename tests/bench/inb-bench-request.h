/* One HTTP/1.1 request over a connection of its own, without blocking, as senders of webhooks do it. */
#pragma once

#include <glib.h>
#include <netinet/in.h>

G_BEGIN_DECLS

/* The bytes that go out; each "{n}" becomes a number of eight digits, so that the length stays the same. */
typedef struct _InbBenchTemplate InbBenchTemplate;

InbBenchTemplate *inb_bench_template_new  (const char         *method,
                                           const char         *path,
                                           const char         *host,
                                           const char * const *headers,
                                           const char         *body);
void              inb_bench_template_free (InbBenchTemplate   *self);

typedef enum {
  INB_BENCH_PENDING,
  INB_BENCH_ANSWERED, /* the whole answer is here; the connection may still be open */
  INB_BENCH_FAILED
} InbBenchState;

typedef struct {
  int           fd;
  gint64        started;      /* monotonic, microseconds: before the connection was asked for */
  int           status;       /* of HTTP; 0 until known */
  InbBenchState state;

  char         *out;
  gsize         out_length;
  gsize         sent;
  char          head[4096];
  gsize         head_length;
  gssize        missing;      /* bytes of the body still to come; -1 = until the connection ends */
  gboolean      has_head;
} InbBenchRequest;

InbBenchRequest *inb_bench_request_start (const struct sockaddr_in *address,
                                          InbBenchTemplate         *template,
                                          guint                     number,
                                          GError                  **error);
void             inb_bench_request_free  (InbBenchRequest          *self);
/* Writes and reads what can be without blocking. TRUE when the other side has closed and the request can be freed. */
gboolean         inb_bench_request_pump  (InbBenchRequest          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbBenchTemplate, inb_bench_template_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbBenchRequest, inb_bench_request_free)

G_END_DECLS
