#define G_LOG_DOMAIN "inb-app"

#include "inb-shape-label.h"

#include "inb-direction.h"
#include "inb-palette.h"

#define SHAPE_SIZE 10
#define PAD_X 8
#define PAD_Y 3
#define GAP 6
#define FILL_ALPHA 0.14f

typedef struct {
  /* Owned */
  PangoLayout      *layout;
  GtkIconPaintable *paintable;

  /* Borrowed: static */
  const char       *shape;
  const char       *css_class;

  int               width;      /* asked for whatever it shows; 0 = what the text needs */
  gboolean          is_pill;
  gboolean          has_color;
  GdkRGBA           color;      /* in the place of the style's */
  GdkRGBA           seen;       /* the same, as it can be seen beside text of the colour @beside */
  GdkRGBA           beside;     /* alpha 0: not known yet */
} InbShapeLabelPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (InbShapeLabel, inb_shape_label, GTK_TYPE_WIDGET)

static InbShapeLabelPrivate *
get_private (gpointer self)
{
  return inb_shape_label_get_instance_private (self);
}

/* What the shape and the room around it take beside the text. */
static int
get_extra_width (const InbShapeLabelPrivate *priv)
{
  return (priv->paintable != NULL ? SHAPE_SIZE + GAP : 0) + (priv->is_pill ? 2 * PAD_X : 0);
}

static void
inb_shape_label_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  InbShapeLabelPrivate *priv = get_private (widget);
  int width;
  int height;

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      pango_layout_get_pixel_size (priv->layout, NULL, &height);
      *minimum = *natural = MAX (height, SHAPE_SIZE) + (priv->is_pill ? 2 * PAD_Y : 0);
      return;
    }

  *minimum = *natural = priv->width;
  if (priv->width > 0)
    return;

  pango_layout_set_width (priv->layout, -1);
  pango_layout_get_pixel_size (priv->layout, &width, NULL);
  *minimum = *natural = get_extra_width (priv) + width;
}

static void
append_pill (GtkSnapshot   *snapshot,
             float          x,
             float          y,
             float          width,
             float          height,
             const GdkRGBA *color)
{
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (x, y, width, height);
  GskRoundedRect pill;
  GdkRGBA fill = *color;

  fill.alpha *= FILL_ALPHA;
  gsk_rounded_rect_init_from_rect (&pill, &bounds, height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &pill);
  gtk_snapshot_append_color (snapshot, &fill, &bounds);
  gtk_snapshot_pop (snapshot);
}

/* Of all that labels lie on in this look, what the text stands out from least. */
static GdkRGBA
find_hardest_ground (GtkWidget     *widget,
                     const GdkRGBA *text)
{
  static const char * const names[] = { "window_bg_color", "view_bg_color", "card_bg_color", "popover_bg_color" };
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GdkRGBA hardest = { 1, 1, 1, 1 };
  GdkRGBA window = hardest;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GdkRGBA ground;

      if (!gtk_style_context_lookup_color (context, names[i], &ground))
        continue;
      if (i == 0)
        hardest = window = ground;
      ground = inb_palette_blend (&ground, &window);
      if (inb_palette_get_contrast (&ground, text) < inb_palette_get_contrast (&hardest, text))
        hardest = ground;
    }

  return hardest;
}

/* A colour that people chose knows neither dark nor high contrast. */
static GdkRGBA
get_own_color (GtkWidget     *widget,
               const GdkRGBA *text)
{
  InbShapeLabelPrivate *priv = get_private (widget);

  if (!gdk_rgba_equal (&priv->beside, text))
    {
      GdkRGBA ground = find_hardest_ground (widget, text);

      priv->beside = *text;
      priv->seen = inb_palette_make_visible (&priv->color, text, &ground, FILL_ALPHA);
    }

  return priv->seen;
}

static void
inb_shape_label_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  InbShapeLabelPrivate *priv = get_private (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float pad = priv->is_pill ? PAD_X : 0;
  float shape_x;
  float text_x;
  int text_width;
  int text_height;
  GdkRGBA color;
  GdkRGBA text;

  /* The style's colour is the shape's; the word keeps that of the text around it, which has the contrast. */
  gtk_style_context_get_color (gtk_widget_get_style_context (gtk_widget_get_parent (widget)), &text);
  if (priv->has_color)
    color = get_own_color (widget, &text);
  else
    gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  pango_layout_set_width (priv->layout, MAX ((int) width - get_extra_width (priv), 0) * PANGO_SCALE);
  pango_layout_get_pixel_size (priv->layout, &text_width, &text_height);
  shape_x = rtl ? width - pad - SHAPE_SIZE : pad;
  if (priv->paintable == NULL)
    text_x = rtl ? width - pad - (float) text_width : pad;
  else
    text_x = rtl ? shape_x - GAP - (float) text_width : shape_x + SHAPE_SIZE + GAP;

  if (priv->is_pill && priv->paintable != NULL)
    {
      float pill_width = MIN (width, (float) (get_extra_width (priv) + text_width));
      float pill_height = MIN (height, (float) (text_height + 2 * PAD_Y));

      append_pill (snapshot, rtl ? width - pill_width : 0, (height - pill_height) / 2, pill_width, pill_height, &color);
    }

  if (priv->paintable != NULL)
    {
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (shape_x, (height - SHAPE_SIZE) / 2));
      gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (priv->paintable), snapshot, SHAPE_SIZE, SHAPE_SIZE,
                                                &color, 1);
      gtk_snapshot_restore (snapshot);
    }

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (text_x, (height - (float) text_height) / 2));
  inb_direction_append_layout (snapshot, priv->layout, &text);
  gtk_snapshot_restore (snapshot);
}

static void
inb_shape_label_system_setting_changed (GtkWidget        *widget,
                                        GtkSystemSetting  setting)
{
  pango_layout_context_changed (get_private (widget)->layout);
  GTK_WIDGET_CLASS (inb_shape_label_parent_class)->system_setting_changed (widget, setting);
}

static void
inb_shape_label_css_changed (GtkWidget         *widget,
                             GtkCssStyleChange *change)
{
  pango_layout_context_changed (get_private (widget)->layout);
  GTK_WIDGET_CLASS (inb_shape_label_parent_class)->css_changed (widget, change);
}

static void
inb_shape_label_finalize (GObject *object)
{
  InbShapeLabelPrivate *priv = get_private (object);

  g_clear_object (&priv->layout);
  g_clear_object (&priv->paintable);

  G_OBJECT_CLASS (inb_shape_label_parent_class)->finalize (object);
}

static void
inb_shape_label_class_init (InbShapeLabelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = inb_shape_label_finalize;
  widget_class->measure = inb_shape_label_measure;
  widget_class->snapshot = inb_shape_label_snapshot;
  widget_class->system_setting_changed = inb_shape_label_system_setting_changed;
  widget_class->css_changed = inb_shape_label_css_changed;
  gtk_widget_class_set_css_name (widget_class, "shapelabel");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
inb_shape_label_init (InbShapeLabel *self)
{
  InbShapeLabelPrivate *priv = get_private (self);

  priv->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  pango_layout_set_ellipsize (priv->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (priv->layout, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
inb_shape_label_new (int width)
{
  InbShapeLabel *self = g_object_new (INB_TYPE_SHAPE_LABEL, NULL);

  inb_shape_label_set_width (self, width);

  return GTK_WIDGET (self);
}

/**
 * inb_shape_label_set_width:
 * @width: in pixels; 0 = what the text needs
 */
void
inb_shape_label_set_width (InbShapeLabel *self,
                           int            width)
{
  g_return_if_fail (INB_IS_SHAPE_LABEL (self));

  get_private (self)->width = width;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * inb_shape_label_set_is_pill:
 * @is_pill: whether it lies on a rounded ground of its colour
 */
void
inb_shape_label_set_is_pill (InbShapeLabel *self,
                             gboolean       is_pill)
{
  g_return_if_fail (INB_IS_SHAPE_LABEL (self));

  get_private (self)->is_pill = is_pill;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

const char *
inb_shape_label_get_text (InbShapeLabel *self)
{
  g_return_val_if_fail (INB_IS_SHAPE_LABEL (self), NULL);

  return pango_layout_get_text (get_private (self)->layout);
}

/**
 * inb_shape_label_set:
 * @text: (nullable): what it says
 * @shape: (nullable): the icon's name; without one nothing is drawn
 * @css_class: (nullable): the class that has its colour
 */
void
inb_shape_label_set (InbShapeLabel *self,
                     const char    *text,
                     const char    *shape,
                     const char    *css_class)
{
  GtkWidget *widget = GTK_WIDGET (self);
  InbShapeLabelPrivate *priv;

  g_return_if_fail (INB_IS_SHAPE_LABEL (self));

  priv = get_private (self);
  if (priv->css_class != css_class)
    {
      if (priv->css_class != NULL)
        gtk_widget_remove_css_class (widget, priv->css_class);
      priv->css_class = css_class;
      if (css_class != NULL)
        gtk_widget_add_css_class (widget, css_class);
    }
  if (priv->shape != shape)
    {
      priv->shape = shape;
      g_clear_object (&priv->paintable);
      if (shape != NULL)
        priv->paintable = gtk_icon_theme_lookup_icon (gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)), shape,
                                                      NULL, SHAPE_SIZE, gtk_widget_get_scale_factor (widget),
                                                      gtk_widget_get_direction (widget), GTK_ICON_LOOKUP_FORCE_SYMBOLIC);
    }
  pango_layout_set_text (priv->layout, text != NULL ? text : "", -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text != NULL ? text : "–", -1);
  if (priv->width > 0)
    gtk_widget_queue_draw (widget);
  else
    gtk_widget_queue_resize (widget);
}

/**
 * inb_shape_label_set_color:
 * @color: (nullable): chosen by somebody; it is drawn as near to it as can be seen where it lies
 */
void
inb_shape_label_set_color (InbShapeLabel *self,
                           const GdkRGBA *color)
{
  InbShapeLabelPrivate *priv;

  g_return_if_fail (INB_IS_SHAPE_LABEL (self));

  priv = get_private (self);
  priv->has_color = color != NULL;
  priv->beside.alpha = 0;
  if (color != NULL)
    priv->color = *color;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
