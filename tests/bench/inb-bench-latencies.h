/* Times of single requests, and what a benchmark says of them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _InbBenchLatencies InbBenchLatencies;

InbBenchLatencies *inb_bench_latencies_new         (void);
void               inb_bench_latencies_free        (InbBenchLatencies *self);
void               inb_bench_latencies_add         (InbBenchLatencies *self,
                                                    gint64             microseconds);
guint              inb_bench_latencies_get_size    (InbBenchLatencies *self);
/* Members "NAME_p50_us" … "NAME_max_us" of a JSON object that is being written. */
void               inb_bench_latencies_append_json (InbBenchLatencies *self,
                                                    const char        *name,
                                                    GString           *json);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbBenchLatencies, inb_bench_latencies_free)

G_END_DECLS
