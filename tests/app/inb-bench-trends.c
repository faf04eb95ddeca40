/* inb-bench-trends DATA_FOLDER [VIEW [FILTER…]] (its replica where inb-bench-window --key says): opens the real window on a filled
 * replica, without a service; measures from the switch to the trends page (or "heat-map") until it is painted, also with each
 * FILTER (as JSON) set before, and what a lead that arrives while it (or "leads") is shown takes of the main thread: in all, and
 * without a break. Adds these leads to the replica. Prints JSON. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-app-resources.h"
#include "inb-bench-times.h"
#include "inb-chart.h"
#include "inb-config.h"
#include "inb-heat-map-view.h"
#include "inb-replica-kit.h"
#include "inb-sample.h"
#include "inb-time.h"
#include "inb-window.h"

#define ARRIVALS 20

typedef struct {
  InbWindow     *window;
  InbSession    *session;
  InbSample     *sample;
  const char    *view;
  gconstpointer  old;        /* what was shown before, and does not count */
  gint64         painted;    /* monotonic, of the frame in which the charts were first there */
} Bench;

/* The main thread's time from one poll to the next, while nothing else gets a turn. */
static gint64 turn_started;
static gint64 longest_turn;

static gconstpointer
get_data (GtkWidget *widget)
{
  if (INB_IS_CHART (widget))
    return inb_chart_get_data (INB_CHART (widget));
  if (INB_IS_HEAT_MAP_VIEW (widget))
    return inb_heat_map_view_get_data (INB_HEAT_MAP_VIEW (widget));

  return NULL;
}

/* What the first chart that is on the screen shows. */
static gconstpointer
find_data (GtkWidget *widget)
{
  gconstpointer data = gtk_widget_get_mapped (widget) ? get_data (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && data == NULL;
       child = gtk_widget_get_next_sibling (child))
    data = find_data (child);

  return data;
}

static void
on_after_paint (GdkFrameClock *clock,
                gpointer       user_data)
{
  Bench *bench = user_data;
  gconstpointer data = bench->painted == 0 ? find_data (GTK_WIDGET (bench->window)) : NULL;

  if (data != NULL && data != bench->old)
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

static int
poll_timed (GPollFD *fds,
            guint    n_fds,
            int      timeout)
{
  int ready;

  longest_turn = MAX (longest_turn, inb_bench_get_cpu_time () - turn_started);
  ready = g_poll (fds, n_fds, timeout);
  turn_started = inb_bench_get_cpu_time ();

  return ready;
}

static void
show_leads (Bench *bench)
{
  gtk_widget_activate_action (GTK_WIDGET (bench->window), "win.show-view", "s", "leads");
  settle (500);
}

/* Milliseconds from the switch to the painted charts. */
static double
switch_view (Bench *bench)
{
  gint64 started = g_get_monotonic_time ();

  if (g_str_equal (bench->view, "leads"))
    {
      bench->painted = started;
      return 0;
    }

  bench->painted = 0;
  gtk_widget_activate_action (GTK_WIDGET (bench->window), "win.show-view", "s", bench->view);
  inb_kit_wait (is_painted, bench);

  return (double) (bench->painted - started) / 1000;
}

/* The same, with a filter that has been set before. */
static double
switch_filtered (Bench      *bench,
                 const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbLeadFilter) filter = inb_lead_filter_new_from_json (json, &error);
  double taken;

  if (filter == NULL)
    g_error ("%s", error->message);

  bench->old = find_data (GTK_WIDGET (bench->window));
  show_leads (bench);
  inb_session_set_filter (bench->session, filter);
  settle (3000);
  taken = switch_view (bench);
  bench->old = NULL;
  settle (500);

  return taken;
}

typedef struct {
  double sum;
  double most;
  double most_turn;
} Arrivals;

/* A lead, until nothing moves any more. */
static void
arrive (Bench    *bench,
        Arrivals *arrivals)
{
  InbReplica *replica = inb_session_get_replica (bench->session);
  g_autoptr (GError) error = NULL;
  g_autofree char *epoch = g_strdup (inb_replica_get_epoch (replica));
  GPtrArray *rows = inb_kit_new_rows ();
  gint64 cpu, idle, turn;
  double taken;

  inb_sample_add_lead (bench->sample, rows, inb_time_now ());
  longest_turn = 0;
  turn_started = cpu = inb_bench_get_cpu_time ();
  if (!inb_kit_apply (replica, inb_kit_make_changes (replica, epoch, rows, bench->sample->seq), &error))
    g_error ("%s", error->message);
  settle (300);
  cpu = inb_bench_get_cpu_time () - cpu;
  turn = longest_turn;
  idle = inb_bench_get_cpu_time ();
  settle (300);
  idle = inb_bench_get_cpu_time () - idle;

  taken = MAX (0, (double) (cpu - idle) / 1000);
  arrivals->sum += taken;
  arrivals->most = MAX (arrivals->most, taken);
  arrivals->most_turn = MAX (arrivals->most_turn, (double) turn / 1000);
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
  Arrivals arrivals = { 0 };
  double first, second;

  if (argc < 2)
    {
      g_printerr ("Usage: %s DATA_FOLDER [VIEW [FILTER…]]\n", argv[0]);
      return 2;
    }

  bench.view = argc > 2 ? argv[2] : "trends";
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
  show_leads (&bench);
  second = switch_view (&bench);
  settle (500);
  bench.sample = inb_sample_new ((guint32) g_get_real_time ());
  bench.sample->seq = inb_replica_get_cursor (inb_session_get_replica (bench.session));
  g_main_context_set_poll_func (NULL, poll_timed);
  for (guint i = 0; i < ARRIVALS; i++)
    arrive (&bench, &arrivals);
  g_main_context_set_poll_func (NULL, NULL);
  g_print ("{\"leads\":%" G_GINT64_FORMAT ",\"first_switch_ms\":%.1f,\"switch_ms\":%.1f,\"arrival_mean_ms\":%.1f,"
           "\"arrival_max_ms\":%.1f,\"arrival_longest_turn_ms\":%.1f",
           inb_metrics_watch_get_metrics (inb_session_get_metrics (bench.session))->total, first, second,
           arrivals.sum / ARRIVALS, arrivals.most, arrivals.most_turn);
  for (int i = 3; i < argc; i++)
    {
      g_autofree char *name = g_strescape (argv[i], NULL);
      double taken = switch_filtered (&bench, argv[i]);

      g_print (",\n \"%s\":%.1f", name, taken);
    }
  g_print ("}\n");

  inb_sample_free (bench.sample);
  g_signal_handlers_disconnect_by_data (clock, &bench);
  inb_window_set_session (bench.window, NULL);
  gtk_window_destroy (GTK_WINDOW (bench.window));
  inb_session_stop (bench.session);
  g_object_unref (bench.session);

  return 0;
}
