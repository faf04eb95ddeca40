#define G_LOG_DOMAIN "inb-app"

#include "inb-heat-map-painter.h"

#include "inb-heat-map-fades.h"
#include "inb-heat-map-lettering.h"
#include "inb-outline.h"

#define PAD INB_HEAT_MAP_PAD

struct _InbHeatMapPainter {
  /* Owned */
  InbHeatMapGrid      *grid;
  InbHeatMapLettering *lettering;
  InbHeatMapFades     *fades;         /* NULL = nothing does */
  GBytes              *picked_rows;
  GBytes              *picked_columns;

  /* Borrowed */
  GtkWidget           *widget;

  InbPalette           palette;
  double               fade;
};

/* A drawing under way: where to, and what of the map is seen. */
typedef struct {
  InbHeatMapPainter      *painter;
  GtkSnapshot            *snapshot;
  const InbHeatMapLayout *layout;
  gboolean                rtl;
  graphene_rect_t         body;       /* from left to right, as everything before it is drawn */
  graphene_rect_t         corner;     /* where row and column of the totals meet */
  guint                   first_row;
  guint                   end_row;
  guint                   first_column;
  guint                   end_column;
} Drawing;

graphene_rect_t
inb_heat_map_mirror (const graphene_rect_t *rect,
                     int                    width,
                     gboolean               rtl)
{
  graphene_rect_t mirrored = *rect;

  if (rtl)
    mirrored.origin.x = (float) width - rect->origin.x - rect->size.width;

  return mirrored;
}

static graphene_rect_t
mirror (const Drawing         *drawing,
        const graphene_rect_t *rect)
{
  return inb_heat_map_mirror (rect, drawing->layout->width, drawing->rtl);
}

static graphene_rect_t
get_cell (const Drawing *drawing,
          guint          row,
          guint          column)
{
  graphene_rect_t cell = inb_heat_map_layout_get_cell (drawing->layout, row, column);

  return mirror (drawing, &cell);
}

static void
append_centred (const Drawing         *drawing,
                const InbDrawnText    *text,
                const graphene_rect_t *rect)
{
  inb_drawn_text_append (text, drawing->snapshot, rect->origin.x + (rect->size.width - text->width) / 2,
                            rect->origin.y + (rect->size.height - text->height) / 2);
}

/* --- cells -------------------------------------------------------------------------------------------------------------- */

/* Where gaps have a colour of their own it lies below every cell. */
static gboolean
has_gap_color (InbHeatMapPainter *self)
{
  return !gdk_rgba_equal (&self->palette.gap, &self->palette.background);
}

static void
paint_cell (const Drawing *drawing,
            guint          row,
            guint          column)
{
  InbHeatMapPainter *self = drawing->painter;
  graphene_rect_t rect = get_cell (drawing, row, column);
  gint64 figure = inb_heat_map_grid_get_figure (self->grid, row, column);
  guint8 step = inb_heat_map_grid_get_step (self->grid, figure);
  GdkRGBA fill = *inb_heat_map_grid_get_fill (self->grid, figure, &self->palette);
  InbHeatMapInk ink = INB_HEAT_MAP_INK_DIM;

  if (self->fades != NULL)
    fill = inb_heat_map_fades_apply (self->fades, row, column, &fill, self->fade);
  if (step != INB_HEAT_MAP_NO_STEP || self->fades != NULL || has_gap_color (self))
    gtk_snapshot_append_color (drawing->snapshot, &fill, &rect);
  if (step != INB_HEAT_MAP_NO_STEP)
    ink = self->palette.step_texts[step].red > 0.5f ? INB_HEAT_MAP_INK_WHITE : INB_HEAT_MAP_INK_BLACK;
  append_centred (drawing, inb_heat_map_lettering_get_figure (self->lettering, figure, ink), &rect);
}

void
inb_heat_map_painter_outline (InbHeatMapPainter      *self,
                              GtkSnapshot            *snapshot,
                              const InbHeatMapLayout *layout,
                              guint                   row,
                              guint                   column,
                              gboolean                strong,
                              gboolean                rtl)
{
  graphene_rect_t cell = inb_heat_map_layout_get_cell (layout, row, column);
  graphene_rect_t rect = inb_heat_map_mirror (&cell, layout->width, rtl);
  float width = strong ? 3 : 2;

  /* Two lines, so that one of them stands out on any step; beside gaps with a colour of their own they have to be wider. */
  if (has_gap_color (self))
    width += INB_HEAT_MAP_GAP;
  inb_outline_append (snapshot, &rect, -INB_HEAT_MAP_GAP, width, &self->palette.text);
  inb_outline_append (snapshot, &rect, width - INB_HEAT_MAP_GAP, 1, &self->palette.background);
}

static gboolean
is_picked (GBytes *places,
           guint   place)
{
  return places != NULL && ((const guint8 *) g_bytes_get_data (places, NULL))[place] != 0;
}

/* Lines between the cells, where these are not simply set apart from the background. */
static void
paint_gaps (const Drawing *drawing)
{
  InbHeatMapPainter *self = drawing->painter;
  graphene_rect_t first;
  graphene_rect_t last;
  graphene_rect_t all;

  if (self->grid->n_rows == 0 || self->grid->n_columns == 0 || !has_gap_color (self))
    return;

  first = get_cell (drawing, 0, 0);
  last = get_cell (drawing, self->grid->n_rows - 1, self->grid->n_columns - 1);
  graphene_rect_union (&first, &last, &all);
  graphene_rect_inset (&all, -INB_HEAT_MAP_GAP, -INB_HEAT_MAP_GAP);
  gtk_snapshot_append_color (drawing->snapshot, &self->palette.gap, &all);
}

static void
paint_body (const Drawing *drawing)
{
  InbHeatMapPainter *self = drawing->painter;
  graphene_rect_t clip = mirror (drawing, &drawing->body);

  gtk_snapshot_push_clip (drawing->snapshot, &clip);
  paint_gaps (drawing);
  for (guint row = drawing->first_row; row < drawing->end_row; row++)
    for (guint column = drawing->first_column; column < drawing->end_column; column++)
      paint_cell (drawing, row, column);
  for (guint row = drawing->first_row; row < drawing->end_row; row++)
    for (guint column = drawing->first_column; is_picked (self->picked_rows, row) && column < drawing->end_column; column++)
      if (is_picked (self->picked_columns, column))
        inb_heat_map_painter_outline (self, drawing->snapshot, drawing->layout, row, column, FALSE, drawing->rtl);
  gtk_snapshot_pop (drawing->snapshot);
}

/* --- headers and totals ------------------------------------------------------------------------------------------------- */

/* A part that stays in place, with the background that covers what scrolls below it. */
static void
push_part (const Drawing *drawing,
           float          x,
           float          y,
           float          width,
           float          height)
{
  graphene_rect_t rect = GRAPHENE_RECT_INIT (x, y, MAX (width, 0), MAX (height, 0));

  rect = mirror (drawing, &rect);
  gtk_snapshot_push_clip (drawing->snapshot, &rect);
  gtk_snapshot_append_color (drawing->snapshot, &drawing->painter->palette.background, &rect);
}

static void
pop_part (const Drawing *drawing)
{
  gtk_snapshot_pop (drawing->snapshot);
}

static void
paint_row_name (const Drawing *drawing,
                guint          row)
{
  graphene_rect_t cell = get_cell (drawing, row, 0);
  const InbDrawnText *text = inb_heat_map_lettering_get_row_name (drawing->painter->lettering, row);

  inb_drawn_text_append (text, drawing->snapshot,
                            drawing->rtl ? (float) (drawing->layout->width - PAD) - text->width : PAD,
                            cell.origin.y + (cell.size.height - text->height) / 2);
}

static void
paint_column_name (const Drawing *drawing,
                   guint          column)
{
  InbHeatMapLettering *lettering = drawing->painter->lettering;
  graphene_rect_t rect = get_cell (drawing, 0, column);
  const InbDrawnText *text = inb_heat_map_lettering_get_column_name (lettering, column);
  float bottom = (float) drawing->layout->column_header - 4;
  float middle = rect.origin.x + rect.size.width / 2;

  if (inb_heat_map_lettering_is_turned (lettering, column))
    inb_drawn_text_append_turned (text, drawing->snapshot, middle - text->height / 2, bottom);
  else
    inb_drawn_text_append (text, drawing->snapshot, middle - text->width / 2, bottom - text->height);
}

static void
paint_total (const Drawing *drawing,
             guint          row,
             guint          column)
{
  InbHeatMapPainter *self = drawing->painter;
  graphene_rect_t rect = get_cell (drawing, row, column);
  gint64 figure = inb_heat_map_grid_get_figure (self->grid, row, column);

  append_centred (drawing, inb_heat_map_lettering_get_figure (self->lettering, figure, INB_HEAT_MAP_INK_TOTAL), &rect);
}

static void
paint_row_header (const Drawing *drawing)
{
  push_part (drawing, 0, drawing->body.origin.y, (float) drawing->layout->row_header, drawing->body.size.height);
  for (guint row = drawing->first_row; row < drawing->end_row; row++)
    paint_row_name (drawing, row);
  if (!drawing->layout->sticky)
    paint_row_name (drawing, drawing->layout->n_rows);
  pop_part (drawing);
}

static void
paint_column_header (const Drawing *drawing)
{
  push_part (drawing, drawing->body.origin.x, 0, drawing->body.size.width, (float) drawing->layout->column_header);
  for (guint column = drawing->first_column; column < drawing->end_column; column++)
    paint_column_name (drawing, column);
  if (!drawing->layout->sticky)
    paint_column_name (drawing, drawing->layout->n_columns);
  pop_part (drawing);
}

static void
paint_row_totals (const Drawing *drawing)
{
  float left = MAX (drawing->corner.origin.x, drawing->body.origin.x);

  push_part (drawing, left, drawing->body.origin.y, (float) drawing->layout->total_width, drawing->body.size.height);
  for (guint row = drawing->first_row; row < drawing->end_row; row++)
    paint_total (drawing, row, drawing->layout->n_columns);
  pop_part (drawing);
}

static void
paint_column_totals (const Drawing *drawing)
{
  float top = MAX (drawing->corner.origin.y, drawing->body.origin.y);

  push_part (drawing, drawing->body.origin.x, top, drawing->body.size.width, (float) drawing->layout->cell_height);
  for (guint column = drawing->first_column; column < drawing->end_column; column++)
    paint_total (drawing, drawing->layout->n_rows, column);
  if (!drawing->layout->sticky)
    paint_total (drawing, drawing->layout->n_rows, drawing->layout->n_columns);
  pop_part (drawing);
}

/* Where column and row of the totals meet each other and the headers. */
static void
paint_corners (const Drawing *drawing)
{
  const InbHeatMapLayout *layout = drawing->layout;
  float x = drawing->corner.origin.x;
  float y = drawing->corner.origin.y;

  push_part (drawing, 0, y, (float) layout->row_header, (float) layout->cell_height);
  paint_row_name (drawing, layout->n_rows);
  pop_part (drawing);
  push_part (drawing, x, 0, (float) layout->total_width, (float) layout->column_header);
  paint_column_name (drawing, layout->n_columns);
  pop_part (drawing);
  push_part (drawing, x, y, (float) layout->total_width, (float) layout->cell_height);
  paint_total (drawing, layout->n_rows, layout->n_columns);
  pop_part (drawing);
}

/**
 * inb_heat_map_painter_paint:
 * @layout: made with this painter's texts
 *
 * Draws all that @layout shows.
 */
void
inb_heat_map_painter_paint (InbHeatMapPainter      *self,
                            GtkSnapshot            *snapshot,
                            const InbHeatMapLayout *layout,
                            gboolean                rtl)
{
  Drawing drawing = { .painter = self, .snapshot = snapshot, .layout = layout, .rtl = rtl };

  if (self->grid == NULL)
    return;

  drawing.body = inb_heat_map_layout_get_body (layout);
  drawing.corner = inb_heat_map_layout_get_cell (layout, layout->n_rows, layout->n_columns);
  inb_heat_map_layout_get_seen_rows (layout, &drawing.first_row, &drawing.end_row);
  inb_heat_map_layout_get_seen_columns (layout, &drawing.first_column, &drawing.end_column);
  inb_heat_map_lettering_prepare (self->lettering, layout);
  paint_body (&drawing);
  paint_row_totals (&drawing);
  paint_column_totals (&drawing);
  paint_row_header (&drawing);
  paint_column_header (&drawing);
  if (layout->sticky)
    paint_corners (&drawing);
}

/* --- what changes ------------------------------------------------------------------------------------------------------- */

void
inb_heat_map_painter_set_grid (InbHeatMapPainter *self,
                               InbHeatMapGrid    *grid)
{
  InbHeatMapGrid *old = self->grid;

  g_clear_pointer (&self->fades, inb_heat_map_fades_free);
  inb_heat_map_painter_set_picked (self, NULL, NULL);
  self->fade = 1;
  self->grid = grid != NULL ? inb_heat_map_grid_ref (grid) : NULL;
  if (old != NULL && grid != NULL && old->measure == grid->measure && old->map->mode == grid->map->mode)
    self->fades = inb_heat_map_fades_new (old, grid, &self->palette);
  g_clear_pointer (&old, inb_heat_map_grid_unref);
  inb_heat_map_lettering_set_grid (self->lettering, grid);
}

void
inb_heat_map_painter_restyle (InbHeatMapPainter *self)
{
  inb_palette_init (&self->palette, inb_palette_get_look (adw_style_manager_get_for_display (gtk_widget_get_display (self->widget))));
  g_clear_pointer (&self->fades, inb_heat_map_fades_free);
  inb_heat_map_lettering_restyle (self->lettering, &self->palette);
}

void
inb_heat_map_painter_set_picked (InbHeatMapPainter *self,
                                 GBytes            *rows,
                                 GBytes            *columns)
{
  g_clear_pointer (&self->picked_rows, g_bytes_unref);
  g_clear_pointer (&self->picked_columns, g_bytes_unref);
  if (rows == NULL || columns == NULL)
    return;

  g_assert (g_bytes_get_size (rows) == self->grid->n_rows + 1 && g_bytes_get_size (columns) == self->grid->n_columns + 1);
  self->picked_rows = g_bytes_ref (rows);
  self->picked_columns = g_bytes_ref (columns);
}

gboolean
inb_heat_map_painter_has_fades (InbHeatMapPainter *self)
{
  return self->fades != NULL;
}

void
inb_heat_map_painter_set_fade (InbHeatMapPainter *self,
                               double             progress)
{
  self->fade = progress;
  if (progress >= 1)
    g_clear_pointer (&self->fades, inb_heat_map_fades_free);
}

const InbPalette *
inb_heat_map_painter_get_palette (InbHeatMapPainter *self)
{
  return &self->palette;
}

const InbHeatMapTexts *
inb_heat_map_painter_get_texts (InbHeatMapPainter *self)
{
  return inb_heat_map_lettering_get_texts (self->lettering);
}

InbHeatMapPainter *
inb_heat_map_painter_new (GtkWidget *widget)
{
  InbHeatMapPainter *self = g_new0 (InbHeatMapPainter, 1);

  self->widget = widget;
  self->lettering = inb_heat_map_lettering_new (widget);
  self->fade = 1;
  inb_heat_map_painter_restyle (self);

  return self;
}

void
inb_heat_map_painter_free (InbHeatMapPainter *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->fades, inb_heat_map_fades_free);
  g_clear_pointer (&self->picked_rows, g_bytes_unref);
  g_clear_pointer (&self->picked_columns, g_bytes_unref);
  inb_heat_map_lettering_free (self->lettering);
  g_clear_pointer (&self->grid, inb_heat_map_grid_unref);
  g_free (self);
}
