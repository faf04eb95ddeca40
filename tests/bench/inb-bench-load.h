/* The measurements that `inb-bench-load` offers. */
#pragma once

#include "inb-bench-request.h"

G_BEGIN_DECLS

/* Keeps @n_connections requests under way for @seconds after @warmup seconds; JSON of what came of it. */
gboolean inb_bench_run_load   (const struct sockaddr_in *address,
                               InbBenchTemplate         *template,
                               guint                     first_number,
                               guint                     n_connections,
                               double                    warmup,
                               double                    seconds,
                               GString                  *json,
                               GError                  **error);
/* One request after the other, each until its event came over the WebSocket at @websocket_path. */
gboolean inb_bench_run_events (const struct sockaddr_in *address,
                               InbBenchTemplate         *template,
                               guint                     first_number,
                               guint                     n_events,
                               const char               *websocket_path,
                               const char               *host,
                               const char               *token,
                               GString                  *json,
                               GError                  **error);

G_END_DECLS
