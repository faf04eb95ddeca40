#define G_LOG_DOMAIN "inb-app"

#include "inb-heat-map-scroll.h"

void
inb_heat_map_scroll_init (InbHeatMapScroll *self,
                          gpointer          owner,
                          GCallback         on_scrolled)
{
  *self = (InbHeatMapScroll) { .owner = owner, .on_scrolled = on_scrolled };
}

static void
drop_adjustment (InbHeatMapScroll *self,
                 GtkOrientation    orientation)
{
  if (self->adjustments[orientation] != NULL)
    g_signal_handlers_disconnect_by_func (self->adjustments[orientation], self->on_scrolled, self->owner);
  g_clear_object (&self->adjustments[orientation]);
}

void
inb_heat_map_scroll_clear (InbHeatMapScroll *self)
{
  drop_adjustment (self, GTK_ORIENTATION_HORIZONTAL);
  drop_adjustment (self, GTK_ORIENTATION_VERTICAL);
}

/**
 * inb_heat_map_scroll_set_adjustment:
 * @adjustment: (nullable): for that direction; %NULL = a new one
 *
 * Returns: whether it is another one than before
 */
gboolean
inb_heat_map_scroll_set_adjustment (InbHeatMapScroll *self,
                                    GtkOrientation    orientation,
                                    GtkAdjustment    *adjustment)
{
  if (self->adjustments[orientation] == adjustment && adjustment != NULL)
    return FALSE;

  drop_adjustment (self, orientation);
  self->adjustments[orientation] = g_object_ref_sink (adjustment != NULL ? adjustment : gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  g_signal_connect_swapped (self->adjustments[orientation], "value-changed", self->on_scrolled, self->owner);

  return TRUE;
}

static void
configure (InbHeatMapScroll *self,
           GtkOrientation    orientation,
           int               content,
           int               room,
           int               step)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];
  double value;

  if (adjustment == NULL)
    return;

  value = MIN (gtk_adjustment_get_value (adjustment), MAX (content - room, 0));
  g_signal_handlers_block_by_func (adjustment, self->on_scrolled, self->owner);
  gtk_adjustment_configure (adjustment, value, 0, MAX (content, room), step, room * 0.9, room);
  g_signal_handlers_unblock_by_func (adjustment, self->on_scrolled, self->owner);
}

void
inb_heat_map_scroll_configure (InbHeatMapScroll       *self,
                               const InbHeatMapLayout *layout)
{
  configure (self, GTK_ORIENTATION_HORIZONTAL, inb_heat_map_layout_get_content_width (layout), layout->width, layout->cell_width);
  configure (self, GTK_ORIENTATION_VERTICAL, inb_heat_map_layout_get_content_height (layout), layout->height,
             layout->cell_height);
}

/* Right to left the start is at the adjustment's end. */
static int
turn (InbHeatMapScroll *self,
      int               x,
      gboolean          rtl)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_HORIZONTAL];

  if (!rtl || adjustment == NULL)
    return x;

  return (int) (gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment)) - x;
}

static int
get_value (InbHeatMapScroll *self,
           GtkOrientation    orientation)
{
  GtkAdjustment *adjustment = self->adjustments[orientation];

  return adjustment != NULL ? (int) gtk_adjustment_get_value (adjustment) : 0;
}

void
inb_heat_map_scroll_follow (InbHeatMapScroll *self,
                            InbHeatMapLayout *layout,
                            gboolean          rtl)
{
  layout->x = MAX (turn (self, get_value (self, GTK_ORIENTATION_HORIZONTAL), rtl), 0);
  layout->y = MAX (get_value (self, GTK_ORIENTATION_VERTICAL), 0);
}

void
inb_heat_map_scroll_to (InbHeatMapScroll *self,
                        int               x,
                        int               y,
                        gboolean          rtl)
{
  if (self->adjustments[GTK_ORIENTATION_HORIZONTAL] != NULL)
    gtk_adjustment_set_value (self->adjustments[GTK_ORIENTATION_HORIZONTAL], turn (self, x, rtl));
  if (self->adjustments[GTK_ORIENTATION_VERTICAL] != NULL)
    gtk_adjustment_set_value (self->adjustments[GTK_ORIENTATION_VERTICAL], y);
}
