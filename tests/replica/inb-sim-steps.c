#define G_LOG_DOMAIN "inb-tests"

#include "inb-sim-steps.h"

#include "inb-replica-kit.h"

/* The first sync, in pages of what is there now; it may break off. */
static void
pull_snapshot (InbSimWorld   *world,
               InbSimDesktop *desktop)
{
  g_autoptr (InbChanges) all = inb_model_server_pull (world->server, 0, G_MAXUINT);
  guint n_pages = 1 + inb_sim_world_roll (world, 3);
  guint n_sent = inb_sim_world_roll (world, 3) == 0 ? inb_sim_world_roll (world, n_pages) : n_pages;

  for (guint i = 0; i < n_sent; i++)
    {
      g_autoptr (InbSnapshotPage) page = inb_snapshot_page_new ();

      page->epoch = g_strdup (all->epoch);
      page->head = all->head;
      page->position = i + 1 < n_pages ? g_strdup ("more") : NULL;
      for (guint j = all->rows->len * i / n_pages; j < all->rows->len * (i + 1) / n_pages; j++)
        g_ptr_array_add (page->rows, inb_row_ref (g_ptr_array_index (all->rows, j)));
      inb_sim_desktop_snapshot (desktop, page);
      inb_sim_world_check (world, desktop);
    }
}

static void
pull (InbSimWorld   *world,
      InbSimDesktop *desktop)
{
  g_autoptr (InbChanges) page = NULL;

  inb_sim_world_start_anew (world, desktop);
  if (inb_replica_get_cursor (desktop->replica) == 0 && inb_sim_world_roll (world, 2) == 0)
    {
      pull_snapshot (world, desktop);
      return;
    }

  page = inb_model_server_pull (world->server, inb_replica_get_cursor (desktop->replica), 1 + inb_sim_world_roll (world, 30));
  switch (inb_sim_world_roll (world, 6))
    {
    case 0:
      break;

    case 1:
      g_ptr_array_add (desktop->late_pages, g_steal_pointer (&page));
      break;

    case 2:
      inb_sim_desktop_apply (desktop, page);
      inb_sim_world_check (world, desktop);
      inb_sim_desktop_apply (desktop, page);
      break;

    default:
      inb_sim_desktop_apply (desktop, page);
    }
}

static void
take_late_page (InbSimWorld   *world,
                InbSimDesktop *desktop)
{
  g_autoptr (InbChanges) page = NULL;

  if (desktop->late_pages->len == 0)
    return;

  page = g_ptr_array_steal_index (desktop->late_pages, inb_sim_world_roll (world, desktop->late_pages->len));
  inb_sim_desktop_apply (desktop, page);
}

static void
push (InbSimWorld   *world,
      InbSimDesktop *desktop)
{
  g_autoptr (GPtrArray) mutations = inb_sim_desktop_peek (desktop, 1 + inb_sim_world_roll (world, 6));
  g_autoptr (GPtrArray) results = NULL;
  guint number = inb_sim_world_roll (world, 8);

  if (mutations->len == 0 || number == 0)
    return;
  /* Killed in the middle of it. */
  if (number == 1)
    g_ptr_array_set_size (mutations, (int) inb_sim_world_roll (world, mutations->len + 1));
  results = inb_sim_world_commit (world, desktop, mutations);
  if (number <= 2)
    return;

  if (number == 3)
    g_ptr_array_add (desktop->late_answers, g_ptr_array_ref (results));
  if (number != 3 || inb_sim_world_roll (world, 2) == 0)
    inb_sim_desktop_answer (desktop, results);
  if (number == 4)
    inb_sim_desktop_answer (desktop, results);
}

static void
take_late_answer (InbSimWorld   *world,
                  InbSimDesktop *desktop)
{
  g_autoptr (GPtrArray) results = NULL;

  if (desktop->late_answers->len == 0)
    return;

  results = g_ptr_array_steal_index (desktop->late_answers, inb_sim_world_roll (world, desktop->late_answers->len));
  inb_sim_desktop_answer (desktop, results);
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
fetch_timeline (InbSimWorld   *world,
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
receive_lead (InbSimWorld *world)
{
  g_autoptr (GPtrArray) rows = inb_kit_new_rows ();

  inb_sample_add_lead (world->people->sample, rows, INB_SIM_NOW + world->step * 60 * INB_TIME_SECOND);
  for (guint i = 0; i < rows->len; i++)
    {
      InbRow *row = g_ptr_array_index (rows, i);

      inb_model_server_put (world->server, row);
      if (inb_row_get_kind (row) != INB_KIND_ACTIVITY)
        g_ptr_array_add (world->people->ids[inb_row_get_kind (row)], g_strdup (inb_row_get_key (row)));
    }
}

static void
receive_change (InbSimWorld *world)
{
  InbKind kind = inb_sim_world_roll (world, 3) == 0 ? INB_KIND_CONTACT : INB_KIND_LEAD;
  const char *id = inb_sim_people_pick (world->people, kind);
  const char *value;
  guint column = inb_sim_pick_column (world->people, kind, &value);

  if (inb_model_server_find (world->server, kind, id) != NULL)
    inb_model_server_set (world->server, kind, id, column, value);
}

/* All that there is of a person. */
static void
erase_person (InbSimWorld *world)
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
back_up (InbSimWorld *world)
{
  g_autofree char *epoch = inb_sim_world_make_epoch (world);

  inb_model_server_free (world->backup);
  world->backup = inb_model_server_copy (world->server, epoch);
}

/* Answers that were on their way do not come any more. */
static void
restore (InbSimWorld *world)
{
  g_autofree char *epoch = inb_sim_world_make_epoch (world);
  InbModelServer *restored;

  if (world->backup == NULL)
    return;

  restored = inb_model_server_copy (world->backup, epoch);
  inb_model_server_free (world->server);
  world->server = restored;
  for (guint i = 0; i < world->n_desktops; i++)
    g_ptr_array_set_size (world->desktops[i]->late_answers, 0);
}

void
inb_sim_step_server (InbSimWorld *world)
{
  guint number = inb_sim_world_roll (world, 20);

  inb_sim_world_say (world, world->n_desktops, "server");
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
take_step (InbSimWorld   *world,
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
      inb_sim_world_resolve (world, desktop, TRUE);
      break;

    case STEP_TIMELINE:
      fetch_timeline (world, desktop);
      break;

    case STEP_REOPEN:
    case STEP_LOSE:
      inb_sim_desktop_reopen (desktop, step == STEP_LOSE);
    }
}

void
inb_sim_step_desktop (InbSimWorld *world)
{
  guint desktop = inb_sim_world_roll (world, world->n_desktops);
  guint number = inb_sim_world_roll (world, 100);
  guint i = 0;

  while (number >= steps[i].weight)
    number -= steps[i++].weight;
  inb_sim_world_say (world, desktop, steps[i].name);
  take_step (world, world->desktops[desktop], steps[i].step);
  inb_sim_world_check (world, world->desktops[desktop]);
}
