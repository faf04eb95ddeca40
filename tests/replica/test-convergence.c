/* Desktops and a server with all that can go wrong between them, from a seed: edits, webhooks, requests that are lost before or
 * after they count, answers and pages that come twice, late or never, a server that is killed or restored from a backup, desktops
 * that are closed or lose their copy. After each step a desktop shows what it was told with what waits on top; in the end all show
 * what the server has, and of each edit it is known what became of it.
 *
 * --history N runs one history and says what it does; INB_ROUNDS: as many hundreds of them.
 */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-replica-kit.h"
#include "inb-sim-steps.h"

#include <glib/gstdio.h>
#include <stdlib.h>

#define N_SEEDS 200
#define N_STEPS 30
#define MAX_ROUNDS 50

static void
pull_all (InbSimWorld   *world,
          InbSimDesktop *desktop)
{
  inb_sim_world_start_anew (world, desktop);
  while (inb_replica_get_cursor (desktop->replica) < inb_model_server_get_head (world->server))
    {
      g_autoptr (InbChanges) page = inb_model_server_pull (world->server, inb_replica_get_cursor (desktop->replica), 50);

      g_assert_true (inb_sim_desktop_apply (desktop, page));
    }
  inb_sim_world_check (world, desktop);
}

/* Whether anything was left to do. */
static gboolean
finish_desktop (InbSimWorld   *world,
                InbSimDesktop *desktop,
                gboolean       is_patient)
{
  gboolean was_busy = FALSE;

  pull_all (world, desktop);
  for (;;)
    {
      g_autoptr (GPtrArray) mutations = inb_sim_desktop_peek (desktop, 100);
      g_autoptr (GPtrArray) results = NULL;

      if (mutations->len == 0)
        break;
      was_busy = TRUE;
      results = inb_sim_world_commit (world, desktop, mutations);
      inb_sim_desktop_answer (desktop, results);
      inb_sim_world_check (world, desktop);
    }
  while (inb_sim_world_resolve (world, desktop, is_patient))
    {
      was_busy = TRUE;
      inb_sim_world_check (world, desktop);
    }
  pull_all (world, desktop);

  return was_busy;
}

static void
finish (InbSimWorld *world)
{
  gboolean was_busy = TRUE;

  for (guint round = 0; was_busy; round++)
    {
      was_busy = FALSE;
      g_assert_cmpuint (round, <, MAX_ROUNDS);
      for (guint i = 0; i < world->n_desktops; i++)
        {
          inb_sim_world_say (world, i, "end");
          was_busy |= finish_desktop (world, world->desktops[i], round < 3);
        }
    }
}

static void
assert_over (InbSimWorld *world)
{
  for (guint i = 0; i < world->n_desktops; i++)
    {
      InbSimDesktop *desktop = world->desktops[i];
      g_autoptr (GPtrArray) entries = NULL;
      GHashTableIter iter;
      gpointer id;

      inb_sim_world_say (world, i, "the result");
      inb_sim_world_check (world, desktop);
      entries = inb_kit_list_outbox (desktop->replica, NULL);
      g_assert_cmpuint (entries->len, ==, 0);
      inb_kit_assert_equal (desktop->replica, desktop->folder, world->server);
      inb_sim_desktop_assert_equal (desktop, world->server, world->where);
      g_hash_table_iter_init (&iter, desktop->made);
      while (g_hash_table_iter_next (&iter, &id, NULL))
        g_assert_true (g_hash_table_contains (world->answered, id));
    }
}

static void
run (guint    seed,
     gboolean is_told)
{
  g_autoptr (InbSimWorld) world = inb_sim_world_new (seed, is_told);

  for (guint i = 0; i < world->n_desktops; i++)
    {
      inb_sim_world_say (world, i, "begin");
      pull_all (world, world->desktops[i]);
    }
  for (world->step = 0; world->step < N_STEPS; world->step++)
    {
      if (inb_sim_world_roll (world, 6) == 0)
        inb_sim_step_server (world);
      else
        inb_sim_step_desktop (world);
    }
  finish (world);
  assert_over (world);
}

static void
test_seeds (gconstpointer data)
{
  const int *seed = data;
  const char *rounds = g_getenv ("INB_ROUNDS");
  guint n_seeds = rounds != NULL ? MAX ((guint) strtoul (rounds, NULL, 10) * 100, N_SEEDS) : N_SEEDS;

  if (*seed >= 0)
    {
      run ((guint) *seed, TRUE);
      return;
    }
  for (guint i = 0; i < n_seeds; i++)
    {
      g_test_message ("--history %u", i);
      run (i, FALSE);
    }
}

/* Beyond those that are always run: once they did not end well. */
static void
test_known (void)
{
  static const guint seeds[] = { 210, 336, 471, 790, 1166 };

  for (guint i = 0; i < G_N_ELEMENTS (seeds); i++)
    {
      g_test_message ("--history %u", seeds[i]);
      run (seeds[i], FALSE);
    }
}

int
main (int    argc,
      char **argv)
{
  int seed = -1;
  const GOptionEntry options[] = {
    { "history", 0, 0, G_OPTION_ARG_INT, &seed, "The one history to run", "N" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  /* What is written is not looked at after the machine has gone down. */
  if (g_access ("/dev/shm", W_OK) == 0)
    g_setenv ("TMPDIR", "/dev/shm", TRUE);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/replica/convergence/seeds", &seed, test_seeds);
  if (seed < 0)
    g_test_add_func ("/replica/convergence/known", test_known);

  return g_test_run ();
}
