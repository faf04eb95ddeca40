/* The list model over the replica: what it tells its view, and that it stays true. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-app-kit.h"
#include "inb-lead-selection.h"
#include "inb-lead-slot.h"
#include "inb-time.h"

typedef struct {
  InbWorld    *world;
  InbLeadList *list;
  GPtrArray   *shown;      /* what a view holds that believed every items-changed */
  guint        n_changes;
  guint        position;
  guint        removed;
  guint        added;
  guint        n_moves;
  guint        moved_to;
  gboolean     forgets;    /* holds nothing */
} Fixture;

static void
on_items_changed (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  Fixture *fixture = user_data;

  fixture->n_changes++;
  fixture->position = position;
  fixture->removed = removed;
  fixture->added = added;
  if (fixture->forgets)
    return;

  g_ptr_array_remove_range (fixture->shown, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (fixture->shown, (int) (position + i), g_list_model_get_item (model, position + i));
}

static void
on_moved (InbLeadList *list,
          guint        position,
          gpointer     user_data)
{
  Fixture *fixture = user_data;

  fixture->n_moves++;
  fixture->moved_to = position;
}

static void
set_up (Fixture *fixture,
        guint    n_leads)
{
  fixture->world = inb_world_new (NULL, n_leads);
  fixture->list = inb_lead_list_new (fixture->world->replica);
  fixture->shown = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (on_items_changed), fixture);
  g_signal_connect (fixture->list, "moved", G_CALLBACK (on_moved), fixture);
  inb_lead_list_refresh (fixture->list);
  inb_kit_wait ((InbKitCondition) inb_lead_list_get_ready, fixture->list);
  fixture->n_changes = 0;
}

static void
tear_down (Fixture *fixture)
{
  g_ptr_array_unref (fixture->shown);
  g_clear_object (&fixture->list);
  inb_world_free (fixture->world);
}

static gboolean
has_changed (gpointer data)
{
  return ((Fixture *) data)->n_changes > 0;
}

static gboolean
has_moved (gpointer data)
{
  return ((Fixture *) data)->n_moves > 0;
}

static gboolean
is_loaded (gpointer data)
{
  return inb_lead_item_get_summary (data) != NULL;
}

static void
assert_shown (Fixture *fixture)
{
  g_assert_cmpuint (fixture->shown->len, ==, g_list_model_get_n_items (G_LIST_MODEL (fixture->list)));
  for (guint i = 0; i < fixture->shown->len; i++)
    g_assert_cmpint (inb_lead_item_get_rowid (g_ptr_array_index (fixture->shown, i)), ==,
                     inb_lead_list_get_rowid (fixture->list, i));
}

static const char *
get_lead_id (Fixture *fixture,
             guint    age)
{
  GPtrArray *leads = fixture->world->leads;

  return inb_row_get_key (g_ptr_array_index (leads, leads->len - 1 - age));
}

/* Newest first, and what the screen shows is loaded before the view hears of it. */
static void
test_first (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, 300);
  g_assert_cmpuint (fixture.shown->len, ==, 300);
  for (guint i = 0; i < 40; i++)
    {
      InbLeadSummary *summary = inb_lead_item_get_summary (g_ptr_array_index (fixture.shown, i));

      g_assert_nonnull (summary);
      g_assert_cmpstr (summary->id, ==, get_lead_id (&fixture, i));
    }
  inb_kit_wait (is_loaded, g_ptr_array_index (fixture.shown, 299));
  tear_down (&fixture);
}

static void
test_arrival_at_top (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, 300);
  inb_lead_list_set_viewport (fixture.list, 0, 20, TRUE);
  inb_world_add_leads (fixture.world, 2);
  inb_kit_wait (has_moved, &fixture);
  g_assert_cmpuint (fixture.n_changes, ==, 1);
  g_assert_cmpuint (fixture.position, ==, 0);
  g_assert_cmpuint (fixture.removed, ==, 0);
  g_assert_cmpuint (fixture.added, ==, 2);
  g_assert_cmpuint (fixture.moved_to, ==, 0);
  /* Loaded already: no row appears empty. */
  g_assert_nonnull (inb_lead_item_get_summary (g_ptr_array_index (fixture.shown, 0)));
  assert_shown (&fixture);
  tear_down (&fixture);
}

/* Further down, the view is told where the rows came, and is not moved. */
static void
test_arrival_below (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, 300);
  inb_lead_list_set_viewport (fixture.list, 100, 20, FALSE);
  inb_world_add_leads (fixture.world, 1);
  inb_kit_wait (has_changed, &fixture);
  g_assert_cmpuint (fixture.position, ==, 0);
  g_assert_cmpuint (fixture.removed, ==, 0);
  g_assert_cmpuint (fixture.added, ==, 1);
  g_assert_cmpuint (fixture.n_moves, ==, 0);
  assert_shown (&fixture);
  tear_down (&fixture);
}

static gboolean
is_contacted (gpointer data)
{
  InbLeadSummary *summary = inb_lead_item_get_summary (data);

  return summary != NULL && g_strcmp0 (summary->stage, "contacted") == 0;
}

/* What came while nobody looked is told at once when somebody does; the first lead of all does not wait for that. */
static void
test_resting (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, 0);
  inb_lead_list_set_resting (fixture.list, TRUE);
  inb_world_add_leads (fixture.world, 1);
  inb_kit_wait (has_changed, &fixture);
  g_assert_cmpuint (fixture.shown->len, ==, 1);

  fixture.n_changes = 0;
  inb_world_add_leads (fixture.world, 2);
  inb_world_add_leads (fixture.world, 3);
  inb_lead_list_set_resting (fixture.list, FALSE);
  inb_kit_wait (has_changed, &fixture);
  g_assert_cmpuint (fixture.n_changes, ==, 1);
  g_assert_cmpuint (fixture.added, ==, 5);
  assert_shown (&fixture);
  tear_down (&fixture);
}

/* A row that changes without moving is the same object with another summary. */
static void
test_change (void)
{
  Fixture fixture = { 0 };
  InbRow *lead;
  InbLeadItem *item;

  set_up (&fixture, 50);
  lead = g_ptr_array_index (fixture.world->leads, 40);
  inb_row_set (lead, INB_LEAD_STAGE, "new");
  inb_world_change (fixture.world, lead);
  item = g_ptr_array_index (fixture.shown, 9);
  inb_row_set (lead, INB_LEAD_STAGE, "contacted");
  inb_world_change (fixture.world, lead);
  inb_kit_wait (is_contacted, item);
  g_assert_cmpuint (fixture.n_changes, ==, 0);
  g_assert_cmpstr (inb_lead_item_get_summary (item)->id, ==, inb_row_get_key (lead));
  tear_down (&fixture);
}

static void
test_delete (void)
{
  Fixture fixture = { 0 };
  InbRow *lead;

  set_up (&fixture, 50);
  lead = g_ptr_array_index (fixture.world->leads, 40);
  inb_row_set_time (lead, INB_LEAD_DELETED_AT, inb_time_now ());
  inb_world_change (fixture.world, lead);
  inb_kit_wait (has_changed, &fixture);
  g_assert_cmpuint (fixture.position, ==, 9);
  g_assert_cmpuint (fixture.removed, ==, 1);
  g_assert_cmpuint (fixture.added, ==, 0);
  assert_shown (&fixture);
  tear_down (&fixture);
}

/* Another order of many rows: the view goes to its top, which is loaded. */
static void
test_sort (void)
{
  Fixture fixture = { .forgets = TRUE };
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();

  set_up (&fixture, 5000);
  inb_lead_list_set_viewport (fixture.list, 3000, 20, FALSE);
  query->sort = INB_LEAD_SORT_NAME;
  query->descending = FALSE;
  inb_lead_list_set_query (fixture.list, query);
  inb_kit_wait (has_moved, &fixture);
  g_assert_cmpuint (fixture.moved_to, ==, 0);
  /* Its top is loaded, and sorted. */
  for (guint i = 1; i < 20; i++)
    {
      InbLeadSummary *before = inb_lead_list_peek (fixture.list, inb_lead_list_get_rowid (fixture.list, i - 1));
      InbLeadSummary *after = inb_lead_list_peek (fixture.list, inb_lead_list_get_rowid (fixture.list, i));

      g_assert_cmpint (g_utf8_collate (before->name, after->name), <=, 0);
    }
  tear_down (&fixture);
}

/* Whatever happens between two answers, a view that believes items-changed shows the truth. */
static void
test_random (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  set_up (&fixture, 200);
  for (guint round = 0; round < 60; round++)
    {
      guint index = (guint) g_rand_int_range (rand, 0, (gint32) fixture.world->leads->len);
      InbRow *lead = g_ptr_array_index (fixture.world->leads, index);

      inb_lead_list_set_viewport (fixture.list, (guint) g_rand_int_range (rand, 0, 150), 20, g_rand_boolean (rand));
      fixture.n_changes = 0;
      if (g_rand_boolean (rand))
        {
          inb_world_add_leads (fixture.world, (guint) g_rand_int_range (rand, 1, 9));
        }
      else if (inb_row_get (lead, INB_LEAD_DELETED_AT) == NULL)
        {
          inb_row_set_time (lead, INB_LEAD_DELETED_AT, inb_time_now ());
          inb_world_change (fixture.world, lead);
        }
      else
        {
          inb_row_set (lead, INB_LEAD_DELETED_AT, NULL);
          inb_world_change (fixture.world, lead);
        }
      inb_kit_wait (has_changed, &fixture);
      assert_shown (&fixture);
    }
  tear_down (&fixture);
}

static gboolean
is_quiet (gpointer data)
{
  return !g_main_context_pending (NULL);
}

/* Rows that nobody holds are forgotten, all but the last thousand. */
static void
test_memory (void)
{
  Fixture fixture = { 0 };
  guint n_alive = 0;

  set_up (&fixture, 4000);
  fixture.forgets = TRUE;
  g_ptr_array_set_size (fixture.shown, 0);
  for (guint i = 0; i < 4000; i += 10)
    {
      g_autoptr (InbLeadItem) item = NULL;

      inb_lead_list_set_viewport (fixture.list, i, 20, FALSE);
      item = g_list_model_get_item (G_LIST_MODEL (fixture.list), i);
      inb_kit_wait (is_loaded, item);
    }
  inb_kit_wait (is_quiet, NULL);
  for (guint i = 0; i < 4000; i++)
    n_alive += inb_lead_list_peek (fixture.list, inb_lead_list_get_rowid (fixture.list, i)) != NULL;
  g_assert_cmpuint (n_alive, <=, 1024);
  g_assert_cmpuint (n_alive, >, 0);
  tear_down (&fixture);
}

static gboolean
has_lead_id (gpointer data)
{
  return inb_lead_selection_get_lead_id (data) != NULL;
}

/* The selection is a lead, not a place. */
static void
test_selection (void)
{
  Fixture fixture = { 0 };
  g_autoptr (InbLeadSelection) selection = NULL;
  GtkSelectionModel *model;

  set_up (&fixture, 300);
  selection = inb_lead_selection_new (fixture.list);
  model = GTK_SELECTION_MODEL (selection);
  gtk_selection_model_select_item (model, 5, TRUE);
  g_assert_cmpstr (inb_lead_selection_get_lead_id (selection), ==, get_lead_id (&fixture, 5));

  inb_world_add_leads (fixture.world, 3);
  inb_kit_wait (has_changed, &fixture);
  g_assert_cmpuint (inb_lead_selection_get_position (selection), ==, 8);
  g_assert_true (gtk_selection_model_is_selected (model, 8));
  g_assert_false (gtk_selection_model_is_selected (model, 5));
  g_assert_cmpstr (inb_lead_selection_get_lead_id (selection), ==, get_lead_id (&fixture, 8));

  /* By its id, also before its row was ever asked for. */
  inb_lead_selection_set_lead_id (selection, inb_row_get_key (g_ptr_array_index (fixture.world->leads, 0)));
  g_assert_cmpuint (gtk_bitset_get_size (gtk_selection_model_get_selection (model)), <=, 1);
  {
    g_autoptr (InbLeadItem) last = g_list_model_get_item (G_LIST_MODEL (fixture.list), 302);
    g_autoptr (InbLeadSlot) again = NULL;

    inb_kit_wait (is_loaded, last);
    again = g_list_model_get_item (G_LIST_MODEL (selection), 302);
    g_assert_true (gtk_selection_model_is_selected (model, 302));
  }

  inb_lead_selection_set_lead_id (selection, NULL);
  g_assert_null (inb_lead_selection_get_lead_id (selection));
  g_assert_cmpuint (inb_lead_selection_get_position (selection), ==, GTK_INVALID_LIST_POSITION);

  /* Before its summary has come. */
  inb_lead_list_set_viewport (fixture.list, 200, 20, FALSE);
  gtk_selection_model_select_item (model, 210, TRUE);
  inb_kit_wait (has_lead_id, selection);
  g_assert_cmpstr (inb_lead_selection_get_lead_id (selection), ==, get_lead_id (&fixture, 210));
  g_clear_object (&selection);
  tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lead-list/first", test_first);
  g_test_add_func ("/lead-list/arrival-at-top", test_arrival_at_top);
  g_test_add_func ("/lead-list/arrival-below", test_arrival_below);
  g_test_add_func ("/lead-list/resting", test_resting);
  g_test_add_func ("/lead-list/change", test_change);
  g_test_add_func ("/lead-list/delete", test_delete);
  g_test_add_func ("/lead-list/sort", test_sort);
  g_test_add_func ("/lead-list/random", test_random);
  g_test_add_func ("/lead-list/memory", test_memory);
  g_test_add_func ("/lead-list/selection", test_selection);

  return g_test_run ();
}
