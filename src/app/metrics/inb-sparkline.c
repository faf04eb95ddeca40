#define G_LOG_DOMAIN "inb-app"

#include "inb-sparkline.h"

#include <string.h>

#define NATURAL_WIDTH 64
#define MINIMUM_WIDTH 24
#define HEIGHT 16
#define PAST_ALPHA 0.55f
#define FLOOR_ALPHA 0.25f

struct _InbSparkline {
  GtkWidget  parent_instance;

  /* Owned */
  double    *values;
  char      *description;

  guint      n_values;
  double     largest;
};

G_DEFINE_FINAL_TYPE (InbSparkline, inb_sparkline, GTK_TYPE_WIDGET)

static void
inb_sparkline_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MINIMUM_WIDTH : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? NATURAL_WIDTH : HEIGHT;
}

/* On whole pixels, so that all columns are equally crisp. */
static void
inb_sparkline_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  InbSparkline *self = INB_SPARKLINE (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GdkRGBA color, past, floor;

  if (self->n_values == 0 || width <= 0)
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  past = color;
  past.alpha *= PAST_ALPHA;
  floor = color;
  floor.alpha *= FLOOR_ALPHA;
  for (guint i = 0; i < self->n_values; i++)
    {
      int start = (int) (i * (guint) width / self->n_values);
      int end = (int) ((i + 1) * (guint) width / self->n_values);
      int gap = end - start > 2 ? 1 : 0;
      int size = self->largest > 0 ? (int) (self->values[i] / self->largest * height + 0.5) : 0;
      int x = mirrored ? width - end : start;

      if (size <= 0)
        gtk_snapshot_append_color (snapshot, &floor, &GRAPHENE_RECT_INIT (x, height - 1, end - start - gap, 1));
      else
        gtk_snapshot_append_color (snapshot, i + 1 == self->n_values ? &color : &past,
                                   &GRAPHENE_RECT_INIT (x, height - size, end - start - gap, size));
    }
}

static void
inb_sparkline_finalize (GObject *object)
{
  InbSparkline *self = INB_SPARKLINE (object);

  g_free (self->values);
  g_free (self->description);

  G_OBJECT_CLASS (inb_sparkline_parent_class)->finalize (object);
}

static void
inb_sparkline_class_init (InbSparklineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = inb_sparkline_finalize;
  widget_class->measure = inb_sparkline_measure;
  widget_class->snapshot = inb_sparkline_snapshot;

  gtk_widget_class_set_css_name (widget_class, "sparkline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
inb_sparkline_init (InbSparkline *self)
{
}

GtkWidget *
inb_sparkline_new (void)
{
  return g_object_new (INB_TYPE_SPARKLINE, NULL);
}

/**
 * inb_sparkline_set_values:
 * @values: (array length=n_values) (nullable): none of them below 0
 * @description: (nullable): what to say of it; %NULL without values
 */
void
inb_sparkline_set_values (InbSparkline *self,
                          const double *values,
                          guint         n_values,
                          const char   *description)
{
  g_return_if_fail (INB_IS_SPARKLINE (self) && (values != NULL || n_values == 0));

  if (n_values == self->n_values && g_strcmp0 (description, self->description) == 0 &&
      (n_values == 0 || memcmp (values, self->values, n_values * sizeof *values) == 0))
    return;

  g_free (self->values);
  self->values = g_memdup2 (values, n_values * sizeof *values);
  self->n_values = n_values;
  self->largest = 0;
  for (guint i = 0; i < n_values; i++)
    self->largest = MAX (self->largest, values[i]);
  g_free (self->description);
  self->description = g_strdup (description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description != NULL ? description : "",
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const char *
inb_sparkline_get_description (InbSparkline *self)
{
  g_return_val_if_fail (INB_IS_SPARKLINE (self), NULL);

  return self->description;
}
