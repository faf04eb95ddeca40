/* The selected leads are leads, not places: orders, arrivals and rows that were never loaded make no difference. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-app-kit.h"
#include "inb-lead-selection.h"

typedef struct {
  InbWorld         *world;
  InbLeadList      *list;
  InbLeadSelection *selection;
  guint             n_answers;
  GStrv             ids;
} Fixture;

static void
on_answered (Fixture *fixture)
{
  fixture->n_answers++;
}

static gboolean
is_answered (gpointer data)
{
  return ((Fixture *) data)->n_answers > 0;
}

static void
wait_answer (Fixture *fixture)
{
  fixture->n_answers = 0;
  inb_kit_wait (is_answered, fixture);
}

static void
set_up (Fixture *fixture,
        guint    n_leads)
{
  fixture->world = inb_world_new (NULL, n_leads);
  fixture->list = inb_lead_list_new (fixture->world->replica);
  fixture->selection = inb_lead_selection_new (fixture->list);
  g_signal_connect_swapped (fixture->list, "answered", G_CALLBACK (on_answered), fixture);
  inb_lead_list_refresh (fixture->list);
  wait_answer (fixture);
}

static void
tear_down (Fixture *fixture)
{
  g_clear_object (&fixture->selection);
  g_signal_handlers_disconnect_by_data (fixture->list, fixture);
  g_clear_object (&fixture->list);
  g_clear_pointer (&fixture->ids, g_strfreev);
  inb_world_free (fixture->world);
}

static void
set_sort (Fixture     *fixture,
          InbLeadSort  sort)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_copy (inb_lead_list_get_query (fixture->list));

  query->sort = sort;
  query->descending = FALSE;
  inb_lead_list_set_query (fixture->list, query);
  wait_answer (fixture);
}

static void
set_filter (Fixture    *fixture,
            const char *stage)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_copy (inb_lead_list_get_query (fixture->list));

  inb_lead_filter_set_values (query->filter, INB_FILTER_STAGE, stage != NULL ? (const char *[]) { stage, NULL } : NULL);
  inb_lead_list_set_query (fixture->list, query);
  wait_answer (fixture);
}

static void
on_resolved (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GError) error = NULL;

  fixture->ids = inb_lead_selection_resolve_finish (INB_LEAD_SELECTION (source), result, &error);
  g_assert_no_error (error);
}

static gboolean
has_ids (gpointer data)
{
  return ((Fixture *) data)->ids != NULL;
}

static const char * const *
resolve (Fixture *fixture)
{
  g_clear_pointer (&fixture->ids, g_strfreev);
  inb_lead_selection_resolve_async (fixture->selection, NULL, on_resolved, fixture);
  inb_kit_wait (has_ids, fixture);

  return (const char * const *) fixture->ids;
}

static const char *
get_id (Fixture *fixture,
        guint    number)
{
  return inb_row_get_key (g_ptr_array_index (fixture->world->leads, number));
}

static void
test_survives (void)
{
  Fixture fixture = { 0 };
  const char * const *ids;

  set_up (&fixture, 300);
  g_assert_cmpuint (g_strv_length ((GStrv) resolve (&fixture)), ==, 0);
  inb_lead_selection_toggle (fixture.selection, 1, FALSE);    /* the newest is 299 */
  inb_lead_selection_toggle (fixture.selection, 250, FALSE);
  g_assert_cmpuint (inb_lead_selection_get_n_selected (fixture.selection), ==, 2);

  inb_world_add_leads (fixture.world, 5);
  wait_answer (&fixture);
  set_sort (&fixture, INB_LEAD_SORT_NAME);
  g_assert_cmpuint (inb_lead_selection_get_n_selected (fixture.selection), ==, 2);
  ids = resolve (&fixture);
  g_assert_cmpuint (g_strv_length ((GStrv) ids), ==, 2);
  g_assert_true (g_strv_contains (ids, get_id (&fixture, 298)));
  g_assert_true (g_strv_contains (ids, get_id (&fixture, 49)));

  /* The current lead is another matter. */
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (fixture.selection), 7, TRUE);
  g_assert_cmpuint (inb_lead_selection_get_n_selected (fixture.selection), ==, 2);

  /* Other leads are shown: what was selected is not what is seen now. */
  set_filter (&fixture, "won");
  g_assert_cmpuint (inb_lead_selection_get_n_selected (fixture.selection), ==, 0);
  tear_down (&fixture);
}

/* By the view's own calls, as Shift+click and Shift+arrows make them. */
static void
test_range (void)
{
  Fixture fixture = { 0 };
  GtkSelectionModel *model;
  const char * const *ids;

  set_up (&fixture, 300);
  model = GTK_SELECTION_MODEL (fixture.selection);
  gtk_selection_model_select_range (model, 10, 20, TRUE);
  g_assert_cmpuint (inb_lead_selection_get_n_selected (fixture.selection), ==, 20);
  gtk_selection_model_select_range (model, 10, 5, TRUE);
  g_assert_cmpuint (inb_lead_selection_get_n_selected (fixture.selection), ==, 5);
  ids = resolve (&fixture);
  g_assert_cmpstr (ids[0], ==, get_id (&fixture, 289));
  g_assert_cmpstr (ids[4], ==, get_id (&fixture, 285));

  /* Ctrl adds one, and a range from there adds to what was there before. */
  gtk_selection_model_select_item (model, 100, FALSE);
  gtk_selection_model_select_range (model, 100, 3, FALSE);
  g_assert_cmpuint (inb_lead_selection_get_n_selected (fixture.selection), ==, 8);
  gtk_selection_model_unselect_item (model, 100);
  g_assert_cmpuint (inb_lead_selection_get_n_selected (fixture.selection), ==, 7);

  inb_lead_selection_clear (fixture.selection);
  inb_lead_selection_toggle (fixture.selection, 20, FALSE);
  inb_lead_selection_toggle (fixture.selection, 12, TRUE);
  g_assert_cmpuint (inb_lead_selection_get_n_selected (fixture.selection), ==, 9);
  tear_down (&fixture);
}

static void
test_all (void)
{
  Fixture fixture = { 0 };
  GtkSelectionModel *model;
  const char * const *ids;

  set_up (&fixture, 300);
  model = GTK_SELECTION_MODEL (fixture.selection);
  gtk_selection_model_select_all (model);
  g_assert_cmpuint (inb_lead_selection_get_n_selected (fixture.selection), ==, 300);
  inb_lead_selection_toggle (fixture.selection, 3, FALSE);
  g_assert_cmpuint (inb_lead_selection_get_n_selected (fixture.selection), ==, 299);

  /* Nobody selected what came later; but they can. */
  inb_world_add_leads (fixture.world, 4);
  wait_answer (&fixture);
  g_assert_cmpuint (inb_lead_selection_get_n_selected (fixture.selection), ==, 299);
  inb_lead_selection_toggle (fixture.selection, 0, FALSE);
  g_assert_cmpuint (inb_lead_selection_get_n_selected (fixture.selection), ==, 300);

  set_sort (&fixture, INB_LEAD_SORT_PHONE);
  ids = resolve (&fixture);
  g_assert_cmpuint (g_strv_length ((GStrv) ids), ==, 300);
  g_assert_false (g_strv_contains (ids, get_id (&fixture, 296)));
  g_assert_true (g_strv_contains (ids, get_id (&fixture, 303)));
  g_assert_false (g_strv_contains (ids, get_id (&fixture, 300)));

  gtk_selection_model_unselect_all (model);
  g_assert_cmpuint (inb_lead_selection_get_n_selected (fixture.selection), ==, 0);

  /* All of a filter are its leads alone. */
  set_filter (&fixture, "won");
  gtk_selection_model_select_all (model);
  g_assert_cmpuint (inb_lead_selection_get_n_selected (fixture.selection), >, 0);
  g_assert_cmpuint (inb_lead_selection_get_n_selected (fixture.selection), <, 300);
  g_assert_cmpuint (inb_lead_selection_get_n_selected (fixture.selection), ==,
                    g_list_model_get_n_items (G_LIST_MODEL (fixture.list)));
  tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lead-selection/survives", test_survives);
  g_test_add_func ("/lead-selection/range", test_range);
  g_test_add_func ("/lead-selection/all", test_all);

  return g_test_run ();
}
