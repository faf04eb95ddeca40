#define G_LOG_DOMAIN "inb-app"

#include "inb-chart-pattern.h"

/* Below this it could not be seen, and a chart of many days would be slow for nothing. */
#define SMALLEST 5.0f
#define MARK_ALPHA 0.45f

typedef enum {
  PLAIN,
  RISING,
  DOTS,
  FALLING,
  LYING,
  STANDING,
  GRID,
  BLOCKS,
  N_PATTERNS
} Pattern;

static void
append_lines (GtkSnapshot           *snapshot,
              const graphene_rect_t *area,
              const GdkRGBA         *mark,
              float                  x,
              float                  y)
{
  GdkRGBA clear = *mark;
  GskColorStop stops[4];

  clear.alpha = 0;
  stops[0] = (GskColorStop) { 0, *mark };
  stops[1] = (GskColorStop) { 0.3f, *mark };
  stops[2] = (GskColorStop) { 0.3f, clear };
  stops[3] = (GskColorStop) { 1, clear };
  gtk_snapshot_append_repeating_linear_gradient (snapshot, area, &GRAPHENE_POINT_INIT (0, 0), &GRAPHENE_POINT_INIT (x, y), stops,
                                                 G_N_ELEMENTS (stops));
}

static void
append_dots (GtkSnapshot           *snapshot,
             const graphene_rect_t *area,
             const GdkRGBA         *mark,
             float                  size,
             float                  distance)
{
  gtk_snapshot_push_repeat (snapshot, area, &GRAPHENE_RECT_INIT (0, 0, distance, distance));
  gtk_snapshot_append_color (snapshot, mark, &GRAPHENE_RECT_INIT (1, 1, size, size));
  gtk_snapshot_pop (snapshot);
}

GdkRGBA
inb_chart_pattern_get_color (const InbPalette *palette,
                             guint             series,
                             gboolean          is_other)
{
  return is_other ? palette->other : palette->series[series % INB_PALETTE_SERIES];
}

void
inb_chart_pattern_append (GtkSnapshot           *snapshot,
                          const InbPalette      *palette,
                          guint                  series,
                          gboolean               is_other,
                          const graphene_rect_t *area)
{
  GdkRGBA color = inb_chart_pattern_get_color (palette, series, is_other);
  GdkRGBA mark = palette->series_texts[series % INB_PALETTE_SERIES];

  gtk_snapshot_append_color (snapshot, &color, area);
  if (is_other || area->size.width < SMALLEST || area->size.height < SMALLEST)
    return;

  mark.alpha = MARK_ALPHA;
  switch ((Pattern) (series % N_PATTERNS))
    {
    case RISING:
      append_lines (snapshot, area, &mark, 3.5f, 3.5f);
      break;
    case DOTS:
      append_dots (snapshot, area, &mark, 2, 5);
      break;
    case FALLING:
      append_lines (snapshot, area, &mark, -3.5f, 3.5f);
      break;
    case LYING:
      append_lines (snapshot, area, &mark, 0, 4);
      break;
    case STANDING:
      append_lines (snapshot, area, &mark, 4, 0);
      break;
    case GRID:
      append_lines (snapshot, area, &mark, 0, 5);
      append_lines (snapshot, area, &mark, 5, 0);
      break;
    case BLOCKS:
      append_dots (snapshot, area, &mark, 4, 8);
      break;
    case PLAIN:
    case N_PATTERNS:
    default:
      break;
    }
}
