/* Desktops and a server with all that can go wrong between them, from a seed: edits, webhooks, requests that are lost before or
 * after they count, answers and pages that come twice, late or never, a server that is killed or restored from a backup, desktops
 * that are closed or lose their copy. After each step a desktop shows what it was told with what waits on top; in the end all show
 * what the server has, and of each edit it is known what became of it.
 *
 * --history N runs one history and says what it does; INB_ROUNDS: as many hundreds of them.
 */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-error.h"
#include "inb-replica-kit.h"
#include "inb-sim-edits.h"
#include "inb-time.h"

#include <glib/gstdio.h>
#include <stdlib.h>

#define NOW (1780000000 * INB_TIME_SECOND)
#define N_SEEDS 200
#define N_STEPS 30
#define N_LEADS 4
#define MAX_DESKTOPS 4
#define MAX_ROUNDS 50

typedef struct {
  /* Owned */
  InbSimPeople   *people;
  InbModelServer *server;
  InbModelServer *backup;     /* NULL: none was made */
  InbSimDesktop  *desktops[MAX_DESKTOPS];
  GHashTable     *answered;   /* mutation id → InbMutationStatus, of any epoch */
  char           *where;      /* for messages */

  /* Borrowed */
  GRand          *rand;

  guint           n_desktops;
  guint           n_epochs;
  guint           seed;
  guint           step;
  gboolean        is_told;
} World;

static guint
roll (World *world,
      guint  n)
{
  return (guint) g_rand_int_range (world->rand, 0, (gint32) n);
}

static char *
make_epoch (World *world)
{
  return g_strdup_printf ("epoch-%u", world->n_epochs++);
}

static void
say (World      *world,
     guint       desktop,
     const char *what)
{
  g_free (world->where);
  world->where = g_strdup_printf ("--history %u, step %u, desktop %u, %s", world->seed, world->step, desktop, what);
  if (world->is_told)
    g_test_message ("%s", world->where);
}

static World *
world_new (guint    seed,
           gboolean is_told)
{
  World *world = g_new0 (World, 1);
  g_autoptr (GPtrArray) rows = inb_kit_new_rows ();
  g_autofree char *epoch = make_epoch (world);

  world->seed = seed;
  world->is_told = is_told;
  world->people = inb_sim_people_new (seed);
  world->rand = world->people->sample->rand;
  world->answered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  inb_sample_add_small (world->people->sample, rows);
  for (guint i = 0; i < N_LEADS; i++)
    inb_sample_add_lead (world->people->sample, rows, NOW + i * INB_TIME_SECOND);
  for (guint i = 0; i < rows->len; i++)
    {
      const InbRow *row = g_ptr_array_index (rows, i);

      if (inb_row_get_kind (row) == INB_KIND_LEAD || inb_row_get_kind (row) == INB_KIND_CONTACT)
        g_ptr_array_add (world->people->ids[inb_row_get_kind (row)], g_strdup (inb_row_get_key (row)));
    }
  world->server = inb_model_server_new (rows, epoch);
  world->n_desktops = 2 + roll (world, MAX_DESKTOPS - 1);
  for (guint i = 0; i < world->n_desktops; i++)
    world->desktops[i] = inb_sim_desktop_new (i % 2 == 0 ? INB_KIT_USER : INB_KIT_OTHER_USER);

  return world;
}

static void
world_free (World *world)
{
  for (guint i = 0; i < world->n_desktops; i++)
    inb_sim_desktop_free (world->desktops[i]);
  inb_sim_people_free (world->people);
  inb_model_server_free (world->server);
  inb_model_server_free (world->backup);
  g_hash_table_unref (world->answered);
  g_free (world->where);
  g_free (world);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/* The tables, and that nothing left the outbox before it was known what becomes of it. */
static void
check (World         *world,
       InbSimDesktop *desktop)
{
  g_autoptr (GPtrArray) gone = inb_sim_desktop_check (desktop, world->where);

  for (guint i = 0; i < gone->len; i++)
    {
      const char *id = g_ptr_array_index (gone, i);
      gpointer status;

      if (!g_hash_table_lookup_extended (world->answered, id, NULL, &status))
        g_error ("%s: %s has left the outbox without an answer", world->where, id);
      if (GPOINTER_TO_INT (status) != INB_MUTATION_APPLIED && !g_hash_table_contains (desktop->discarded, id) &&
          strstr (g_hash_table_lookup (desktop->made, id), "\"verb\":\"undo\"") == NULL)
        g_error ("%s: %s has left the outbox, and nobody was told that it did not come through", world->where, id);
    }
}

/* Also when a first sync broke off. */
static void
start_anew (World         *world,
            InbSimDesktop *desktop)
{
  if (inb_replica_get_snapshot_position (desktop->replica) == NULL &&
      g_str_equal (inb_replica_get_epoch (desktop->replica), inb_model_server_get_epoch (world->server)) &&
      inb_replica_get_cursor (desktop->replica) <= inb_model_server_get_head (world->server))
    return;

  inb_sim_desktop_reset (desktop, inb_model_server_get_epoch (world->server));
  check (world, desktop);
}

/* The first sync, in pages of what is there now; it may break off. */
static void
pull_snapshot (World         *world,
               InbSimDesktop *desktop)
{
  g_autoptr (InbChanges) all = inb_model_server_pull (world->server, 0, G_MAXUINT);
  guint n_pages = 1 + roll (world, 3);
  guint n_sent = roll (world, 3) == 0 ? roll (world, n_pages) : n_pages;

  for (guint i = 0; i < n_sent; i++)
    {
      g_autoptr (InbSnapshotPage) page = inb_snapshot_page_new ();

      page->epoch = g_strdup (all->epoch);
      page->head = all->head;
      page->position = i + 1 < n_pages ? g_strdup ("more") : NULL;
      for (guint j = all->rows->len * i / n_pages; j < all->rows->len * (i + 1) / n_pages; j++)
        g_ptr_array_add (page->rows, inb_row_ref (g_ptr_array_index (all->rows, j)));
      inb_sim_desktop_snapshot (desktop, page);
      check (world, desktop);
    }
}

static void
pull (World         *world,
      InbSimDesktop *desktop)
{
  g_autoptr (InbChanges) page = NULL;

  start_anew (world, desktop);
  if (inb_replica_get_cursor (desktop->replica) == 0 && roll (world, 2) == 0)
    {
      pull_snapshot (world, desktop);
      return;
    }

  page = inb_model_server_pull (world->server, inb_replica_get_cursor (desktop->replica), 1 + roll (world, 30));
  switch (roll (world, 6))
    {
    case 0:
      break;

    case 1:
      g_ptr_array_add (desktop->late_pages, g_steal_pointer (&page));
      break;

    case 2:
      inb_sim_desktop_apply (desktop, page);
      check (world, desktop);
      inb_sim_desktop_apply (desktop, page);
      break;

    default:
      inb_sim_desktop_apply (desktop, page);
    }
}

static void
take_late_page (World         *world,
                InbSimDesktop *desktop)
{
  g_autoptr (InbChanges) page = NULL;

  if (desktop->late_pages->len == 0)
    return;

  page = g_ptr_array_steal_index (desktop->late_pages, roll (world, desktop->late_pages->len));
  inb_sim_desktop_apply (desktop, page);
}

static GPtrArray *
commit (World         *world,
        InbSimDesktop *desktop,
        GPtrArray     *mutations)
{
  GPtrArray *results = inb_model_server_push (world->server, mutations, desktop->user_id, INB_ROLE_MANAGER);

  for (guint i = 0; i < results->len; i++)
    {
      const InbMutationResult *result = g_ptr_array_index (results, i);

      g_hash_table_insert (world->answered, g_strdup (result->id), GINT_TO_POINTER (result->status));
    }

  return results;
}

static void
push (World         *world,
      InbSimDesktop *desktop)
{
  g_autoptr (GPtrArray) mutations = inb_sim_desktop_peek (desktop, 1 + roll (world, 6));
  g_autoptr (GPtrArray) results = NULL;
  guint number = roll (world, 8);

  if (mutations->len == 0 || number == 0)
    return;
  /* Killed in the middle of it. */
  if (number == 1)
    g_ptr_array_set_size (mutations, (int) roll (world, mutations->len + 1));
  results = commit (world, desktop, mutations);
  if (number <= 2)
    return;

  if (number == 3)
    g_ptr_array_add (desktop->late_answers, g_ptr_array_ref (results));
  if (number != 3 || roll (world, 2) == 0)
    inb_sim_desktop_answer (desktop, results);
  if (number == 4)
    inb_sim_desktop_answer (desktop, results);
}

static void
take_late_answer (World         *world,
                  InbSimDesktop *desktop)
{
  g_autoptr (GPtrArray) results = NULL;

  if (desktop->late_answers->len == 0)
    return;

  results = g_ptr_array_steal_index (desktop->late_answers, roll (world, desktop->late_answers->len));
  inb_sim_desktop_answer (desktop, results);
}

static GArray *
choose_mine (World                *world,
             const InbOutboxEntry *entry)
{
  GArray *mine;

  if (roll (world, 2) == 0)
    return NULL;

  mine = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < entry->result->conflicts->len; i++)
    {
      const InbFieldConflict *conflict = g_ptr_array_index (entry->result->conflicts, i);

      if (roll (world, 3) > 0)
        g_array_append_val (mine, conflict->column);
    }

  return mine;
}

/* Whether there was anything to say to. */
static gboolean
resolve (World         *world,
         InbSimDesktop *desktop,
         gboolean       is_patient)
{
  g_autoptr (GPtrArray) entries = inb_kit_list_outbox (desktop->replica, NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const InbOutboxEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (GArray) mine = NULL;

      if (entry->state != INB_OUTBOX_CONFLICT && entry->state != INB_OUTBOX_REJECTED)
        continue;
      mine = is_patient ? choose_mine (world, entry) : NULL;
      inb_sim_desktop_resolve (desktop, entry, mine);
      return TRUE;
    }

  return FALSE;
}

static void
add_row (GPtrArray    *rows,
         const InbRow *row)
{
  if (row != NULL)
    g_ptr_array_add (rows, inb_row_ref ((InbRow *) row));
}

/* A lead's timeline is opened, and fetched. */
static void
fetch_timeline (World         *world,
                InbSimDesktop *desktop)
{
  const InbRow *lead = inb_model_server_find (world->server, INB_KIND_LEAD, inb_sim_people_pick (world->people, INB_KIND_LEAD));
  g_autoptr (InbChanges) all = inb_model_server_pull (world->server, 0, G_MAXUINT);
  g_autoptr (GPtrArray) rows = inb_kit_new_rows ();

  if (lead == NULL || !g_str_equal (inb_replica_get_epoch (desktop->replica), all->epoch))
    return;

  add_row (rows, lead);
  if (inb_row_get (lead, INB_LEAD_CONTACT_ID) != NULL)
    add_row (rows, inb_model_server_find (world->server, INB_KIND_CONTACT, inb_row_get (lead, INB_LEAD_CONTACT_ID)));
  for (guint i = 0; i < all->rows->len; i++)
    {
      const InbRow *row = g_ptr_array_index (all->rows, i);

      if (inb_row_get_kind (row) == INB_KIND_ACTIVITY &&
          g_strcmp0 (inb_row_get (row, INB_ACTIVITY_LEAD_ID), inb_row_get_key (lead)) == 0)
        add_row (rows, row);
    }
  inb_sim_desktop_store (desktop, rows);
}

static void
receive_lead (World *world)
{
  g_autoptr (GPtrArray) rows = inb_kit_new_rows ();

  inb_sample_add_lead (world->people->sample, rows, NOW + world->step * 60 * INB_TIME_SECOND);
  for (guint i = 0; i < rows->len; i++)
    {
      InbRow *row = g_ptr_array_index (rows, i);

      inb_model_server_put (world->server, row);
      if (inb_row_get_kind (row) != INB_KIND_ACTIVITY)
        g_ptr_array_add (world->people->ids[inb_row_get_kind (row)], g_strdup (inb_row_get_key (row)));
    }
}

static void
receive_change (World *world)
{
  InbKind kind = roll (world, 3) == 0 ? INB_KIND_CONTACT : INB_KIND_LEAD;
  const char *id = inb_sim_people_pick (world->people, kind);
  const char *value;
  guint column = inb_sim_pick_column (world->people, kind, &value);

  if (inb_model_server_find (world->server, kind, id) != NULL)
    inb_model_server_set (world->server, kind, id, column, value);
}

/* All that there is of a person. */
static void
erase_person (World *world)
{
  const char *contact_id = inb_sim_people_pick (world->people, INB_KIND_CONTACT);
  g_autoptr (InbChanges) all = inb_model_server_pull (world->server, 0, G_MAXUINT);

  for (guint i = 0; i < all->rows->len; i++)
    {
      const InbRow *row = g_ptr_array_index (all->rows, i);
      InbKind kind = inb_row_get_kind (row);

      if ((kind == INB_KIND_CONTACT && g_str_equal (inb_row_get_key (row), contact_id)) ||
          (kind == INB_KIND_LEAD && g_strcmp0 (inb_row_get (row, INB_LEAD_CONTACT_ID), contact_id) == 0) ||
          (kind == INB_KIND_ACTIVITY && g_strcmp0 (inb_row_get (row, INB_ACTIVITY_CONTACT_ID), contact_id) == 0))
        inb_model_server_erase (world->server, kind, inb_row_get_key (row));
    }
}

static void
back_up (World *world)
{
  g_autofree char *epoch = make_epoch (world);

  inb_model_server_free (world->backup);
  world->backup = inb_model_server_copy (world->server, epoch);
}

/* Answers that were on their way do not come any more. */
static void
restore (World *world)
{
  g_autofree char *epoch = make_epoch (world);
  InbModelServer *restored;

  if (world->backup == NULL)
    return;

  restored = inb_model_server_copy (world->backup, epoch);
  inb_model_server_free (world->server);
  world->server = restored;
  for (guint i = 0; i < world->n_desktops; i++)
    g_ptr_array_set_size (world->desktops[i]->late_answers, 0);
}

static void
change_server (World *world)
{
  guint number = roll (world, 20);

  say (world, world->n_desktops, "server");
  if (number < 4)
    receive_lead (world);
  else if (number < 14)
    receive_change (world);
  else if (number < 16)
    erase_person (world);
  else if (number < 18)
    back_up (world);
  else
    restore (world);
}

typedef enum {
  STEP_EDIT,
  STEP_PUSH,
  STEP_PULL,
  STEP_LATE_PAGE,
  STEP_LATE_ANSWER,
  STEP_RESOLVE,
  STEP_TIMELINE,
  STEP_REOPEN,
  STEP_LOSE
} Step;

static const struct {
  Step        step;
  guint       weight;
  const char *name;
} steps[] = {
  { STEP_EDIT, 38, "edit" },
  { STEP_PUSH, 18, "push" },
  { STEP_PULL, 22, "pull" },
  { STEP_LATE_PAGE, 4, "late page" },
  { STEP_LATE_ANSWER, 4, "late answer" },
  { STEP_RESOLVE, 5, "resolve" },
  { STEP_TIMELINE, 4, "timeline" },
  { STEP_REOPEN, 3, "reopen" },
  { STEP_LOSE, 2, "lose the replica" },
};

static void
take_step (World         *world,
           InbSimDesktop *desktop,
           Step           step)
{
  switch (step)
    {
    case STEP_EDIT:
      inb_sim_edit (world->people, desktop);
      break;

    case STEP_PUSH:
      push (world, desktop);
      break;

    case STEP_PULL:
      pull (world, desktop);
      break;

    case STEP_LATE_PAGE:
      take_late_page (world, desktop);
      break;

    case STEP_LATE_ANSWER:
      take_late_answer (world, desktop);
      break;

    case STEP_RESOLVE:
      resolve (world, desktop, TRUE);
      break;

    case STEP_TIMELINE:
      fetch_timeline (world, desktop);
      break;

    case STEP_REOPEN:
    case STEP_LOSE:
      inb_sim_desktop_reopen (desktop, step == STEP_LOSE);
    }
}

static void
use_desktop (World *world)
{
  guint desktop = roll (world, world->n_desktops);
  guint number = roll (world, 100);
  guint i = 0;

  while (number >= steps[i].weight)
    number -= steps[i++].weight;
  say (world, desktop, steps[i].name);
  take_step (world, world->desktops[desktop], steps[i].step);
  check (world, world->desktops[desktop]);
}

static void
pull_all (World         *world,
          InbSimDesktop *desktop)
{
  start_anew (world, desktop);
  while (inb_replica_get_cursor (desktop->replica) < inb_model_server_get_head (world->server))
    {
      g_autoptr (InbChanges) page = inb_model_server_pull (world->server, inb_replica_get_cursor (desktop->replica), 50);

      g_assert_true (inb_sim_desktop_apply (desktop, page));
    }
  check (world, desktop);
}

/* Whether anything was left to do. */
static gboolean
finish_desktop (World         *world,
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
      results = commit (world, desktop, mutations);
      inb_sim_desktop_answer (desktop, results);
      check (world, desktop);
    }
  while (resolve (world, desktop, is_patient))
    {
      was_busy = TRUE;
      check (world, desktop);
    }
  pull_all (world, desktop);

  return was_busy;
}

static void
finish (World *world)
{
  gboolean was_busy = TRUE;

  for (guint round = 0; was_busy; round++)
    {
      was_busy = FALSE;
      g_assert_cmpuint (round, <, MAX_ROUNDS);
      for (guint i = 0; i < world->n_desktops; i++)
        {
          say (world, i, "end");
          was_busy |= finish_desktop (world, world->desktops[i], round < 3);
        }
    }
}

static void
assert_over (World *world)
{
  for (guint i = 0; i < world->n_desktops; i++)
    {
      InbSimDesktop *desktop = world->desktops[i];
      g_autoptr (GPtrArray) entries = NULL;
      GHashTableIter iter;
      gpointer id;

      say (world, i, "the result");
      check (world, desktop);
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
  g_autoptr (World) world = world_new (seed, is_told);

  for (guint i = 0; i < world->n_desktops; i++)
    {
      say (world, i, "begin");
      pull_all (world, world->desktops[i]);
    }
  for (world->step = 0; world->step < N_STEPS; world->step++)
    {
      if (roll (world, 6) == 0)
        change_server (world);
      else
        use_desktop (world);
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

  return g_test_run ();
}
