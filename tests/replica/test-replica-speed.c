/* test-replica-speed [LEADS | FOLDER]: how long the replica takes for what the window asks of it; prints, and as a test holds it to bounds
 * that only something wrong by an order of magnitude passes. FOLDER is one that inb-make-replica has filled.
 */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-replica-kit.h"
#include "inb-sample.h"
#include "inb-time.h"

#include <stdio.h>
#include <time.h>

#define EPOCH "one"
#define LEADS_PER_PAGE 500
#define N_VISIBLE 200

static const char *const sort_names[INB_N_LEAD_SORTS] = { "created", "name", "phone", "email", "source", "product", "stage",
  "company", "score", "temperature", "owner", "team", "value", "campaign", "last activity", "follow-up", "response" };

static double
get_ms (gint64 since)
{
  return (double) (g_get_monotonic_time () - since) / 1000;
}

static double
get_memory_mb (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL) || (line = strstr (text, "VmRSS:")) == NULL)
    return 0;

  return (double) g_ascii_strtoull (line + strlen ("VmRSS:"), NULL, 10) / 1024;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double one = *(const double *) a;
  double other = *(const double *) b;

  return (one > other) - (one < other);
}

static double
fill (InbReplica *replica,
      InbSample  *sample,
      guint       n_leads)
{
  gint64 created_at = inb_time_now () - (gint64) n_leads * INB_TIME_SECOND;
  g_autoptr (GError) error = NULL;
  double total = 0;

  while (sample->n_leads < n_leads)
    {
      GPtrArray *rows = inb_kit_new_rows ();
      gint64 started;

      if (sample->seq == 0)
        inb_sample_add_small (sample, rows);
      for (guint i = 0; i < LEADS_PER_PAGE; i++)
        inb_sample_add_lead (sample, rows, created_at += INB_TIME_SECOND);
      started = g_get_monotonic_time ();
      inb_kit_apply (replica, inb_kit_make_changes (replica, EPOCH, rows, sample->seq), &error);
      g_assert_no_error (error);
      total += get_ms (started);
    }

  return total;
}

static double
time_query (InbReplica         *replica,
            const InbLeadQuery *query,
            guint              *n_rows)
{
  gint64 started = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = inb_kit_query (replica, query, &error);

  g_assert_no_error (error);
  *n_rows = rowids->len;

  return get_ms (started);
}

static void
time_first_window (InbReplica *replica)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  guint n_rows;
  double ms = time_query (replica, query, &n_rows);

  g_test_message ("first list: %u rows in %.1f ms", n_rows, ms);
}

static void
time_queries (InbReplica *replica)
{
  for (guint sort = 0; sort < INB_N_LEAD_SORTS; sort++)
    {
      g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
      guint n_all, n_filtered;
      double cold, warm, filtered;

      query->sort = sort;
      cold = time_query (replica, query, &n_all);
      warm = time_query (replica, query, &n_all);
      inb_lead_filter_toggle_value (query->filter, INB_FILTER_STAGE, "contacted");
      inb_lead_filter_toggle_value (query->filter, INB_FILTER_SOURCE, "Zapier");
      filtered = time_query (replica, query, &n_filtered);
      g_test_message ("by %-8s %u rows: first %.1f ms, again %.1f ms; two filters, %u rows: %.1f ms", sort_names[sort], n_all, cold,
                      warm, n_filtered, filtered);
      g_assert_cmpfloat (warm, <, 50 + n_all / 500.0);
    }
}

static double
time_text (InbReplica *replica,
           const char *text,
           guint      *n_rows)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();

  inb_lead_filter_set_text (query->filter, text);

  return time_query (replica, query, n_rows);
}

/* Letter by letter, as it is typed, and taken away again. */
static void
time_search (InbReplica *replica)
{
  static const char * const words[] = { "müller", "solar nord", "0171 12 34", "jörg groß", "offer roof", "zzzzz" };
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  guint n_rows;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (GString) shown = g_string_new (NULL);

      for (const char *end = g_utf8_next_char (words[i]); ; end = g_utf8_next_char (end))
        {
          g_autofree char *typed = g_strndup (words[i], (gsize) (end - words[i]));
          double ms = time_text (replica, typed, &n_rows);

          g_array_append_val (times, ms);
          g_string_append_printf (shown, " %.1f", ms);
          if (*end == '\0')
            break;
        }
      g_test_message ("typing \"%s\", %u rows: %s ms", words[i], n_rows, shown->str);
    }
  g_array_sort (times, compare_doubles);
  g_test_message ("a key stroke: median %.1f ms, p95 %.1f ms", g_array_index (times, double, times->len / 2),
                  g_array_index (times, double, times->len * 95 / 100));
}

static void
time_figures (InbReplica *replica)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (InbLeadFilter) filter = inb_lead_filter_new ();
      g_autoptr (InbMetrics) metrics = NULL;
      g_autoptr (InbHeatMap) map = NULL;
      g_autoptr (InbTrends) trends = NULL;
      gint64 now = inb_time_now ();
      gint64 started = g_get_monotonic_time ();
      double first, second;

      if (i > 0)
        inb_lead_filter_toggle_value (filter, INB_FILTER_SOURCE, "Zapier");
      metrics = inb_kit_get_metrics (replica, now, &error);
      g_assert_no_error (error);
      g_assert_true (metrics->has_details);
      first = get_ms (started);
      started = g_get_monotonic_time ();
      map = inb_kit_get_heat_map (replica, filter, INB_HEAT_MAP_SOURCE_PRODUCT, now, &error);
      g_assert_no_error (error);
      second = get_ms (started);
      started = g_get_monotonic_time ();
      trends = inb_kit_get_trends (replica, filter, now, &error);
      g_assert_no_error (error);
      g_test_message ("figures%s: key figures %.1f ms, heat map %.1f ms, trends %.1f ms", i > 0 ? " of one source" : "", first,
                      second, get_ms (started));
    }
}

static void
time_loads (InbReplica *replica)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = NULL;
  double worst = 0;
  double sum = 0;

  query->sort = INB_LEAD_SORT_NAME;
  rowids = inb_kit_query (replica, query, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (GArray) visible = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GPtrArray) summaries = NULL;
      gint64 started;
      double ms;

      g_array_append_vals (visible, &g_array_index (rowids, gint64, rowids->len / 50 * i), MIN (N_VISIBLE, rowids->len / 50));
      started = g_get_monotonic_time ();
      summaries = inb_kit_load (replica, visible, &error);
      g_assert_no_error (error);
      ms = get_ms (started);
      worst = MAX (worst, ms);
      sum += ms;
    }
  g_test_message ("%d summaries by name: mean %.2f ms, worst %.2f ms", N_VISIBLE, sum / 50, worst);
}

static void
time_live (InbReplica *replica,
           InbSample  *sample)
{
  g_autoptr (GError) error = NULL;
  double sum = 0;
  gint64 started;
  g_autoptr (InbMetrics) metrics = NULL;

  for (guint i = 0; i < 50; i++)
    {
      GPtrArray *rows = inb_kit_new_rows ();

      inb_sample_add_lead (sample, rows, inb_time_now ());
      started = g_get_monotonic_time ();
      inb_kit_apply (replica, inb_kit_make_changes (replica, EPOCH, rows, sample->seq), &error);
      g_assert_no_error (error);
      sum += get_ms (started);
    }
  g_test_message ("one new lead: %.2f ms", sum / 50);

  started = g_get_monotonic_time ();
  metrics = inb_kit_get_metrics (replica, inb_time_now (), &error);
  g_assert_no_error (error);
  g_test_message ("metrics: %.2f ms (%" G_GINT64_FORMAT " leads today)", get_ms (started), metrics->today);
}

static void
time_folder (const char *folder)
{
  gint64 started = g_get_monotonic_time ();
  InbReplica *replica = inb_kit_new (folder);
  clock_t used = clock ();

  g_test_message ("opened in %.1f ms", get_ms (started));
  time_first_window (replica);
  g_test_message ("resident memory: %.0f MB", get_memory_mb ());
  inb_kit_wait_for_facts (replica);
  g_test_message ("facts and list ready %.0f ms after it was opened, with %.0f ms of processor time; resident memory: %.0f MB",
                  get_ms (started), (double) (clock () - used) * 1000 / CLOCKS_PER_SEC, get_memory_mb ());
  time_queries (replica);
  time_search (replica);
  time_figures (replica);
  time_loads (replica);
  g_test_message ("resident memory: %.0f MB", get_memory_mb ());
  inb_kit_drop (replica);
}

static void
test_folder (gconstpointer data)
{
  time_folder (data);
}

static void
test_speed (gconstpointer data)
{
  guint n_leads = GPOINTER_TO_UINT (data);
  g_autofree char *folder = inb_kit_make_folder ();
  g_autoptr (InbSample) sample = inb_sample_new (3);
  InbReplica *replica = inb_kit_new (folder);

  g_test_message ("%u leads, each with a contact and an activity, applied in %.0f ms", n_leads, fill (replica, sample, n_leads));
  time_live (replica, sample);
  inb_kit_drop (replica);

  time_folder (folder);
  inb_kit_delete_folder (folder);
}

int
main (int    argc,
      char **argv)
{
  guint n_leads;

  g_test_init (&argc, &argv, NULL);
  n_leads = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 30000;
  if (n_leads == 0)
    g_test_add_data_func ("/replica/speed-of-folder", argv[1], test_folder);
  else
    g_test_add_data_func ("/replica/speed", GUINT_TO_POINTER (n_leads), test_speed);

  return g_test_run ();
}
