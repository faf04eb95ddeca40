/* The real window on a real replica, without a service: what is shown at which width, and what it is called. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-layout-bin.h"
#include "inb-metric-card.h"
#include "inb-stage-chip.h"
#include "inb-widget-kit.h"
#include "inb-window-kit.h"

static void
test_shows (void)
{
  InbWindowKit kit = { 0 };
  g_autofree char *count = NULL;

  inb_window_kit_open (&kit, 300, 1280);
  inb_widget_kit_wait_text (GTK_WIDGET (kit.window), "Demo");
  inb_widget_kit_wait_text (GTK_WIDGET (kit.window), "Offline. Everything here stays usable.");
  inb_widget_kit_wait_text (GTK_WIDGET (kit.window), "300");
  g_assert_nonnull (inb_widget_kit_find_text (GTK_WIDGET (kit.window), "Conversion"));
  g_assert_nonnull (inb_widget_kit_find (kit.rows, INB_TYPE_STAGE_CHIP));
  inb_window_kit_close (&kit);
}

/* The detail of a lead: who, what, what happened; gone when the lead is. */
static void
test_detail (void)
{
  InbWindowKit kit = { 0 };
  InbRow *lead;

  inb_window_kit_open (&kit, 30, 1280);
  lead = g_ptr_array_index (kit.base.world->leads, 20);
  inb_window_open_lead (kit.window, inb_row_get_key (lead));
  inb_widget_kit_wait_text (GTK_WIDGET (kit.window), "about 60 m²");
  inb_widget_kit_wait_text (GTK_WIDGET (kit.window), "New Lead Created");
  inb_widget_kit_wait_text (GTK_WIDGET (kit.window), "autumn-2026");
  inb_row_set (lead, INB_LEAD_INITIAL_INQUIRY, "Something else");
  inb_world_change (kit.base.world, lead);
  inb_widget_kit_wait_text (GTK_WIDGET (kit.window), "Something else");
  inb_row_set_time (lead, INB_LEAD_DELETED_AT, 1);
  inb_world_change (kit.base.world, lead);
  inb_widget_kit_wait_text (GTK_WIDGET (kit.window), "No Longer Here");
  inb_window_kit_close (&kit);
}

static gboolean
shows_no_contact (gpointer data)
{
  InbWindowKit *kit = data;

  return inb_widget_kit_find_text (GTK_WIDGET (kit->window), "Contact without a lead") == NULL;
}

/* An open contact that becomes a lead by the sync alone, without an event, is shown as that. */
static void
test_becomes_lead (void)
{
  InbWindowKit kit = { 0 };
  GPtrArray *rows = inb_kit_new_rows ();
  InbWorld *world;
  g_autofree char *contact_id = NULL;

  inb_window_kit_open (&kit, 30, 1280);
  world = kit.base.world;
  g_ptr_array_add (rows, inb_sample_make_contact (world->sample, world->now));
  contact_id = g_strdup (inb_row_get_key (g_ptr_array_index (rows, 0)));
  inb_world_add (world, rows);
  g_signal_emit_by_name (kit.table, "contact-opened", contact_id);
  inb_widget_kit_wait_text (GTK_WIDGET (kit.window), "Contact without a lead");

  rows = inb_kit_new_rows ();
  g_ptr_array_add (rows, inb_sample_make_lead (world->sample, contact_id, world->now + 1));
  inb_row_set_boolean (g_ptr_array_index (rows, 0), INB_LEAD_IS_TEST, FALSE);
  inb_world_add (world, rows);
  inb_kit_wait (shows_no_contact, &kit);
  inb_window_kit_close (&kit);
}

/* The keyboard begins in the table. */
static void
test_focus (void)
{
  InbWindowKit kit = { 0 };
  GtkWidget *focus;

  inb_window_kit_open (&kit, 30, 1280);
  inb_widget_kit_wait_frames (GTK_WIDGET (kit.window), 3);
  focus = gtk_window_get_focus (GTK_WINDOW (kit.window));
  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_is_ancestor (focus, GTK_WIDGET (kit.table)));
  inb_window_kit_close (&kit);
}

static guint
count_columns (InbWindowKit *kit)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (inb_widget_kit_find (GTK_WIDGET (kit->table), GTK_TYPE_COLUMN_VIEW));
  GListModel *columns = gtk_column_view_get_columns (view);
  guint n_visible = 0;

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      n_visible += gtk_column_view_column_get_visible (column);
    }

  return n_visible;
}

/* Each width has its columns, and the window can really be that narrow. */
static void
test_widths (void)
{
  static const char *const views[] = { "heat-map", "trends", "leads" };
  static const struct {
    int   width;
    guint n_columns;
  } cases[] = { { 1280, 9 }, { 900, 8 }, { 700, 7 }, { 360, 4 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      InbWindowKit kit = { 0 };
      GtkWidget *content;

      inb_window_kit_open (&kit, 50, cases[i].width);
      inb_widget_kit_wait_frames (GTK_WIDGET (kit.window), 5);
      g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (kit.window)), <=, cases[i].width);
      /* Nor is anything cut off, whichever view is shown. */
      content = gtk_widget_get_first_child (inb_widget_kit_find (GTK_WIDGET (kit.window), INB_TYPE_LAYOUT_BIN));
      for (guint j = 0; j < G_N_ELEMENTS (views); j++)
        {
          inb_window_show_view (kit.window, views[j]);
          inb_widget_kit_wait_frames (GTK_WIDGET (kit.window), 5);
          g_assert_cmpint (gtk_widget_get_width (content), <=, cases[i].width);
        }
      g_assert_cmpuint (count_columns (&kit), ==, cases[i].n_columns);
      inb_window_open_lead (kit.window, inb_row_get_key (g_ptr_array_index (kit.base.world->leads, 20)));
      inb_widget_kit_wait_text (GTK_WIDGET (kit.window), "New Lead Created");
      g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (kit.window)), <=, cases[i].width);
      inb_window_kit_close (&kit);
    }
}

static void
assert_named (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return;

  if (GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget))
    {
      const char *text = GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget)) : NULL;

      /* libadwaita's and GTK's own buttons (window controls, view switchers, toasts) answer for themselves. */
      if (text == NULL && gtk_widget_get_tooltip_text (widget) == NULL &&
          gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) == NULL &&
          gtk_widget_get_ancestor (widget, ADW_TYPE_VIEW_SWITCHER) == NULL &&
          gtk_widget_get_ancestor (widget, GTK_TYPE_MENU_BUTTON) == NULL)
        g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL));
    }
  if (INB_IS_METRIC_CARD (widget) || INB_IS_STAGE_CHIP (widget))
    g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    assert_named (child);
}

static void
test_names (void)
{
  InbWindowKit kit = { 0 };

  inb_window_kit_open (&kit, 30, 1280);
  inb_window_open_lead (kit.window, inb_row_get_key (g_ptr_array_index (kit.base.world->leads, 20)));
  inb_widget_kit_wait_text (GTK_WIDGET (kit.window), "New Lead Created");
  inb_widget_kit_wait_frames (GTK_WIDGET (kit.window), 3);
  assert_named (GTK_WIDGET (kit.window));
  for (GtkWidget *row = gtk_widget_get_first_child (kit.rows); row != NULL; row = gtk_widget_get_next_sibling (row))
    g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL));
  inb_window_kit_close (&kit);
}

int
main (int    argc,
      char **argv)
{
  inb_widget_kit_init (&argc, &argv);
  g_test_add_func ("/window/shows", test_shows);
  g_test_add_func ("/window/detail", test_detail);
  g_test_add_func ("/window/becomes-lead", test_becomes_lead);
  g_test_add_func ("/window/focus", test_focus);
  g_test_add_func ("/window/widths", test_widths);
  g_test_add_func ("/window/names", test_names);

  return g_test_run ();
}
