#define G_LOG_DOMAIN "inb-app"

#include "inb-chart-layout.h"

#include "inb-chart-pattern.h"
#include "inb-chart-scale.h"
#include "inb-direction.h"
#include "inb-drawn-text.h"

#include <math.h>

#define MAX_TICKS 5
#define TEXT_GAP 6
#define LABEL_SHARE 0.38   /* of the width, at most, for the names of lying bars */
#define LABEL_DISTANCE 12
#define BAR_HEIGHT 18
#define LARGEST_COLUMN 56

static void
measure_text (PangoContext *context,
              const char   *text,
              double       *width,
              double       *height)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (context);
  int pixel_width, pixel_height;

  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &pixel_width, &pixel_height);
  *width = pixel_width;
  *height = pixel_height;
}

static double
measure_labels (InbChartLayout *self)
{
  double widest = 0;
  double width, height;

  /* Days of one length are told by a few of them. */
  for (guint i = 0; i < self->data->n_categories; i += 1 + self->data->n_categories / 40)
    {
      measure_text (self->context, self->data->labels[i], &width, &height);
      widest = MAX (widest, width);
    }

  return widest;
}

static void
init_columns (InbChartLayout *self,
              int             width,
              int             height)
{
  gint64 unit = self->data->unit == INB_CHART_MONEY ? 100 : 1;
  gint64 largest = inb_chart_data_get_largest_sum (self->data);
  g_autofree char *tick = NULL;
  double axis_width, text_height;

  self->step = inb_chart_scale_get_step (largest, unit, MAX_TICKS);
  self->top = inb_chart_scale_get_top (largest, self->step);
  tick = inb_chart_data_format_tick (self->data, self->top);
  measure_text (self->context, tick, &axis_width, &text_height);
  self->line_height = text_height;
  self->plot = GRAPHENE_RECT_INIT ((float) ceil (axis_width + TEXT_GAP), (float) ceil (text_height / 2),
                                   (float) MAX (1, width - ceil (axis_width + TEXT_GAP)),
                                   (float) MAX (1, height - ceil (text_height * 1.5 + TEXT_GAP)));
  self->slot = self->plot.size.width / MAX (1, self->data->n_categories);
}

/* The figures beside the bars need their place, too. */
static double
measure_figures (InbChartLayout *self)
{
  double widest = 0;

  for (guint i = 0; i < self->data->n_categories; i++)
    {
      g_autofree char *figure = inb_chart_data_format_tick (self->data, inb_chart_data_get_sum (self->data, i));
      const char *note = self->data->notes != NULL ? self->data->notes[i] : NULL;
      g_autofree char *text = g_strdup_printf ("%s%s%s", figure, note != NULL ? "  " : "", note != NULL ? note : "");
      double width, height;

      measure_text (self->context, text, &width, &height);
      widest = MAX (widest, width);
    }

  return widest + TEXT_GAP;
}

static void
init_bars (InbChartLayout *self,
           int             width,
           int             height)
{
  double names = MIN (self->label_width, width * LABEL_SHARE);
  double figures = measure_figures (self);
  double text_width;

  measure_text (self->context, "0", &text_width, &self->line_height);
  self->label_width = names;
  self->top = MAX (1, inb_chart_data_get_largest_sum (self->data));
  self->step = self->top;
  self->plot = GRAPHENE_RECT_INIT ((float) ceil (names + TEXT_GAP * 2), 0,
                                   (float) MAX (1, width - ceil (names + TEXT_GAP * 2) - figures), (float) height);
  self->slot = (double) height / MAX (1, self->data->n_categories);
}

void
inb_chart_layout_init (InbChartLayout     *self,
                       const InbChartData *data,
                       PangoContext       *context,
                       int                 width,
                       int                 height)
{
  *self = (InbChartLayout) { .data = data, .context = context };
  self->label_width = measure_labels (self);
  if (data->kind == INB_CHART_COLUMNS)
    init_columns (self, width, height);
  else
    init_bars (self, width, height);
}

static gint64
sum_below (const InbChartLayout *self,
           guint                 category,
           guint                 series)
{
  gint64 sum = 0;

  for (guint i = 0; i < series; i++)
    sum += inb_chart_data_get (self->data, category, i);

  return sum;
}

/* On whole pixels. */
void
inb_chart_layout_get_part (const InbChartLayout *self,
                           guint                 category,
                           guint                 series,
                           graphene_rect_t      *area)
{
  gint64 below = sum_below (self, category, series);
  gint64 above = below + inb_chart_data_get (self->data, category, series);
  gboolean upright = self->data->kind == INB_CHART_COLUMNS;
  double length = upright ? self->plot.size.height : self->plot.size.width;
  double start = round ((double) below / (double) self->top * length);
  double end = round ((double) above / (double) self->top * length);

  if (upright)
    {
      double gap = self->slot >= 3 ? MAX (1, self->slot * 0.2) : 0;
      double wide = MIN (LARGEST_COLUMN, self->slot - gap);
      double left = round (self->plot.origin.x + self->slot * category + (self->slot - wide) / 2);
      double right = round (self->plot.origin.x + self->slot * category + (self->slot + wide) / 2);

      graphene_rect_init (area, (float) left, (float) (self->plot.origin.y + length - end), (float) MAX (1, right - left),
                          (float) (end - start));
    }
  else
    {
      double middle = self->slot * (category + 0.5);

      graphene_rect_init (area, (float) (self->plot.origin.x + start), (float) round (middle - BAR_HEIGHT / 2.0),
                          (float) (end - start), BAR_HEIGHT);
    }
}

gboolean
inb_chart_layout_find (const InbChartLayout *self,
                       double                x,
                       double                y,
                       guint                *category,
                       guint                *series)
{
  gboolean upright = self->data->kind == INB_CHART_COLUMNS;
  double along = upright ? x - self->plot.origin.x : y;
  int found = self->slot > 0 ? (int) floor (along / self->slot) : -1;

  if (found < 0 || found >= (int) self->data->n_categories || self->data->n_series == 0 || y < 0 ||
      (upright && y > self->plot.origin.y + self->plot.size.height))
    return FALSE;

  *category = (guint) found;
  *series = 0;
  for (guint i = 0; i < self->data->n_series; i++)
    {
      graphene_rect_t area;

      if (inb_chart_data_get (self->data, *category, i) == 0)
        continue;
      inb_chart_layout_get_part (self, *category, i, &area);
      *series = i;
      if (upright ? y >= area.origin.y : x < area.origin.x + area.size.width)
        break;
    }

  return TRUE;
}

/* --- drawing ------------------------------------------------------------------------------------------------------------ */

/* @xalign 0 … 1: what part of the text is left of @x. @widest 0: as wide as it is. */
static void
append_text (const InbChartLayout *self,
             GtkSnapshot          *snapshot,
             const char           *text,
             const GdkRGBA        *color,
             double                x,
             double                middle,
             double                xalign,
             double                widest)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (self->context);
  g_autoptr (InbDrawnText) drawn = NULL;
  g_autofree char *shown = inb_direction_isolate (text);

  pango_layout_set_text (layout, shown, -1);
  if (widest > 0)
    {
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_width (layout, (int) ceil (widest) * PANGO_SCALE);
    }
  drawn = inb_drawn_text_new (layout, color);
  inb_drawn_text_append (drawn, snapshot, (float) round (x - drawn->width * xalign),
                         (float) round (middle - drawn->height / 2));
}

static void
snapshot_axis (const InbChartLayout *self,
               GtkSnapshot          *snapshot,
               const InbPalette     *palette)
{
  double bottom = self->plot.origin.y + self->plot.size.height;
  guint stride = inb_chart_scale_get_stride (self->data->n_categories, self->label_width + LABEL_DISTANCE, self->plot.size.width);
  double previous = -G_MAXDOUBLE;

  for (gint64 tick = 0; tick <= self->top; tick += self->step)
    {
      g_autofree char *text = inb_chart_data_format_tick (self->data, tick);
      double y = round (bottom - (double) tick / (double) self->top * self->plot.size.height);

      gtk_snapshot_append_color (snapshot, tick == 0 ? &palette->dim_text : &palette->grid,
                                 &GRAPHENE_RECT_INIT (self->plot.origin.x, (float) y, self->plot.size.width, 1));
      append_text (self, snapshot, text, &palette->dim_text, self->plot.origin.x - TEXT_GAP, y, 1, 0);
    }
  for (guint i = 0; i < self->data->n_categories; i += stride)
    {
      double x = self->plot.origin.x + self->slot * (i + 0.5);
      double half = self->label_width / 2;
      double end = self->plot.origin.x + self->plot.size.width;

      /* The first and the last stay inside. */
      x = CLAMP (x, half, MAX (half, end - half));
      if (x - previous < self->label_width + TEXT_GAP)
        continue;
      previous = x;
      append_text (self, snapshot, self->data->labels[i], &palette->dim_text, x, bottom + TEXT_GAP + self->line_height / 2, 0.5, 0);
    }
}

static void
snapshot_parts (const InbChartLayout *self,
                GtkSnapshot          *snapshot,
                const InbPalette     *palette,
                guint                 category)
{
  gboolean upright = self->data->kind == INB_CHART_COLUMNS;
  gboolean outlined = !gdk_rgba_equal (&palette->gap, &palette->background);

  for (guint i = 0; i < self->data->n_series; i++)
    {
      graphene_rect_t area;

      if (inb_chart_data_get (self->data, category, i) == 0)
        continue;
      inb_chart_layout_get_part (self, category, i, &area);
      /* What there is can be seen, however little. */
      if (upright && area.size.height < 1)
        graphene_rect_init (&area, area.origin.x, area.origin.y - 1, area.size.width, 1);
      if (!upright)
        area.size.width = MAX (area.size.width, 2);
      if (outlined && area.size.width > 3 && area.size.height > 3)
        {
          gtk_snapshot_append_color (snapshot, &palette->gap, &area);
          graphene_rect_inset (&area, 1, 1);
        }
      else if (upright && area.size.height > 2 && self->data->n_series > 1)
        {
          graphene_rect_init (&area, area.origin.x, area.origin.y + 1, area.size.width, area.size.height - 1);
        }
      inb_chart_pattern_append (snapshot, palette, i, self->data->has_other && i + 1 == self->data->n_series, &area);
    }
}

static void
snapshot_bar_texts (const InbChartLayout *self,
                    GtkSnapshot          *snapshot,
                    const InbPalette     *palette,
                    guint                 category)
{
  gint64 sum = inb_chart_data_get_sum (self->data, category);
  const char *note = self->data->notes != NULL ? self->data->notes[category] : NULL;
  g_autofree char *figure = inb_chart_data_format_tick (self->data, sum);
  g_autofree char *text = g_strdup_printf ("%s%s%s", figure, note != NULL ? "  " : "", note != NULL ? note : "");
  double middle = self->slot * (category + 0.5);
  double end = self->plot.origin.x + MAX (2, (double) sum / (double) self->top * self->plot.size.width);

  append_text (self, snapshot, self->data->labels[category], &palette->text, self->plot.origin.x - TEXT_GAP * 2, middle, 1,
               self->label_width);
  append_text (self, snapshot, text, &palette->text, end + TEXT_GAP, middle, 0, 0);
}

void
inb_chart_layout_snapshot (const InbChartLayout *self,
                           GtkSnapshot          *snapshot,
                           const InbPalette     *palette)
{
  if (self->data->kind == INB_CHART_COLUMNS)
    snapshot_axis (self, snapshot, palette);
  for (guint i = 0; i < self->data->n_categories; i++)
    {
      snapshot_parts (self, snapshot, palette, i);
      if (self->data->kind == INB_CHART_BARS)
        snapshot_bar_texts (self, snapshot, palette, i);
    }
}
