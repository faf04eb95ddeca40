#define G_LOG_DOMAIN "inb-app"

#include "inb-chart-marks.h"

#include "inb-direction.h"
#include "inb-outline.h"

#define PAD 6
#define DISTANCE 8
#define RADIUS 6

void
inb_chart_append_frame (const InbChartLayout *layout,
                        GtkSnapshot          *snapshot,
                        guint                 category,
                        guint                 series,
                        const GdkRGBA        *color,
                        float                 thickness)
{
  graphene_rect_t area;

  inb_chart_layout_get_part (layout, category, series, &area);
  inb_outline_append (snapshot, &area, -thickness - 1, thickness, color);
}

/* Above the part, below it where there is no room, and always within the widget. */
static graphene_rect_t
place_bubble (GtkWidget             *widget,
              const graphene_rect_t *part,
              int                    text_width,
              int                    text_height)
{
  int width = text_width + 2 * PAD;
  int height = text_height + 2 * PAD;
  double x = part->origin.x + part->size.width / 2 - width / 2.0;
  double y = part->origin.y - height - DISTANCE;

  if (y < 0)
    y = part->origin.y + part->size.height + DISTANCE;
  x = CLAMP (x, 0, MAX (0, gtk_widget_get_width (widget) - width));
  y = CLAMP (y, 0, MAX (0, gtk_widget_get_height (widget) - height));

  return GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height);
}

/**
 * inb_chart_append_bubble:
 * @widget: the chart that @layout is of
 * @text: what it says
 */
void
inb_chart_append_bubble (const InbChartLayout *layout,
                         GtkSnapshot          *snapshot,
                         GtkWidget            *widget,
                         const char           *text,
                         guint                 category,
                         guint                 series,
                         const InbPalette     *palette)
{
  g_autoptr (PangoLayout) words = gtk_widget_create_pango_layout (widget, text);
  graphene_rect_t part;
  graphene_rect_t bounds;
  GskRoundedRect box;
  int width;
  int height;

  pango_layout_set_width (words, MAX (1, gtk_widget_get_width (widget) - 2 * PAD) * PANGO_SCALE);
  pango_layout_set_wrap (words, PANGO_WRAP_WORD_CHAR);
  pango_layout_get_pixel_size (words, &width, &height);
  inb_chart_layout_get_part (layout, category, series, &part);
  bounds = place_bubble (widget, &part, width, height);

  gsk_rounded_rect_init_from_rect (&box, &bounds, RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &box);
  gtk_snapshot_append_color (snapshot, &palette->text, &box.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (bounds.origin.x + PAD, bounds.origin.y + PAD));
  inb_direction_append_layout (snapshot, words, &palette->background);
  gtk_snapshot_restore (snapshot);
}
