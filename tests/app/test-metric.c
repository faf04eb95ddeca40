/* What the key figures say, and which leads they mean. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-metric.h"

#include "inb-format.h"

#include <locale.h>

static InbMetrics *
make_metrics (void)
{
  InbMetrics *metrics = g_new0 (InbMetrics, 1);

  metrics->total = 3229;
  metrics->new_leads = 45;
  metrics->pending = 120;
  metrics->today = 12;
  metrics->converted = 491;
  metrics->top_product = g_strdup ("Solar");
  metrics->top_product_count = 1;
  metrics->response_median = 245;
  metrics->answered = 200;
  metrics->within_5_minutes = 124;
  metrics->has_details = TRUE;
  /* 60 leads in the first half, 90 in the second; of today's 12 three are new. */
  for (guint i = 0; i < INB_METRICS_DAYS; i++)
    {
      metrics->days[i].leads = i < 30 ? 2 : 3;
      metrics->days[i].converted = 1;
    }
  metrics->days[59].leads = 12;
  metrics->days[59].new_leads = 3;

  return metrics;
}

static void
test_words (void)
{
  static const struct {
    InbMetric   metric;
    const char *figure;
    const char *note;
    const char *change;
  } cases[] = {
    { INB_METRIC_TOTAL, "3229", NULL, "↑\u202f+65\u202f%" },
    { INB_METRIC_NEW, "45", NULL, NULL },
    { INB_METRIC_PENDING, "120", NULL, NULL },
    { INB_METRIC_TODAY, "12", NULL, "↑\u202f+304\u202f%" },
    { INB_METRIC_TOP_PRODUCT, "Solar", "1 lead", NULL },
    { INB_METRIC_TOP_SOURCE, "–", NULL, NULL },
    { INB_METRIC_CONVERSION, "15.2\u202f%", "491 won", "↓\u202f−19.7" },
    { INB_METRIC_RESPONSE, "4 min", "62.0\u202f% in 5 min", NULL },
  };
  g_autoptr (InbMetrics) metrics = make_metrics ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *figure = inb_metric_format_figure (cases[i].metric, metrics);
      g_autofree char *note = inb_metric_format_note (cases[i].metric, metrics);
      g_autofree char *change = NULL;
      g_autofree char *spoken = NULL;

      g_assert_cmpstr (figure, ==, cases[i].figure);
      g_assert_cmpstr (note, ==, cases[i].note);
      g_assert_cmpint (inb_metric_format_change (cases[i].metric, metrics, &change, &spoken), ==, cases[i].change != NULL);
      g_assert_cmpstr (change, ==, cases[i].change);
      g_assert_true ((spoken != NULL) == (change != NULL));
    }
}

/* The zone is named, the change says against what. */
static void
test_definition (void)
{
  g_autoptr (InbMetrics) metrics = make_metrics ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autofree char *today = inb_metric_format_definition (INB_METRIC_TODAY, metrics, zone);
  g_autofree char *unknown = inb_metric_format_definition (INB_METRIC_TODAY, NULL, NULL);

  g_assert_true (g_str_has_prefix (today, "Leads created since midnight, Europe/Berlin\n"));
  g_assert_null (unknown);
  for (guint i = 0; i < INB_N_METRICS; i++)
    {
      g_autofree char *definition = inb_metric_format_definition (i, metrics, zone);

      g_assert_nonnull (definition);
      g_assert_cmpstr (definition, !=, "");
    }
}

static void
test_days (void)
{
  g_autoptr (InbMetrics) metrics = make_metrics ();
  double days[INB_METRIC_DAYS];

  g_assert_true (inb_metric_get_days (INB_METRIC_TOTAL, metrics, days));
  g_assert_cmpfloat (days[0], ==, 3);
  g_assert_cmpfloat (days[29], ==, 12);
  g_assert_true (inb_metric_get_days (INB_METRIC_CONVERSION, metrics, days));
  g_assert_cmpfloat_with_epsilon (days[0], 100.0 / 3, 0.001);
  g_assert_false (inb_metric_get_days (INB_METRIC_RESPONSE, metrics, days));

  metrics->has_details = FALSE;
  g_assert_false (inb_metric_get_days (INB_METRIC_TOTAL, metrics, days));
  g_assert_false (inb_metric_get_days (INB_METRIC_TOTAL, NULL, days));
}

/* A click narrows what is shown by the figure, with Shift it keeps what was there of the same kind; the total shows all. */
static void
test_filters (void)
{
  static const struct {
    InbMetric   metric;
    gboolean    add;
    const char *before;
    const char *after;
  } cases[] = {
    { INB_METRIC_TOTAL, FALSE, "{\"stage\":[\"new\"],\"text\":\"x\"}", "{}" },
    { INB_METRIC_NEW, FALSE, "{}", "{\"stage\":[\"new\"]}" },
    { INB_METRIC_NEW, FALSE, "{\"stage\":[\"won\"],\"source\":[\"Ads\"]}", "{\"stage\":[\"new\"],\"source\":[\"Ads\"]}" },
    { INB_METRIC_NEW, TRUE, "{\"stage\":[\"won\"]}", "{\"stage\":[\"new\",\"won\"]}" },
    { INB_METRIC_PENDING, FALSE, "{\"stage\":[\"new\"]}", "{\"stage\":[\"contacted\",\"qualified\",\"proposal\"]}" },
    { INB_METRIC_PENDING, TRUE, "{\"stage\":[\"new\"]}", "{\"stage\":[\"contacted\",\"new\",\"qualified\",\"proposal\"]}" },
    { INB_METRIC_TODAY, FALSE, "{\"created\":\"last_7_days\"}", "{\"created\":\"today\"}" },
    { INB_METRIC_TOP_PRODUCT, FALSE, "{\"product\":[\"Roof\"]}", "{\"product\":[\"Solar\"]}" },
    { INB_METRIC_TOP_PRODUCT, TRUE, "{\"product\":[\"Roof\"]}", "{\"product\":[\"Roof\",\"Solar\"]}" },
    { INB_METRIC_CONVERSION, FALSE, "{}", "{\"converted\":true}" },
    { INB_METRIC_RESPONSE, TRUE, "{\"stage\":[\"new\"]}", "{\"stage\":[\"new\"],\"unanswered\":true}" },
  };
  g_autoptr (InbMetrics) metrics = make_metrics ();
  g_autoptr (InbLeadFilter) nothing = inb_lead_filter_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (InbLeadFilter) filter = inb_lead_filter_new_from_json (cases[i].before, &error);
      g_autoptr (InbLeadFilter) wanted = NULL;

      g_assert_no_error (error);
      wanted = inb_lead_filter_new_from_json (cases[i].after, &error);
      g_assert_no_error (error);
      g_assert_true (inb_metric_apply (cases[i].metric, metrics, NULL, cases[i].add, filter));
      g_assert_true (inb_lead_filter_equal (filter, wanted));
    }

  /* Where there is no top source there is nothing to show. */
  g_assert_false (inb_metric_apply (INB_METRIC_TOP_SOURCE, metrics, NULL, FALSE, nothing));
  g_assert_false (inb_metric_apply (INB_METRIC_TOP_PRODUCT, NULL, NULL, FALSE, nothing));
  g_assert_true (inb_lead_filter_is_empty (nothing));
}

static void
test_duration (void)
{
  static const struct {
    gint64      seconds;
    const char *text;
  } cases[] = {
    { 0, "0 s" }, { 59, "59 s" }, { 60, "1 min" }, { 3599, "59 min" }, { 3600, "1 h" }, { 9000, "2 h 30 min" },
    { 10 * 3600 + 1800, "10 h" }, { 47 * 3600, "47 h" }, { 48 * 3600, "2 days" }, { 90 * 86400, "90 days" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = inb_format_duration (cases[i].seconds);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/metric/words", test_words);
  g_test_add_func ("/metric/definition", test_definition);
  g_test_add_func ("/metric/days", test_days);
  g_test_add_func ("/metric/filters", test_filters);
  g_test_add_func ("/metric/duration", test_duration);

  return g_test_run ();
}
