#define G_LOG_DOMAIN "inb-app"

#include "inb-heat-map-view.h"

#include "inb-heat-map-focus.h"
#include "inb-heat-map-painter.h"
#include "inb-heat-map-text.h"

#include <adwaita.h>
#include <stdlib.h>

#define FADE_MS 200
#define STALE_OPACITY 0.45
#define PICTURE_WIDTH 1200

struct _InbHeatMapView {
  GtkWidget           parent_instance;

  /* Owned */
  InbHeatMapGrid     *grid;
  InbHeatMapPainter  *painter;
  InbLeadFilter      *picked;
  GtkAdjustment      *adjustments[2];      /* by GtkOrientation */
  AdwAnimation       *animation;
  PangoFontDescription *font;
  GskRenderNode      *drawing;             /* all but the outlines, as long as it holds */

  /* Owned, children: taking turns, so that each step of the focus is news to assistive technology */
  GtkWidget          *cells[2];

  InbHeatMapLayout    layout;
  guint               n_cell;
  guint               row;
  guint               column;
  guint               hover_row;
  guint               hover_column;
  gboolean            hovers;
  gboolean            stale;
  GtkScrollablePolicy policies[2];
};

enum {
  PROP_0,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY
};

static guint activated_signal;
static guint menu_signal;

G_DEFINE_FINAL_TYPE_WITH_CODE (InbHeatMapView, inb_heat_map_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static gboolean
is_rtl (InbHeatMapView *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

static void
redraw (InbHeatMapView *self)
{
  g_clear_pointer (&self->drawing, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- room and scrolling ------------------------------------------------------------------------------------------------- */

static void
follow_scrolling (InbHeatMapView *self)
{
  int x = self->adjustments[0] != NULL ? (int) gtk_adjustment_get_value (self->adjustments[0]) : 0;
  int y = self->adjustments[1] != NULL ? (int) gtk_adjustment_get_value (self->adjustments[1]) : 0;

  if (is_rtl (self) && self->adjustments[0] != NULL)
    x = (int) (gtk_adjustment_get_upper (self->adjustments[0]) - gtk_adjustment_get_page_size (self->adjustments[0])) - x;
  self->layout.x = MAX (x, 0);
  self->layout.y = MAX (y, 0);
}

static void
on_scrolled (InbHeatMapView *self)
{
  follow_scrolling (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  redraw (self);
}

static void
configure (GtkAdjustment *adjustment,
           int            content,
           int            room,
           int            step)
{
  double value = MIN (gtk_adjustment_get_value (adjustment), MAX (content - room, 0));

  gtk_adjustment_configure (adjustment, value, 0, MAX (content, room), step, room * 0.9, room);
}

static void
lay_out (InbHeatMapView *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));

  inb_heat_map_layout_init (&self->layout, inb_heat_map_painter_get_texts (self->painter),
                            self->grid != NULL ? self->grid->n_rows : 0, self->grid != NULL ? self->grid->n_columns : 0,
                            width, height);
  for (guint i = 0; i < 2; i++)
    if (self->adjustments[i] != NULL)
      g_signal_handlers_block_by_func (self->adjustments[i], on_scrolled, self);
  if (self->adjustments[0] != NULL)
    configure (self->adjustments[0], inb_heat_map_layout_get_content_width (&self->layout), width, self->layout.cell_width);
  if (self->adjustments[1] != NULL)
    configure (self->adjustments[1], inb_heat_map_layout_get_content_height (&self->layout), height, self->layout.cell_height);
  for (guint i = 0; i < 2; i++)
    if (self->adjustments[i] != NULL)
      g_signal_handlers_unblock_by_func (self->adjustments[i], on_scrolled, self);
  follow_scrolling (self);
}

static void
set_adjustment (InbHeatMapView *self,
                guint           i,
                GtkAdjustment  *adjustment)
{
  if (self->adjustments[i] == adjustment && adjustment != NULL)
    return;

  if (self->adjustments[i] != NULL)
    g_signal_handlers_disconnect_by_func (self->adjustments[i], on_scrolled, self);
  g_clear_object (&self->adjustments[i]);
  self->adjustments[i] = g_object_ref_sink (adjustment != NULL ? adjustment : gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  g_signal_connect_swapped (self->adjustments[i], "value-changed", G_CALLBACK (on_scrolled), self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
inb_heat_map_view_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  *minimum = 0;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 600 : 300;
}

static void
allocate_focus (InbHeatMapView *self)
{
  GdkRectangle bounds = { 0, 0, 1, 1 };

  if (self->grid != NULL)
    inb_heat_map_view_get_bounds (self, self->row, self->column, &bounds);
  for (guint i = 0; i < 2; i++)
    if (gtk_widget_get_visible (self->cells[i]))
      gtk_widget_size_allocate (self->cells[i], &bounds, -1);
}

static void
inb_heat_map_view_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  InbHeatMapView *self = INB_HEAT_MAP_VIEW (widget);

  if (width != self->layout.width || height != self->layout.height || self->grid == NULL ||
      self->grid->n_rows != self->layout.n_rows || self->grid->n_columns != self->layout.n_columns)
    redraw (self);
  lay_out (self);
  allocate_focus (self);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      gtk_popover_present (GTK_POPOVER (child));
}

/* --- drawing ------------------------------------------------------------------------------------------------------------ */

static GskRenderNode *
draw (InbHeatMapView *self)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, (float) self->layout.width, (float) self->layout.height);

  gtk_snapshot_append_color (snapshot, &inb_heat_map_painter_get_palette (self->painter)->background, &all);
  if (self->stale)
    gtk_snapshot_push_opacity (snapshot, STALE_OPACITY);
  inb_heat_map_painter_paint (self->painter, snapshot, &self->layout, is_rtl (self));
  if (self->stale)
    gtk_snapshot_pop (snapshot);

  return gtk_snapshot_free_to_node (snapshot);
}

static gboolean
has_visible_focus (InbHeatMapView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return gtk_widget_has_focus (self->cells[self->n_cell]) && GTK_IS_WINDOW (root) &&
         gtk_window_get_focus_visible (GTK_WINDOW (root));
}

static void
outline (InbHeatMapView *self,
         GtkSnapshot    *snapshot,
         guint           row,
         guint           column,
         gboolean        strong)
{
  graphene_rect_t body = inb_heat_map_layout_get_body (&self->layout);
  graphene_rect_t clip = inb_heat_map_mirror (&body, self->layout.width, is_rtl (self));
  gboolean inside = row < self->layout.n_rows && column < self->layout.n_columns;

  /* Cells are seen in the body only; totals lie beside it. */
  graphene_rect_inset (&clip, -INB_HEAT_MAP_GAP, -INB_HEAT_MAP_GAP);
  if (inside)
    gtk_snapshot_push_clip (snapshot, &clip);
  inb_heat_map_painter_outline (self->painter, snapshot, &self->layout, row, column, strong, is_rtl (self));
  if (inside)
    gtk_snapshot_pop (snapshot);
}

static void
inb_heat_map_view_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  InbHeatMapView *self = INB_HEAT_MAP_VIEW (widget);

  if (self->drawing == NULL)
    self->drawing = draw (self);
  if (self->drawing != NULL)
    gtk_snapshot_append_node (snapshot, self->drawing);
  if (self->grid == NULL)
    return;

  if (self->hovers)
    outline (self, snapshot, self->hover_row, self->hover_column, FALSE);
  if (has_visible_focus (self))
    outline (self, snapshot, self->row, self->column, TRUE);
}

static void
on_fade (double   value,
         gpointer user_data)
{
  InbHeatMapView *self = user_data;

  inb_heat_map_painter_set_fade (self->painter, value);
  redraw (self);
}

/* --- the focus ---------------------------------------------------------------------------------------------------------- */

static void
describe_focus (InbHeatMapView *self)
{
  g_autofree char *name = NULL;
  g_autofree char *details = NULL;

  if (self->grid == NULL)
    return;

  name = inb_heat_map_text_get_name (self->grid, self->row, self->column);
  details = inb_heat_map_text_get_details (self->grid, self->row, self->column, ". ");
  inb_heat_map_focus_set (INB_HEAT_MAP_FOCUS (self->cells[self->n_cell]), name, details, (int) self->row + 1,
                          (int) self->column + 1);
}

static void
scroll_to (InbHeatMapView *self,
           guint           row,
           guint           column)
{
  int x;
  int y;

  inb_heat_map_layout_reveal (&self->layout, row, column, &x, &y);
  if (is_rtl (self) && self->adjustments[0] != NULL)
    x = (int) (gtk_adjustment_get_upper (self->adjustments[0]) - gtk_adjustment_get_page_size (self->adjustments[0])) - x;
  if (self->adjustments[0] != NULL)
    gtk_adjustment_set_value (self->adjustments[0], x);
  if (self->adjustments[1] != NULL)
    gtk_adjustment_set_value (self->adjustments[1], y);
}

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
  GtkWidget *old;
  gboolean focused;

  g_return_if_fail (INB_IS_HEAT_MAP_VIEW (self));

  if (self->grid == NULL)
    return;

  self->row = MIN (row, self->grid->n_rows);
  self->column = MIN (column, self->grid->n_columns);
  old = self->cells[self->n_cell];
  focused = gtk_widget_has_focus (old);
  self->n_cell = !self->n_cell;
  describe_focus (self);
  gtk_widget_set_visible (self->cells[self->n_cell], TRUE);
  allocate_focus (self);
  scroll_to (self, self->row, self->column);
  if (focused)
    gtk_widget_grab_focus (self->cells[self->n_cell]);
  gtk_widget_set_visible (old, FALSE);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
inb_heat_map_view_grab_focus (GtkWidget *widget)
{
  InbHeatMapView *self = INB_HEAT_MAP_VIEW (widget);

  return self->grid != NULL && gtk_widget_grab_focus (self->cells[self->n_cell]);
}

static gboolean
inb_heat_map_view_focus (GtkWidget        *widget,
                         GtkDirectionType  direction)
{
  if (gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;

  return inb_heat_map_view_grab_focus (widget);
}

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
  if (is_rtl (self) && abs (columns) == 1)
    columns = -columns;
  /* A page is as many as are seen. */
  if (abs (rows) == 2)
    rows = rows / 2 * MAX ((int) inb_heat_map_layout_get_body (&self->layout).size.height / self->layout.cell_height - 1, 1);
  inb_heat_map_view_set_focus (self, (guint) CLAMP ((gint64) self->row + rows, 0, self->grid->n_rows),
                               (guint) CLAMP ((gint64) self->column + columns, 0, self->grid->n_columns));

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

  g_signal_emit (self, activated_signal, 0, self->row, self->column, g_variant_get_boolean (arguments));

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

  g_signal_emit (self, menu_signal, 0, self->row, self->column);

  return TRUE;
}

/* --- the pointer -------------------------------------------------------------------------------------------------------- */

static gboolean
find_cell (InbHeatMapView *self,
           double          x,
           double          y,
           guint          *row,
           guint          *column)
{
  if (self->grid == NULL || self->grid->map->total.leads == 0)
    return FALSE;

  return inb_heat_map_layout_find (&self->layout, is_rtl (self) ? self->layout.width - x : x, y, row, column);
}

static void
on_motion (InbHeatMapView *self,
           double          x,
           double          y)
{
  guint row = self->hover_row;
  guint column = self->hover_column;
  gboolean hovers = find_cell (self, x, y, &row, &column);

  if (hovers == self->hovers && row == self->hover_row && column == self->hover_column)
    return;

  self->hovers = hovers;
  self->hover_row = row;
  self->hover_column = column;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_leave (InbHeatMapView *self)
{
  self->hovers = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_released (InbHeatMapView  *self,
             int              n_press,
             double           x,
             double           y,
             GtkGestureClick *gesture)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  guint row;
  guint column;

  if (button != GDK_BUTTON_PRIMARY || !find_cell (self, x, y, &row, &column))
    return;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  inb_heat_map_view_set_focus (self, row, column);
  g_signal_emit (self, activated_signal, 0, row, column, (state & GDK_SHIFT_MASK) != 0);
}

static void
open_menu_at (InbHeatMapView *self,
              double          x,
              double          y)
{
  guint row;
  guint column;

  if (!find_cell (self, x, y, &row, &column))
    return;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  inb_heat_map_view_set_focus (self, row, column);
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

static gboolean
inb_heat_map_view_query_tooltip (GtkWidget  *widget,
                                 int         x,
                                 int         y,
                                 gboolean    keyboard,
                                 GtkTooltip *tooltip)
{
  InbHeatMapView *self = INB_HEAT_MAP_VIEW (widget);
  guint row = self->row;
  guint column = self->column;
  GdkRectangle bounds;
  g_autofree char *name = NULL;
  g_autofree char *details = NULL;
  g_autofree char *markup = NULL;

  if (self->grid == NULL || (!keyboard && !find_cell (self, x, y, &row, &column)))
    return FALSE;

  name = inb_heat_map_text_get_name (self->grid, row, column);
  details = inb_heat_map_text_get_details (self->grid, row, column, "\n");
  markup = g_markup_printf_escaped ("<b>%s</b>\n%s", name, details);
  gtk_tooltip_set_markup (tooltip, markup);
  inb_heat_map_view_get_bounds (self, row, column, &bounds);
  gtk_tooltip_set_tip_area (tooltip, &bounds);

  return TRUE;
}

/* --- the widget --------------------------------------------------------------------------------------------------------- */

static void
restyle (InbHeatMapView *self)
{
  inb_heat_map_painter_restyle (self->painter);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  redraw (self);
}

static void
inb_heat_map_view_css_changed (GtkWidget         *widget,
                               GtkCssStyleChange *change)
{
  InbHeatMapView *self = INB_HEAT_MAP_VIEW (widget);
  const PangoFontDescription *font;

  GTK_WIDGET_CLASS (inb_heat_map_view_parent_class)->css_changed (widget, change);
  font = pango_context_get_font_description (gtk_widget_get_pango_context (widget));
  /* Also told of every change of state; only another font concerns the drawing. */
  if (self->painter == NULL || (self->font != NULL && font != NULL && pango_font_description_equal (self->font, font)))
    return;

  g_clear_pointer (&self->font, pango_font_description_free);
  self->font = pango_font_description_copy (font);
  restyle (self);
}

static void
inb_heat_map_view_system_setting_changed (GtkWidget        *widget,
                                          GtkSystemSetting  setting)
{
  GTK_WIDGET_CLASS (inb_heat_map_view_parent_class)->system_setting_changed (widget, setting);
  restyle (INB_HEAT_MAP_VIEW (widget));
}

static void
inb_heat_map_view_direction_changed (GtkWidget        *widget,
                                     GtkTextDirection  previous)
{
  GTK_WIDGET_CLASS (inb_heat_map_view_parent_class)->direction_changed (widget, previous);
  restyle (INB_HEAT_MAP_VIEW (widget));
}

static void
inb_heat_map_view_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  InbHeatMapView *self = INB_HEAT_MAP_VIEW (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[id == PROP_VADJUSTMENT]);
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->policies[id == PROP_VSCROLL_POLICY]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
inb_heat_map_view_set_property (GObject      *object,
                                guint         id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  InbHeatMapView *self = INB_HEAT_MAP_VIEW (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
    case PROP_VADJUSTMENT:
      set_adjustment (self, id == PROP_VADJUSTMENT, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      self->policies[id == PROP_VSCROLL_POLICY] = g_value_get_enum (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
inb_heat_map_view_dispose (GObject *object)
{
  InbHeatMapView *self = INB_HEAT_MAP_VIEW (object);

  for (guint i = 0; i < 2; i++)
    {
      if (self->adjustments[i] != NULL)
        g_signal_handlers_disconnect_by_func (self->adjustments[i], on_scrolled, self);
      g_clear_object (&self->adjustments[i]);
      g_clear_pointer (&self->cells[i], gtk_widget_unparent);
    }
  g_clear_object (&self->animation);

  G_OBJECT_CLASS (inb_heat_map_view_parent_class)->dispose (object);
}

static void
inb_heat_map_view_finalize (GObject *object)
{
  InbHeatMapView *self = INB_HEAT_MAP_VIEW (object);

  g_clear_pointer (&self->drawing, gsk_render_node_unref);
  g_clear_pointer (&self->painter, inb_heat_map_painter_free);
  g_clear_pointer (&self->grid, inb_heat_map_grid_unref);
  g_clear_pointer (&self->picked, inb_lead_filter_free);
  g_clear_pointer (&self->font, pango_font_description_free);

  G_OBJECT_CLASS (inb_heat_map_view_parent_class)->finalize (object);
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

static void
bind_keys (GtkWidgetClass *widget_class)
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

static void
inb_heat_map_view_class_init (InbHeatMapViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = inb_heat_map_view_get_property;
  object_class->set_property = inb_heat_map_view_set_property;
  object_class->dispose = inb_heat_map_view_dispose;
  object_class->finalize = inb_heat_map_view_finalize;
  widget_class->measure = inb_heat_map_view_measure;
  widget_class->size_allocate = inb_heat_map_view_size_allocate;
  widget_class->snapshot = inb_heat_map_view_snapshot;
  widget_class->grab_focus = inb_heat_map_view_grab_focus;
  widget_class->focus = inb_heat_map_view_focus;
  widget_class->query_tooltip = inb_heat_map_view_query_tooltip;
  widget_class->css_changed = inb_heat_map_view_css_changed;
  widget_class->system_setting_changed = inb_heat_map_view_system_setting_changed;
  widget_class->direction_changed = inb_heat_map_view_direction_changed;

  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  activated_signal = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_BOOLEAN);
  menu_signal = g_signal_new ("menu", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                              G_TYPE_UINT, G_TYPE_UINT);

  bind_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "heatmap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
add_controllers (InbHeatMapView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *long_press = gtk_gesture_long_press_new ();

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (long_press), TRUE);
  g_signal_connect_swapped (long_press, "pressed", G_CALLBACK (on_long_press), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (long_press));
}

static void
inb_heat_map_view_init (InbHeatMapView *self)
{
  AdwAnimationTarget *target = adw_callback_animation_target_new (on_fade, self, NULL);
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));

  for (guint i = 0; i < 2; i++)
    {
      self->cells[i] = inb_heat_map_focus_new ();
      gtk_widget_set_parent (self->cells[i], GTK_WIDGET (self));
      gtk_widget_set_visible (self->cells[i], i == 0);
    }
  self->painter = inb_heat_map_painter_new (GTK_WIDGET (self));
  self->animation = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, FADE_MS, target);
  add_controllers (self);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (restyle), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (restyle), self, G_CONNECT_SWAPPED);
}

GtkWidget *
inb_heat_map_view_new (void)
{
  return g_object_new (INB_TYPE_HEAT_MAP_VIEW, NULL);
}

/* --- what is shown ------------------------------------------------------------------------------------------------------ */

static guint
find_key (const InbHeatMapGrid *grid,
          gboolean              is_row,
          const char           *key,
          guint                 fallback)
{
  guint n = is_row ? grid->n_rows : grid->n_columns;

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (is_row ? inb_heat_map_grid_get_row_key (grid, i) : inb_heat_map_grid_get_column_key (grid, i), key) == 0)
      return i;

  return MIN (fallback, n);
}

/* The focus stays on its source and product, wherever they are now; on the totals if it was there. */
static void
keep_focus (InbHeatMapView       *self,
            const InbHeatMapGrid *old)
{
  if (old == NULL || old->map->mode != self->grid->map->mode)
    {
      self->row = 0;
      self->column = 0;
      return;
    }

  self->row = self->row == old->n_rows ? self->grid->n_rows
                : find_key (self->grid, TRUE, inb_heat_map_grid_get_row_key (old, self->row), self->row);
  self->column = self->column == old->n_columns ? self->grid->n_columns
                   : find_key (self->grid, FALSE, inb_heat_map_grid_get_column_key (old, self->column), self->column);
}

static gboolean
is_key_picked (const InbLeadFilter *filter,
               InbHeatMapMode       mode,
               gboolean             is_row,
               const char          *key)
{
  if (mode == INB_HEAT_MAP_WEEKDAY_HOUR)
    {
      int wanted = is_row ? filter->weekday : filter->hour;

      return wanted == (is_row ? 0 : -1) || (key != NULL && atoi (key) == wanted);
    }

  if (filter->values[is_row ? INB_FILTER_SOURCE : INB_FILTER_PRODUCT] == NULL)
    return TRUE;

  return key != NULL && inb_lead_filter_has_value (filter, is_row ? INB_FILTER_SOURCE : INB_FILTER_PRODUCT, key);
}

static GBytes *
make_picked (const InbHeatMapGrid *grid,
             const InbLeadFilter  *filter,
             gboolean              is_row)
{
  guint n = is_row ? grid->n_rows : grid->n_columns;
  guint8 *picked = g_new0 (guint8, n + 1);

  for (guint i = 0; i < n; i++)
    picked[i] = is_key_picked (filter, grid->map->mode, is_row,
                               is_row ? inb_heat_map_grid_get_row_key (grid, i) : inb_heat_map_grid_get_column_key (grid, i));

  return g_bytes_new_take (picked, n + 1);
}

static void
update_picked (InbHeatMapView *self)
{
  g_autoptr (GBytes) rows = NULL;
  g_autoptr (GBytes) columns = NULL;

  if (self->grid != NULL && self->picked != NULL)
    {
      rows = make_picked (self->grid, self->picked, TRUE);
      columns = make_picked (self->grid, self->picked, FALSE);
    }
  inb_heat_map_painter_set_picked (self->painter, rows, columns);
  redraw (self);
}

static void
describe (InbHeatMapView *self)
{
  g_autofree char *title = NULL;
  g_autofree char *summary = NULL;

  if (self->grid == NULL)
    return;

  title = inb_heat_map_text_get_title (self->grid);
  summary = inb_heat_map_text_get_summary (self->grid);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary, -1);
}

/**
 * inb_heat_map_view_set_data:
 * @grid: (nullable): what to show
 *
 * Shows it; numbers that differ from those shown before fade in, unless the user wants no animations.
 */
void
inb_heat_map_view_set_data (InbHeatMapView *self,
                            InbHeatMapGrid *grid)
{
  InbHeatMapGrid *old;

  g_return_if_fail (INB_IS_HEAT_MAP_VIEW (self));

  old = self->grid;
  self->grid = grid != NULL ? inb_heat_map_grid_ref (grid) : NULL;
  self->stale = FALSE;
  adw_animation_skip (self->animation);
  inb_heat_map_painter_set_grid (self->painter, grid);
  if (grid != NULL)
    {
      keep_focus (self, old);
      describe_focus (self);
      describe (self);
    }
  g_clear_pointer (&old, inb_heat_map_grid_unref);
  self->hovers = self->hovers && grid != NULL && self->hover_row <= grid->n_rows && self->hover_column <= grid->n_columns;
  lay_out (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  update_picked (self);
  if (inb_heat_map_painter_has_fades (self->painter) && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      adw_get_enable_animations (GTK_WIDGET (self)))
    {
      adw_animation_reset (self->animation);
      adw_animation_play (self->animation);
    }
  else
    {
      inb_heat_map_painter_set_fade (self->painter, 1);
    }
}

InbHeatMapGrid *
inb_heat_map_view_get_data (InbHeatMapView *self)
{
  g_return_val_if_fail (INB_IS_HEAT_MAP_VIEW (self), NULL);

  return self->grid;
}

void
inb_heat_map_view_set_stale (InbHeatMapView *self,
                             gboolean        stale)
{
  g_return_if_fail (INB_IS_HEAT_MAP_VIEW (self));

  if (self->stale == stale)
    return;

  self->stale = stale;
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, stale, -1);
  redraw (self);
}

void
inb_heat_map_view_set_picked (InbHeatMapView      *self,
                              const InbLeadFilter *filter)
{
  g_return_if_fail (INB_IS_HEAT_MAP_VIEW (self));

  g_clear_pointer (&self->picked, inb_lead_filter_free);
  self->picked = filter != NULL ? inb_lead_filter_copy (filter) : NULL;
  update_picked (self);
}

void
inb_heat_map_view_get_focus (InbHeatMapView *self,
                             guint          *row,
                             guint          *column)
{
  g_return_if_fail (INB_IS_HEAT_MAP_VIEW (self));

  *row = self->row;
  *column = self->column;
}

void
inb_heat_map_view_get_bounds (InbHeatMapView *self,
                              guint           row,
                              guint           column,
                              GdkRectangle   *bounds)
{
  graphene_rect_t cell;
  graphene_rect_t rect;

  g_return_if_fail (INB_IS_HEAT_MAP_VIEW (self));

  cell = inb_heat_map_layout_get_cell (&self->layout, row, column);
  rect = inb_heat_map_mirror (&cell, self->layout.width, is_rtl (self));
  *bounds = (GdkRectangle) { (int) rect.origin.x, (int) rect.origin.y, (int) rect.size.width, (int) rect.size.height };
}

const InbPalette *
inb_heat_map_view_get_palette (InbHeatMapView *self)
{
  g_return_val_if_fail (INB_IS_HEAT_MAP_VIEW (self), NULL);

  return inb_heat_map_painter_get_palette (self->painter);
}

/**
 * inb_heat_map_view_draw_all:
 * @width: (out): of what was drawn
 * @height: (out): of what was drawn
 *
 * Returns: (transfer full) (nullable): the whole map, however much of it is on the screen
 */
GskRenderNode *
inb_heat_map_view_draw_all (InbHeatMapView *self,
                            int            *width,
                            int            *height)
{
  GtkSnapshot *snapshot;
  InbHeatMapLayout layout;
  const InbHeatMapTexts *texts;

  g_return_val_if_fail (INB_IS_HEAT_MAP_VIEW (self), NULL);

  *width = 0;
  *height = 0;
  if (self->grid == NULL)
    return NULL;

  texts = inb_heat_map_painter_get_texts (self->painter);
  inb_heat_map_layout_init (&layout, texts, self->grid->n_rows, self->grid->n_columns, PICTURE_WIDTH, 0);
  layout.width = *width = inb_heat_map_layout_get_content_width (&layout);
  layout.height = *height = inb_heat_map_layout_get_content_height (&layout);
  snapshot = gtk_snapshot_new ();
  inb_heat_map_painter_paint (self->painter, snapshot, &layout, is_rtl (self));

  return gtk_snapshot_free_to_node (snapshot);
}
