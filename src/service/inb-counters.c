#define G_LOG_DOMAIN "inb-service"

#include "inb-counters.h"

#include <stdlib.h>
#include <string.h>

typedef enum { COUNTER, GAUGE, TIME } Kind;

typedef struct {
  Kind        kind;
  const char *name;
  const char *help;
} Info;

#define COUNTER_INFO(ENUM, kind, name, help) { kind, name, help },
static const Info infos[INB_N_COUNTERS] = { INB_COUNTER_TABLE (COUNTER_INFO) };

/* Upper bounds of the histograms' buckets, in microseconds; the last one is +Inf. */
static const gint64 buckets[] = { 250, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 1000000, 5000000 };
#define N_BUCKETS (G_N_ELEMENTS (buckets) + 1)

typedef struct {
  gint64 value; /* of a time: the sum in microseconds */
  gint64 counts[N_BUCKETS];
} Slot;

struct _InbCounters {
  gatomicrefcount  refs;
  GMutex           mutex;

  /* Only with the mutex */
  Slot             slots[INB_N_COUNTERS];
  GHashTable      *requests; /* "route status" → gint64 */
};

/**
 * inb_counters_new:
 *
 * Returns: (transfer full): counters that all stand at zero
 */
InbCounters *
inb_counters_new (void)
{
  InbCounters *self = g_new0 (InbCounters, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->mutex);
  self->requests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

InbCounters *
inb_counters_ref (InbCounters *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);

  return self;
}

void
inb_counters_unref (InbCounters *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_hash_table_unref (self->requests);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
inb_counters_add (InbCounters *self,
                  InbCounter   counter,
                  gint64       n)
{
  g_return_if_fail (self != NULL && counter < INB_N_COUNTERS && infos[counter].kind != TIME);

  g_mutex_lock (&self->mutex);
  self->slots[counter].value += n;
  g_mutex_unlock (&self->mutex);
}

void
inb_counters_set (InbCounters *self,
                  InbCounter   gauge,
                  gint64       value)
{
  g_return_if_fail (self != NULL && gauge < INB_N_COUNTERS && infos[gauge].kind == GAUGE);

  g_mutex_lock (&self->mutex);
  self->slots[gauge].value = value;
  g_mutex_unlock (&self->mutex);
}

/**
 * inb_counters_get:
 *
 * Returns: a counter's or gauge's value, or the sum of a time in microseconds
 */
gint64
inb_counters_get (InbCounters *self,
                  InbCounter   counter)
{
  gint64 value;

  g_return_val_if_fail (self != NULL && counter < INB_N_COUNTERS, 0);

  g_mutex_lock (&self->mutex);
  value = self->slots[counter].value;
  g_mutex_unlock (&self->mutex);

  return value;
}

void
inb_counters_observe (InbCounters *self,
                      InbCounter   time,
                      gint64       microseconds)
{
  guint bucket = 0;

  g_return_if_fail (self != NULL && time < INB_N_COUNTERS && infos[time].kind == TIME);

  while (bucket < G_N_ELEMENTS (buckets) && microseconds > buckets[bucket])
    bucket++;

  g_mutex_lock (&self->mutex);
  self->slots[time].value += microseconds;
  self->slots[time].counts[bucket]++;
  g_mutex_unlock (&self->mutex);
}

/**
 * inb_counters_count_request:
 * @route: the pattern of the route that answered
 * @status: the HTTP status of the answer
 */
void
inb_counters_count_request (InbCounters *self,
                            const char  *route,
                            guint        status)
{
  char key[128];
  gint64 *count;

  g_return_if_fail (self != NULL && route != NULL);

  g_snprintf (key, sizeof key, "route=\"%s\",status=\"%u\"", route, status);
  g_mutex_lock (&self->mutex);
  count = g_hash_table_lookup (self->requests, key);
  if (count == NULL)
    {
      count = g_new0 (gint64, 1);
      g_hash_table_insert (self->requests, g_strdup (key), count);
    }
  (*count)++;
  g_mutex_unlock (&self->mutex);
}

static void
append_seconds (GString *text,
                gint64   microseconds)
{
  g_string_append_printf (text, "%" G_GINT64_FORMAT ".%06" G_GINT64_FORMAT,
                          microseconds / G_USEC_PER_SEC, ABS (microseconds % G_USEC_PER_SEC));
}

static void
append_histogram (GString    *text,
                  const Info *info,
                  const Slot *slot)
{
  gint64 sum = 0;

  for (guint i = 0; i < N_BUCKETS; i++)
    {
      sum += slot->counts[i];
      g_string_append_printf (text, "%s_bucket{le=\"", info->name);
      if (i < G_N_ELEMENTS (buckets))
        append_seconds (text, buckets[i]);
      else
        g_string_append (text, "+Inf");
      g_string_append_printf (text, "\"} %" G_GINT64_FORMAT "\n", sum);
    }
  g_string_append_printf (text, "%s_sum ", info->name);
  append_seconds (text, slot->value);
  g_string_append_printf (text, "\n%s_count %" G_GINT64_FORMAT "\n", info->name, sum);
}

static void
append_slot (GString    *text,
             const Info *info,
             const Slot *slot)
{
  static const char * const kinds[] = { [COUNTER] = "counter", [GAUGE] = "gauge", [TIME] = "histogram" };

  g_string_append_printf (text, "# HELP %s %s\n# TYPE %s %s\n", info->name, info->help, info->name, kinds[info->kind]);
  if (info->kind == TIME)
    append_histogram (text, info, slot);
  else
    g_string_append_printf (text, "%s %" G_GINT64_FORMAT "\n", info->name, slot->value);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/**
 * inb_counters_append_text:
 * @text: what the metrics are appended to, in Prometheus' text format
 */
void
inb_counters_append_text (InbCounters *self,
                          GString     *text)
{
  g_autofree gpointer *names = NULL;
  guint n_names;

  g_return_if_fail (self != NULL && text != NULL);

  g_mutex_lock (&self->mutex);
  g_string_append (text, "# HELP inbound_http_requests_total Requests by route and status\n"
                         "# TYPE inbound_http_requests_total counter\n");
  names = g_hash_table_get_keys_as_array (self->requests, &n_names);
  qsort (names, n_names, sizeof (gpointer), compare_names);
  for (guint i = 0; i < n_names; i++)
    {
      const gint64 *count = g_hash_table_lookup (self->requests, names[i]);

      g_string_append_printf (text, "inbound_http_requests_total{%s} %" G_GINT64_FORMAT "\n", (char *) names[i], *count);
    }
  for (guint i = 0; i < INB_N_COUNTERS; i++)
    append_slot (text, &infos[i], &self->slots[i]);
  g_mutex_unlock (&self->mutex);
}
