#define G_LOG_DOMAIN "inb-tests"

#include "inb-sim-world.h"

#include "inb-replica-kit.h"

#define N_LEADS 4

guint
inb_sim_world_roll (InbSimWorld *world,
                    guint        n)
{
  return (guint) g_rand_int_range (world->rand, 0, (gint32) n);
}

char *
inb_sim_world_make_epoch (InbSimWorld *world)
{
  return g_strdup_printf ("epoch-%u", world->n_epochs++);
}

void
inb_sim_world_say (InbSimWorld *world,
                   guint        desktop,
                   const char  *what)
{
  g_free (world->where);
  world->where = g_strdup_printf ("--history %u, step %u, desktop %u, %s", world->seed, world->step, desktop, what);
  if (world->is_told)
    g_test_message ("%s", world->where);
}

InbSimWorld *
inb_sim_world_new (guint    seed,
                   gboolean is_told)
{
  InbSimWorld *world = g_new0 (InbSimWorld, 1);
  g_autoptr (GPtrArray) rows = inb_kit_new_rows ();
  g_autofree char *epoch = inb_sim_world_make_epoch (world);

  world->seed = seed;
  world->is_told = is_told;
  world->people = inb_sim_people_new (seed);
  world->rand = world->people->sample->rand;
  world->answered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  inb_sample_add_small (world->people->sample, rows);
  for (guint i = 0; i < N_LEADS; i++)
    inb_sample_add_lead (world->people->sample, rows, INB_SIM_NOW + i * INB_TIME_SECOND);
  for (guint i = 0; i < rows->len; i++)
    {
      const InbRow *row = g_ptr_array_index (rows, i);

      if (inb_row_get_kind (row) == INB_KIND_LEAD || inb_row_get_kind (row) == INB_KIND_CONTACT)
        g_ptr_array_add (world->people->ids[inb_row_get_kind (row)], g_strdup (inb_row_get_key (row)));
    }
  world->server = inb_model_server_new (rows, epoch);
  world->n_desktops = 2 + inb_sim_world_roll (world, INB_SIM_MAX_DESKTOPS - 1);
  for (guint i = 0; i < world->n_desktops; i++)
    world->desktops[i] = inb_sim_desktop_new (i % 2 == 0 ? INB_KIT_USER : INB_KIT_OTHER_USER);

  return world;
}

void
inb_sim_world_free (InbSimWorld *world)
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

/* The tables, and that nothing left the outbox before it was known what becomes of it. */
void
inb_sim_world_check (InbSimWorld   *world,
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
void
inb_sim_world_start_anew (InbSimWorld   *world,
                          InbSimDesktop *desktop)
{
  if (inb_replica_get_snapshot_position (desktop->replica) == NULL &&
      g_str_equal (inb_replica_get_epoch (desktop->replica), inb_model_server_get_epoch (world->server)) &&
      inb_replica_get_cursor (desktop->replica) <= inb_model_server_get_head (world->server))
    return;

  inb_sim_desktop_reset (desktop, inb_model_server_get_epoch (world->server));
  inb_sim_world_check (world, desktop);
}

GPtrArray *
inb_sim_world_commit (InbSimWorld   *world,
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

static GArray *
choose_mine (InbSimWorld          *world,
             const InbOutboxEntry *entry)
{
  GArray *mine;

  if (inb_sim_world_roll (world, 2) == 0)
    return NULL;

  mine = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < entry->result->conflicts->len; i++)
    {
      const InbFieldConflict *conflict = g_ptr_array_index (entry->result->conflicts, i);

      if (inb_sim_world_roll (world, 3) > 0)
        g_array_append_val (mine, conflict->column);
    }

  return mine;
}

/* Whether there was anything to say to. */
gboolean
inb_sim_world_resolve (InbSimWorld   *world,
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
