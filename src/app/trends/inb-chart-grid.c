#define G_LOG_DOMAIN "inb-app"

#include "inb-chart-grid.h"

#define GAP 12
#define COLUMN_WIDTH 300
#define MAX_COLUMNS 3

struct _InbChartGrid {
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (InbChartGrid, inb_chart_grid, GTK_TYPE_WIDGET)

static int
get_n_columns (int width)
{
  return CLAMP ((width + GAP) / (COLUMN_WIDTH + GAP), 1, MAX_COLUMNS);
}

/* The row that begins with @first: how many children are in it, and its height for @width. */
static int
measure_row (GtkWidget *first,
             int        n_columns,
             int        width,
             int       *height)
{
  int column_width = (width - (n_columns - 1) * GAP) / n_columns;
  int n_children = 0;

  *height = 0;
  for (GtkWidget *child = first; child != NULL && n_children < n_columns; child = gtk_widget_get_next_sibling (child))
    {
      int natural;

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, column_width, NULL, &natural, NULL, NULL);
      *height = MAX (*height, natural);
      n_children++;
    }

  return n_children;
}

static void
inb_chart_grid_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int n_columns = 1;

  *minimum = 0;
  *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      for (; child != NULL; child = gtk_widget_get_next_sibling (child))
        {
          int least, wanted;

          gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
          *minimum = MAX (*minimum, least);
          *natural = MAX (*natural, wanted);
        }
      return;
    }

  while (child != NULL)
    {
      int height;
      int n_children = measure_row (child, n_columns, for_size, &height);

      *minimum += height + (*minimum > 0 ? GAP : 0);
      for (int i = 0; i < n_children; i++)
        child = gtk_widget_get_next_sibling (child);
      n_columns = get_n_columns (for_size);
    }
  *natural = *minimum;
}

static void
inb_chart_grid_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int n_columns = 1;
  int y = 0;

  while (child != NULL)
    {
      int row_height;
      int n_children = measure_row (child, n_columns, width, &row_height);
      /* A row that is not full is shared by those that there are. */
      int column_width = (width - (n_children - 1) * GAP) / n_children;

      for (int i = 0; i < n_children; i++, child = gtk_widget_get_next_sibling (child))
        {
          int x = i * (column_width + GAP);

          gtk_widget_size_allocate (child, &(GtkAllocation) { mirrored ? width - x - column_width : x, y, column_width, row_height },
                                    -1);
        }
      y += row_height + GAP;
      n_columns = get_n_columns (width);
    }
}

static GtkSizeRequestMode
inb_chart_grid_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
inb_chart_grid_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (inb_chart_grid_parent_class)->dispose (object);
}

static void
inb_chart_grid_class_init (InbChartGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_chart_grid_dispose;
  widget_class->measure = inb_chart_grid_measure;
  widget_class->size_allocate = inb_chart_grid_size_allocate;
  widget_class->get_request_mode = inb_chart_grid_get_request_mode;
}

static void
inb_chart_grid_init (InbChartGrid *self)
{
}

GtkWidget *
inb_chart_grid_new (void)
{
  return g_object_new (INB_TYPE_CHART_GRID, NULL);
}

void
inb_chart_grid_append (InbChartGrid *self,
                       GtkWidget    *child)
{
  g_return_if_fail (INB_IS_CHART_GRID (self) && GTK_IS_WIDGET (child));

  gtk_widget_set_parent (child, GTK_WIDGET (self));
}
