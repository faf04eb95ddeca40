#define G_LOG_DOMAIN "inb-app"

#include "inb-drawn-text.h"

#include <math.h>

InbDrawnText *
inb_drawn_text_new (PangoLayout   *layout,
                    const GdkRGBA *color)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  InbDrawnText *self = g_new0 (InbDrawnText, 1);
  PangoRectangle extents;

  /* A text whose direction is not the window's is aligned to the other side of a layout with a width. */
  pango_layout_get_pixel_extents (layout, NULL, &extents);
  self->x = (float) extents.x;
  self->width = (float) extents.width;
  self->height = (float) extents.height;
  gtk_snapshot_append_layout (snapshot, layout, color);
  self->node = gtk_snapshot_free_to_node (snapshot);

  return self;
}

void
inb_drawn_text_free (InbDrawnText *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->node, gsk_render_node_unref);
  g_free (self);
}

static void
append (const InbDrawnText *self,
        GtkSnapshot        *snapshot,
        float               x,
        float               y,
        float               angle)
{
  if (self->node == NULL)
    return;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (floorf (x), floorf (y)));
  gtk_snapshot_rotate (snapshot, angle);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (-self->x, 0));
  gtk_snapshot_append_node (snapshot, self->node);
  gtk_snapshot_restore (snapshot);
}

void
inb_drawn_text_append (const InbDrawnText *self,
                       GtkSnapshot        *snapshot,
                       float               x,
                       float               y)
{
  append (self, snapshot, x, y, 0);
}

void
inb_drawn_text_append_turned (const InbDrawnText *self,
                              GtkSnapshot        *snapshot,
                              float               x,
                              float               y)
{
  append (self, snapshot, x, y, -90);
}
