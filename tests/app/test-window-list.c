/* The list in the real window: what the user looks at stays in place, what is new slides in, keys walk. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-widget-kit.h"
#include "inb-window-kit.h"

/* What the user looks at stays where it is, to the pixel. */
static void
test_stays (void)
{
  InbWindowKit kit = { 0 };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *later = NULL;
  InbRow *lead;

  inb_window_kit_open (&kit, 600, 1280);
  inb_window_kit_scroll_to (&kit, 3700);
  before = inb_window_kit_get_text_at (&kit, 60);
  g_assert_nonnull (before);

  inb_world_add_leads (kit.base.world, 7);
  inb_window_kit_wait_count (&kit, 607);
  after = inb_window_kit_get_text_at (&kit, 60);
  g_assert_cmpstr (after, ==, before);

  lead = g_ptr_array_index (kit.base.world->leads, 602);
  inb_row_set_time (lead, INB_LEAD_DELETED_AT, 1);
  inb_world_change (kit.base.world, lead);
  inb_window_kit_wait_count (&kit, 606);
  later = inb_window_kit_get_text_at (&kit, 60);
  g_assert_cmpstr (later, ==, before);
  inb_window_kit_close (&kit);
}

/* At the top and newest first a new lead slides in; further down a pill tells of it, and leads there. */
static void
test_slides_in (void)
{
  InbWindowKit kit = { 0 };
  InbSession *session;
  const char *lead_id;
  g_autofree char *first = NULL;
  g_autofree char *next = NULL;

  inb_window_kit_open (&kit, 600, 1280);
  session = kit.base.session;
  first = inb_window_kit_get_text_at (&kit, 10);
  inb_world_add_leads (kit.base.world, 1);
  inb_window_kit_wait_count (&kit, 601);
  g_assert_cmpfloat (gtk_adjustment_get_value (kit.adjustment), ==, 0);
  next = inb_window_kit_get_text_at (&kit, 46);
  g_assert_cmpstr (next, ==, first);

  inb_window_kit_scroll_to (&kit, 2000);
  inb_world_add_leads (kit.base.world, 2);
  for (guint i = 601; i < 603; i++)
    {
      lead_id = inb_row_get_key (g_ptr_array_index (kit.base.world->leads, i));
      g_signal_emit_by_name (session, "lead-arrived", lead_id, "contact", "Name", "Source");
    }
  inb_window_kit_wait_count (&kit, 603);
  inb_widget_kit_wait_text (GTK_WIDGET (kit.window), "2 new leads");
  g_assert_cmpfloat (gtk_adjustment_get_value (kit.adjustment), >, 1900);
  gtk_widget_activate_action (GTK_WIDGET (kit.table), "table.show-newest", NULL);
  inb_widget_kit_wait_frames (GTK_WIDGET (kit.window), 5);
  g_assert_cmpfloat (gtk_adjustment_get_value (kit.adjustment), ==, 0);
  inb_window_kit_close (&kit);
}

static gboolean
is_sorted (gpointer data)
{
  InbWindowKit *kit = data;
  InbLeadList *list = inb_session_get_list (kit->base.session);
  InbLeadSummary *first = inb_lead_list_peek (list, inb_lead_list_get_rowid (list, 0));
  InbLeadSummary *last = inb_lead_list_peek (list, inb_lead_list_get_rowid (list, 15));

  return inb_lead_list_get_query (list)->sort == INB_LEAD_SORT_NAME && first != NULL && last != NULL &&
         g_utf8_collate (first->name, last->name) <= 0;
}

/* A click on a header sorts by it, shows the top, and keeps the selection on its lead. */
static void
test_sorts (void)
{
  InbWindowKit kit = { 0 };
  GtkColumnView *view;
  g_autoptr (GtkColumnViewColumn) column = NULL;
  const char *lead_id;

  inb_window_kit_open (&kit, 3000, 1280);
  lead_id = inb_row_get_key (g_ptr_array_index (kit.base.world->leads, 2990));
  inb_lead_table_select (kit.table, lead_id);
  g_assert_cmpstr (inb_lead_table_get_lead_id (kit.table), ==, lead_id);
  inb_window_kit_scroll_to (&kit, 40000);

  view = GTK_COLUMN_VIEW (inb_widget_kit_find (GTK_WIDGET (kit.table), GTK_TYPE_COLUMN_VIEW));
  column = g_list_model_get_item (gtk_column_view_get_columns (view), 1);
  gtk_column_view_sort_by_column (view, column, GTK_SORT_ASCENDING);
  inb_kit_wait (is_sorted, &kit);
  inb_widget_kit_wait_frames (GTK_WIDGET (kit.window), 5);
  g_assert_cmpfloat (gtk_adjustment_get_value (kit.adjustment), ==, 0);
  g_assert_cmpstr (inb_lead_table_get_lead_id (kit.table), ==, lead_id);

  for (guint i = 0; i < 10; i++)
    {
      InbLeadList *list = inb_session_get_list (kit.base.session);
      InbLeadSummary *summary = inb_lead_list_peek (list, inb_lead_list_get_rowid (list, i));
      g_autofree char *shown = inb_window_kit_get_text_at (&kit, 36 * i + 10);

      g_assert_true (g_str_has_prefix (shown, summary->name));
    }
  inb_window_kit_close (&kit);
}

/* Walking with the keyboard scrolls along and ends at the ends. */
static void
test_walks (void)
{
  InbWindowKit kit = { 0 };

  inb_window_kit_open (&kit, 300, 1280);
  inb_lead_table_move (kit.table, 1);
  for (guint i = 0; i < 60; i++)
    inb_lead_table_move (kit.table, 1);
  inb_widget_kit_wait_frames (GTK_WIDGET (kit.window), 5);
  g_assert_cmpstr (inb_lead_table_get_lead_id (kit.table), ==,
                   inb_row_get_key (g_ptr_array_index (kit.base.world->leads, 299 - 60)));
  g_assert_cmpfloat (gtk_adjustment_get_value (kit.adjustment), >, 1000);
  inb_lead_table_move (kit.table, -1000);
  inb_widget_kit_wait_frames (GTK_WIDGET (kit.window), 5);
  g_assert_cmpfloat (gtk_adjustment_get_value (kit.adjustment), ==, 0);
  inb_window_kit_close (&kit);
}

int
main (int    argc,
      char **argv)
{
  inb_widget_kit_init (&argc, &argv);
  g_test_add_func ("/window-list/stays", test_stays);
  g_test_add_func ("/window-list/slides-in", test_slides_in);
  g_test_add_func ("/window-list/sorts", test_sorts);
  g_test_add_func ("/window-list/walks", test_walks);

  return g_test_run ();
}
