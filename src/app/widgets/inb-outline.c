#define G_LOG_DOMAIN "inb-app"

#include "inb-outline.h"

#define RADIUS 2

void
inb_outline_append (GtkSnapshot           *snapshot,
                    const graphene_rect_t *rect,
                    float                  inset,
                    float                  width,
                    const GdkRGBA         *color)
{
  const float widths[4] = { width, width, width, width };
  const GdkRGBA colors[4] = { *color, *color, *color, *color };
  GskRoundedRect outline;
  graphene_rect_t inner;

  graphene_rect_inset_r (rect, inset, inset, &inner);
  gsk_rounded_rect_init_from_rect (&outline, &inner, RADIUS);
  gtk_snapshot_append_border (snapshot, &outline, widths, colors);
}
