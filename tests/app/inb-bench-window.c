/* inb-bench-window DATA_FOLDER STARTED_NS (--key: the replica's folder in it): opens the real window on a filled replica, without a service; measures when it shows
 * its rows, the work that a frame of scrolling and a jump are, and how soon "select all", another order, a keystroke in the
 * search, a click on a filter and an edit are painted; at last how long every lead takes into a file, with all columns. Prints JSON. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-application.h"
#include "inb-bench-times.h"
#include "inb-lead-export-file.h"
#include "inb-lead-table.h"
#include "inb-window.h"

/* Nothing listens there: the window shows what the replica holds. */
#define SERVER "http://127.0.0.1:9"
#define USER "0190aaaa-bbbb-7ccc-8ddd-eeeeffff0000"
#define SCROLL_FRAMES 400
#define SCROLL_STEP 97.0    /* pixels a frame: nearly three rows, as a fast wheel */
#define JUMPS 60
#define SETTLE_FRAMES 20
#define SELECTIONS 10
#define SEARCHES 40
#define FILTERS 40
#define EDITS 40

typedef enum {
  WAITING,
  SETTLING,
  SCROLLING,
  JUMPING,
  SELECTING,
  SORTING,
  SEARCHING,
  FILTERING,
  EDITING,
  EXPORTING,
  DONE
} Phase;

typedef struct {
  GApplication  *application;
  const char    *folder;
  GtkWindow     *window;
  GtkAdjustment *adjustment;
  GArray        *every;       /* (element-type gint64): the leads, newest first */
  GArray        *scrolls;     /* (element-type gint64): microseconds of work a frame */
  GArray        *cpu;         /* the same without what other processes take of the computer */
  GArray        *jumps;
  GArray        *selections;  /* from "select all" to its painted frame */
  GArray        *selections_cpu;
  GArray        *sorts;       /* from another order to its painted rows, by each column in turn */
  GArray        *searches;    /* from a keystroke to its painted rows */
  GArray        *filters;     /* from a ticked value, day or owner to its painted rows */
  GArray        *edits;       /* from another stage of a lead on screen to its painted row */
  gint64         edited;      /* the row id */
  const char    *stage;       /* that it is to have */
  gboolean       asking;
  gint64         asked;
  gboolean       answered;
  gint64         frame_started;
  gint64         frame_cpu;
  gint64         shown_ms;
  gint64         export_started;
  double         export_s;
  double         export_turn_ms; /* the longest wait for a turn of the main loop meanwhile */
  gint64         last_turn;
  guint          turns;
  gint64         started_ns;
  guint          n_leads;
  guint          n_frames;
  Phase          phase;
} Bench;

static GtkWidget *
find_widget (GtkWidget *widget,
             GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
report (Bench *bench)
{
  g_print ("{\"leads\":%u,\"window_ms\":%" G_GINT64_FORMAT ",\"scroll_p50_ms\":%.1f,\"scroll_p95_ms\":%.1f,"
           "\"scroll_max_ms\":%.1f,\"scroll_cpu_p95_ms\":%.1f,\"jump_p50_ms\":%.1f,\"jump_p95_ms\":%.1f,"
           "\"select_all_p50_ms\":%.1f,\"select_all_max_ms\":%.1f,\"select_all_cpu_p50_ms\":%.1f,\"sort_p50_ms\":%.1f,\"sort_max_ms\":%.1f,"
           "\"search_p50_ms\":%.1f,\"search_p95_ms\":%.1f,\"filter_p50_ms\":%.1f,\"filter_p95_ms\":%.1f,"
           "\"edit_p50_ms\":%.1f,\"edit_p95_ms\":%.1f,\"export_s\":%.2f,\"export_longest_turn_ms\":%.1f,\"memory_mb\":%.0f}\n",
           bench->n_leads, bench->shown_ms, inb_bench_get_share (bench->scrolls, 0.5),
           inb_bench_get_share (bench->scrolls, 0.95), inb_bench_get_share (bench->scrolls, 1),
           inb_bench_get_share (bench->cpu, 0.95), inb_bench_get_share (bench->jumps, 0.5),
           inb_bench_get_share (bench->jumps, 0.95), inb_bench_get_share (bench->selections, 0.5), inb_bench_get_share (bench->selections, 1),
           inb_bench_get_share (bench->selections_cpu, 0.5),
           inb_bench_get_share (bench->sorts, 0.5), inb_bench_get_share (bench->sorts, 1),
           inb_bench_get_share (bench->searches, 0.5), inb_bench_get_share (bench->searches, 0.95),
           inb_bench_get_share (bench->filters, 0.5), inb_bench_get_share (bench->filters, 0.95),
           inb_bench_get_share (bench->edits, 0.5), inb_bench_get_share (bench->edits, 0.95), bench->export_s, bench->export_turn_ms,
           inb_bench_get_memory ());
}

static gboolean
on_turn (gpointer user_data)
{
  Bench *bench = user_data;
  gint64 now = g_get_monotonic_time ();

  bench->export_turn_ms = MAX (bench->export_turn_ms, (double) (now - bench->last_turn) / 1000);
  bench->last_turn = now;

  return G_SOURCE_CONTINUE;
}

static void
on_exported (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Bench *bench = user_data;
  g_autoptr (GError) error = NULL;
  gint64 n_written = inb_lead_export_file_finish (INB_REPLICA (source), result, &error);

  bench->export_s = (double) (g_get_monotonic_time () - bench->export_started) / G_USEC_PER_SEC;
  g_source_remove (bench->turns);
  if (n_written != bench->n_leads)
    g_error ("%" G_GINT64_FORMAT " leads of %u are in the file: %s", n_written, bench->n_leads,
             error != NULL ? error->message : "");
  bench->phase = DONE;
  report (bench);
  g_application_quit (bench->application);
}

static void
export (Bench *bench)
{
  InbSession *session = inb_window_get_session (INB_WINDOW (bench->window));
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (InbLeadSort));
  g_autofree char *path = g_build_filename (bench->folder, "leads.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_array_append_vals (columns, inb_lead_column_get_order (), INB_N_LEAD_SORTS);
  bench->export_started = bench->last_turn = g_get_monotonic_time ();
  bench->turns = g_timeout_add (1, on_turn, bench);
  inb_lead_export_file_async (inb_session_get_replica (session), inb_session_get_directory (session),
                              inb_clock_get_timezone (inb_session_get_clock (session)), bench->every, columns, TRUE, file, NULL, NULL,
                              NULL, on_exported, bench);
}

static void
move (Bench *bench)
{
  if (bench->phase == SCROLLING)
    gtk_adjustment_set_value (bench->adjustment, gtk_adjustment_get_value (bench->adjustment) + SCROLL_STEP);
  else if (bench->phase == JUMPING)
    gtk_adjustment_set_value (bench->adjustment, g_random_double () * gtk_adjustment_get_upper (bench->adjustment));
}

static void
start_editing (Bench *bench)
{
  g_autoptr (InbLeadFilter) every = inb_lead_filter_new ();

  bench->phase = EDITING;
  inb_session_set_filter (inb_window_get_session (INB_WINDOW (bench->window)), every);
}

static void
advance (Bench *bench)
{
  bench->n_frames++;
  if (bench->phase == SETTLING && bench->n_frames >= SETTLE_FRAMES)
    bench->phase = SCROLLING;
  else if (bench->phase == SCROLLING && bench->scrolls->len >= SCROLL_FRAMES)
    bench->phase = JUMPING;
  else if (bench->phase == JUMPING && bench->jumps->len >= JUMPS)
    bench->phase = SELECTING;
  else if (bench->phase == SELECTING && bench->selections->len >= SELECTIONS)
    bench->phase = SORTING;
  else if (bench->phase == SORTING && bench->sorts->len >= INB_N_LEAD_SORTS)
    bench->phase = SEARCHING;
  else if (bench->phase == SEARCHING && bench->searches->len >= SEARCHES)
    bench->phase = FILTERING;
  else if (bench->phase == FILTERING && bench->filters->len >= FILTERS)
    start_editing (bench);
  else if (bench->phase == EDITING && bench->edits->len >= EDITS)
    {
      bench->phase = EXPORTING;
      export (bench);
    }
}

static void
select_all (Bench *bench)
{
  InbLeadTable *table = INB_LEAD_TABLE (find_widget (GTK_WIDGET (bench->window), INB_TYPE_LEAD_TABLE));
  InbLeadSelection *selection = inb_lead_table_get_selection (table);

  inb_lead_selection_clear (selection);
  bench->asked = g_get_monotonic_time ();
  bench->frame_cpu = inb_bench_get_cpu_time ();
  inb_lead_selection_select_all (selection);
  bench->n_leads = inb_lead_selection_get_n_selected (selection);
  g_clear_pointer (&bench->every, g_array_unref);
  bench->every = g_array_ref (inb_lead_list_get_rowids (inb_lead_selection_get_list (selection)));
  g_assert_cmpuint (bench->n_leads, ==, inb_lead_list_get_rowids (inb_lead_selection_get_list (selection))->len);
}

static void
sort (Bench   *bench,
      guint    n_asked)
{
  InbLeadList *list = inb_session_get_list (inb_window_get_session (INB_WINDOW (bench->window)));
  g_autoptr (InbLeadQuery) query = inb_lead_query_copy (inb_lead_list_get_query (list));

  query->sort = (InbLeadSort) ((n_asked + 1) % INB_N_LEAD_SORTS);
  query->descending = query->sort == INB_LEAD_SORT_CREATED;
  inb_lead_list_set_query (list, query);
}

/* Names and numbers as they are typed, and taken back at once. */
static void
search (Bench *bench,
        guint  n_asked)
{
  static const char * const words[] = { "martin", "0171 55", "schmidt a", "gmbh" };
  InbSession *session = inb_window_get_session (INB_WINDOW (bench->window));
  g_autoptr (InbLeadFilter) filter = inb_lead_filter_copy (inb_session_get_filter (session));
  const char *word = words[n_asked / 10 % G_N_ELEMENTS (words)];
  g_autofree char *typed = g_strndup (word, MIN (n_asked % 10 + 1, strlen (word)));

  /* A blank or a letter past the end changes nothing: the word is typed anew instead. */
  inb_lead_filter_set_text (filter, typed);
  if (inb_lead_filter_equal (filter, inb_session_get_filter (session)))
    inb_lead_filter_set_text (filter, n_asked % 2 == 0 ? "a" : "e");
  inb_session_set_filter (session, filter);
}

static void
tick_filter (Bench *bench,
             guint  n_asked)
{
  static const char * const sources[] = { "Zapier", "Facebook Ads", "Google Ads", "Landing page" };
  static const char * const stages[] = { "new", "contacted", "qualified", "won", "lost" };
  InbSession *session = inb_window_get_session (INB_WINDOW (bench->window));
  g_autoptr (InbLeadFilter) filter = inb_lead_filter_copy (inb_session_get_filter (session));

  inb_lead_filter_set_text (filter, NULL);
  if (n_asked % 3 == 0)
    inb_lead_filter_toggle_value (filter, INB_FILTER_STAGE, stages[n_asked % G_N_ELEMENTS (stages)]);
  else if (n_asked % 3 == 1)
    inb_lead_filter_toggle_value (filter, INB_FILTER_SOURCE, sources[n_asked % G_N_ELEMENTS (sources)]);
  else
    filter->created.kind = filter->created.kind == INB_DATE_RANGE_ANY ? INB_DATE_RANGE_THIS_YEAR : INB_DATE_RANGE_ANY;
  inb_session_set_filter (session, filter);
}

static InbLeadSummary *
peek_edited (Bench *bench)
{
  return inb_lead_list_peek (inb_session_get_list (inb_window_get_session (INB_WINDOW (bench->window))), bench->edited);
}

static void
edit (Bench *bench,
      guint  n_asked)
{
  InbSession *session = inb_window_get_session (INB_WINDOW (bench->window));
  g_autoptr (InbEdit) stage_edit = inb_edit_new ("Stage");
  g_autoptr (GArray) rowids = g_array_new (FALSE, FALSE, sizeof (gint64));

  bench->edited = inb_lead_list_get_rowid (inb_session_get_list (session), n_asked % 10);
  bench->stage = g_strcmp0 (peek_edited (bench)->stage, "contacted") == 0 ? "qualified" : "contacted";
  g_array_append_val (rowids, bench->edited);
  inb_edit_set_rowids (stage_edit, rowids);
  inb_edit_set_value (stage_edit, INB_LEAD_STAGE, bench->stage);
  inb_edits_do_quietly (inb_session_get_edits (session), stage_edit);
}

static GArray *
get_answers (Bench *bench)
{
  return bench->phase == SORTING ? bench->sorts : bench->phase == SEARCHING ? bench->searches
         : bench->phase == FILTERING ? bench->filters : bench->phase == EDITING ? bench->edits : NULL;
}

static void
ask (Bench *bench)
{
  GArray *answers = get_answers (bench);

  if (answers == NULL || bench->asking)
    return;

  bench->asking = TRUE;
  bench->asked = g_get_monotonic_time ();
  if (bench->phase == SORTING)
    sort (bench, answers->len);
  else if (bench->phase == SEARCHING)
    search (bench, answers->len);
  else if (bench->phase == EDITING)
    edit (bench, answers->len);
  else
    tick_filter (bench, answers->len);
}

/* The answer is told by the list; it is painted in the frame after. */
static void
on_answered (Bench *bench)
{
  bench->answered = bench->asking;
}

static gboolean
has_rows (Bench *bench)
{
  InbSession *session = inb_window_get_session (INB_WINDOW (bench->window));
  InbLeadList *list = session != NULL ? inb_session_get_list (session) : NULL;

  return list != NULL && g_list_model_get_n_items (G_LIST_MODEL (list)) > 0 &&
         inb_lead_list_peek (list, inb_lead_list_get_rowid (list, 0)) != NULL;
}

static void
on_before_paint (GdkFrameClock *clock,
                 gpointer       user_data)
{
  Bench *bench = user_data;

  bench->frame_started = g_get_monotonic_time ();
  bench->frame_cpu = inb_bench_get_cpu_time ();
  move (bench);
  if (bench->phase == SELECTING)
    select_all (bench);
  else
    ask (bench);
}

static void
on_after_paint (GdkFrameClock *clock,
                gpointer       user_data)
{
  Bench *bench = user_data;
  gint64 work = g_get_monotonic_time () - bench->frame_started;
  gint64 cpu = inb_bench_get_cpu_time () - bench->frame_cpu;

  if (bench->phase == WAITING)
    {
      if (!has_rows (bench))
        return;
      bench->shown_ms = (g_get_real_time () * 1000 - bench->started_ns) / 1000000;
      bench->adjustment = gtk_scrolled_window_get_vadjustment (
        GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (find_widget (GTK_WIDGET (bench->window), GTK_TYPE_COLUMN_VIEW),
                                                      GTK_TYPE_SCROLLED_WINDOW)));
      /* The server would say it. */
      inb_replica_set_actor (inb_session_get_replica (inb_window_get_session (INB_WINDOW (bench->window))), USER, "Bench",
                             INB_ROLE_MANAGER);
      g_signal_connect_swapped (inb_session_get_list (inb_window_get_session (INB_WINDOW (bench->window))), "answered",
                                G_CALLBACK (on_answered), bench);
      bench->phase = SETTLING;
      return;
    }

  if (bench->phase == SCROLLING)
    {
      g_array_append_val (bench->scrolls, work);
      g_array_append_val (bench->cpu, cpu);
    }
  else if (bench->phase == JUMPING)
    g_array_append_val (bench->jumps, work);
  else if (bench->phase == SELECTING)
    {
      work = g_get_monotonic_time () - bench->asked;
      cpu = inb_bench_get_cpu_time () - bench->frame_cpu;
      g_array_append_val (bench->selections, work);
      g_array_append_val (bench->selections_cpu, cpu);
    }
  else if (bench->phase == EDITING ? bench->asking && g_strcmp0 (peek_edited (bench)->stage, bench->stage) == 0 : bench->answered)
    {
      work = g_get_monotonic_time () - bench->asked;
      g_array_append_val (get_answers (bench), work);
      bench->answered = FALSE;
      bench->asking = FALSE;
    }
  advance (bench);
}

static gboolean
on_tick (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
on_window_added (GtkApplication *application,
                 GtkWindow      *window,
                 gpointer        user_data)
{
  Bench *bench = user_data;
  GdkFrameClock *clock;

  if (bench->window != NULL)
    return;

  bench->window = window;
  gtk_widget_realize (GTK_WIDGET (window));
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint), bench);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), bench);
  gtk_widget_add_tick_callback (GTK_WIDGET (window), on_tick, NULL, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (InbApplication) application = NULL;
  g_autofree char *folder = NULL;
  Bench bench = { 0 };
  int status;

  if (argc == 2 && g_str_equal (argv[1], "--key"))
    {
      InbSyncAccount account = { (char *) SERVER, NULL, (char *) "demo", (char *) "token" };
      g_autofree char *key = inb_sync_account_get_key (&account);

      g_print ("%s\n", key);
      return 0;
    }
  if (argc < 3)
    {
      g_printerr ("Usage: %s DATA_FOLDER STARTED_NS\n", argv[0]);
      return 2;
    }

  folder = g_strdup_printf ("--data-dir=%s", argv[1]);
  application = inb_application_new ();
  bench.application = G_APPLICATION (application);
  bench.folder = argv[1];
  bench.started_ns = g_ascii_strtoll (argv[2], NULL, 10);
  bench.scrolls = g_array_new (FALSE, FALSE, sizeof (gint64));
  bench.cpu = g_array_new (FALSE, FALSE, sizeof (gint64));
  bench.jumps = g_array_new (FALSE, FALSE, sizeof (gint64));
  bench.selections = g_array_new (FALSE, FALSE, sizeof (gint64));
  bench.selections_cpu = g_array_new (FALSE, FALSE, sizeof (gint64));
  bench.sorts = g_array_new (FALSE, FALSE, sizeof (gint64));
  bench.searches = g_array_new (FALSE, FALSE, sizeof (gint64));
  bench.filters = g_array_new (FALSE, FALSE, sizeof (gint64));
  bench.edits = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_signal_connect (application, "window-added", G_CALLBACK (on_window_added), &bench);
  status = g_application_run (bench.application, 8,
                              (char *[]) { argv[0], folder, (char *) "--server", (char *) SERVER,
                                           (char *) "--workspace", (char *) "demo", (char *) "--token-file",
                                           (char *) g_getenv ("INB_BENCH_TOKEN_FILE"), NULL });
  g_clear_pointer (&bench.every, g_array_unref);
  g_array_unref (bench.scrolls);
  g_array_unref (bench.cpu);
  g_array_unref (bench.jumps);
  g_array_unref (bench.selections);
  g_array_unref (bench.selections_cpu);
  g_array_unref (bench.sorts);
  g_array_unref (bench.searches);
  g_array_unref (bench.filters);
  g_array_unref (bench.edits);

  return bench.phase == DONE ? status : 1;
}
