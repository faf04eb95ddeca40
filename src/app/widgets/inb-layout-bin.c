#define G_LOG_DOMAIN "inb-app"

#include "inb-layout-bin.h"

#define WIDE_WIDTH 1000
#define MEDIUM_WIDTH 600
#define LOW_HEIGHT 560
/* The narrowest window. */
#define LEAST_WIDTH 360

typedef struct {
  InbLayout layout;
  gboolean  low;
} Room;

struct _InbLayoutBin {
  GtkWidget  parent_instance;

  /* Owned */
  GtkWidget *child;

  guint      change;
  Room       room;
  Room       next;
  gboolean   known;     /* it was given room once */
};

static guint layout_changed_signal;

static void inb_layout_bin_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (InbLayoutBin, inb_layout_bin, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, inb_layout_bin_buildable_init))

static GtkBuildableIface *parent_buildable;

static gboolean
on_change (gpointer user_data)
{
  InbLayoutBin *self = user_data;

  self->change = 0;
  if (!self->known || self->room.layout != self->next.layout || self->room.low != self->next.low)
    {
      self->known = TRUE;
      self->room = self->next;
      g_signal_emit (self, layout_changed_signal, 0);
    }

  return G_SOURCE_REMOVE;
}

/* What a layout needs that is about to give way to a narrower one must not keep the window from getting narrower: for the one
 * frame until then it is cut off. */
static int
get_child_width (InbLayoutBin *self)
{
  int minimum = 0;

  if (self->child != NULL)
    gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);

  return minimum;
}

static void
inb_layout_bin_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  InbLayoutBin *self = INB_LAYOUT_BIN (widget);

  self->next.layout = width >= WIDE_WIDTH ? INB_LAYOUT_WIDE : width >= MEDIUM_WIDTH ? INB_LAYOUT_MEDIUM : INB_LAYOUT_NARROW;
  self->next.low = height < LOW_HEIGHT;
  if ((!self->known || self->next.layout != self->room.layout || self->next.low != self->room.low) && self->change == 0)
    self->change = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_change, self, NULL);

  if (self->child != NULL)
    gtk_widget_allocate (self->child, MAX (width, get_child_width (self)), height, baseline, NULL);
}

static void
inb_layout_bin_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  InbLayoutBin *self = INB_LAYOUT_BIN (widget);

  if (self->child == NULL)
    return;

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    for_size = MAX (for_size, get_child_width (self));
  gtk_widget_measure (self->child, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, LEAST_WIDTH);
}

static void
inb_layout_bin_dispose (GObject *object)
{
  InbLayoutBin *self = INB_LAYOUT_BIN (object);

  g_clear_handle_id (&self->change, g_source_remove);
  g_clear_pointer (&self->child, gtk_widget_unparent);

  G_OBJECT_CLASS (inb_layout_bin_parent_class)->dispose (object);
}

static void
inb_layout_bin_class_init (InbLayoutBinClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_layout_bin_dispose;
  widget_class->size_allocate = inb_layout_bin_size_allocate;
  widget_class->measure = inb_layout_bin_measure;

  layout_changed_signal = g_signal_new ("layout-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);
}

static void
inb_layout_bin_add_child (GtkBuildable *buildable,
                          GtkBuilder   *builder,
                          GObject      *child,
                          const char   *type)
{
  if (GTK_IS_WIDGET (child))
    inb_layout_bin_set_child (INB_LAYOUT_BIN (buildable), GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
inb_layout_bin_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = inb_layout_bin_add_child;
}

static void
inb_layout_bin_init (InbLayoutBin *self)
{
  self->room.layout = self->next.layout = INB_LAYOUT_WIDE;
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

void
inb_layout_bin_set_child (InbLayoutBin *self,
                          GtkWidget    *child)
{
  g_return_if_fail (INB_IS_LAYOUT_BIN (self) && GTK_IS_WIDGET (child));

  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

InbLayout
inb_layout_bin_get_layout (InbLayoutBin *self)
{
  g_return_val_if_fail (INB_IS_LAYOUT_BIN (self), INB_LAYOUT_WIDE);

  return self->room.layout;
}

gboolean
inb_layout_bin_get_low (InbLayoutBin *self)
{
  g_return_val_if_fail (INB_IS_LAYOUT_BIN (self), FALSE);

  return self->room.low;
}

gboolean
inb_layout_bin_get_known (InbLayoutBin *self)
{
  g_return_val_if_fail (INB_IS_LAYOUT_BIN (self), FALSE);

  return self->known;
}
