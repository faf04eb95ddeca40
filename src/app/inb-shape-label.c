#define G_LOG_DOMAIN "inb-app"

#include "inb-shape-label.h"

#define SHAPE_SIZE 10
#define GAP 6

struct _InbShapeLabel {
  GtkWidget         parent_instance;

  /* Owned */
  PangoLayout      *layout;
  GtkIconPaintable *paintable;

  /* Borrowed: static */
  const char       *shape;
  const char       *css_class;

  int               width;
};

G_DEFINE_FINAL_TYPE (InbShapeLabel, inb_shape_label, GTK_TYPE_WIDGET)

static void
inb_shape_label_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  InbShapeLabel *self = INB_SHAPE_LABEL (widget);
  int height;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = *natural = self->width;
      return;
    }
  pango_layout_get_pixel_size (self->layout, NULL, &height);
  *minimum = *natural = MAX (height, SHAPE_SIZE);
}

static void
inb_shape_label_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  InbShapeLabel *self = INB_SHAPE_LABEL (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int text_width;
  int text_height;
  GdkRGBA color;
  GdkRGBA text;

  if (self->paintable == NULL)
    return;

  /* The style's colour is the shape's; the word keeps that of the text around it, which has the contrast. */
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  gtk_style_context_get_color (gtk_widget_get_style_context (gtk_widget_get_parent (widget)), &text);
  pango_layout_set_width (self->layout, MAX (width - SHAPE_SIZE - GAP, 0) * PANGO_SCALE);
  pango_layout_get_pixel_size (self->layout, &text_width, &text_height);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (rtl ? (float) (width - SHAPE_SIZE) : 0,
                                                          (float) (height - SHAPE_SIZE) / 2));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (self->paintable), snapshot, SHAPE_SIZE, SHAPE_SIZE,
                                            &color, 1);
  gtk_snapshot_restore (snapshot);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (rtl ? (float) (width - SHAPE_SIZE - GAP - text_width)
                                                              : (float) (SHAPE_SIZE + GAP),
                                                          (float) (height - text_height) / 2));
  gtk_snapshot_append_layout (snapshot, self->layout, &text);
  gtk_snapshot_restore (snapshot);
}

static void
inb_shape_label_system_setting_changed (GtkWidget        *widget,
                                        GtkSystemSetting  setting)
{
  pango_layout_context_changed (INB_SHAPE_LABEL (widget)->layout);
  GTK_WIDGET_CLASS (inb_shape_label_parent_class)->system_setting_changed (widget, setting);
}

static void
inb_shape_label_css_changed (GtkWidget         *widget,
                             GtkCssStyleChange *change)
{
  pango_layout_context_changed (INB_SHAPE_LABEL (widget)->layout);
  GTK_WIDGET_CLASS (inb_shape_label_parent_class)->css_changed (widget, change);
}

static void
inb_shape_label_finalize (GObject *object)
{
  InbShapeLabel *self = INB_SHAPE_LABEL (object);

  g_clear_object (&self->layout);
  g_clear_object (&self->paintable);

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
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
}

GtkWidget *
inb_shape_label_new (int width)
{
  InbShapeLabel *self = g_object_new (INB_TYPE_SHAPE_LABEL, "valign", GTK_ALIGN_CENTER, NULL);

  self->width = width;

  return GTK_WIDGET (self);
}

/**
 * inb_shape_label_set:
 * @text: (nullable): what it says
 * @shape: (nullable): the icon's name
 * @css_class: (nullable): the class that has its colour
 */
void
inb_shape_label_set (InbShapeLabel *self,
                     const char    *text,
                     const char    *shape,
                     const char    *css_class)
{
  GtkWidget *widget = GTK_WIDGET (self);

  g_return_if_fail (INB_IS_SHAPE_LABEL (self));

  if (self->css_class != css_class)
    {
      if (self->css_class != NULL)
        gtk_widget_remove_css_class (widget, self->css_class);
      self->css_class = css_class;
      if (css_class != NULL)
        gtk_widget_add_css_class (widget, css_class);
    }
  if (self->shape != shape)
    {
      self->shape = shape;
      g_clear_object (&self->paintable);
      if (shape != NULL)
        self->paintable = gtk_icon_theme_lookup_icon (gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)), shape,
                                                      NULL, SHAPE_SIZE, gtk_widget_get_scale_factor (widget),
                                                      gtk_widget_get_direction (widget), GTK_ICON_LOOKUP_FORCE_SYMBOLIC);
    }
  pango_layout_set_text (self->layout, text != NULL ? text : "", -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text != NULL ? text : "–", -1);
  gtk_widget_queue_draw (widget);
}
