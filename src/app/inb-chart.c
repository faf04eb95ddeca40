#define G_LOG_DOMAIN "inb-app"

#include "inb-chart.h"

#include "inb-chart-layout.h"

#include <glib/gi18n.h>

#define COLUMNS_HEIGHT 220
#define BAR_DISTANCE 30
#define MINIMUM_WIDTH 200
#define NATURAL_WIDTH 400
#define BUBBLE_PAD 6
#define BUBBLE_DISTANCE 8

struct _InbChart {
  GtkWidget       parent_instance;

  /* Owned */
  InbChartData   *data;
  GskRenderNode  *drawn;         /* all but focus and hover; NULL = has to be drawn again */

  InbChartLayout  layout;        /* good while @drawn is */
  gboolean        has_position;
  guint           category;
  guint           series;
  gboolean        is_hovered;
  guint           hover_category;
  guint           hover_series;
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
find_part (InbChart *self,
           double    x,
           double    y,
           guint    *category,
           guint    *series)
{
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

  if (self->has_position)
    part = inb_chart_data_describe (self->data, self->category, self->series);
  name = part != NULL ? g_strdup_printf ("%s: %s", self->data->title, part) : g_strdup (self->data->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, self->data->summary, -1);
}

static void
move_to (InbChart *self,
         guint     category,
         guint     series)
{
  self->has_position = TRUE;
  self->category = category;
  self->series = series;
  tell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* In steps of @step, to the next part in which there is something. */
static gboolean
move_series (InbChart *self,
             int       step)
{
  for (int i = (int) self->series + step; i >= 0 && i < (int) self->data->n_series; i += step)
    if (inb_chart_data_get (self->data, self->category, (guint) i) > 0)
      {
        move_to (self, self->category, (guint) i);
        return TRUE;
      }

  return self->data->n_series > 1;
}

static gboolean
move_category (InbChart *self,
               int       step)
{
  int target = CLAMP ((int) self->category + step, 0, (int) self->data->n_categories - 1);

  move_to (self, (guint) target, self->series);

  return TRUE;
}

static gboolean
activate (InbChart *self,
          gboolean  add)
{
  if (!self->has_position)
    return FALSE;

  g_signal_emit (self, activated_signal, 0, self->category, self->series, add);

  return TRUE;
}

static gboolean
on_key_pressed (InbChart        *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  gboolean upright;
  int last;

  if (self->data == NULL || self->data->n_categories == 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  upright = self->data->kind == INB_CHART_COLUMNS;
  last = (int) self->data->n_categories;
  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_Right:
      return upright && move_category (self, keyval == GDK_KEY_Right ? 1 : -1);
    case GDK_KEY_Up:
      return upright ? move_series (self, 1) : move_category (self, -1);
    case GDK_KEY_Down:
      return upright ? move_series (self, -1) : move_category (self, 1);
    case GDK_KEY_Home:
      return move_category (self, -last);
    case GDK_KEY_End:
      return move_category (self, last);
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      return activate (self, (state & GDK_SHIFT_MASK) != 0);
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
on_focus_entered (InbChart *self)
{
  if (!self->has_position && self->data != NULL && self->data->n_categories > 0 && self->data->n_series > 0)
    move_to (self, self->data->kind == INB_CHART_COLUMNS ? self->data->n_categories - 1 : 0, 0);
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

  if (!find_part (self, x, y, &category, &series))
    return;

  move_to (self, category, series);
  activate (self, (gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (click)) & GDK_SHIFT_MASK) != 0);
}

static void
on_motion (InbChart *self,
           double    x,
           double    y)
{
  guint category = 0;
  guint series = 0;
  gboolean found = find_part (self, x, y, &category, &series);

  if (found == self->is_hovered && category == self->hover_category && series == self->hover_series)
    return;

  self->is_hovered = found;
  self->hover_category = category;
  self->hover_series = series;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_left (InbChart *self)
{
  self->is_hovered = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static char *
describe_category (InbChart *self,
                   guint     category,
                   guint     series)
{
  GString *text;
  g_autofree char *sum = NULL;

  if (self->data->n_series == 1)
    return inb_chart_data_describe (self->data, category, series);

  sum = inb_chart_data_format (self->data, inb_chart_data_get_sum (self->data, category));
  text = g_string_new (NULL);
  g_string_append_printf (text, "%s: %s", inb_chart_data_get_name (self->data, category), sum);
  for (guint i = self->data->n_series; i-- > 0;)
    {
      gint64 value = inb_chart_data_get (self->data, category, i);
      g_autofree char *part = inb_chart_data_format (self->data, value);

      if (value > 0)
        g_string_append_printf (text, "\n%s %s: %s", i == series ? "▸" : "\u2003", self->data->series[i], part);
    }

  return g_string_free (text, FALSE);
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

  if (keyboard || !find_part (self, x, y, &category, &series))
    return FALSE;

  text = describe_category (self, category, series);
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
append_frame (InbChart      *self,
              GtkSnapshot   *snapshot,
              guint          category,
              guint          series,
              const GdkRGBA *color,
              float          thickness)
{
  const float widths[4] = { thickness, thickness, thickness, thickness };
  const GdkRGBA colors[4] = { *color, *color, *color, *color };
  GskRoundedRect outline;
  graphene_rect_t area;

  inb_chart_layout_get_part (&self->layout, category, series, &area);
  graphene_rect_inset (&area, -thickness - 1, -thickness - 1);
  gsk_rounded_rect_init_from_rect (&outline, &area, 2);
  gtk_snapshot_append_border (snapshot, &outline, widths, colors);
}

/* What a tooltip would say, for the part that the keys have come to. */
static void
append_bubble (InbChart         *self,
               GtkSnapshot      *snapshot,
               const InbPalette *palette)
{
  g_autofree char *text = inb_chart_data_describe (self->data, self->category, self->series);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int full_width = gtk_widget_get_width (GTK_WIDGET (self));
  graphene_rect_t part;
  GskRoundedRect box;
  int width, height;
  double x, y;

  pango_layout_set_width (layout, MAX (1, full_width - 2 * BUBBLE_PAD) * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_get_pixel_size (layout, &width, &height);
  inb_chart_layout_get_part (&self->layout, self->category, self->series, &part);
  x = CLAMP (part.origin.x + part.size.width / 2 - width / 2.0 - BUBBLE_PAD, 0, MAX (0, full_width - width - 2 * BUBBLE_PAD));
  y = part.origin.y - height - 2 * BUBBLE_PAD - BUBBLE_DISTANCE;
  if (y < 0)
    y = part.origin.y + part.size.height + BUBBLE_DISTANCE;
  y = CLAMP (y, 0, MAX (0, gtk_widget_get_height (GTK_WIDGET (self)) - height - 2 * BUBBLE_PAD));

  gsk_rounded_rect_init_from_rect (&box, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) (width + 2 * BUBBLE_PAD),
                                                              (float) (height + 2 * BUBBLE_PAD)), 6);
  gtk_snapshot_push_rounded_clip (snapshot, &box);
  gtk_snapshot_append_color (snapshot, &palette->text, &box.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x + BUBBLE_PAD, (float) y + BUBBLE_PAD));
  gtk_snapshot_append_layout (snapshot, layout, &palette->background);
  gtk_snapshot_restore (snapshot);
}

static void
inb_chart_snapshot (GtkWidget   *widget,
                    GtkSnapshot *snapshot)
{
  InbChart *self = INB_CHART (widget);
  InbPalette palette;

  if (self->data == NULL || self->data->n_categories == 0 || self->data->n_series == 0)
    return;

  init_palette (&palette);
  ensure_drawn (self, &palette);
  if (self->drawn != NULL)
    gtk_snapshot_append_node (snapshot, self->drawn);
  if (self->is_hovered)
    append_frame (self, snapshot, self->hover_category, self->hover_series, &palette.dim_text, 1);
  if (self->has_position && gtk_widget_has_visible_focus (widget))
    {
      append_frame (self, snapshot, self->category, self->series, &palette.text, 2);
      append_bubble (self, snapshot, &palette);
    }
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
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "enter", G_CALLBACK (on_focus_entered), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_focus_left), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (on_motion), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (on_left), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (click, "released", G_CALLBACK (on_released), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
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
  self->is_hovered = FALSE;
  if (data == NULL || data->n_categories == 0 || data->n_series == 0)
    {
      self->has_position = FALSE;
    }
  else if (self->has_position)
    {
      self->category = MIN (self->category, data->n_categories - 1);
      self->series = MIN (self->series, data->n_series - 1);
    }
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

  *category = self->category;
  *series = self->series;

  return self->has_position;
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
