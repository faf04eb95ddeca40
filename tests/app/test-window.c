/* The real window on a real replica, without a service: what is shown, and that it stays in place. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-app-kit.h"
#include "inb-app-resources.h"
#include "inb-config.h"
#include "inb-layout-bin.h"
#include "inb-lead-table.h"
#include "inb-metric-card.h"
#include "inb-stage-chip.h"
#include "inb-window.h"

#include <string.h>

typedef struct {
  char           *folder;
  GSettings      *settings;
  InbSession     *session;
  InbWorld       *world;
  InbWindow      *window;
  InbLeadTable   *table;
  GtkWidget      *rows;
  GtkAdjustment  *adjustment;
} Fixture;

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
is_open (gpointer data)
{
  return inb_session_get_phase (data) == INB_SESSION_OPEN;
}

static gboolean
has_window_rows (gpointer data)
{
  Fixture *fixture = data;

  return gtk_adjustment_get_upper (fixture->adjustment) > 100;
}

static void
set_up (Fixture *fixture,
        guint    n_leads,
        int      width)
{
  InbSyncAccount account = { (char *) "http://127.0.0.1:9", NULL, (char *) "demo", (char *) "token" };
  GtkScrolledWindow *scroller;

  fixture->folder = inb_kit_make_folder ();
  fixture->settings = g_settings_new (INB_APP_ID);
  g_settings_reset (fixture->settings, "table-columns");
  g_settings_set_int (fixture->settings, "window-width", width);
  g_settings_set_int (fixture->settings, "window-height", 700);
  fixture->session = inb_session_new (&account, fixture->folder);
  inb_session_start (fixture->session);
  inb_kit_wait (is_open, fixture->session);
  fixture->world = inb_world_new (inb_session_get_replica (fixture->session), n_leads);

  fixture->window = inb_window_new (GTK_APPLICATION (g_application_get_default ()), fixture->settings);
  inb_window_set_session (fixture->window, fixture->session);
  fixture->table = INB_LEAD_TABLE (find (GTK_WIDGET (fixture->window), INB_TYPE_LEAD_TABLE));
  fixture->rows = find (GTK_WIDGET (fixture->table), GTK_TYPE_LIST_VIEW);
  scroller = GTK_SCROLLED_WINDOW (find (GTK_WIDGET (fixture->table), GTK_TYPE_SCROLLED_WINDOW));
  fixture->adjustment = gtk_scrolled_window_get_vadjustment (scroller);
  gtk_window_present (GTK_WINDOW (fixture->window));
  inb_kit_wait (has_window_rows, fixture);
}

static void
tear_down (Fixture *fixture)
{
  g_autofree char *key = inb_sync_account_get_key (inb_session_get_account (fixture->session));
  g_autofree char *replica_folder = g_build_filename (fixture->folder, key, NULL);

  inb_window_set_session (fixture->window, NULL);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  inb_world_free (fixture->world);
  inb_session_stop (fixture->session);
  g_object_unref (fixture->session);
  g_object_unref (fixture->settings);
  inb_kit_delete_folder (replica_folder);
  inb_kit_delete_folder (fixture->folder);
  g_free (fixture->folder);
}

/* --- waiting ------------------------------------------------------------------------------------------------------------ */

static gboolean
count_frame (GtkWidget     *widget,
             GdkFrameClock *clock,
             gpointer       user_data)
{
  guint *n_frames = user_data;

  return --*n_frames > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
is_zero (gpointer data)
{
  return *(guint *) data == 0;
}

/* So that what was changed has been laid out and drawn. */
static void
wait_frames (Fixture *fixture,
             guint    n_frames)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (fixture->window), count_frame, &n_frames, NULL);
  inb_kit_wait (is_zero, &n_frames);
}

typedef struct {
  Fixture    *fixture;
  const char *text;
} TextWait;

static GtkWidget *
find_text (GtkWidget  *widget,
           const char *text)
{
  const char *shown = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (GTK_IS_LABEL (widget))
    shown = gtk_label_get_text (GTK_LABEL (widget));
  else if (GTK_IS_INSCRIPTION (widget))
    shown = gtk_inscription_get_text (GTK_INSCRIPTION (widget));
  if (shown != NULL && strstr (shown, text) != NULL)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_text (child, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
has_text (gpointer data)
{
  TextWait *wait = data;

  return find_text (GTK_WIDGET (wait->fixture->window), wait->text) != NULL;
}

static void
wait_text (Fixture    *fixture,
           const char *text)
{
  TextWait wait = { fixture, text };

  inb_kit_wait (has_text, &wait);
}

typedef struct {
  Fixture *fixture;
  guint    n_items;
} CountWait;

static gboolean
has_count (gpointer data)
{
  CountWait *wait = data;

  return g_list_model_get_n_items (G_LIST_MODEL (inb_session_get_list (wait->fixture->session))) == wait->n_items;
}

static void
wait_count (Fixture *fixture,
            guint    n_items)
{
  CountWait wait = { fixture, n_items };

  inb_kit_wait (has_count, &wait);
  wait_frames (fixture, 3);
}

/* --- what is on screen -------------------------------------------------------------------------------------------------- */

static char *
get_row_text (GtkWidget *row)
{
  GtkWidget *name = find (row, GTK_TYPE_INSCRIPTION);
  GtkWidget *phone = gtk_widget_get_next_sibling (gtk_widget_get_next_sibling (gtk_widget_get_first_child (row)));
  GtkWidget *mail = gtk_widget_get_next_sibling (phone);
  const char *mail_text = gtk_inscription_get_text (GTK_INSCRIPTION (find (mail, GTK_TYPE_INSCRIPTION)));

  return g_strdup_printf ("%s|%s", gtk_inscription_get_text (GTK_INSCRIPTION (name)), mail_text != NULL ? mail_text : "");
}

static char *
get_text_at (Fixture *fixture,
             double   y)
{
  GtkWidget *picked = gtk_widget_pick (fixture->rows, 80, y, GTK_PICK_DEFAULT);

  while (picked != NULL && gtk_widget_get_parent (picked) != fixture->rows)
    picked = gtk_widget_get_parent (picked);

  return picked != NULL ? get_row_text (picked) : NULL;
}

static void
scroll_to (Fixture *fixture,
           double   value)
{
  gtk_adjustment_set_value (fixture->adjustment, value);
  wait_frames (fixture, 5);
}

/* --- tests -------------------------------------------------------------------------------------------------------------- */

static void
test_shows (void)
{
  Fixture fixture = { 0 };
  g_autofree char *count = NULL;

  set_up (&fixture, 300, 1280);
  wait_text (&fixture, "Demo");
  wait_text (&fixture, "Offline. Everything here stays usable.");
  wait_text (&fixture, "300");
  g_assert_nonnull (find_text (GTK_WIDGET (fixture.window), "Conversion"));
  g_assert_nonnull (find (fixture.rows, INB_TYPE_STAGE_CHIP));
  tear_down (&fixture);
}

/* What the user looks at stays where it is, to the pixel. */
static void
test_stays (void)
{
  Fixture fixture = { 0 };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *later = NULL;
  InbRow *lead;

  set_up (&fixture, 600, 1280);
  scroll_to (&fixture, 3700);
  before = get_text_at (&fixture, 60);
  g_assert_nonnull (before);

  inb_world_add_leads (fixture.world, 7);
  wait_count (&fixture, 607);
  after = get_text_at (&fixture, 60);
  g_assert_cmpstr (after, ==, before);

  lead = g_ptr_array_index (fixture.world->leads, 602);
  inb_row_set_time (lead, INB_LEAD_DELETED_AT, 1);
  inb_world_change (fixture.world, lead);
  wait_count (&fixture, 606);
  later = get_text_at (&fixture, 60);
  g_assert_cmpstr (later, ==, before);
  tear_down (&fixture);
}

/* At the top and newest first a new lead slides in; further down a pill tells of it, and leads there. */
static void
test_slides_in (void)
{
  Fixture fixture = { 0 };
  InbSession *session;
  const char *lead_id;
  g_autofree char *first = NULL;
  g_autofree char *next = NULL;

  set_up (&fixture, 600, 1280);
  session = fixture.session;
  first = get_text_at (&fixture, 10);
  inb_world_add_leads (fixture.world, 1);
  wait_count (&fixture, 601);
  g_assert_cmpfloat (gtk_adjustment_get_value (fixture.adjustment), ==, 0);
  next = get_text_at (&fixture, 46);
  g_assert_cmpstr (next, ==, first);

  scroll_to (&fixture, 2000);
  inb_world_add_leads (fixture.world, 2);
  for (guint i = 601; i < 603; i++)
    {
      lead_id = inb_row_get_key (g_ptr_array_index (fixture.world->leads, i));
      g_signal_emit_by_name (session, "lead-arrived", lead_id, "contact", "Name", "Source");
    }
  wait_count (&fixture, 603);
  wait_text (&fixture, "2 new leads");
  g_assert_cmpfloat (gtk_adjustment_get_value (fixture.adjustment), >, 1900);
  gtk_widget_activate_action (GTK_WIDGET (fixture.table), "table.show-newest", NULL);
  wait_frames (&fixture, 5);
  g_assert_cmpfloat (gtk_adjustment_get_value (fixture.adjustment), ==, 0);
  tear_down (&fixture);
}

static gboolean
is_sorted (gpointer data)
{
  Fixture *fixture = data;
  InbLeadList *list = inb_session_get_list (fixture->session);
  InbLeadSummary *first = inb_lead_list_peek (list, inb_lead_list_get_rowid (list, 0));
  InbLeadSummary *last = inb_lead_list_peek (list, inb_lead_list_get_rowid (list, 15));

  return inb_lead_list_get_query (list)->sort == INB_LEAD_SORT_NAME && first != NULL && last != NULL &&
         g_utf8_collate (first->name, last->name) <= 0;
}

/* A click on a header sorts by it, shows the top, and keeps the selection on its lead. */
static void
test_sorts (void)
{
  Fixture fixture = { 0 };
  GtkColumnView *view;
  g_autoptr (GtkColumnViewColumn) column = NULL;
  const char *lead_id;

  set_up (&fixture, 3000, 1280);
  lead_id = inb_row_get_key (g_ptr_array_index (fixture.world->leads, 2990));
  inb_lead_table_select (fixture.table, lead_id);
  g_assert_cmpstr (inb_lead_table_get_lead_id (fixture.table), ==, lead_id);
  scroll_to (&fixture, 40000);

  view = GTK_COLUMN_VIEW (find (GTK_WIDGET (fixture.table), GTK_TYPE_COLUMN_VIEW));
  column = g_list_model_get_item (gtk_column_view_get_columns (view), 1);
  gtk_column_view_sort_by_column (view, column, GTK_SORT_ASCENDING);
  inb_kit_wait (is_sorted, &fixture);
  wait_frames (&fixture, 5);
  g_assert_cmpfloat (gtk_adjustment_get_value (fixture.adjustment), ==, 0);
  g_assert_cmpstr (inb_lead_table_get_lead_id (fixture.table), ==, lead_id);

  for (guint i = 0; i < 10; i++)
    {
      InbLeadList *list = inb_session_get_list (fixture.session);
      InbLeadSummary *summary = inb_lead_list_peek (list, inb_lead_list_get_rowid (list, i));
      g_autofree char *shown = get_text_at (&fixture, 36 * i + 10);

      g_assert_true (g_str_has_prefix (shown, summary->name));
    }
  tear_down (&fixture);
}

/* Walking with the keyboard scrolls along and ends at the ends. */
static void
test_walks (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, 300, 1280);
  inb_lead_table_move (fixture.table, 1);
  for (guint i = 0; i < 60; i++)
    inb_lead_table_move (fixture.table, 1);
  wait_frames (&fixture, 5);
  g_assert_cmpstr (inb_lead_table_get_lead_id (fixture.table), ==,
                   inb_row_get_key (g_ptr_array_index (fixture.world->leads, 299 - 60)));
  g_assert_cmpfloat (gtk_adjustment_get_value (fixture.adjustment), >, 1000);
  inb_lead_table_move (fixture.table, -1000);
  wait_frames (&fixture, 5);
  g_assert_cmpfloat (gtk_adjustment_get_value (fixture.adjustment), ==, 0);
  tear_down (&fixture);
}

/* The detail of a lead: who, what, what happened; gone when the lead is. */
static void
test_detail (void)
{
  Fixture fixture = { 0 };
  InbRow *lead;

  set_up (&fixture, 30, 1280);
  lead = g_ptr_array_index (fixture.world->leads, 20);
  inb_window_open_lead (fixture.window, inb_row_get_key (lead));
  wait_text (&fixture, "about 60 m²");
  wait_text (&fixture, "New Lead Created");
  wait_text (&fixture, "autumn-2026");
  inb_row_set (lead, INB_LEAD_INITIAL_INQUIRY, "Something else");
  inb_world_change (fixture.world, lead);
  wait_text (&fixture, "Something else");
  inb_row_set_time (lead, INB_LEAD_DELETED_AT, 1);
  inb_world_change (fixture.world, lead);
  wait_text (&fixture, "No Longer Here");
  tear_down (&fixture);
}

static guint
count_columns (Fixture *fixture)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (find (GTK_WIDGET (fixture->table), GTK_TYPE_COLUMN_VIEW));
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
  } cases[] = { { 1280, 9 }, { 900, 9 }, { 700, 7 }, { 360, 4 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Fixture fixture = { 0 };
      GtkWidget *content;

      set_up (&fixture, 50, cases[i].width);
      wait_frames (&fixture, 5);
      g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture.window)), <=, cases[i].width);
      /* Nor is anything cut off, whichever view is shown. */
      content = gtk_widget_get_first_child (find (GTK_WIDGET (fixture.window), INB_TYPE_LAYOUT_BIN));
      for (guint j = 0; j < G_N_ELEMENTS (views); j++)
        {
          inb_window_show_view (fixture.window, views[j]);
          wait_frames (&fixture, 5);
          g_assert_cmpint (gtk_widget_get_width (content), <=, cases[i].width);
        }
      g_assert_cmpuint (count_columns (&fixture), ==, cases[i].n_columns);
      inb_window_open_lead (fixture.window, inb_row_get_key (g_ptr_array_index (fixture.world->leads, 20)));
      wait_text (&fixture, "New Lead Created");
      g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture.window)), <=, cases[i].width);
      tear_down (&fixture);
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
  Fixture fixture = { 0 };

  set_up (&fixture, 30, 1280);
  inb_window_open_lead (fixture.window, inb_row_get_key (g_ptr_array_index (fixture.world->leads, 20)));
  wait_text (&fixture, "New Lead Created");
  wait_frames (&fixture, 3);
  assert_named (GTK_WIDGET (fixture.window));
  for (GtkWidget *row = gtk_widget_get_first_child (fixture.rows); row != NULL; row = gtk_widget_get_next_sibling (row))
    g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL));
  tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_resources_register (inb_app_get_resource ());
  application = adw_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_application_set_resource_base_path (G_APPLICATION (application), "/org/example/InboundLeads");
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_application_set_default (G_APPLICATION (application));
  g_test_add_func ("/window/shows", test_shows);
  g_test_add_func ("/window/stays", test_stays);
  g_test_add_func ("/window/slides-in", test_slides_in);
  g_test_add_func ("/window/sorts", test_sorts);
  g_test_add_func ("/window/walks", test_walks);
  g_test_add_func ("/window/detail", test_detail);
  g_test_add_func ("/window/widths", test_widths);
  g_test_add_func ("/window/names", test_names);

  return g_test_run ();
}
