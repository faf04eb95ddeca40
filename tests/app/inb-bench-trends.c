/* inb-bench-trends DATA_FOLDER [VIEW] (its replica where inb-bench-window --key says): opens the real window on a filled replica,
 * without a service; measures from the switch to the trends page (or "heat-map") until it is painted, and the main thread's time
 * for a change that arrives while it is shown. Prints JSON. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-app-resources.h"
#include "inb-chart.h"
#include "inb-config.h"
#include "inb-heat-map-view.h"
#include "inb-replica-kit.h"
#include "inb-window.h"

#include <time.h>

#define CHANGES 20

typedef struct {
  InbWindow  *window;
  InbSession *session;
  const char *view;
  gint64      painted;    /* monotonic, of the frame in which the charts were first there */
  guint       n_painted;
} Bench;

static GtkWidget *
find_chart (GtkWidget *widget)
{
  if (gtk_widget_get_mapped (widget) &&
      (INB_IS_CHART (widget) ||
       (INB_IS_HEAT_MAP_VIEW (widget) && inb_heat_map_view_get_data (INB_HEAT_MAP_VIEW (widget)) != NULL)))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_chart (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
on_after_paint (GdkFrameClock *clock,
                gpointer       user_data)
{
  Bench *bench = user_data;

  bench->n_painted++;
  if (bench->painted == 0 && find_chart (GTK_WIDGET (bench->window)) != NULL)
    bench->painted = g_get_monotonic_time ();
}

static gboolean
is_known (gpointer data)
{
  const InbMetrics *metrics = inb_metrics_watch_get_metrics (inb_session_get_metrics (data));

  return metrics != NULL && metrics->has_details;
}

static gboolean
is_open (gpointer data)
{
  return inb_session_get_phase (data) == INB_SESSION_OPEN;
}

static gboolean
is_painted (gpointer data)
{
  return ((Bench *) data)->painted != 0;
}

static gboolean
is_over (gpointer data)
{
  return g_get_monotonic_time () > *(gint64 *) data;
}

static gboolean
keep_turning (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
settle (int msec)
{
  gint64 end = g_get_monotonic_time () + msec * 1000;

  inb_kit_wait (is_over, &end);
}

static gint64
get_cpu_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* Milliseconds from the switch to the painted charts. */
static double
switch_view (Bench *bench)
{
  gint64 started = g_get_monotonic_time ();

  bench->painted = 0;
  gtk_widget_activate_action (GTK_WIDGET (bench->window), "win.show-view", "s", bench->view);
  inb_kit_wait (is_painted, bench);

  return (double) (bench->painted - started) / 1000;
}

/* Milliseconds of the main thread that all which follows a change takes, until nothing moves any more. */
static double
change (Bench *bench)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  gint64 cpu = get_cpu_time ();
  gint64 idle;

  g_signal_emit_by_name (inb_session_get_replica (bench->session), "changed", ids, FALSE);
  settle (150);
  cpu = get_cpu_time () - cpu;
  idle = get_cpu_time ();
  settle (150);

  return MAX (0, (double) (cpu - (get_cpu_time () - idle)) / 1000);
}

int
main (int    argc,
      char **argv)
{
  InbSyncAccount account = { (char *) "http://127.0.0.1:9", NULL, (char *) "demo", (char *) "token" };
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GSettings) settings = NULL;
  GdkFrameClock *clock;
  Bench bench = { 0 };
  double first, second;
  double sum = 0;
  double most = 0;

  if (argc < 2 || argc > 3)
    {
      g_printerr ("Usage: %s DATA_FOLDER [VIEW]\n", argv[0]);
      return 2;
    }

  bench.view = argc == 3 ? argv[2] : "trends";
  gtk_init ();
  adw_init ();
  g_resources_register (inb_app_get_resource ());
  application = adw_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_application_set_resource_base_path (G_APPLICATION (application), "/org/example/InboundLeads");
  if (!g_application_register (G_APPLICATION (application), NULL, NULL))
    return 1;
  settings = g_settings_new (INB_APP_ID);
  bench.session = inb_session_new (&account, argv[1]);
  inb_session_start (bench.session);
  inb_kit_wait (is_open, bench.session);
  bench.window = inb_window_new (GTK_APPLICATION (application), settings);
  inb_window_set_session (bench.window, bench.session);
  gtk_window_present (GTK_WINDOW (bench.window));
  inb_kit_wait (is_known, bench.session);
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (bench.window));
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &bench);
  g_timeout_add (5, keep_turning, NULL);
  settle (1000);

  first = switch_view (&bench);
  settle (500);
  gtk_widget_activate_action (GTK_WIDGET (bench.window), "win.show-view", "s", "leads");
  settle (500);
  second = switch_view (&bench);
  settle (500);
  for (guint i = 0; i < CHANGES; i++)
    {
      double taken = change (&bench);

      sum += taken;
      most = MAX (most, taken);
    }
  g_print ("{\"leads\":%" G_GINT64_FORMAT ",\"first_switch_ms\":%.1f,\"switch_ms\":%.1f,\"change_mean_ms\":%.1f,\"change_max_ms\":%.1f}\n",
           inb_metrics_watch_get_metrics (inb_session_get_metrics (bench.session))->total, first, second, sum / CHANGES, most);

  g_signal_handlers_disconnect_by_data (clock, &bench);
  inb_window_set_session (bench.window, NULL);
  gtk_window_destroy (GTK_WINDOW (bench.window));
  inb_session_stop (bench.session);
  g_object_unref (bench.session);

  return 0;
}
