/* What charts are made of: round numbers on axes, words, places, tables, and the filters behind their parts. No display. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-chart-data.h"
#include "inb-chart-scale.h"
#include "inb-range-picker.h"
#include "inb-time.h"
#include "inb-trends-charts.h"

#include <locale.h>

static void
test_scale (void)
{
  static const struct {
    gint64 largest;
    gint64 unit;
    guint  max_ticks;
    gint64 step;
    gint64 top;
  } cases[] = {
    { 0, 1, 5, 1, 1 },       { 1, 1, 5, 1, 1 },         { 5, 1, 5, 1, 5 },           { 6, 1, 5, 2, 6 },
    { 9, 1, 5, 2, 10 },      { 11, 1, 5, 5, 15 },       { 25, 1, 5, 5, 25 },         { 26, 1, 5, 10, 30 },
    { 2320, 1, 5, 500, 2500 }, { 999999, 1, 5, 200000, 1000000 }, { 3, 1, 1, 5, 5 }, { 1, 100, 5, 100, 100 },
    { 123456, 100, 5, 50000, 150000 }, { 100, 100, 5, 100, 100 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 step = inb_chart_scale_get_step (cases[i].largest, cases[i].unit, cases[i].max_ticks);
      gint64 top = inb_chart_scale_get_top (cases[i].largest, step);

      g_assert_cmpint (step, ==, cases[i].step);
      g_assert_cmpint (top, ==, cases[i].top);
      g_assert_cmpint (top / step, <=, cases[i].max_ticks);
    }
  /* The largest numbers there are do not overflow. */
  g_assert_cmpint (inb_chart_scale_get_step (G_MAXINT64 / 2, 1, 5), >, 0);
}

static void
test_stride (void)
{
  static const struct {
    guint  n_labels;
    double label_width;
    double width;
    guint  stride;
  } cases[] = {
    { 30, 40, 1200, 1 }, { 30, 50, 1200, 2 }, { 30, 50, 300, 5 }, { 400, 50, 300, 90 }, { 0, 50, 300, 1 }, { 7, 50, 0, 7 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (inb_chart_scale_get_stride (cases[i].n_labels, cases[i].label_width, cases[i].width), ==, cases[i].stride);
}

/* --- trends ------------------------------------------------------------------------------------------------------------- */

static char **
make_texts (const char *texts)
{
  return g_strsplit (texts, "|", -1);
}

/* Three days, two sources and the others; a funnel of three stages. */
static InbTrends *
make_trends (void)
{
  static const gint64 leads[] = { 1, 0, 2, 0, 3, 0, 4, 0, 0 };
  static const gint64 won[] = { 0, 2, 0 };
  static const gint64 values[] = { 0, 123456, 0 };
  static const gint64 reached[] = { 10, 5, 2 };
  InbTrends *trends = g_new0 (InbTrends, 1);

  trends->n_steps = 3;
  trends->steps = make_texts ("2026-05-04|2026-05-05|2026-05-06");
  trends->n_series = 3;
  trends->series = make_texts ("Ads||Rest");
  trends->has_other = TRUE;
  trends->leads = g_memdup2 (leads, sizeof leads);
  trends->won = g_memdup2 (won, sizeof won);
  trends->won_value = g_memdup2 (values, sizeof values);
  trends->n_stages = 3;
  trends->stages = make_texts ("new|qualified|won");
  trends->reached = g_memdup2 (reached, sizeof reached);
  trends->lost = 3;
  trends->responses[1] = 3;
  trends->responses[6] = 1;
  trends->unanswered = 6;

  return trends;
}

static void
test_words (void)
{
  static const struct {
    InbTrendsChart chart;
    guint          category;
    guint          series;
    const char    *title;
    const char    *summary;
    const char    *part;
  } cases[] = {
    { INB_TRENDS_LEADS, 1, 1, "Leads by Source", "10 leads in all; most: Monday, 4 May 2026, 5 leads",
      "Tuesday, 5 May 2026, None: 3 leads of 3 leads" },
    { INB_TRENDS_LEADS, 0, 2, "Leads by Source", "10 leads in all; most: Monday, 4 May 2026, 5 leads",
      "Monday, 4 May 2026, Other: 4 leads of 5 leads" },
    { INB_TRENDS_FUNNEL, 1, 0, "Conversion Funnel", "Of 10 leads 2 came to the end (20.0\u202f%); 3 lost besides",
      "Qualified: 5 leads, 50.0\u202f%" },
    { INB_TRENDS_WON, 1, 0, "Value Won (EUR)", "1234.56\u00a0EUR in all; most: Tuesday, 5 May 2026, 1234.56\u00a0EUR",
      "Tuesday, 5 May 2026: 1234.56\u00a0EUR, 2 won" },
    { INB_TRENDS_RESPONSE, 1, 0, "Time to First Response", "4 answered, 75.0\u202f% within 5 minutes; 6 without an answer yet",
      "Up to 5 min: 3 leads, 75.0\u202f%" },
  };
  InbTrendsView view = { { INB_DATE_RANGE_ANY, "", "" }, INB_TREND_DAY, INB_TREND_BY_SOURCE };
  g_autoptr (InbTrends) trends = make_trends ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (InbChartData) data = inb_trends_make_chart (cases[i].chart, trends, &view, NULL, "EUR");
      g_autofree char *part = inb_chart_data_describe (data, cases[i].category, cases[i].series);

      g_assert_cmpstr (data->title, ==, cases[i].title);
      g_assert_cmpstr (data->summary, ==, cases[i].summary);
      g_assert_cmpstr (part, ==, cases[i].part);
    }
}

static void
test_csv (void)
{
  InbTrendsView view = { { INB_DATE_RANGE_ANY, "", "" }, INB_TREND_DAY, INB_TREND_BY_SOURCE };
  g_autoptr (InbTrends) trends = make_trends ();
  g_autoptr (InbChartData) leads = NULL;
  g_autoptr (InbChartData) won = NULL;
  g_autofree char *leads_csv = NULL;
  g_autofree char *won_csv = NULL;

  g_free (trends->series[0]);
  trends->series[0] = g_strdup ("=cmd, \"x\"");
  leads = inb_trends_make_chart (INB_TRENDS_LEADS, trends, &view, NULL, "EUR");
  won = inb_trends_make_chart (INB_TRENDS_WON, trends, &view, NULL, "EUR");
  leads_csv = inb_chart_data_to_csv (leads);
  won_csv = inb_chart_data_to_csv (won);
  g_assert_cmpstr (leads_csv, ==,
                   "\xEF\xBB\xBF" "\"Day\",\"'=cmd, \"\"x\"\"\",\"None\",\"Other\",\"Total\"\r\n"
                   "\"2026-05-04\",1,0,4,5\r\n\"2026-05-05\",0,3,0,3\r\n\"2026-05-06\",2,0,0,2\r\n");
  g_assert_cmpstr (won_csv, ==,
                   "\xEF\xBB\xBF" "\"Day\",\"Value won\"\r\n\"2026-05-04\",0.00\r\n\"2026-05-05\",1234.56\r\n"
                   "\"2026-05-06\",0.00\r\n");
}

/* A part of a chart means exactly the leads that it counts, as far as a filter can say it. */
static void
test_filters (void)
{
  static const struct {
    InbTrendsChart chart;
    InbTrendStep   step;
    guint          category;
    guint          series;
    gboolean       add;
    const char    *range;
    const char    *before;
    const char    *after;     /* NULL: nothing to show */
  } cases[] = {
    { INB_TRENDS_LEADS, INB_TREND_DAY, 1, 0, FALSE, "any", "{\"source\":[\"Web\"],\"stage\":[\"new\"]}",
      "{\"source\":[\"Ads\"],\"stage\":[\"new\"],\"created\":{\"from\":\"2026-05-05\",\"to\":\"2026-05-05\"}}" },
    { INB_TRENDS_LEADS, INB_TREND_DAY, 1, 0, TRUE, "any", "{\"source\":[\"Web\"]}",
      "{\"source\":[\"Ads\",\"Web\"],\"created\":{\"from\":\"2026-05-05\",\"to\":\"2026-05-05\"}}" },
    { INB_TRENDS_LEADS, INB_TREND_WEEK, 0, 1, FALSE, "any", "{}",
      "{\"source\":[\"\"],\"created\":{\"from\":\"2026-05-04\",\"to\":\"2026-05-10\"}}" },
    /* The week is cut by the days on the axis, and by the filter. */
    { INB_TRENDS_LEADS, INB_TREND_WEEK, 0, 1, FALSE, "2026-05-05/2026-05-31", "{\"created\":{\"from\":\"2026-05-01\",\"to\":\"2026-05-07\"}}",
      "{\"source\":[\"\"],\"created\":{\"from\":\"2026-05-05\",\"to\":\"2026-05-07\"}}" },
    /* A whole series stays relative. */
    { INB_TRENDS_LEADS, INB_TREND_DAY, G_MAXUINT, 0, FALSE, "last_30_days", "{}", "{\"source\":[\"Ads\"],\"created\":\"last_30_days\"}" },
    { INB_TRENDS_LEADS, INB_TREND_DAY, 0, 2, FALSE, "any", "{}", "{\"created\":{\"from\":\"2026-05-04\",\"to\":\"2026-05-04\"}}" },
    { INB_TRENDS_LEADS, INB_TREND_DAY, G_MAXUINT, 2, FALSE, "any", "{}", NULL },
    { INB_TRENDS_LEADS, INB_TREND_MONTH, 0, 0, FALSE, "any", "{}",
      "{\"source\":[\"Ads\"],\"created\":{\"from\":\"2026-05-04\",\"to\":\"2026-06-03\"}}" },
    { INB_TRENDS_FUNNEL, INB_TREND_DAY, 1, 0, FALSE, "any", "{\"stage\":[\"lost\"]}", "{\"stage\":[\"qualified\",\"won\"]}" },
    { INB_TRENDS_WON, INB_TREND_DAY, 1, 0, FALSE, "any", "{}", "{\"converted\":true}" },
    { INB_TRENDS_RESPONSE, INB_TREND_DAY, INB_RESPONSE_CLASSES, 0, FALSE, "last_7_days", "{}",
      "{\"created\":\"last_7_days\",\"unanswered\":true}" },
    { INB_TRENDS_RESPONSE, INB_TREND_DAY, 1, 0, FALSE, "any", "{}", NULL },
  };
  g_autoptr (InbTrends) trends = make_trends ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Pacific/Auckland");
  gint64 now;

  g_assert_true (inb_time_parse ("2026-05-20T12:00:00Z", &now));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      InbTrendsView view = { .step = cases[i].step, .group = INB_TREND_BY_SOURCE };
      g_autoptr (GError) error = NULL;
      g_autoptr (InbLeadFilter) filter = inb_lead_filter_new_from_json (cases[i].before, &error);
      g_autoptr (InbLeadFilter) wanted = NULL;
      gboolean found;

      g_assert_no_error (error);
      g_assert_true (inb_range_picker_from_text (cases[i].range, &view.range));
      found = inb_trends_apply (cases[i].chart, trends, &view, cases[i].category, cases[i].series, cases[i].add, now, zone, filter);
      g_assert_cmpint (found, ==, cases[i].after != NULL);
      if (!found)
        continue;
      wanted = inb_lead_filter_new_from_json (cases[i].after, &error);
      g_assert_no_error (error);
      g_assert_true (inb_lead_filter_equal (filter, wanted));
    }
}

static void
test_range (void)
{
  static const struct {
    const char *text;
    const char *title;
  } cases[] = {
    { "last_7_days", "Last 7 Days" }, { "any", "All Time" }, { "2026-05-01/2026-05-05", "1 May 2026 – 5 May 2026" },
    { "2026-05-01/2026-05-01", "1 May 2026" }, { "2026-05-01/", "1 May 2026 – …" },
  };
  InbDateRange range = { .kind = INB_DATE_RANGE_TODAY };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *title = NULL;
      g_autofree char *text = NULL;

      g_assert_true (inb_range_picker_from_text (cases[i].text, &range));
      title = inb_range_picker_format (&range);
      text = inb_range_picker_to_text (&range);
      g_assert_cmpstr (title, ==, cases[i].title);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
  range.kind = INB_DATE_RANGE_TODAY;
  g_assert_false (inb_range_picker_from_text ("soon", &range));
  g_assert_false (inb_range_picker_from_text ("2026-05-05/2026-05-01", &range));
  g_assert_cmpint (range.kind, ==, INB_DATE_RANGE_TODAY);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/scale", test_scale);
  g_test_add_func ("/chart/stride", test_stride);
  g_test_add_func ("/chart/words", test_words);
  g_test_add_func ("/chart/csv", test_csv);
  g_test_add_func ("/chart/filters", test_filters);
  g_test_add_func ("/chart/range", test_range);

  return g_test_run ();
}
