/* What a view is told of a list: it holds only some rows, believes items-changed and the slots' "changed", and shows the truth. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-app-kit.h"
#include "inb-lead-order.h"
#include "inb-lead-rows.h"
#include "inb-time.h"

#define N_HELD 60
#define N_ROUNDS 80

/* One widget of the view. */
typedef struct {
  InbLeadSlot *slot;
  gulong       handler;
  gint64       rowid;   /* what it was last told to show */
} Shown;

typedef struct {
  InbWorld    *world;
  InbLeadList *list;
  InbLeadRows *rows;
  GPtrArray   *shown;      /* (element-type Shown) of positions from 0 on, at most N_HELD */
  guint        length;     /* as a view knows it */
  guint        n_answers;
  guint        n_made;     /* widgets */
} Fixture;

static void
on_slot_changed (Shown *shown)
{
  shown->rowid = inb_lead_slot_get_rowid (shown->slot);
}

static void
shown_free (gpointer data)
{
  Shown *shown = data;

  g_clear_signal_handler (&shown->handler, shown->slot);
  g_object_unref (shown->slot);
  g_free (shown);
}

static void
fill (Fixture *fixture)
{
  while (fixture->shown->len < MIN (fixture->length, N_HELD))
    {
      Shown *shown = g_new0 (Shown, 1);

      shown->slot = g_list_model_get_item (G_LIST_MODEL (fixture->rows), fixture->shown->len);
      shown->handler = g_signal_connect_swapped (shown->slot, "changed", G_CALLBACK (on_slot_changed), shown);
      shown->rowid = inb_lead_slot_get_rowid (shown->slot);
      g_ptr_array_add (fixture->shown, shown);
      fixture->n_made++;
    }
}

static void
on_items_changed (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  Fixture *fixture = user_data;

  g_assert_cmpuint (position + removed, <=, fixture->length);
  fixture->length += added - removed;
  g_assert_cmpuint (fixture->length, ==, g_list_model_get_n_items (model));
  /* As a view does that knows its widgets by position: what was behind the change is asked for again. */
  if (position < fixture->shown->len)
    g_ptr_array_set_size (fixture->shown, (int) position);
  fill (fixture);
}

static void
on_answered (Fixture *fixture)
{
  fixture->n_answers++;
}

static void
set_up (Fixture *fixture,
        guint    n_leads)
{
  fixture->world = inb_world_new (NULL, n_leads);
  fixture->list = inb_lead_list_new (fixture->world->replica);
  fixture->rows = inb_lead_rows_new (fixture->list);
  fixture->shown = g_ptr_array_new_with_free_func (shown_free);
  g_signal_connect (fixture->rows, "items-changed", G_CALLBACK (on_items_changed), fixture);
  g_signal_connect_swapped (fixture->list, "answered", G_CALLBACK (on_answered), fixture);
  inb_lead_list_refresh (fixture->list);
  inb_kit_wait ((InbKitCondition) inb_lead_list_get_ready, fixture->list);
}

static void
tear_down (Fixture *fixture)
{
  g_signal_handlers_disconnect_by_data (fixture->list, fixture);
  g_ptr_array_unref (fixture->shown);
  g_clear_object (&fixture->rows);
  g_clear_object (&fixture->list);
  inb_world_free (fixture->world);
}

static gboolean
is_answered (gpointer data)
{
  return ((Fixture *) data)->n_answers > 0;
}

/* The list is told in full, and no slot waits to be told. */
static gboolean
is_complete (gpointer data)
{
  Fixture *fixture = data;

  for (guint i = 0; i < fixture->shown->len; i++)
    if (inb_lead_slot_get_stale (((Shown *) g_ptr_array_index (fixture->shown, i))->slot))
      return FALSE;

  return fixture->length == g_list_model_get_n_items (G_LIST_MODEL (fixture->list));
}

static void
assert_true_from (Fixture *fixture,
                  guint    n_rows)
{
  for (guint i = 0; i < MIN (n_rows, fixture->shown->len); i++)
    {
      Shown *shown = g_ptr_array_index (fixture->shown, i);

      g_assert_cmpint (inb_lead_slot_get_rowid (shown->slot), ==, inb_lead_list_get_rowid (fixture->list, i));
      g_assert_cmpint (shown->rowid, ==, inb_lead_list_get_rowid (fixture->list, i));
    }
}

static void
ask (Fixture     *fixture,
     InbLeadSort  sort,
     const char  *stage)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_copy (inb_lead_list_get_query (fixture->list));

  query->sort = sort;
  query->descending = FALSE;
  inb_lead_filter_set_values (query->filter, INB_FILTER_STAGE, stage != NULL ? (const char *[]) { stage, NULL } : NULL);
  if (inb_lead_query_equal (query, inb_lead_list_get_query (fixture->list)))
    return;

  fixture->n_answers = 0;
  inb_lead_list_set_query (fixture->list, query);
  inb_kit_wait (is_answered, fixture);
}

/* Another query gives the rows that are there other leads: no widget is made, and the screen is right at once. */
static void
test_exchange (void)
{
  Fixture fixture = { 0 };
  guint n_made;

  set_up (&fixture, 3000);
  inb_kit_wait (is_complete, &fixture);
  inb_lead_list_set_viewport (fixture.list, 0, 20, TRUE);
  n_made = fixture.n_made;
  ask (&fixture, INB_LEAD_SORT_NAME, NULL);
  assert_true_from (&fixture, 20);
  inb_kit_wait (is_complete, &fixture);
  assert_true_from (&fixture, N_HELD);
  g_assert_cmpuint (fixture.n_made, ==, n_made);
  g_assert_cmpuint (fixture.length, ==, 3000);
  tear_down (&fixture);
}

/* Many leads at once at the top, as an import brings them: again no widget is made. */
static void
test_crowd (void)
{
  Fixture fixture = { 0 };
  guint n_made;

  set_up (&fixture, 3000);
  inb_kit_wait (is_complete, &fixture);
  inb_lead_list_set_viewport (fixture.list, 0, 20, TRUE);
  n_made = fixture.n_made;
  fixture.n_answers = 0;
  inb_world_add_leads (fixture.world, 100);
  inb_kit_wait (is_answered, &fixture);
  assert_true_from (&fixture, 20);
  inb_kit_wait (is_complete, &fixture);
  assert_true_from (&fixture, N_HELD);
  g_assert_cmpuint (fixture.n_made, ==, n_made);
  g_assert_cmpuint (fixture.length, ==, 3100);
  tear_down (&fixture);
}

/* What is far from the screen, or little, is told as it is. */
static void
test_what_is_exchanged (void)
{
  const InbLeadSplice few = { 10, 5, 0 };
  const InbLeadSplice many = { 10, 100, 0 };
  const InbLeadSplice new_ones = { 0, 0, 100 };
  const InbLeadSplice other_order = { 4000, 3000, 3000 };

  g_assert_false (inb_lead_order_is_exchange (&few, 0, 20, TRUE));
  g_assert_true (inb_lead_order_is_exchange (&many, 0, 20, TRUE));
  g_assert_true (inb_lead_order_is_exchange (&many, 100, 20, FALSE));
  g_assert_false (inb_lead_order_is_exchange (&many, 5000, 20, FALSE));
  g_assert_true (inb_lead_order_is_exchange (&new_ones, 0, 20, TRUE));
  g_assert_false (inb_lead_order_is_exchange (&new_ones, 0, 20, FALSE));
  g_assert_true (inb_lead_order_is_exchange (&other_order, 0, 20, FALSE));
}

/* A long answer after a short one: what is on screen comes at once, the rest follows. */
static void
test_growth (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, 3000);
  inb_lead_list_set_viewport (fixture.list, 0, 20, TRUE);
  ask (&fixture, INB_LEAD_SORT_CREATED, "no-such-stage");
  inb_kit_wait (is_complete, &fixture);
  g_assert_cmpuint (fixture.length, ==, 0);
  ask (&fixture, INB_LEAD_SORT_CREATED, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture.list)), ==, 3000);
  g_assert_cmpuint (fixture.length, >=, 20);
  g_assert_cmpuint (fixture.length, <, 60);
  assert_true_from (&fixture, 20);
  inb_kit_wait (is_complete, &fixture);
  assert_true_from (&fixture, N_HELD);

  /* Somebody who does not want to wait. */
  ask (&fixture, INB_LEAD_SORT_CREATED, "no-such-stage");
  inb_kit_wait (is_complete, &fixture);
  ask (&fixture, INB_LEAD_SORT_CREATED, NULL);
  inb_lead_rows_complete (fixture.rows);
  g_assert_cmpuint (fixture.length, ==, 3000);
  tear_down (&fixture);
}

/* A short answer after a long one: no row on screen shows what is not found, though its widget goes later. */
static void
test_shrinking (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, 3000);
  inb_kit_wait (is_complete, &fixture);
  inb_lead_list_set_viewport (fixture.list, 0, 20, TRUE);
  ask (&fixture, INB_LEAD_SORT_CREATED, "no-such-stage");
  g_assert_cmpuint (fixture.length, >, 20);
  g_assert_cmpuint (fixture.length, <, 300);
  assert_true_from (&fixture, 20);
  inb_kit_wait (is_complete, &fixture);
  g_assert_cmpuint (fixture.shown->len, ==, 0);
  tear_down (&fixture);
}

/* A few leads, fewer than go in one step. */
static void
test_few (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, 5);
  inb_kit_wait (is_complete, &fixture);
  g_assert_cmpuint (fixture.length, ==, 5);
  ask (&fixture, INB_LEAD_SORT_CREATED, "no-such-stage");
  g_assert_cmpuint (fixture.length, <=, 5);
  inb_kit_wait (is_complete, &fixture);
  g_assert_cmpuint (fixture.length, ==, 0);
  tear_down (&fixture);
}

/* A row that moves keeps its object, so that the view keeps its widget and the focus. */
static void
test_identity (void)
{
  Fixture fixture = { 0 };
  g_autoptr (InbLeadSlot) slot = NULL;
  g_autoptr (InbLeadSlot) again = NULL;

  set_up (&fixture, 300);
  inb_kit_wait (is_complete, &fixture);
  slot = g_list_model_get_item (G_LIST_MODEL (fixture.rows), 10);
  fixture.n_answers = 0;
  inb_world_add_leads (fixture.world, 3);
  inb_kit_wait (is_answered, &fixture);
  again = g_list_model_get_item (G_LIST_MODEL (fixture.rows), 13);
  g_assert_true (slot == again);
  g_assert_cmpint (inb_lead_slot_get_rowid (slot), ==, inb_lead_list_get_rowid (fixture.list, 13));
  tear_down (&fixture);
}

static void
change_something (Fixture *fixture,
                  GRand   *rand)
{
  InbRow *lead = g_ptr_array_index (fixture->world->leads,
                                    (guint) g_rand_int_range (rand, 0, (gint32) fixture->world->leads->len));

  fixture->n_answers = 0;
  if (g_rand_boolean (rand))
    {
      inb_world_add_leads (fixture->world, (guint) g_rand_int_range (rand, 1, 9));
      return;
    }
  if (inb_row_get (lead, INB_LEAD_DELETED_AT) == NULL)
    inb_row_set_time (lead, INB_LEAD_DELETED_AT, inb_time_now ());
  else
    inb_row_set (lead, INB_LEAD_DELETED_AT, NULL);
  inb_world_change (fixture->world, lead);
}

/* Queries, arrivals and deletions in any order, also while the last answer is still being told. */
static void
test_random (void)
{
  static const char * const stages[] = { NULL, "new", "won", "no-such-stage" };
  Fixture fixture = { 0 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  set_up (&fixture, 2600);
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      inb_lead_list_set_viewport (fixture.list, (guint) g_rand_int_range (rand, 0, 30), 20, g_rand_boolean (rand));
      if (g_rand_boolean (rand))
        {
          ask (&fixture, (InbLeadSort) g_rand_int_range (rand, 0, INB_N_LEAD_SORTS),
               stages[g_rand_int_range (rand, 0, G_N_ELEMENTS (stages))]);
        }
      else
        {
          change_something (&fixture, rand);
          inb_kit_wait (is_answered, &fixture);
        }
      if (g_rand_boolean (rand))
        continue;
      inb_kit_wait (is_complete, &fixture);
      assert_true_from (&fixture, N_HELD);
    }
  tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lead-rows/exchange", test_exchange);
  g_test_add_func ("/lead-rows/crowd", test_crowd);
  g_test_add_func ("/lead-rows/what-is-exchanged", test_what_is_exchanged);
  g_test_add_func ("/lead-rows/growth", test_growth);
  g_test_add_func ("/lead-rows/shrinking", test_shrinking);
  g_test_add_func ("/lead-rows/few", test_few);
  g_test_add_func ("/lead-rows/identity", test_identity);
  g_test_add_func ("/lead-rows/random", test_random);

  return g_test_run ();
}
