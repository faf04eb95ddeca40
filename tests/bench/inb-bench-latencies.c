#include "inb-bench-latencies.h"

#include "inb-json.h"

struct _InbBenchLatencies {
  GArray   *values; /* gint64, microseconds */
  gboolean  is_sorted;
};

InbBenchLatencies *
inb_bench_latencies_new (void)
{
  InbBenchLatencies *self = g_new0 (InbBenchLatencies, 1);

  self->values = g_array_sized_new (FALSE, FALSE, sizeof (gint64), 1 << 16);

  return self;
}

void
inb_bench_latencies_free (InbBenchLatencies *self)
{
  g_array_unref (self->values);
  g_free (self);
}

void
inb_bench_latencies_add (InbBenchLatencies *self,
                         gint64             microseconds)
{
  g_array_append_val (self->values, microseconds);
  self->is_sorted = FALSE;
}

guint
inb_bench_latencies_get_size (InbBenchLatencies *self)
{
  return self->values->len;
}

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

/* @share: 0.5 for the median. 0 when there is none. */
static gint64
get_quantile (InbBenchLatencies *self,
              double             share)
{
  guint n = self->values->len;

  if (n == 0)
    return 0;
  if (!self->is_sorted)
    g_array_sort (self->values, compare_values);
  self->is_sorted = TRUE;

  return g_array_index (self->values, gint64, MIN ((guint) (share * n), n - 1));
}

void
inb_bench_latencies_append_json (InbBenchLatencies *self,
                                 const char        *name,
                                 GString           *json)
{
  static const struct { const char *name; double share; } quantiles[] = {
    { "p50", 0.5 }, { "p90", 0.9 }, { "p99", 0.99 }, { "max", 1.0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (quantiles); i++)
    {
      g_autofree char *member = g_strdup_printf ("%s_%s_us", name, quantiles[i].name);

      inb_json_append_member_integer (json, member, get_quantile (self, quantiles[i].share));
    }
}
