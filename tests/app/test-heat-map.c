/* The heat map on the screen: what is drawn, how it is walked, what it says, and that it is quick. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-app-resources.h"
#include "inb-heat-map-focus.h"
#include "inb-heat-map-kit.h"
#include "inb-heat-map-painter.h"
#include "inb-heat-map-view.h"
#include "inb-replica-kit.h"

#include <adwaita.h>

#define N_FRAMES 200
#define FRAME_US 16000

typedef struct {
  GtkWidget      *window;
  GtkWidget      *scroller;
  InbHeatMapView *view;
  guint           n_activated;
  guint           row;
  guint           column;
  gboolean        add;
} Fixture;

static void
on_activated (Fixture *fixture,
              guint    row,
              guint    column,
              gboolean add)
{
  fixture->n_activated++;
  fixture->row = row;
  fixture->column = column;
  fixture->add = add;
}

static gboolean
has_size (gpointer data)
{
  return gtk_widget_get_mapped (data) && gtk_widget_get_height (data) > 100;
}

static InbHeatMapGrid *
make_grid (guint n,
           guint seed)
{
  return inb_heat_map_grid_new (inb_heat_map_kit_new_large (n, n, seed), INB_HEAT_MAP_LEADS, INB_HEAT_MAP_BY_NAME, "EUR");
}

static void
set_up (Fixture *fixture,
        guint    n)
{
  g_autoptr (InbHeatMapGrid) grid = make_grid (n, 7);

  fixture->window = gtk_window_new ();
  fixture->scroller = gtk_scrolled_window_new ();
  fixture->view = INB_HEAT_MAP_VIEW (inb_heat_map_view_new ());
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (fixture->scroller), GTK_WIDGET (fixture->view));
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->scroller);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1200, 800);
  g_signal_connect_swapped (fixture->view, "activated", G_CALLBACK (on_activated), fixture);
  inb_heat_map_view_set_data (fixture->view, grid);
  gtk_window_present (GTK_WINDOW (fixture->window));
  inb_kit_wait (has_size, fixture->view);
}

static void
tear_down (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

/* As a key reaches the widget: through its shortcuts. */
static void
press (Fixture        *fixture,
       guint           key,
       GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (fixture->view));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
        continue;
      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          GtkKeyvalTrigger *trigger = GTK_KEYVAL_TRIGGER (gtk_shortcut_get_trigger (shortcut));

          if (gtk_keyval_trigger_get_keyval (trigger) == key && gtk_keyval_trigger_get_modifiers (trigger) == modifiers)
            {
              gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, GTK_WIDGET (fixture->view),
                                            gtk_shortcut_get_arguments (shortcut));
              return;
            }
        }
    }
  g_assert_not_reached ();
}

static void
assert_focus (Fixture *fixture,
              guint    row,
              guint    column)
{
  guint focus_row;
  guint focus_column;

  inb_heat_map_view_get_focus (fixture->view, &focus_row, &focus_column);
  g_assert_cmpuint (focus_row, ==, row);
  g_assert_cmpuint (focus_column, ==, column);
}

/* With the keyboard to every corner, totals included; the focus is always in sight. */
static void
test_walks (void)
{
  Fixture fixture = { 0 };
  GdkRectangle bounds;

  set_up (&fixture, 60);
  gtk_widget_grab_focus (GTK_WIDGET (fixture.view));
  assert_focus (&fixture, 0, 0);
  press (&fixture, GDK_KEY_Right, 0);
  press (&fixture, GDK_KEY_Down, 0);
  press (&fixture, GDK_KEY_Down, 0);
  assert_focus (&fixture, 2, 1);
  press (&fixture, GDK_KEY_End, 0);
  assert_focus (&fixture, 2, 60);
  press (&fixture, GDK_KEY_Left, 0);
  inb_heat_map_view_get_bounds (fixture.view, 2, 59, &bounds);
  g_assert_cmpint (bounds.x, >, 0);
  g_assert_cmpint (bounds.x + bounds.width, <=, gtk_widget_get_width (GTK_WIDGET (fixture.view)));
  press (&fixture, GDK_KEY_Page_Down, 0);
  press (&fixture, GDK_KEY_End, GDK_CONTROL_MASK);
  assert_focus (&fixture, 60, 60);
  press (&fixture, GDK_KEY_Home, GDK_CONTROL_MASK);
  assert_focus (&fixture, 0, 0);
  press (&fixture, GDK_KEY_Up, 0);
  assert_focus (&fixture, 0, 0);
  press (&fixture, GDK_KEY_Return, 0);
  g_assert_cmpuint (fixture.n_activated, ==, 1);
  g_assert_false (fixture.add);
  press (&fixture, GDK_KEY_Right, 0);
  press (&fixture, GDK_KEY_Return, GDK_SHIFT_MASK);
  g_assert_cmpuint (fixture.column, ==, 1);
  g_assert_true (fixture.add);
  tear_down (&fixture);
}

static GtkWidget *
get_focus_cell (Fixture *fixture)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (fixture->view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (INB_IS_HEAT_MAP_FOCUS (child) && gtk_widget_get_visible (child))
      return child;

  return NULL;
}

/* Each step gives assistive technology another cell with a name and all the figures. */
static void
test_speaks (void)
{
  Fixture fixture = { 0 };
  GtkWidget *first;
  GtkWidget *second;

  set_up (&fixture, 12);
  gtk_test_accessible_assert_role (fixture.view, GTK_ACCESSIBLE_ROLE_GRID);
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (fixture.view), GTK_ACCESSIBLE_PROPERTY_LABEL));
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (fixture.view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
  gtk_widget_grab_focus (GTK_WIDGET (fixture.view));
  first = get_focus_cell (&fixture);
  press (&fixture, GDK_KEY_Right, 0);
  second = get_focus_cell (&fixture);
  g_assert_true (first != second);
  gtk_test_accessible_assert_role (second, GTK_ACCESSIBLE_ROLE_GRID_CELL);
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (second), GTK_ACCESSIBLE_PROPERTY_LABEL));
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (second), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
  g_assert_true (gtk_widget_has_focus (second));
  tear_down (&fixture);
}

/* Arrivals may bring new rows before the focused one: it stays on its source and product. */
static void
test_keeps_focus (void)
{
  static const char *const columns[] = { "X", "Y", NULL };
  static const char *const before[] = { "A", "B", NULL };
  static const char *const after[] = { "C", "B", "A", NULL };
  static const gint64 leads[] = { 9, 8, 7, 6, 5, 4 };
  g_autoptr (InbHeatMapGrid) first = inb_heat_map_grid_new (inb_heat_map_kit_new (before, columns, leads, FALSE),
                                                            INB_HEAT_MAP_LEADS, INB_HEAT_MAP_BY_TOTAL, NULL);
  g_autoptr (InbHeatMapGrid) second = inb_heat_map_grid_new (inb_heat_map_kit_new (after, columns, leads, FALSE),
                                                             INB_HEAT_MAP_LEADS, INB_HEAT_MAP_BY_TOTAL, NULL);
  Fixture fixture = { 0 };

  set_up (&fixture, 4);
  inb_heat_map_view_set_data (fixture.view, first);
  inb_heat_map_view_set_focus (fixture.view, 0, 1);
  inb_heat_map_view_set_data (fixture.view, second);
  assert_focus (&fixture, 2, 1);
  inb_heat_map_view_set_focus (fixture.view, 3, 2);
  inb_heat_map_view_set_data (fixture.view, first);
  assert_focus (&fixture, 2, 2);
  tear_down (&fixture);
}

/* All of it in a picture, also what is not on the screen. */
static void
test_draws_all (void)
{
  Fixture fixture = { 0 };
  GskRenderNode *node;
  int width;
  int height;

  set_up (&fixture, 200);
  node = inb_heat_map_view_draw_all (fixture.view, &width, &height);
  g_assert_nonnull (node);
  g_assert_cmpint (width, >, 200 * 30);
  g_assert_cmpint (height, >, 200 * 20);
  gsk_render_node_unref (node);
  tear_down (&fixture);
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

typedef struct {
  Fixture *fixture;
  GArray  *times;
  gint64   started;
  gboolean hover;
} Scroll;

static void
on_before_paint (GdkFrameClock *clock,
                 Scroll        *scroll)
{
  GtkAdjustment *down = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroll->fixture->scroller));
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroll->fixture->scroller));

  scroll->started = g_get_monotonic_time ();
  gtk_adjustment_set_value (down, gtk_adjustment_get_value (down) + 23);
  gtk_adjustment_set_value (across, gtk_adjustment_get_value (across) + 31);
}

static void
on_after_paint (GdkFrameClock *clock,
                Scroll        *scroll)
{
  gint64 took = g_get_monotonic_time () - scroll->started;

  if (scroll->started > 0)
    g_array_append_val (scroll->times, took);
  gtk_widget_queue_draw (GTK_WIDGET (scroll->fixture->view));
}

static gboolean
has_frames (gpointer data)
{
  return ((Scroll *) data)->times->len >= N_FRAMES;
}

/* 200 × 200 cells scroll within a frame each; drawing, not only preparing it. */
static void
test_scrolls (void)
{
  Fixture fixture = { 0 };
  Scroll scroll = { 0 };
  GdkFrameClock *clock;

  set_up (&fixture, 200);
  scroll.fixture = &fixture;
  scroll.times = g_array_new (FALSE, FALSE, sizeof (gint64));
  clock = gtk_widget_get_frame_clock (fixture.window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint), &scroll);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &scroll);
  gtk_widget_queue_draw (GTK_WIDGET (fixture.view));
  inb_kit_wait (has_frames, &scroll);
  g_signal_handlers_disconnect_by_data (clock, &scroll);
  g_array_sort (scroll.times, compare_times);
  g_test_message ("scroll p50 %.1f ms, p95 %.1f ms", (double) g_array_index (scroll.times, gint64, N_FRAMES / 2) / 1000,
                  (double) g_array_index (scroll.times, gint64, N_FRAMES * 95 / 100) / 1000);
  if (g_test_perf ())
    g_assert_cmpint (g_array_index (scroll.times, gint64, N_FRAMES * 95 / 100), <, FRAME_US);
  g_array_unref (scroll.times);
  tear_down (&fixture);
}

/* New figures for 200 × 200 cells, one of them another or all: taken over within a frame. */
static void
test_takes_data (void)
{
  Fixture fixture = { 0 };
  gint64 longest = 0;

  set_up (&fixture, 200);
  for (guint i = 0; i < 10; i++)
    {
      InbHeatMap *map = inb_heat_map_kit_new_large (200, 200, i < 5 ? 100 : 100 + i);
      g_autoptr (InbHeatMapGrid) grid = NULL;
      gint64 started;

      map->cells[i].leads++;
      started = g_get_monotonic_time ();
      grid = inb_heat_map_grid_new (map, INB_HEAT_MAP_LEADS, INB_HEAT_MAP_BY_TOTAL, "EUR");
      inb_heat_map_view_set_data (fixture.view, grid);
      longest = MAX (longest, g_get_monotonic_time () - started);
    }
  g_test_message ("new figures for 40,000 cells: at most %.1f ms", (double) longest / 1000);
  if (g_test_perf ())
    g_assert_cmpint (longest, <, FRAME_US);
  tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_resources_register (inb_app_get_resource ());
  g_test_add_func ("/heat-map/walks", test_walks);
  g_test_add_func ("/heat-map/speaks", test_speaks);
  g_test_add_func ("/heat-map/keeps-focus", test_keeps_focus);
  g_test_add_func ("/heat-map/draws-all", test_draws_all);
  g_test_add_func ("/heat-map/scrolls", test_scrolls);
  g_test_add_func ("/heat-map/takes-data", test_takes_data);

  return g_test_run ();
}
