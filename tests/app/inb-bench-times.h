/* What the benches of the window measure with. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Milliseconds: of the times (element-type gint64, microseconds), which are sorted, the one that @share of them do not exceed. */
double inb_bench_get_share    (GArray *times,
                               double  share);
/* Megabytes that the process has for itself, without the pages of files. */
double inb_bench_get_memory   (void);
/* Microseconds of the calling thread. */
gint64 inb_bench_get_cpu_time (void);

G_END_DECLS
