#define G_LOG_DOMAIN "inb-app"

#include "inb-chart.h"

#include "inb-chart-cursor.h"
#include "inb-chart-layout.h"
#include "inb-chart-marks.h"
#include "inb-hover.h"

#define COLUMNS_HEIGHT 220
#define BAR_DISTANCE 30
#define MINIMUM_WIDTH 200
#define NATURAL_WIDTH 400

struct _InbChart {
  GtkWidget       parent_instance;

  /* Owned */
  InbChartData   *data;
  GskRenderNode  *drawn;         /* all but focus and hover; NULL = has to be drawn again */

  InbChartLayout  layout;        /* good while @drawn is */
  InbChartCursor  cursor;
  InbHover        hover;
};

static guint activated_signal;

G_DEFINE_FINAL_TYPE (InbChart, inb_chart, GTK_TYPE_WIDGET)

static void
invalidate (InbChart *self)
{
  g_clear_pointer (&self->drawn, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
init_palette (InbPalette *palette)
{
  inb_palette_init (palette, inb_palette_get_look (adw_style_manager_get_default ()));
}

static void
ensure_drawn (InbChart         *self,
              const InbPalette *palette)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkSnapshot *snapshot;

  if (self->drawn != NULL)
    return;

  snapshot = gtk_snapshot_new ();
  inb_chart_layout_init (&self->layout, self->data, gtk_widget_get_pango_context (widget), gtk_widget_get_width (widget),
                         gtk_widget_get_height (widget));
  inb_chart_layout_snapshot (&self->layout, snapshot, palette);
  self->drawn = gtk_snapshot_free_to_node (snapshot);
}

static gboolean
find_part (GtkWidget *widget,
           double     x,
           double     y,
           guint     *category,
           guint     *series)
{
  InbChart *self = INB_CHART (widget);

  return self->drawn != NULL && inb_chart_layout_find (&self->layout, x, y, category, series);
}

/* --- focus and words ---------------------------------------------------------------------------------------------------- */

static void
tell (InbChart *self)
{
  g_autofree char *part = NULL;
  g_autofree char *name = NULL;

  if (self->data == NULL)
    return;

  if (self->cursor.is_set)
    part = inb_chart_data_describe (self->data, self->cursor.category, self->cursor.series);
  name = part != NULL ? g_strdup_printf ("%s: %s", self->data->title, part) : g_strdup (self->data->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, self->data->summary, -1);
}

static void
on_moved (InbChart *self)
{
  tell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
move_to (InbChart *self,
         guint     category,
         guint     series)
{
  self->cursor = (InbChartCursor) { TRUE, category, series };
  on_moved (self);
}

static gboolean
activate (InbChart *self,
          gboolean  add)
{
  if (!self->cursor.is_set)
    return FALSE;

  g_signal_emit (self, activated_signal, 0, self->cursor.category, self->cursor.series, add);

  return TRUE;
}

static gboolean
on_key_pressed (InbChart        *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  if (self->data == NULL || self->data->n_categories == 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_space)
    return activate (self, (state & GDK_SHIFT_MASK) != 0);
  if (!inb_chart_cursor_move (&self->cursor, self->data, keyval))
    return GDK_EVENT_PROPAGATE;

  on_moved (self);

  return GDK_EVENT_STOP;
}

static void
on_focus_entered (InbChart *self)
{
  if (!self->cursor.is_set && inb_chart_cursor_start (&self->cursor, self->data))
    on_moved (self);
}

static void
on_focus_left (InbChart *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- pointer ------------------------------------------------------------------------------------------------------------ */

static void
on_released (GtkGestureClick *click,
             int              n_presses,
             double           x,
             double           y,
             gpointer         user_data)
{
  InbChart *self = user_data;
  guint category, series;

  if (!find_part (GTK_WIDGET (self), x, y, &category, &series))
    return;

  move_to (self, category, series);
  activate (self, (gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (click)) & GDK_SHIFT_MASK) != 0);
}

static gboolean
inb_chart_query_tooltip (GtkWidget  *widget,
                         int         x,
                         int         y,
                         gboolean    keyboard,
                         GtkTooltip *tooltip)
{
  InbChart *self = INB_CHART (widget);
  g_autofree char *text = NULL;
  graphene_rect_t area;
  guint category, series;

  if (keyboard || !find_part (widget, x, y, &category, &series))
    return FALSE;

  text = inb_chart_data_describe_category (self->data, category, series);
  gtk_tooltip_set_text (tooltip, text);
  inb_chart_layout_get_part (&self->layout, category, series, &area);
  gtk_tooltip_set_tip_area (tooltip, &(GdkRectangle) { (int) area.origin.x, (int) area.origin.y, (int) area.size.width + 1,
                                                       (int) area.size.height + 1 });

  return TRUE;
}

/* --- drawing ------------------------------------------------------------------------------------------------------------ */

static void
inb_chart_measure (GtkWidget      *widget,
                   GtkOrientation  orientation,
                   int             for_size,
                   int            *minimum,
                   int            *natural,
                   int            *minimum_baseline,
                   int            *natural_baseline)
{
  InbChart *self = INB_CHART (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MINIMUM_WIDTH;
      *natural = NATURAL_WIDTH;
      return;
    }

  *minimum = *natural = self->data != NULL && self->data->kind == INB_CHART_BARS
                        ? (int) MAX (1, self->data->n_categories) * BAR_DISTANCE : COLUMNS_HEIGHT;
}

static void
inb_chart_size_allocate (GtkWidget *widget,
                         int        width,
                         int        height,
                         int        baseline)
{
  g_clear_pointer (&INB_CHART (widget)->drawn, gsk_render_node_unref);
}

static void
inb_chart_snapshot (GtkWidget   *widget,
                    GtkSnapshot *snapshot)
{
  InbChart *self = INB_CHART (widget);
  g_autofree char *text = NULL;
  InbPalette palette;

  if (self->data == NULL || self->data->n_categories == 0 || self->data->n_series == 0)
    return;

  init_palette (&palette);
  ensure_drawn (self, &palette);
  if (self->drawn != NULL)
    gtk_snapshot_append_node (snapshot, self->drawn);
  if (self->hover.is_inside)
    inb_chart_append_frame (&self->layout, snapshot, self->hover.first, self->hover.second, &palette.dim_text, 1);
  if (!self->cursor.is_set || !gtk_widget_has_visible_focus (widget))
    return;

  text = inb_chart_data_describe (self->data, self->cursor.category, self->cursor.series);
  inb_chart_append_frame (&self->layout, snapshot, self->cursor.category, self->cursor.series, &palette.text, 2);
  inb_chart_append_bubble (&self->layout, snapshot, widget, text, self->cursor.category, self->cursor.series, &palette);
}

static void
inb_chart_css_changed (GtkWidget         *widget,
                       GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (inb_chart_parent_class)->css_changed (widget, change);
  invalidate (INB_CHART (widget));
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_chart_finalize (GObject *object)
{
  InbChart *self = INB_CHART (object);

  g_clear_pointer (&self->drawn, gsk_render_node_unref);
  g_clear_pointer (&self->data, inb_chart_data_free);

  G_OBJECT_CLASS (inb_chart_parent_class)->finalize (object);
}

static void
inb_chart_class_init (InbChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = inb_chart_finalize;
  widget_class->measure = inb_chart_measure;
  widget_class->size_allocate = inb_chart_size_allocate;
  widget_class->snapshot = inb_chart_snapshot;
  widget_class->query_tooltip = inb_chart_query_tooltip;
  widget_class->css_changed = inb_chart_css_changed;

  activated_signal = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                   G_TYPE_UINT, G_TYPE_UINT, G_TYPE_BOOLEAN);

  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
inb_chart_init (InbChart *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  inb_hover_init (&self->hover, GTK_WIDGET (self), find_part);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "enter", G_CALLBACK (on_focus_entered), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_focus_left), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (click, "released", G_CALLBACK (on_released), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (invalidate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (invalidate), self, G_CONNECT_SWAPPED);
}

GtkWidget *
inb_chart_new (void)
{
  return g_object_new (INB_TYPE_CHART, NULL);
}

/**
 * inb_chart_set_data:
 * @data: (transfer full) (nullable): what to show; the focus stays where it is as far as that is still there
 */
void
inb_chart_set_data (InbChart     *self,
                    InbChartData *data)
{
  gboolean resize;

  g_return_if_fail (INB_IS_CHART (self));

  resize = self->data == NULL || data == NULL || self->data->n_categories != data->n_categories;
  g_clear_pointer (&self->data, inb_chart_data_free);
  self->data = data;
  self->hover.is_inside = FALSE;
  inb_chart_cursor_clamp (&self->cursor, data);
  tell (self);
  invalidate (self);
  if (resize)
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

const InbChartData *
inb_chart_get_data (InbChart *self)
{
  g_return_val_if_fail (INB_IS_CHART (self), NULL);

  return self->data;
}

GskRenderNode *
inb_chart_make_node (InbChart         *self,
                     int               width,
                     int               height,
                     const InbPalette *palette)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  InbChartLayout layout;

  g_return_val_if_fail (INB_IS_CHART (self), NULL);

  if (self->data != NULL && self->data->n_categories > 0 && self->data->n_series > 0)
    {
      inb_chart_layout_init (&layout, self->data, gtk_widget_get_pango_context (GTK_WIDGET (self)), width, height);
      inb_chart_layout_snapshot (&layout, snapshot, palette);
    }

  return gtk_snapshot_free_to_node (snapshot);
}

gboolean
inb_chart_get_position (InbChart *self,
                        guint    *category,
                        guint    *series)
{
  g_return_val_if_fail (INB_IS_CHART (self), FALSE);

  *category = self->cursor.category;
  *series = self->cursor.series;

  return self->cursor.is_set;
}

void
inb_chart_set_position (InbChart *self,
                        guint     category,
                        guint     series)
{
  g_return_if_fail (INB_IS_CHART (self));
  g_return_if_fail (self->data != NULL && category < self->data->n_categories && series < self->data->n_series);

  move_to (self, category, series);
}
