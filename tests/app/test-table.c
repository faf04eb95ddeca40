/* The table by itself: columns stay as the user left them, and the pill counts what the table would show. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-lead-table.h"
#include "inb-session-kit.h"
#include "inb-widget-kit.h"

typedef struct {
  InbSessionKit  kit;
  GtkWidget     *window;
  InbLeadTable  *table;
} Fixture;

static gboolean
has_rows (gpointer data)
{
  GtkWidget *rows = inb_widget_kit_find (data, GTK_TYPE_LIST_VIEW);

  return gtk_widget_get_first_child (rows) != NULL;
}

static void
show_table (Fixture *fixture)
{
  fixture->window = gtk_window_new ();
  fixture->table = g_object_new (INB_TYPE_LEAD_TABLE, NULL);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1200, 600);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->table));
  inb_lead_table_set_settings (fixture->table, fixture->kit.settings);
  inb_lead_table_set_session (fixture->table, fixture->kit.session);
  gtk_window_present (GTK_WINDOW (fixture->window));
  inb_kit_wait (has_rows, fixture->table);
}

static void
hide_table (Fixture *fixture)
{
  inb_lead_table_set_session (fixture->table, NULL);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

static void
set_up (Fixture *fixture,
        guint    n_leads)
{
  inb_session_kit_start (&fixture->kit, n_leads);
  show_table (fixture);
}

static void
tear_down (Fixture *fixture)
{
  hide_table (fixture);
  inb_session_kit_stop (&fixture->kit);
}

/* "Name|Phone|…": the visible headers from the left. */
static char *
get_headers (Fixture *fixture)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (inb_widget_kit_find (GTK_WIDGET (fixture->table), GTK_TYPE_COLUMN_VIEW));
  GListModel *columns = gtk_column_view_get_columns (view);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (gtk_column_view_column_get_visible (column))
        g_string_append_printf (text, "%s%s", gtk_column_view_column_get_title (column), i > 0 ? "|" : "");
    }

  return g_strdup (text->str);
}

static void
move_column (Fixture *fixture,
             guint    from,
             guint    to)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (inb_widget_kit_find (GTK_WIDGET (fixture->table), GTK_TYPE_COLUMN_VIEW));
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (gtk_column_view_get_columns (view), from);

  gtk_column_view_insert_column (view, to, column);
}

static void
test_columns (void)
{
  Fixture fixture = { 0 };
  g_autofree char *usual = NULL;
  g_autofree char *again = NULL;
  g_autofree char *reset = NULL;
  g_autofree char *nonsense = NULL;

  set_up (&fixture, 50);
  usual = get_headers (&fixture);
  g_assert_cmpstr (usual, ==, "Name|Phone|Mail|Source|Product|Stage|Score|Created|");

  gtk_widget_activate_action (GTK_WIDGET (fixture.table), "columns.mail", NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture.table), "columns.owner", NULL);
  move_column (&fixture, 2, 1);
  hide_table (&fixture);
  show_table (&fixture);
  again = get_headers (&fixture);
  g_assert_cmpstr (again, ==, "Phone|Name|Source|Product|Stage|Score|Owner|Created|");

  gtk_widget_activate_action (GTK_WIDGET (fixture.table), "table.reset-columns", NULL);
  reset = get_headers (&fixture);
  g_assert_cmpstr (reset, ==, usual);

  hide_table (&fixture);
  g_settings_set_strv (fixture.kit.settings, "table-columns", (const char *[]) { "rubbish", "+", "sort:sort:sort", NULL });
  show_table (&fixture);
  nonsense = get_headers (&fixture);
  g_assert_cmpstr (nonsense, ==, usual);
  tear_down (&fixture);
}

typedef struct {
  Fixture    *fixture;
  const char *text;
} PillWait;

static gboolean
has_pill (gpointer data)
{
  PillWait *wait = data;
  GtkWidget *revealer = inb_widget_kit_find (GTK_WIDGET (wait->fixture->table), GTK_TYPE_REVEALER);
  const char *label = gtk_button_get_label (GTK_BUTTON (gtk_revealer_get_child (GTK_REVEALER (revealer))));

  return gtk_revealer_get_reveal_child (GTK_REVEALER (revealer)) && g_str_equal (label, wait->text);
}

static gboolean
shows_won (gpointer data)
{
  Fixture *fixture = data;

  return g_list_model_get_n_items (G_LIST_MODEL (inb_session_get_list (fixture->kit.session))) < 400;
}

/* Of the leads that come in, only those that the filter means are counted. */
static void
test_pill (void)
{
  Fixture fixture = { 0 };
  PillWait wait = { &fixture, NULL };
  g_autoptr (InbLeadFilter) filter = inb_lead_filter_new ();
  g_autofree char *text = NULL;
  GtkWidget *scroller;
  guint n_won = 0;

  set_up (&fixture, 1000);
  inb_lead_filter_set_values (filter, INB_FILTER_STAGE, (const char *[]) { "won", NULL });
  inb_session_set_filter (fixture.kit.session, filter);
  inb_kit_wait (shows_won, &fixture);
  inb_widget_kit_wait_frames (fixture.window, 5);
  scroller = inb_widget_kit_find (GTK_WIDGET (fixture.table), GTK_TYPE_SCROLLED_WINDOW);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)), 900);

  inb_widget_kit_wait_frames (fixture.window, 5);
  g_assert_false (inb_lead_list_follows_top (inb_session_get_list (fixture.kit.session)));
  inb_world_add_leads (fixture.kit.world, 40);
  for (guint i = 1000; i < 1040; i++)
    {
      InbRow *lead = g_ptr_array_index (fixture.kit.world->leads, i);

      n_won += g_str_equal (inb_row_get (lead, INB_LEAD_STAGE), "won");
      inb_lead_table_note_arrival (fixture.table, inb_row_get_key (lead));
    }
  g_assert_cmpuint (n_won, >, 1);
  text = g_strdup_printf ("%u new leads ↑", n_won);
  wait.text = text;
  inb_kit_wait (has_pill, &wait);
  tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  inb_widget_kit_init (&argc, &argv);
  g_test_add_func ("/table/columns", test_columns);
  g_test_add_func ("/table/pill", test_pill);

  return g_test_run ();
}
