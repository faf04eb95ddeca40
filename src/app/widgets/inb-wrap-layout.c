#define G_LOG_DOMAIN "inb-app"

#include "inb-wrap-layout.h"

struct _InbWrapLayout {
  GtkLayoutManager parent_instance;

  int              spacing;
};

G_DEFINE_FINAL_TYPE (InbWrapLayout, inb_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
inb_wrap_layout_get_request_mode (GtkLayoutManager *manager,
                                  GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
get_size (GtkWidget *child,
          int        room,
          int       *width,
          int       *height)
{
  int minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, width, NULL, NULL);
  *width = MAX (MIN (*width, room), minimum);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, *width, NULL, height, NULL, NULL);
}

/* Returns the height; with @place puts the children there. */
static int
flow (InbWrapLayout *self,
      GtkWidget     *widget,
      int            room,
      gboolean       place)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0;
  int y = 0;
  int line = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int width;
      int height;

      if (!gtk_widget_should_layout (child))
        continue;

      get_size (child, room, &width, &height);
      if (x > 0 && x + width > room)
        {
          x = 0;
          y += line + self->spacing;
          line = 0;
        }
      if (place)
        gtk_widget_size_allocate (child, &(GdkRectangle) { rtl ? room - x - width : x, y, width, height }, -1);
      x += width + self->spacing;
      line = MAX (line, height);
    }

  return y + line;
}

static void
inb_wrap_layout_measure (GtkLayoutManager *manager,
                         GtkWidget        *widget,
                         GtkOrientation    orientation,
                         int               for_size,
                         int              *minimum,
                         int              *natural,
                         int              *minimum_baseline,
                         int              *natural_baseline)
{
  InbWrapLayout *self = INB_WRAP_LAYOUT (manager);

  *minimum = 0;
  *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = flow (self, widget, for_size < 0 ? G_MAXINT / 2 : for_size, FALSE);
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int least;
      int most;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, orientation, -1, &least, &most, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural += most + (*natural > 0 ? self->spacing : 0);
    }
}

static void
inb_wrap_layout_allocate (GtkLayoutManager *manager,
                          GtkWidget        *widget,
                          int               width,
                          int               height,
                          int               baseline)
{
  flow (INB_WRAP_LAYOUT (manager), widget, width, TRUE);
}

static void
inb_wrap_layout_class_init (InbWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = inb_wrap_layout_get_request_mode;
  manager_class->measure = inb_wrap_layout_measure;
  manager_class->allocate = inb_wrap_layout_allocate;
}

static void
inb_wrap_layout_init (InbWrapLayout *self)
{
  self->spacing = 6;
}

GtkLayoutManager *
inb_wrap_layout_new (int spacing)
{
  InbWrapLayout *self = g_object_new (INB_TYPE_WRAP_LAYOUT, NULL);

  self->spacing = spacing;

  return GTK_LAYOUT_MANAGER (self);
}
