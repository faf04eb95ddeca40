#define G_LOG_DOMAIN "inb-app"

#include "inb-hover.h"

static void
on_motion (InbHover *self,
           double    x,
           double    y)
{
  guint first = self->first;
  guint second = self->second;
  gboolean is_inside = self->find (self->widget, x, y, &first, &second);

  if (is_inside == self->is_inside && first == self->first && second == self->second)
    return;

  self->is_inside = is_inside;
  self->first = first;
  self->second = second;
  gtk_widget_queue_draw (self->widget);
}

static void
on_left (InbHover *self)
{
  self->is_inside = FALSE;
  gtk_widget_queue_draw (self->widget);
}

/**
 * inb_hover_init:
 * @self: (out caller-allocates): a field of @widget's instance
 * @find: tells the part at a point of @widget
 *
 * Follows the pointer for as long as @widget lives.
 */
void
inb_hover_init (InbHover     *self,
                GtkWidget    *widget,
                InbHoverFind  find)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  *self = (InbHover) { .widget = widget, .find = find };
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_left), self);
  gtk_widget_add_controller (widget, motion);
}
