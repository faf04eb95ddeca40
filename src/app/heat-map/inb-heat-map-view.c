#define G_LOG_DOMAIN "inb-app"

#include "inb-heat-map-view-private.h"

#include "inb-heat-map-picks.h"
#include "inb-heat-map-text.h"

#define FADE_MS 200
/* Each step is drawn anew: more of them than these are not seen, and in sum cost more than the arrival's frame. */
#define FADE_STEP 0.2

enum {
  PROP_0,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY
};

G_DEFINE_FINAL_TYPE_WITH_CODE (InbHeatMapView, inb_heat_map_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

gboolean
inb_heat_map_view_is_rtl (InbHeatMapView *self)
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
on_scrolled (InbHeatMapView *self)
{
  inb_heat_map_scroll_follow (&self->scroll, &self->layout, inb_heat_map_view_is_rtl (self));
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  redraw (self);
}

static void
lay_out (InbHeatMapView *self)
{
  inb_heat_map_layout_init (&self->layout, inb_heat_map_painter_get_texts (self->painter),
                            self->grid != NULL ? self->grid->n_rows : 0, self->grid != NULL ? self->grid->n_columns : 0,
                            gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));
  inb_heat_map_scroll_configure (&self->scroll, &self->layout);
  inb_heat_map_scroll_follow (&self->scroll, &self->layout, inb_heat_map_view_is_rtl (self));
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
inb_heat_map_view_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  InbHeatMapView *self = INB_HEAT_MAP_VIEW (widget);
  GdkRectangle bounds = { 0, 0, 1, 1 };

  if (width != self->layout.width || height != self->layout.height || self->grid == NULL ||
      self->grid->n_rows != self->layout.n_rows || self->grid->n_columns != self->layout.n_columns)
    redraw (self);
  lay_out (self);
  if (self->grid != NULL)
    inb_heat_map_view_get_bounds (self, self->cursor.row, self->cursor.column, &bounds);
  inb_heat_map_cursor_allocate (&self->cursor, &bounds);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      gtk_popover_present (GTK_POPOVER (child));
}

/* --- the widget --------------------------------------------------------------------------------------------------------- */

static void
on_fade (double   value,
         gpointer user_data)
{
  InbHeatMapView *self = user_data;

  if (value > 0 && value < 1 && value - self->faded < FADE_STEP)
    return;

  self->faded = value;
  inb_heat_map_painter_set_fade (self->painter, value);
  redraw (self);
}

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
      g_value_set_object (value, self->scroll.adjustments[id == PROP_VADJUSTMENT]);
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->scroll.policies[id == PROP_VSCROLL_POLICY]);
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
      if (inb_heat_map_scroll_set_adjustment (&self->scroll, id == PROP_VADJUSTMENT ? GTK_ORIENTATION_VERTICAL
                                                                                    : GTK_ORIENTATION_HORIZONTAL,
                                              g_value_get_object (value)))
        gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      self->scroll.policies[id == PROP_VSCROLL_POLICY] = g_value_get_enum (value);
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

  inb_heat_map_scroll_clear (&self->scroll);
  inb_heat_map_cursor_clear (&self->cursor);
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

  inb_heat_map_view_add_signals (widget_class);
  inb_heat_map_view_bind_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "heatmap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
inb_heat_map_view_init (InbHeatMapView *self)
{
  AdwAnimationTarget *target = adw_callback_animation_target_new (on_fade, self, NULL);
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));

  inb_heat_map_scroll_init (&self->scroll, self, G_CALLBACK (on_scrolled));
  inb_heat_map_cursor_init (&self->cursor, GTK_WIDGET (self));
  self->painter = inb_heat_map_painter_new (GTK_WIDGET (self));
  self->animation = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, FADE_MS, target);
  inb_heat_map_view_add_controllers (self);
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

static void
update_picked (InbHeatMapView *self)
{
  g_autoptr (GBytes) rows = NULL;
  g_autoptr (GBytes) columns = NULL;

  if (self->grid != NULL && self->picked != NULL)
    {
      rows = inb_heat_map_picks_mark (self->grid, self->picked, TRUE);
      columns = inb_heat_map_picks_mark (self->grid, self->picked, FALSE);
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
      inb_heat_map_cursor_keep (&self->cursor, old, grid);
      describe (self);
    }
  g_clear_pointer (&old, inb_heat_map_grid_unref);
  self->hover.is_inside = self->hover.is_inside && grid != NULL && self->hover.first <= grid->n_rows &&
                          self->hover.second <= grid->n_columns;
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

  *row = self->cursor.row;
  *column = self->cursor.column;
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
  rect = inb_heat_map_mirror (&cell, self->layout.width, inb_heat_map_view_is_rtl (self));
  *bounds = (GdkRectangle) { (int) rect.origin.x, (int) rect.origin.y, (int) rect.size.width, (int) rect.size.height };
}

const InbPalette *
inb_heat_map_view_get_palette (InbHeatMapView *self)
{
  g_return_val_if_fail (INB_IS_HEAT_MAP_VIEW (self), NULL);

  return inb_heat_map_painter_get_palette (self->painter);
}
