/* The cards of the key figures: what they show and say, that nothing jumps, and what a click does. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-chart.h"
#include "inb-metric-card.h"
#include "inb-metric-details.h"
#include "inb-metrics-grid.h"
#include "inb-session-kit.h"
#include "inb-sparkline.h"
#include "inb-time.h"
#include "inb-widget-kit.h"

#include <string.h>

static InbMetrics *
make_metrics (void)
{
  InbMetrics *metrics = g_new0 (InbMetrics, 1);

  metrics->total = 90;
  metrics->has_details = TRUE;
  for (guint i = 0; i < INB_METRICS_DAYS; i++)
    metrics->days[i].leads = i % 4;
  metrics->days[59].leads = 9;
  metrics->sources[0] = (InbNamedCount) { g_strdup ("Ads"), 60 };
  metrics->sources[1] = (InbNamedCount) { g_strdup (""), 30 };
  metrics->products[0] = (InbNamedCount) { g_strdup ("Solar"), 90 };
  metrics->answered = 10;
  metrics->within_5_minutes = 4;
  metrics->response_median = 7200;
  metrics->response_p90 = -1;
  metrics->waiting = 3;
  metrics->waiting_since = inb_time_now () - 3 * INB_TIME_DAY;
  metrics->waiting_lead_id = g_strdup ("lead");

  return metrics;
}

static void
free_metrics (InbMetrics *metrics)
{
  g_free (metrics->sources[0].name);
  g_free (metrics->sources[1].name);
  g_free (metrics->products[0].name);
  g_free (metrics->waiting_lead_id);
  g_free (metrics);
}

static int
get_height (GtkWidget *widget)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, 150, NULL, &natural, NULL, NULL);

  return natural;
}

/* Before the details are known there are figures without their course; they come without anything moving. */
static void
test_card (void)
{
  InbMetrics *metrics = make_metrics ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *card = inb_metric_card_new (INB_METRIC_TOTAL);
  GtkWidget *sparkline;
  int height;

  gtk_widget_add_css_class (box, "metrics");
  gtk_box_append (GTK_BOX (box), card);
  gtk_window_set_child (window, box);
  gtk_window_present (window);
  sparkline = inb_widget_kit_find (card, INB_TYPE_SPARKLINE);
  height = get_height (card);

  metrics->has_details = FALSE;
  inb_metric_card_set_metrics (INB_METRIC_CARD (card), metrics, zone);
  g_assert_true (inb_widget_kit_has_label (card, "90"));
  g_assert_false (gtk_widget_get_visible (sparkline));
  g_assert_cmpint (get_height (card), ==, height);

  metrics->has_details = TRUE;
  inb_metric_card_set_metrics (INB_METRIC_CARD (card), metrics, zone);
  g_assert_true (gtk_widget_get_visible (sparkline));
  g_assert_cmpint (get_height (card), ==, height);
  g_assert_cmpstr (inb_sparkline_get_description (INB_SPARKLINE (sparkline)), ==,
                   "Last 30 days: 0 to 9 a day, up 23\u202f% against the 30 days before");
  g_assert_true (inb_widget_kit_has_label (card, "↑\u202f+23\u202f%"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, "Total: 90");
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (sparkline), GTK_ACCESSIBLE_ROLE_IMG);

  inb_metric_card_set_active (INB_METRIC_CARD (card), TRUE);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (inb_widget_kit_find (card, GTK_TYPE_BUTTON)), GTK_ACCESSIBLE_STATE_PRESSED,
                                    GTK_ACCESSIBLE_TRISTATE_TRUE);
  gtk_window_destroy (window);
  free_metrics (metrics);
}

static void
on_chosen (InbMetricDetails *details,
           int               field,
           const char       *value,
           char            **chosen)
{
  g_free (*chosen);
  *chosen = g_strdup_printf ("%d %s", field, value);
}

/* The popovers' rows are buttons with a name of their own, and say which leads are meant. */
static void
test_details (void)
{
  InbMetrics *metrics = make_metrics ();
  g_autoptr (GtkWidget) top = g_object_ref_sink (inb_metric_details_new (INB_METRIC_TOTAL, metrics, inb_time_now ()));
  g_autoptr (GtkWidget) response = g_object_ref_sink (inb_metric_details_new (INB_METRIC_RESPONSE, metrics, inb_time_now ()));
  g_autofree char *chosen = NULL;
  g_autofree char *wrong = NULL;
  GtkWidget *button = inb_widget_kit_find (top, GTK_TYPE_BUTTON);

  g_signal_connect (top, "chosen", G_CALLBACK (on_chosen), &chosen);
  g_assert_true (inb_widget_kit_has_label (top, "Ads"));
  g_assert_true (inb_widget_kit_has_label (top, "None"));
  g_assert_true (inb_widget_kit_has_label (top, "Solar"));
  wrong = gtk_test_accessible_check_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                              "Ads: 60 leads, 66.7\u202f%");
  g_assert_null (wrong);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (chosen, ==, "1 Ads");

  g_assert_true (inb_widget_kit_has_label (response, "2 h"));
  g_assert_true (inb_widget_kit_has_label (response, "40.0\u202f%"));
  g_assert_true (inb_widget_kit_has_label (response, "3 days"));
  inb_metric_details_set_waiting_name (INB_METRIC_DETAILS (response), "Jörg Groß");
  g_assert_true (inb_widget_kit_has_label (response, "Jörg Groß · 3 days"));
  free_metrics (metrics);
}

/* --- a chart ------------------------------------------------------------------------------------------------------------- */

static void
on_part (InbChart *chart,
         guint     category,
         guint     series,
         gboolean  add,
         char    **part)
{
  g_free (*part);
  *part = g_strdup_printf ("%u %u%s", category, series, add ? " add" : "");
}

static gboolean
press (GtkWidget       *widget,
       guint            keyval,
       GdkModifierType  state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean handled = FALSE;

      if (!GTK_IS_EVENT_CONTROLLER_KEY (controller))
        continue;
      g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &handled);
      return handled;
    }

  return FALSE;
}

/* The arrows walk over the parts in which there is something, each is told in words, Enter and Shift+Enter choose it. */
static void
test_chart (void)
{
  static const gint64 values[] = { 4, 0, 1, 2, 0, 3 };
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *chart = inb_chart_new ();
  InbChartData *data = inb_chart_data_new (INB_CHART_COLUMNS, 2, 3);
  g_autofree char *part = NULL;
  guint category, series;

  data->title = g_strdup ("Title");
  data->summary = g_strdup ("Summary");
  data->category_title = g_strdup ("Day");
  for (guint i = 0; i < 2; i++)
    data->labels[i] = g_strdup_printf ("Day %u", i);
  for (guint i = 0; i < 3; i++)
    data->series[i] = g_strdup_printf ("Source %u", i);
  memcpy (data->values, values, sizeof values);
  inb_chart_set_data (INB_CHART (chart), data);
  g_signal_connect (chart, "activated", G_CALLBACK (on_part), &part);
  gtk_window_set_child (window, chart);
  gtk_window_present (window);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Summary");

  inb_chart_set_position (INB_CHART (chart), 0, 0);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Title: Day 0, Source 0: 4 leads of 5 leads");
  g_assert_true (press (chart, GDK_KEY_Up, 0));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Title: Day 0, Source 1: 1 lead of 5 leads");
  g_assert_true (press (chart, GDK_KEY_Up, 0));   /* there is nothing of the third source */
  g_assert_true (inb_chart_get_position (INB_CHART (chart), &category, &series));
  g_assert_cmpuint (series, ==, 1);
  g_assert_true (press (chart, GDK_KEY_Right, 0));
  g_assert_true (press (chart, GDK_KEY_Return, 0));
  g_assert_cmpstr (part, ==, "1 1");
  g_assert_true (press (chart, GDK_KEY_Home, 0));
  g_assert_true (press (chart, GDK_KEY_Return, GDK_SHIFT_MASK));
  g_assert_cmpstr (part, ==, "0 1 add");
  g_assert_false (press (chart, GDK_KEY_Tab, 0));
  gtk_window_destroy (window);
}

/* --- the grid on a session ---------------------------------------------------------------------------------------------- */

static gboolean
is_fresh (gpointer data)
{
  InbMetricsWatch *watch = inb_session_get_metrics (data);
  const InbMetrics *metrics = inb_metrics_watch_get_metrics (watch);

  return metrics != NULL && metrics->total > 0 && !inb_metrics_watch_get_stale (watch);
}

static void
assert_filter (InbSession *session,
               const char *json)
{
  g_autofree char *filter = inb_lead_filter_to_json (inb_session_get_filter (session));

  g_assert_cmpstr (filter, ==, json);
}

static void
test_grid (void)
{
  InbSessionKit kit = { 0 };
  InbSession *session;
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  InbMetricsGrid *grid = g_object_new (INB_TYPE_METRICS_GRID, NULL);
  GtkWidget *box;

  inb_session_kit_start (&kit, 200);
  session = kit.session;
  inb_metrics_grid_set_session (grid, session);
  gtk_window_set_child (window, GTK_WIDGET (grid));
  gtk_window_present (window);
  inb_kit_wait (is_fresh, session);
  box = inb_widget_kit_find_class (GTK_WIDGET (grid), "metrics");
  g_assert_true (inb_widget_kit_has_label (GTK_WIDGET (grid), "200"));
  g_assert_false (gtk_widget_has_css_class (box, "stale"));

  /* What was counted stays, dimmed, until the new figures are there. */
  inb_metrics_grid_activate (grid, INB_METRIC_NEW, FALSE);
  assert_filter (session, "{\"stage\":[\"new\"]}");
  g_assert_true (gtk_widget_has_css_class (box, "stale"));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (grid), GTK_ACCESSIBLE_STATE_BUSY, TRUE);
  g_assert_true (inb_widget_kit_has_label (GTK_WIDGET (grid), "200"));
  inb_kit_wait (is_fresh, session);
  g_assert_false (gtk_widget_has_css_class (box, "stale"));
  g_assert_false (inb_widget_kit_has_label (GTK_WIDGET (grid), "200"));
  g_assert_nonnull (inb_widget_kit_find_class (GTK_WIDGET (grid), "active"));

  inb_metrics_grid_activate (grid, INB_METRIC_TODAY, FALSE);
  assert_filter (session, "{\"stage\":[\"new\"],\"created\":\"today\"}");
  inb_metrics_grid_activate (grid, INB_METRIC_PENDING, TRUE);
  assert_filter (session, "{\"stage\":[\"contacted\",\"new\",\"proposal\",\"qualified\"],\"created\":\"today\"}");
  inb_metrics_grid_activate (grid, INB_METRIC_TOTAL, FALSE);
  assert_filter (session, "{}");
  g_assert_null (inb_widget_kit_find_class (GTK_WIDGET (grid), "active"));

  gtk_window_destroy (window);
  inb_session_kit_stop (&kit);
}

int
main (int    argc,
      char **argv)
{
  inb_widget_kit_init (&argc, &argv);
  g_test_add_func ("/figures/card", test_card);
  g_test_add_func ("/figures/details", test_details);
  g_test_add_func ("/figures/chart", test_chart);
  g_test_add_func ("/figures/grid", test_grid);

  return g_test_run ();
}
