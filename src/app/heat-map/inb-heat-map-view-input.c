#define G_LOG_DOMAIN "inb-app"

#include "inb-heat-map-view-private.h"

#include "inb-heat-map-text.h"

#include <stdlib.h>

static guint activated_signal;
static guint menu_signal;

/* --- the focus ---------------------------------------------------------------------------------------------------------- */

/**
 * inb_heat_map_view_set_focus:
 * @row: up to n_rows, the total
 * @column: up to n_columns, the total
 *
 * Moves the focus cell there, scrolls to it, and takes the keyboard focus if the heat map has it.
 */
void
inb_heat_map_view_set_focus (InbHeatMapView *self,
                             guint           row,
                             guint           column)
{
  GdkRectangle bounds;
  int x;
  int y;

  g_return_if_fail (INB_IS_HEAT_MAP_VIEW (self));

  if (self->grid == NULL)
    return;

  row = MIN (row, self->grid->n_rows);
  column = MIN (column, self->grid->n_columns);
  inb_heat_map_layout_reveal (&self->layout, row, column, &x, &y);
  inb_heat_map_scroll_to (&self->scroll, x, y, inb_heat_map_view_is_rtl (self));
  inb_heat_map_view_get_bounds (self, row, column, &bounds);
  inb_heat_map_cursor_move (&self->cursor, self->grid, row, column, &bounds);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
inb_heat_map_view_grab_focus (GtkWidget *widget)
{
  InbHeatMapView *self = INB_HEAT_MAP_VIEW (widget);

  return self->grid != NULL && gtk_widget_grab_focus (inb_heat_map_cursor_get_cell (&self->cursor));
}

gboolean
inb_heat_map_view_focus (GtkWidget        *widget,
                         GtkDirectionType  direction)
{
  if (gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;

  return inb_heat_map_view_grab_focus (widget);
}

/* --- keys --------------------------------------------------------------------------------------------------------------- */

static gboolean
move (GtkWidget *widget,
      GVariant  *arguments,
      gpointer   user_data)
{
  InbHeatMapView *self = INB_HEAT_MAP_VIEW (widget);
  int rows;
  int columns;

  g_variant_get (arguments, "(ii)", &rows, &columns);
  if (self->grid == NULL)
    return FALSE;

  if (abs (rows) == 1 && columns == 0 && self->layout.cell_height <= 0)
    return FALSE;
  if (inb_heat_map_view_is_rtl (self) && abs (columns) == 1)
    columns = -columns;
  /* A page is as many as are seen. */
  if (abs (rows) == 2)
    rows = rows / 2 * MAX ((int) inb_heat_map_layout_get_body (&self->layout).size.height / self->layout.cell_height - 1, 1);
  inb_heat_map_view_set_focus (self, (guint) CLAMP ((gint64) self->cursor.row + rows, 0, self->grid->n_rows),
                               (guint) CLAMP ((gint64) self->cursor.column + columns, 0, self->grid->n_columns));

  return TRUE;
}

static gboolean
activate (GtkWidget *widget,
          GVariant  *arguments,
          gpointer   user_data)
{
  InbHeatMapView *self = INB_HEAT_MAP_VIEW (widget);

  if (self->grid == NULL)
    return FALSE;

  g_signal_emit (self, activated_signal, 0, self->cursor.row, self->cursor.column, g_variant_get_boolean (arguments));

  return TRUE;
}

static gboolean
pop_up (GtkWidget *widget,
        GVariant  *arguments,
        gpointer   user_data)
{
  InbHeatMapView *self = INB_HEAT_MAP_VIEW (widget);

  if (self->grid == NULL)
    return FALSE;

  g_signal_emit (self, menu_signal, 0, self->cursor.row, self->cursor.column);

  return TRUE;
}

static void
bind_move (GtkWidgetClass  *widget_class,
           guint            key,
           GdkModifierType  modifiers,
           int              rows,
           int              columns)
{
  gtk_widget_class_add_binding (widget_class, key, modifiers, move, "(ii)", rows, columns);
}

void
inb_heat_map_view_bind_keys (GtkWidgetClass *widget_class)
{
  static const guint arrows[][2] = {
    { GDK_KEY_Up, GDK_KEY_KP_Up }, { GDK_KEY_Down, GDK_KEY_KP_Down }, { GDK_KEY_Left, GDK_KEY_KP_Left },
    { GDK_KEY_Right, GDK_KEY_KP_Right },
  };
  static const int steps[][2] = { { -1, 0 }, { 1, 0 }, { 0, -1 }, { 0, 1 } };
  static const guint enters[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter, GDK_KEY_space };
  const int far = 1 << 20;

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    for (guint j = 0; j < 2; j++)
      {
        bind_move (widget_class, arrows[i][j], 0, steps[i][0], steps[i][1]);
        bind_move (widget_class, arrows[i][j], GDK_CONTROL_MASK, steps[i][0] * far, steps[i][1] * far);
      }
  bind_move (widget_class, GDK_KEY_Home, 0, 0, -far);
  bind_move (widget_class, GDK_KEY_End, 0, 0, far);
  bind_move (widget_class, GDK_KEY_Home, GDK_CONTROL_MASK, -far, -far);
  bind_move (widget_class, GDK_KEY_End, GDK_CONTROL_MASK, far, far);
  bind_move (widget_class, GDK_KEY_Page_Up, 0, -2, 0);
  bind_move (widget_class, GDK_KEY_Page_Down, 0, 2, 0);
  for (guint i = 0; i < G_N_ELEMENTS (enters); i++)
    {
      gtk_widget_class_add_binding (widget_class, enters[i], 0, activate, "b", FALSE);
      gtk_widget_class_add_binding (widget_class, enters[i], GDK_SHIFT_MASK, activate, "b", TRUE);
    }
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, pop_up, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, pop_up, NULL);
}

/* --- the pointer -------------------------------------------------------------------------------------------------------- */

static gboolean
find_cell (GtkWidget *widget,
           double     x,
           double     y,
           guint     *row,
           guint     *column)
{
  InbHeatMapView *self = INB_HEAT_MAP_VIEW (widget);

  if (self->grid == NULL || self->grid->map->total.leads == 0)
    return FALSE;

  return inb_heat_map_layout_find (&self->layout, inb_heat_map_view_is_rtl (self) ? self->layout.width - x : x, y, row, column);
}

/* Takes the focus to the cell at a point. */
static gboolean
point_at (InbHeatMapView *self,
          double          x,
          double          y,
          guint          *row,
          guint          *column)
{
  if (!find_cell (GTK_WIDGET (self), x, y, row, column))
    return FALSE;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  inb_heat_map_view_set_focus (self, *row, *column);

  return TRUE;
}

static void
on_released (InbHeatMapView  *self,
             int              n_press,
             double           x,
             double           y,
             GtkGestureClick *gesture)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  guint row;
  guint column;

  if (gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)) == GDK_BUTTON_PRIMARY &&
      point_at (self, x, y, &row, &column))
    g_signal_emit (self, activated_signal, 0, row, column, (state & GDK_SHIFT_MASK) != 0);
}

static void
open_menu_at (InbHeatMapView *self,
              double          x,
              double          y)
{
  guint row;
  guint column;

  if (point_at (self, x, y, &row, &column))
    g_signal_emit (self, menu_signal, 0, row, column);
}

static void
on_pressed (InbHeatMapView  *self,
            int              n_press,
            double           x,
            double           y,
            GtkGestureClick *gesture)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));

  if (event != NULL && gdk_event_triggers_context_menu (event))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      open_menu_at (self, x, y);
    }
}

static void
on_long_press (InbHeatMapView *self,
               double          x,
               double          y)
{
  open_menu_at (self, x, y);
}

gboolean
inb_heat_map_view_query_tooltip (GtkWidget  *widget,
                                 int         x,
                                 int         y,
                                 gboolean    keyboard,
                                 GtkTooltip *tooltip)
{
  InbHeatMapView *self = INB_HEAT_MAP_VIEW (widget);
  guint row = self->cursor.row;
  guint column = self->cursor.column;
  GdkRectangle bounds;
  g_autofree char *name = NULL;
  g_autofree char *details = NULL;
  g_autofree char *markup = NULL;

  if (self->grid == NULL || (!keyboard && !find_cell (GTK_WIDGET (self), x, y, &row, &column)))
    return FALSE;

  name = inb_heat_map_text_get_name (self->grid, row, column);
  details = inb_heat_map_text_get_details (self->grid, row, column, "\n");
  markup = g_markup_printf_escaped ("<b>%s</b>\n%s", name, details);
  gtk_tooltip_set_markup (tooltip, markup);
  inb_heat_map_view_get_bounds (self, row, column, &bounds);
  gtk_tooltip_set_tip_area (tooltip, &bounds);

  return TRUE;
}

void
inb_heat_map_view_add_controllers (InbHeatMapView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *long_press = gtk_gesture_long_press_new ();

  inb_hover_init (&self->hover, GTK_WIDGET (self), find_cell);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (long_press), TRUE);
  g_signal_connect_swapped (long_press, "pressed", G_CALLBACK (on_long_press), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (long_press));
}

void
inb_heat_map_view_add_signals (GtkWidgetClass *widget_class)
{
  activated_signal = g_signal_new ("activated", G_TYPE_FROM_CLASS (widget_class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_BOOLEAN);
  menu_signal = g_signal_new ("menu", G_TYPE_FROM_CLASS (widget_class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                              G_TYPE_UINT, G_TYPE_UINT);
}
