#define G_LOG_DOMAIN "inb-tests"

#include "inb-bench-times.h"

#include <string.h>
#include <time.h>

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

double
inb_bench_get_share (GArray *times,
                     double  share)
{
  g_array_sort (times, compare_times);

  return (double) g_array_index (times, gint64, (guint) ((times->len - 1) * share)) / 1000.0;
}

/* Without the pages of files: what the process has for itself. */
double
inb_bench_get_memory (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL) || (line = strstr (text, "RssAnon:")) == NULL)
    return -1;

  return (double) g_ascii_strtoll (line + strlen ("RssAnon:"), NULL, 10) / 1024;
}

gint64
inb_bench_get_cpu_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}
