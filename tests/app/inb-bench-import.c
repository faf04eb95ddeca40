/* inb-bench-import DATA_FOLDER SERVER WORKSPACE TOKEN_FILE FILE: opens the real window, imports the file through the dialog as a person
 * does, waits until the table has all leads, and takes the import back. Prints for each part how long it took and the turns of the
 * main loop meanwhile, as JSON. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-application.h"
#include "inb-bench-times.h"
#include "inb-import-dialog-private.h"
#include "inb-window.h"

#define LOOK_INTERVAL 5   /* milliseconds */
#define FRAME 16          /* milliseconds that a turn may take */

typedef enum { CONNECTING, READING, TRYING, IMPORTING, ARRIVING, UNDOING, LEAVING, N_PARTS } Part;

static const char * const names[N_PARTS] = { "connect", "read", "trial", "import", "arrive", "undo", "leave" };

typedef struct {
  GArray *turns;    /* (element-type gint64): microseconds */
  GArray *cpu;      /* the same without what other processes take of the computer */
  gint64  took;
} Figures;

typedef struct {
  GApplication    *application;
  GFile           *file;
  GtkWindow       *window;
  InbImportDialog *dialog;
  Figures          figures[N_PARTS];
  GPollFunc        poll;
  gint64           began;
  gint64           woke;
  gint64           woke_cpu;
  guint            n_before;    /* leads */
  Part             part;
} Bench;

static Bench bench; /* the poll function has no data */

static void
begin_part (Part part)
{
  gint64 now = g_get_monotonic_time ();

  bench.figures[bench.part].took = now - bench.began;
  bench.began = now;
  bench.part = part;
  if (part == N_PARTS)
    g_application_quit (bench.application);
}

/* A turn is what lies between two waits. */
static int
on_poll (GPollFD *fds,
         guint    n_fds,
         int      timeout)
{
  int n_ready;

  if (bench.woke > 0 && bench.part < N_PARTS)
    {
      gint64 turn = g_get_monotonic_time () - bench.woke;
      gint64 cpu = inb_bench_get_cpu_time () - bench.woke_cpu;

      g_array_append_val (bench.figures[bench.part].turns, turn);
      g_array_append_val (bench.figures[bench.part].cpu, cpu);
    }
  n_ready = bench.poll (fds, n_fds, timeout);
  bench.woke = g_get_monotonic_time ();
  bench.woke_cpu = inb_bench_get_cpu_time ();

  return n_ready;
}

static guint
count_leads (void)
{
  return g_list_model_get_n_items (G_LIST_MODEL (inb_session_get_list (inb_window_get_session (INB_WINDOW (bench.window)))));
}

static InbImportDialog *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *window = windows; window != NULL; window = window->next)
    if (INB_IS_IMPORT_DIALOG (window->data))
      return window->data;

  return NULL;
}

static void
look_for_start (void)
{
  InbSession *session = inb_window_get_session (INB_WINDOW (bench.window));

  if (session == NULL || inb_sync_client_get_state (inb_session_get_client (session)) != INB_SYNC_LIVE ||
      !inb_edits_may (inb_session_get_edits (session), INB_RIGHT_IMPORT, NULL))
    return;

  bench.n_before = count_leads ();
  gtk_widget_activate_action (GTK_WIDGET (bench.window), "win.import", NULL);
  bench.dialog = find_dialog ();
  g_assert_nonnull (bench.dialog);
  begin_part (READING);
  inb_import_dialog_open_file (bench.dialog, bench.file);
}

static void
go_on (InbImportStep  step,
       const char    *action,
       Part           part)
{
  if (bench.dialog->step != step)
    return;

  begin_part (part);
  gtk_widget_activate_action (GTK_WIDGET (bench.dialog), action, NULL);
}

static gboolean
on_look (gpointer user_data)
{
  if (bench.dialog != NULL && bench.dialog->error != NULL)
    g_error ("%s", bench.dialog->error->message);

  switch (bench.part)
    {
    case CONNECTING:
      look_for_start ();
      break;
    case READING:
      go_on (INB_IMPORT_COLUMNS, "import.next", TRYING);
      break;
    case TRYING:
      go_on (INB_IMPORT_TRIED, "import.next", IMPORTING);
      break;
    case IMPORTING:
      if (bench.dialog->step == INB_IMPORT_DONE)
        begin_part (ARRIVING);
      break;
    case ARRIVING:
      if (count_leads () == bench.n_before + (guint) bench.dialog->outcome->figures[INB_IMPORT_LEADS_CREATED])
        go_on (INB_IMPORT_DONE, "import.undo", UNDOING);
      break;
    case UNDOING:
      if (bench.dialog->step == INB_IMPORT_UNDONE)
        begin_part (LEAVING);
      break;
    case LEAVING:
      if (count_leads () == bench.n_before)
        begin_part (N_PARTS);
      break;
    case N_PARTS:
    default:
      break;
    }

  return G_SOURCE_CONTINUE;
}

static void
on_window_added (GtkApplication *application,
                 GtkWindow      *window,
                 gpointer        user_data)
{
  if (bench.window != NULL)
    return;

  bench.window = window;
  bench.began = g_get_monotonic_time ();
  g_timeout_add (LOOK_INTERVAL, on_look, NULL);
}

static guint
count_long (GArray *turns)
{
  guint n_long = 0;

  for (guint i = 0; i < turns->len; i++)
    n_long += g_array_index (turns, gint64, i) > FRAME * G_TIME_SPAN_MILLISECOND;

  return n_long;
}

static void
report (void)
{
  g_print ("{");
  for (guint i = 0; i < N_PARTS; i++)
    {
      const Figures *figures = &bench.figures[i];

      g_print ("\"%s\":{\"s\":%.2f,\"turns\":%u,\"longer_than_a_frame\":%u,\"turn_p99_ms\":%.1f,\"turn_max_ms\":%.1f,"
               "\"cpu_longer_than_a_frame\":%u,\"cpu_p99_ms\":%.1f,\"cpu_max_ms\":%.1f},",
               names[i], (double) figures->took / G_USEC_PER_SEC, figures->turns->len, count_long (figures->turns),
               inb_bench_get_share (figures->turns, 0.99), inb_bench_get_share (figures->turns, 1), count_long (figures->cpu),
               inb_bench_get_share (figures->cpu, 0.99), inb_bench_get_share (figures->cpu, 1));
    }
  g_print ("\"memory_mb\":%.0f}\n", inb_bench_get_memory ());
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (InbApplication) application = NULL;
  g_autofree char *folder = NULL;
  int status;

  if (argc != 6)
    {
      g_printerr ("Usage: %s DATA_FOLDER SERVER WORKSPACE TOKEN_FILE FILE\n", argv[0]);
      return 2;
    }

  folder = g_strdup_printf ("--data-dir=%s", argv[1]);
  application = inb_application_new ();
  bench.application = G_APPLICATION (application);
  bench.file = g_file_new_for_path (argv[5]);
  for (guint i = 0; i < N_PARTS; i++)
    {
      bench.figures[i].turns = g_array_new (FALSE, FALSE, sizeof (gint64));
      bench.figures[i].cpu = g_array_new (FALSE, FALSE, sizeof (gint64));
    }
  bench.poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, on_poll);
  g_signal_connect (application, "window-added", G_CALLBACK (on_window_added), NULL);
  status = g_application_run (bench.application, 8,
                              (char *[]) { argv[0], folder, (char *) "--server", argv[2], (char *) "--workspace", argv[3],
                                           (char *) "--token-file", argv[4], NULL });
  if (bench.part == N_PARTS)
    report ();
  for (guint i = 0; i < N_PARTS; i++)
    {
      g_array_unref (bench.figures[i].turns);
      g_array_unref (bench.figures[i].cpu);
    }
  g_object_unref (bench.file);

  return bench.part == N_PARTS ? status : 1;
}
