/* test-outbox-crash [ROUNDS]: a child process edits and is killed at a random moment, again and again in one folder: whatever was
 * confirmed is there, shown, and reaches the server.
 */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-outbox-kit.h"
#include "inb-replica-kit.h"
#include "inb-sample.h"
#include "inb-time.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#define NOW (1780000000 * INB_TIME_SECOND)
#define EPOCH "one"
#define N_LEADS 12
#define BULK 6
#define MOST_MS 250

static guint n_rounds = 6;
static char *program;

static InbModelServer *
make_server (void)
{
  g_autoptr (InbSample) sample = inb_sample_new (21);
  g_autoptr (GPtrArray) rows = inb_kit_new_rows ();

  inb_sample_add_small (sample, rows);
  for (guint i = 0; i < N_LEADS; i++)
    inb_sample_add_lead (sample, rows, NOW + i * INB_TIME_SECOND);

  return inb_model_server_new (rows, EPOCH);
}

static GArray *
get_rowids (InbReplica *replica)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autoptr (GError) error = NULL;
  GArray *rowids = inb_kit_query (replica, query, &error);

  g_assert_no_error (error);

  return rowids;
}

static char *
edit_some (InbReplica *replica,
           GRand      *rand,
           GArray     *rowids)
{
  g_autoptr (InbEdit) edit = inb_edit_new ("Crash");
  g_autoptr (GArray) some = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *value = g_strdup_printf ("%u", g_rand_int (rand));
  guint n_rows = g_rand_boolean (rand) ? 1 : BULK;
  g_autoptr (GError) error = NULL;
  char *group;

  for (guint i = 0; i < n_rows; i++)
    g_array_append_val (some, g_array_index (rowids, gint64, g_rand_int_range (rand, 0, (gint32) rowids->len)));
  inb_edit_set_rowids (edit, some);
  inb_edit_set_value (edit, INB_LEAD_BUDGET_RANGE, value);
  group = inb_kit_edit (replica, edit, &error);
  g_assert_no_error (error);

  return group;
}

/* Until it is killed. Each line is a group that is safe. */
G_GNUC_NORETURN static void
run_child (const char *folder)
{
  InbReplica *replica = inb_kit_new (folder);
  g_autoptr (GRand) rand = g_rand_new ();
  g_autoptr (GArray) rowids = get_rowids (replica);

  for (;;)
    {
      g_autofree char *group = edit_some (replica, rand, rowids);

      printf ("%s\n", group);
      fflush (stdout);
      if (g_rand_int_range (rand, 0, 4) == 0)
        {
          g_autofree char *undo = inb_kit_undo (replica, group, NULL);

          printf ("%s\n", undo);
          fflush (stdout);
        }
    }
}

/* (transfer full) (element-type utf8): what was said to be safe. */
static GPtrArray *
run_and_kill (const char *folder,
              GRand      *rand)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (g_free);
  const char *argv[] = { program, "--child", folder, NULL };
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GError) error = NULL;
  gint64 until = 0;
  char *line;

  child = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  while ((line = g_data_input_stream_read_line (lines, NULL, NULL, NULL)) != NULL)
    {
      g_ptr_array_add (groups, line);
      if (until == 0)
        until = g_get_monotonic_time () + g_rand_int_range (rand, 0, MOST_MS * 1000);
      else if (g_get_monotonic_time () >= until)
        g_subprocess_send_signal (child, SIGKILL);
    }
  g_subprocess_wait (child, NULL, NULL);
  /* The last line may be half of one. */
  if (groups->len > 0 && strlen (g_ptr_array_index (groups, groups->len - 1)) != 36)
    g_ptr_array_set_size (groups, (int) groups->len - 1);

  return groups;
}

static void
check_kept (InbReplica *replica,
            GPtrArray  *groups)
{
  g_autoptr (GPtrArray) entries = inb_kit_list_outbox (replica, NULL);
  g_autoptr (GHashTable) kept = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer lead_id, value;

  for (guint i = 0; i < entries->len; i++)
    {
      const InbOutboxEntry *entry = g_ptr_array_index (entries, i);
      const InbFieldChange *change = inb_mutation_find_change (entry->mutation, INB_LEAD_BUDGET_RANGE);

      g_hash_table_add (kept, entry->mutation->group);
      /* What an undo makes of a lead is not checked here. */
      if (change != NULL)
        g_hash_table_insert (values, entry->mutation->entity_id, change->value);
      else
        g_hash_table_remove (values, entry->mutation->entity_id);
    }
  for (guint i = 0; i < groups->len; i++)
    g_assert_true (g_hash_table_contains (kept, g_ptr_array_index (groups, i)));

  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &lead_id, &value))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (InbLeadDetail) detail = inb_kit_get_lead (replica, lead_id, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (inb_row_get (detail->lead, INB_LEAD_BUDGET_RANGE), ==, value);
    }
}

static void
test_kill (void)
{
  g_autofree char *folder = inb_kit_make_folder ();
  g_autoptr (InbModelServer) server = make_server ();
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  InbReplica *replica = inb_kit_new (folder);
  guint n_edits = 0;

  inb_replica_set_actor (replica, INB_KIT_USER, "Me", INB_ROLE_MANAGER);
  inb_kit_pull (replica, server, 1000);
  for (guint round = 0; round < n_rounds; round++)
    {
      g_autoptr (GPtrArray) more = NULL;

      inb_kit_settle (replica);
      inb_kit_drop (replica);
      more = run_and_kill (folder, rand);
      g_assert_cmpuint (more->len, >, 0);
      n_edits += more->len;
      g_ptr_array_extend_and_steal (groups, g_steal_pointer (&more));
      replica = inb_kit_new (folder);
      inb_kit_settle (replica);
      check_kept (replica, groups);
      if (round % 3 != 2)
        continue;

      /* All of it reaches the server, and the next round begins with nothing waiting. */
      inb_kit_push (replica, server);
      inb_kit_pull (replica, server, 7);
      inb_kit_assert_equal (replica, folder, server);
      g_assert_cmpuint (inb_replica_get_outbox_counts (replica).n_waiting, ==, 0);
      g_ptr_array_set_size (groups, 0);
    }
  g_test_message ("%u edits were confirmed in %u rounds, and none was lost", n_edits, n_rounds);

  inb_kit_push (replica, server);
  inb_kit_pull (replica, server, 1000);
  inb_kit_assert_equal (replica, folder, server);
  inb_kit_drop (replica);
  inb_kit_delete_folder (folder);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--child"))
    run_child (argv[2]);

  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  if (argc > 1)
    n_rounds = (guint) g_ascii_strtoull (argv[1], NULL, 10);

  g_test_add_func ("/replica/outbox/kill", test_kill);

  return g_test_run ();
}
