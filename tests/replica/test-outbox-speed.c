/* test-outbox-speed [LEADS [CHANGED]]: how long an edit takes until it is safe, and until it shows, alone and of many leads; prints,
 * and as a test holds it to bounds that only something wrong by an order of magnitude passes.
 */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-outbox-kit.h"
#include "inb-replica-kit.h"
#include "inb-sample.h"
#include "inb-time.h"

#define EPOCH "one"
#define LEADS_PER_PAGE 500
#define N_SINGLE 100
#define ALL 1000000

typedef struct {
  InbReplica     *replica;
  InbModelServer *server;
  char           *folder;
  char           *group;
  gint64          began;
  double          first_ms;   /* until something was shown; 0 = not yet */
  double          safe_ms;
} Run;

static double
get_ms (gint64 since)
{
  return (double) (g_get_monotonic_time () - since) / 1000;
}

static void
fill (Run   *run,
      guint  n_leads)
{
  g_autoptr (InbSample) sample = inb_sample_new (9);
  g_autoptr (GPtrArray) rows = inb_kit_new_rows ();
  gint64 created_at = inb_time_now () - (gint64) n_leads * INB_TIME_SECOND;

  inb_sample_add_small (sample, rows);
  while (sample->n_leads < n_leads)
    inb_sample_add_lead (sample, rows, created_at += INB_TIME_SECOND);
  run->server = inb_model_server_new (rows, EPOCH);
  inb_kit_pull (run->replica, run->server, LEADS_PER_PAGE);
  inb_kit_wait_for_facts (run->replica);
}

static void
on_changed (InbReplica *replica,
            GPtrArray  *lead_ids,
            gboolean    everything,
            Run        *run)
{
  if (run->first_ms == 0)
    run->first_ms = get_ms (run->began);
}

static void
on_edited (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Run *run = user_data;
  g_autoptr (GError) error = NULL;

  run->group = inb_replica_edit_finish (INB_REPLICA (source), result, &error);
  g_assert_no_error (error);
  run->safe_ms = get_ms (run->began);
}

static gboolean
has_group (gpointer data)
{
  return ((Run *) data)->group != NULL;
}

static void
begin (Run *run)
{
  g_clear_pointer (&run->group, g_free);
  run->first_ms = 0;
  run->began = g_get_monotonic_time ();
}

static void
tell (Run        *run,
      const char *what,
      guint       n_leads)
{
  double all_ms;

  inb_kit_wait (has_group, run);
  g_signal_handlers_disconnect_by_data (run->replica, run);
  inb_kit_settle (run->replica);
  all_ms = get_ms (run->began);
  g_test_message ("%s of %u leads: first rows after %.1f ms, safe after %.1f ms, all shown after %.1f ms", what, n_leads, run->first_ms,
                  run->safe_ms, all_ms);
  g_assert_cmpfloat (all_ms, <, 2000 + 10 * n_leads);
}

static GArray *
get_rowids (Run   *run,
            guint  max)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autoptr (GError) error = NULL;
  GArray *rowids = inb_kit_query (run->replica, query, &error);

  g_assert_no_error (error);
  if (rowids->len > max)
    g_array_set_size (rowids, max);

  return rowids;
}

static void
time_single (Run *run)
{
  g_autoptr (GArray) rowids = get_rowids (run, N_SINGLE);
  double slowest = 0, total = 0;

  for (guint i = 0; i < rowids->len; i++)
    {
      g_autoptr (InbEdit) edit = inb_edit_new ("One");
      g_autoptr (GArray) one = g_array_new (FALSE, FALSE, sizeof (gint64));

      g_array_append_val (one, g_array_index (rowids, gint64, i));
      inb_edit_set_rowids (edit, one);
      inb_edit_set_value (edit, INB_LEAD_BUDGET_RANGE, "large");
      begin (run);
      inb_replica_edit_async (run->replica, edit, on_edited, run);
      inb_kit_wait (has_group, run);
      total += run->safe_ms;
      slowest = MAX (slowest, run->safe_ms);
    }
  g_test_message ("one lead, %u times: safe and shown after %.2f ms on average, %.1f ms at most", rowids->len, total / rowids->len,
                  slowest);
}

static void
time_bulk (Run   *run,
           guint  n_leads)
{
  g_autoptr (GArray) rowids = get_rowids (run, n_leads);
  g_autoptr (InbEdit) edit = inb_edit_new ("Stage");

  inb_edit_set_rowids (edit, rowids);
  inb_edit_set_value (edit, INB_LEAD_STAGE, "proposal");
  g_signal_connect (run->replica, "changed", G_CALLBACK (on_changed), run);
  begin (run);
  inb_replica_edit_async (run->replica, edit, on_edited, run);
  tell (run, "a stage", rowids->len);
}

typedef struct {
  char   *group;
  gint64  began;
  double  ms;
} Second;

static void
on_second (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Second *second = user_data;
  g_autoptr (GError) error = NULL;

  second->group = inb_replica_edit_finish (INB_REPLICA (source), result, &error);
  g_assert_no_error (error);
  second->ms = get_ms (second->began);
}

static gboolean
is_done (gpointer data)
{
  return ((Second *) data)->group != NULL;
}

static void
begin_second (Run        *run,
              Second     *second,
              GArray     *rowids,
              const char *value)
{
  g_autoptr (InbEdit) edit = inb_edit_new ("Second");

  inb_edit_set_rowids (edit, rowids);
  inb_edit_set_value (edit, INB_LEAD_BUDGET_RANGE, value);
  second->began = g_get_monotonic_time ();
  inb_replica_edit_async (run->replica, edit, on_second, second);
}

static void
assert_value (Run        *run,
              GArray     *rowids,
              const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) leads = inb_kit_load (run->replica, rowids, &error);
  g_autoptr (InbLeadDetail) detail = NULL;

  g_assert_no_error (error);
  detail = inb_kit_get_lead (run->replica, ((InbLeadSummary *) g_ptr_array_index (leads, 0))->id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (inb_row_get (detail->lead, INB_LEAD_BUDGET_RANGE), ==, value);
}

/* Edits of one lead while those of many are not all shown yet, of one that is among the many and of one that is not: they do not
 * wait for them. */
static void
time_second (Run   *run,
             guint  n_leads)
{
  g_autoptr (GArray) rowids = get_rowids (run, n_leads);
  g_autoptr (GArray) one = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (InbEdit) edit = inb_edit_new ("Stage");
  Second at_once = { NULL, };
  Second after = { NULL, };
  double safe_ms;

  /* The last one is shown last. */
  g_array_append_val (one, g_array_index (rowids, gint64, rowids->len - 1));
  inb_edit_set_rowids (edit, rowids);
  inb_edit_set_value (edit, INB_LEAD_STAGE, "qualified");
  begin (run);
  inb_replica_edit_async (run->replica, edit, on_edited, run);
  begin_second (run, &at_once, one, "at once");
  inb_kit_wait (has_group, run);
  safe_ms = run->safe_ms;
  inb_kit_wait (is_done, &at_once);
  assert_value (run, one, "at once");
  begin_second (run, &after, one, "after");
  inb_kit_wait (is_done, &after);
  assert_value (run, one, "after");
  g_test_message ("one lead at the same time as %u: safe and shown after %.1f ms, those after %.1f ms; one more after that %.1f ms",
                  rowids->len, at_once.ms, safe_ms, after.ms);
  inb_kit_settle (run->replica);
  assert_value (run, one, "after");
  g_free (at_once.group);
  g_free (after.group);
}

static void
time_push (Run *run)
{
  gint64 began = g_get_monotonic_time ();
  guint n_sent = inb_kit_push (run->replica, run->server);

  g_test_message ("%u sent and answered in %.0f ms, the server's part included", n_sent, get_ms (began));
  began = g_get_monotonic_time ();
  inb_kit_pull (run->replica, run->server, ALL);
  g_test_message ("their rows taken in, in one go, in %.0f ms", get_ms (began));
  g_assert_cmpuint (inb_replica_get_outbox_counts (run->replica).n_waiting, ==, 0);
}

static void
time_undo (Run        *run,
           const char *what,
           guint       n_leads)
{
  g_autofree char *group = g_steal_pointer (&run->group);

  g_signal_connect (run->replica, "changed", G_CALLBACK (on_changed), run);
  begin (run);
  inb_replica_undo_async (run->replica, group, "Undo", on_edited, run);
  tell (run, what, n_leads);
}

static void
time_open (Run *run)
{
  gint64 began;
  double opened_ms;

  inb_kit_settle (run->replica);
  inb_kit_drop (run->replica);
  began = g_get_monotonic_time ();
  run->replica = inb_kit_new (run->folder);
  opened_ms = get_ms (began);
  inb_kit_settle (run->replica);
  g_test_message ("opened with %u entries that wait in %.0f ms, and all is as it was after %.0f ms",
                  inb_replica_get_outbox_counts (run->replica).n_waiting, opened_ms, get_ms (began));
}

static guint n_leads = 3000;
static guint n_changed = 1000;

static void
test_speed (void)
{
  Run run = { NULL, };

  run.folder = inb_kit_make_folder ();
  run.replica = inb_kit_new (run.folder);
  inb_replica_set_actor (run.replica, INB_KIT_USER, "Me", INB_ROLE_MANAGER);
  fill (&run, n_leads);
  time_single (&run);
  time_bulk (&run, n_changed);
  time_open (&run);
  time_push (&run);
  time_undo (&run, "undo", n_changed);
  time_push (&run);
  time_second (&run, n_changed);
  time_push (&run);

  inb_kit_settle (run.replica);
  inb_kit_drop (run.replica);
  inb_kit_delete_folder (run.folder);
  inb_model_server_free (run.server);
  g_free (run.folder);
  g_free (run.group);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (argc > 1)
    n_leads = (guint) g_ascii_strtoull (argv[1], NULL, 10);
  if (argc > 2)
    n_changed = (guint) g_ascii_strtoull (argv[2], NULL, 10);

  g_test_add_func ("/replica/outbox/speed", test_speed);

  return g_test_run ();
}
