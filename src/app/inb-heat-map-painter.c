#define G_LOG_DOMAIN "inb-app"

#include "inb-heat-map-painter.h"

#include <math.h>

#define PAD 8
#define MAX_NODES 8192
/* The longest of so many names are measured: the longest in letters is nearly always the widest. */
#define N_MEASURED 8
/* When more changes than this it is another picture, not an arrival. */
#define MAX_FADES 1024

typedef enum {
  STYLE_STEP_BLACK,
  STYLE_STEP_WHITE,
  STYLE_DIM,
  STYLE_TOTAL,
  N_STYLES
} Style;

typedef struct {
  GskRenderNode *node;      /* NULL for a text without ink */
  float          width;
  float          height;
} Text;

struct _InbHeatMapPainter {
  /* Owned */
  InbHeatMapGrid *grid;
  PangoLayout    *layout;
  PangoLayout    *bold_layout;
  GHashTable     *figures;       /* gint64 figure × N_STYLES + style → Text */
  Text          **row_names;     /* made when they are first seen */
  Text          **column_names;
  GHashTable     *fades;         /* place of the cell → GdkRGBA from which it fades; NULL = nothing does */
  GBytes         *picked_rows;
  GBytes         *picked_columns;

  /* Borrowed */
  GtkWidget      *widget;

  InbPalette      palette;
  InbHeatMapTexts texts;
  int             row_name_width;      /* for which the names were made */
  int             column_name_width;
  gboolean        upright;
  double          fade;
};

static void
text_free (gpointer data)
{
  Text *text = data;

  if (text == NULL)
    return;

  g_clear_pointer (&text->node, gsk_render_node_unref);
  g_free (text);
}

static Text *
text_new (PangoLayout   *layout,
          const GdkRGBA *color)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  Text *text = g_new0 (Text, 1);
  int width;
  int height;

  pango_layout_get_pixel_size (layout, &width, &height);
  text->width = (float) width;
  text->height = (float) height;
  gtk_snapshot_append_layout (snapshot, layout, color);
  text->node = gtk_snapshot_free_to_node (snapshot);

  return text;
}

static void
append_text (GtkSnapshot *snapshot,
             const Text  *text,
             float        x,
             float        y)
{
  if (text->node == NULL)
    return;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (floorf (x), floorf (y)));
  gtk_snapshot_append_node (snapshot, text->node);
  gtk_snapshot_restore (snapshot);
}

/* --- texts -------------------------------------------------------------------------------------------------------------- */

static void
free_names (Text  ***names,
            guint    n)
{
  if (*names == NULL)
    return;

  for (guint i = 0; i < n; i++)
    text_free ((*names)[i]);
  g_clear_pointer (names, g_free);
}

static void
forget_names (InbHeatMapPainter *self)
{
  free_names (&self->row_names, self->grid != NULL ? self->grid->n_rows + 1 : 0);
  free_names (&self->column_names, self->grid != NULL ? self->grid->n_columns + 1 : 0);
}

static int
measure_text (InbHeatMapPainter *self,
              PangoLayout       *layout,
              const char        *text)
{
  int width;

  pango_layout_set_width (layout, -1);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);

  return width;
}

static int
compare_lengths (gconstpointer a,
                 gconstpointer b)
{
  gsize first = strlen (*(char *const *) a);
  gsize second = strlen (*(char *const *) b);

  return (first < second) - (first > second);
}

static int
measure_names (InbHeatMapPainter  *self,
               char              **names,
               guint               n)
{
  g_autoptr (GPtrArray) longest = g_ptr_array_new ();
  int width = 0;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (longest, names[i]);
  g_ptr_array_sort (longest, compare_lengths);
  for (guint i = 0; i < MIN (longest->len, N_MEASURED); i++)
    width = MAX (width, measure_text (self, self->layout, g_ptr_array_index (longest, i)));

  return width;
}

static int
measure_figure (InbHeatMapPainter *self,
                PangoLayout       *layout,
                gint64             figure)
{
  g_autofree char *text = inb_heat_map_format_figure (self->grid->measure, figure);

  return measure_text (self, layout, text);
}

static void
measure_texts (InbHeatMapPainter *self)
{
  static const gint64 widest[INB_N_HEAT_MAP_MEASURES] = {
    [INB_HEAT_MAP_CONVERSION] = 1000, [INB_HEAT_MAP_VALUE] = 8880000, [INB_HEAT_MAP_RESPONSE] = 59 * 60,
  };
  InbHeatMapGrid *grid = self->grid;
  gint64 most = 0;
  gint64 figure;
  int height;

  self->texts = (InbHeatMapTexts) { 0 };
  pango_layout_set_width (self->layout, -1);
  pango_layout_set_text (self->layout, "8", -1);
  pango_layout_get_pixel_size (self->layout, NULL, &height);
  self->texts.line = height;
  if (grid == NULL)
    return;

  figure = MAX (grid->most, widest[grid->measure]);
  self->texts.row_name = MAX (measure_names (self, grid->row_names, grid->n_rows),
                              measure_text (self, self->bold_layout, grid->row_names[grid->n_rows]));
  self->texts.column_name = measure_names (self, grid->column_names, grid->n_columns);
  self->texts.figure = measure_figure (self, self->layout, figure);
  /* The columns' totals stand below the cells. */
  for (guint column = 0; column < grid->n_columns; column++)
    most = MAX (most, inb_heat_map_grid_get_figure (grid, grid->n_rows, column));
  self->texts.figure = MAX (self->texts.figure, measure_figure (self, self->bold_layout, most));
  figure = MAX (figure, inb_heat_map_grid_get_figure (grid, grid->n_rows, grid->n_columns));
  self->texts.total = MAX (measure_figure (self, self->bold_layout, figure),
                           measure_text (self, self->bold_layout, grid->column_names[grid->n_columns]));
  self->texts.roomy = grid->map->mode == INB_HEAT_MAP_WEEKDAY_HOUR;
}

static Text *
get_figure_text (InbHeatMapPainter *self,
                 gint64             figure,
                 Style              style)
{
  gint64 key = (figure == INB_HEAT_MAP_NO_FIGURE ? figure : figure * N_STYLES) + style;
  Text *text = g_hash_table_lookup (self->figures, &key);
  PangoLayout *layout = style == STYLE_TOTAL ? self->bold_layout : self->layout;
  g_autofree char *written = NULL;
  const GdkRGBA colors[N_STYLES] = {
    [STYLE_STEP_BLACK] = { 0, 0, 0, 1 },
    [STYLE_STEP_WHITE] = { 1, 1, 1, 1 },
    [STYLE_DIM] = self->palette.dim_text,
    [STYLE_TOTAL] = self->palette.text,
  };

  if (text != NULL)
    return text;

  if (g_hash_table_size (self->figures) >= MAX_NODES)
    g_hash_table_remove_all (self->figures);
  written = inb_heat_map_format_figure (self->grid->measure, figure);
  pango_layout_set_width (layout, -1);
  pango_layout_set_text (layout, written, -1);
  text = text_new (layout, &colors[style]);
  g_hash_table_insert (self->figures, g_memdup2 (&key, sizeof key), text);

  return text;
}

static Text *
make_name (InbHeatMapPainter *self,
           const char        *name,
           int                width,
           int                n_lines,
           PangoAlignment     alignment,
           gboolean           bold)
{
  PangoLayout *layout = bold ? self->bold_layout : self->layout;
  Text *text;

  pango_layout_set_text (layout, name, -1);
  pango_layout_set_width (layout, MAX (width, 1) * PANGO_SCALE);
  pango_layout_set_height (layout, -n_lines);
  pango_layout_set_alignment (layout, alignment);
  text = text_new (layout, &self->palette.text);
  pango_layout_set_alignment (layout, PANGO_ALIGN_LEFT);
  pango_layout_set_height (layout, -1);
  pango_layout_set_width (layout, -1);

  return text;
}

/* Names are made for a width; with another one they are made anew. */
static void
prepare_names (InbHeatMapPainter      *self,
               const InbHeatMapLayout *layout)
{
  gboolean upright = inb_heat_map_layout_get_upright (layout, &self->texts);
  int row_width = layout->row_header - 2 * PAD;
  int column_width = upright ? layout->cell_width - 4 : layout->column_header - PAD;

  if (self->row_names != NULL && self->row_name_width == row_width && self->column_name_width == column_width &&
      self->upright == upright)
    return;

  forget_names (self);
  self->row_names = g_new0 (Text *, self->grid->n_rows + 1);
  self->column_names = g_new0 (Text *, self->grid->n_columns + 1);
  self->row_name_width = row_width;
  self->column_name_width = column_width;
  self->upright = upright;
}

static const Text *
get_row_name (InbHeatMapPainter *self,
              guint              row)
{
  if (self->row_names[row] == NULL)
    self->row_names[row] = make_name (self, self->grid->row_names[row], self->row_name_width, 1, PANGO_ALIGN_LEFT,
                                      row == self->grid->n_rows);

  return self->row_names[row];
}

static const Text *
get_column_name (InbHeatMapPainter *self,
                 guint              column)
{
  gboolean is_total = column == self->grid->n_columns;

  if (self->column_names[column] == NULL)
    self->column_names[column] = make_name (self, self->grid->column_names[column],
                                            is_total ? self->texts.total + PAD : self->column_name_width, self->upright ? 2 : 1,
                                            self->upright || is_total ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT, is_total);

  return self->column_names[column];
}

/* --- cells -------------------------------------------------------------------------------------------------------------- */

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

static GdkRGBA
get_fill (InbHeatMapPainter *self,
          guint8             step)
{
  return step == INB_HEAT_MAP_NO_STEP ? self->palette.empty : self->palette.steps[step];
}

static GdkRGBA
mix (const GdkRGBA *from,
     const GdkRGBA *to,
     double         progress)
{
  float share = (float) progress;

  return (GdkRGBA) { from->red + (to->red - from->red) * share, from->green + (to->green - from->green) * share,
                     from->blue + (to->blue - from->blue) * share, 1 };
}

static void
paint_cell (InbHeatMapPainter     *self,
            GtkSnapshot           *snapshot,
            const graphene_rect_t *rect,
            guint                  row,
            guint                  column)
{
  gint64 figure = inb_heat_map_grid_get_figure (self->grid, row, column);
  guint8 step = inb_heat_map_grid_get_step (self->grid, figure);
  GdkRGBA fill = get_fill (self, step);
  Style style = STYLE_DIM;
  const Text *text;

  if (self->fades != NULL)
    {
      const GdkRGBA *from = g_hash_table_lookup (self->fades, GUINT_TO_POINTER (row * self->grid->n_columns + column));

      if (from != NULL)
        fill = mix (from, &fill, self->fade);
    }
  /* Where gaps have a colour of their own it lies below every cell. */
  if (step != INB_HEAT_MAP_NO_STEP || self->fades != NULL || !gdk_rgba_equal (&self->palette.gap, &self->palette.background))
    gtk_snapshot_append_color (snapshot, &fill, rect);
  if (step != INB_HEAT_MAP_NO_STEP)
    style = self->palette.step_texts[step].red > 0.5f ? STYLE_STEP_WHITE : STYLE_STEP_BLACK;
  text = get_figure_text (self, figure, style);
  append_text (snapshot, text, rect->origin.x + (rect->size.width - text->width) / 2,
               rect->origin.y + (rect->size.height - text->height) / 2);
}

static void
paint_total (InbHeatMapPainter      *self,
             GtkSnapshot            *snapshot,
             const InbHeatMapLayout *layout,
             guint                   row,
             guint                   column,
             gboolean                rtl)
{
  graphene_rect_t cell = inb_heat_map_layout_get_cell (layout, row, column);
  graphene_rect_t rect = inb_heat_map_mirror (&cell, layout->width, rtl);
  const Text *text = get_figure_text (self, inb_heat_map_grid_get_figure (self->grid, row, column), STYLE_TOTAL);

  append_text (snapshot, text, rect.origin.x + (rect.size.width - text->width) / 2,
               rect.origin.y + (rect.size.height - text->height) / 2);
}

static gboolean
is_picked (GBytes *places,
           guint   place)
{
  return ((const guint8 *) g_bytes_get_data (places, NULL))[place] != 0;
}

static void
append_outline (GtkSnapshot           *snapshot,
                const graphene_rect_t *rect,
                float                  inset,
                float                  width,
                const GdkRGBA         *color)
{
  GskRoundedRect outline;
  graphene_rect_t inner;
  const float widths[4] = { width, width, width, width };
  const GdkRGBA colors[4] = { *color, *color, *color, *color };

  graphene_rect_inset_r (rect, inset, inset, &inner);
  gsk_rounded_rect_init_from_rect (&outline, &inner, 2);
  gtk_snapshot_append_border (snapshot, &outline, widths, colors);
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

  /* Two lines, so that one of them stands out on any step. */
  append_outline (snapshot, &rect, -INB_HEAT_MAP_GAP, strong ? 3 : 2, &self->palette.text);
  append_outline (snapshot, &rect, strong ? 1 : 0, 1, &self->palette.background);
}

static void
paint_body (InbHeatMapPainter      *self,
            GtkSnapshot            *snapshot,
            const InbHeatMapLayout *layout,
            gboolean                rtl)
{
  graphene_rect_t body = inb_heat_map_layout_get_body (layout);
  graphene_rect_t clip = inb_heat_map_mirror (&body, layout->width, rtl);
  guint first_row;
  guint end_row;
  guint first_column;
  guint end_column;

  inb_heat_map_layout_get_seen_rows (layout, &first_row, &end_row);
  inb_heat_map_layout_get_seen_columns (layout, &first_column, &end_column);

  gtk_snapshot_push_clip (snapshot, &clip);
  if (self->grid->n_rows > 0 && self->grid->n_columns > 0 && !gdk_rgba_equal (&self->palette.gap, &self->palette.background))
    {
      graphene_rect_t first = inb_heat_map_layout_get_cell (layout, 0, 0);
      graphene_rect_t last = inb_heat_map_layout_get_cell (layout, layout->n_rows - 1, layout->n_columns - 1);
      graphene_rect_t all;

      /* Lines between the cells, where these are not simply set apart from the background. */
      graphene_rect_union (&first, &last, &all);
      graphene_rect_inset (&all, -INB_HEAT_MAP_GAP, -INB_HEAT_MAP_GAP);
      all = inb_heat_map_mirror (&all, layout->width, rtl);
      gtk_snapshot_append_color (snapshot, &self->palette.gap, &all);
    }
  for (guint row = first_row; row < end_row; row++)
    for (guint column = first_column; column < end_column; column++)
      {
        graphene_rect_t cell = inb_heat_map_layout_get_cell (layout, row, column);
        graphene_rect_t rect = inb_heat_map_mirror (&cell, layout->width, rtl);

        paint_cell (self, snapshot, &rect, row, column);
      }
  if (self->picked_rows != NULL)
    for (guint row = first_row; row < end_row; row++)
      for (guint column = first_column; column < end_column; column++)
        if (is_picked (self->picked_rows, row) && is_picked (self->picked_columns, column))
          inb_heat_map_painter_outline (self, snapshot, layout, row, column, FALSE, rtl);
  gtk_snapshot_pop (snapshot);
}

/* A part that stays in place, with the background that covers what scrolls below it. */
static void
push_part (InbHeatMapPainter *self,
           GtkSnapshot       *snapshot,
           float              x,
           float              y,
           float              width,
           float              height,
           int                full_width,
           gboolean           rtl)
{
  graphene_rect_t rect = GRAPHENE_RECT_INIT (x, y, MAX (width, 0), MAX (height, 0));

  rect = inb_heat_map_mirror (&rect, full_width, rtl);
  gtk_snapshot_push_clip (snapshot, &rect);
  gtk_snapshot_append_color (snapshot, &self->palette.background, &rect);
}

static void
paint_row_name (InbHeatMapPainter      *self,
                GtkSnapshot            *snapshot,
                const InbHeatMapLayout *layout,
                guint                   row,
                gboolean                rtl)
{
  graphene_rect_t cell = inb_heat_map_layout_get_cell (layout, row, 0);
  const Text *text = get_row_name (self, row);

  append_text (snapshot, text, rtl ? (float) (layout->width - PAD) - text->width : PAD,
               cell.origin.y + (cell.size.height - text->height) / 2);
}

static void
paint_column_name (InbHeatMapPainter      *self,
                   GtkSnapshot            *snapshot,
                   const InbHeatMapLayout *layout,
                   guint                   column,
                   gboolean                rtl)
{
  graphene_rect_t cell = inb_heat_map_layout_get_cell (layout, 0, column);
  graphene_rect_t rect = inb_heat_map_mirror (&cell, layout->width, rtl);
  const Text *text = get_column_name (self, column);
  float bottom = (float) layout->column_header - 4;

  if (self->upright || column == layout->n_columns)
    {
      float width = column == layout->n_columns ? (float) (self->texts.total + PAD) : (float) self->column_name_width;

      /* Centred by the layout within its own width. */
      append_text (snapshot, text, rect.origin.x + (rect.size.width - width) / 2, bottom - text->height);
      return;
    }

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (floorf (rect.origin.x + (rect.size.width - text->height) / 2), bottom));
  gtk_snapshot_rotate (snapshot, -90);
  gtk_snapshot_append_node (snapshot, text->node);
  gtk_snapshot_restore (snapshot);
}

static void
paint_row_header (InbHeatMapPainter      *self,
                  GtkSnapshot            *snapshot,
                  const InbHeatMapLayout *layout,
                  gboolean                rtl)
{
  graphene_rect_t body = inb_heat_map_layout_get_body (layout);
  guint first;
  guint end;

  inb_heat_map_layout_get_seen_rows (layout, &first, &end);
  push_part (self, snapshot, 0, body.origin.y, (float) layout->row_header, body.size.height, layout->width, rtl);
  for (guint row = first; row < end; row++)
    paint_row_name (self, snapshot, layout, row, rtl);
  if (!layout->sticky)
    paint_row_name (self, snapshot, layout, layout->n_rows, rtl);
  gtk_snapshot_pop (snapshot);
}

static void
paint_column_header (InbHeatMapPainter      *self,
                     GtkSnapshot            *snapshot,
                     const InbHeatMapLayout *layout,
                     gboolean                rtl)
{
  graphene_rect_t body = inb_heat_map_layout_get_body (layout);
  guint first;
  guint end;

  inb_heat_map_layout_get_seen_columns (layout, &first, &end);
  push_part (self, snapshot, body.origin.x, 0, body.size.width, (float) layout->column_header, layout->width, rtl);
  for (guint column = first; column < end; column++)
    paint_column_name (self, snapshot, layout, column, rtl);
  if (!layout->sticky)
    paint_column_name (self, snapshot, layout, layout->n_columns, rtl);
  gtk_snapshot_pop (snapshot);
}

static void
paint_row_totals (InbHeatMapPainter      *self,
                  GtkSnapshot            *snapshot,
                  const InbHeatMapLayout *layout,
                  gboolean                rtl)
{
  graphene_rect_t body = inb_heat_map_layout_get_body (layout);
  graphene_rect_t corner = inb_heat_map_layout_get_cell (layout, layout->n_rows, layout->n_columns);
  guint first;
  guint end;

  inb_heat_map_layout_get_seen_rows (layout, &first, &end);
  if (layout->sticky)
    push_part (self, snapshot, corner.origin.x, body.origin.y, (float) layout->total_width, body.size.height, layout->width, rtl);
  else
    push_part (self, snapshot, MAX (corner.origin.x, body.origin.x), body.origin.y, (float) layout->total_width,
               body.size.height, layout->width, rtl);
  for (guint row = first; row < end; row++)
    paint_total (self, snapshot, layout, row, layout->n_columns, rtl);
  gtk_snapshot_pop (snapshot);
}

static void
paint_column_totals (InbHeatMapPainter      *self,
                     GtkSnapshot            *snapshot,
                     const InbHeatMapLayout *layout,
                     gboolean                rtl)
{
  graphene_rect_t body = inb_heat_map_layout_get_body (layout);
  graphene_rect_t corner = inb_heat_map_layout_get_cell (layout, layout->n_rows, layout->n_columns);
  float top = MAX (corner.origin.y, body.origin.y);
  guint first;
  guint end;

  inb_heat_map_layout_get_seen_columns (layout, &first, &end);
  push_part (self, snapshot, body.origin.x, top, body.size.width, (float) layout->cell_height, layout->width, rtl);
  for (guint column = first; column < end; column++)
    paint_total (self, snapshot, layout, layout->n_rows, column, rtl);
  if (!layout->sticky)
    paint_total (self, snapshot, layout, layout->n_rows, layout->n_columns, rtl);
  gtk_snapshot_pop (snapshot);
}

/* Where column and row of the totals meet each other and the headers. */
static void
paint_corners (InbHeatMapPainter      *self,
               GtkSnapshot            *snapshot,
               const InbHeatMapLayout *layout,
               gboolean                rtl)
{
  graphene_rect_t corner = inb_heat_map_layout_get_cell (layout, layout->n_rows, layout->n_columns);

  push_part (self, snapshot, 0, corner.origin.y, (float) layout->row_header, (float) layout->cell_height, layout->width, rtl);
  paint_row_name (self, snapshot, layout, layout->n_rows, rtl);
  gtk_snapshot_pop (snapshot);
  push_part (self, snapshot, corner.origin.x, 0, (float) layout->total_width, (float) layout->column_header, layout->width, rtl);
  paint_column_name (self, snapshot, layout, layout->n_columns, rtl);
  gtk_snapshot_pop (snapshot);
  push_part (self, snapshot, corner.origin.x, corner.origin.y, (float) layout->total_width, (float) layout->cell_height,
             layout->width, rtl);
  paint_total (self, snapshot, layout, layout->n_rows, layout->n_columns, rtl);
  gtk_snapshot_pop (snapshot);
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
  if (self->grid == NULL)
    return;

  prepare_names (self, layout);
  paint_body (self, snapshot, layout, rtl);
  paint_row_totals (self, snapshot, layout, rtl);
  paint_column_totals (self, snapshot, layout, rtl);
  paint_row_header (self, snapshot, layout, rtl);
  paint_column_header (self, snapshot, layout, rtl);
  if (layout->sticky)
    paint_corners (self, snapshot, layout, rtl);
}

/* --- what changes ------------------------------------------------------------------------------------------------------- */

static GHashTable *
index_keys (char   **keys,
            guint    n,
            gboolean has_other)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n; i++)
    g_hash_table_insert (index, has_other && i == n - 1 ? (gpointer) "\x01" : keys[i], GUINT_TO_POINTER (i + 1));

  return index;
}

static guint
find_old (GHashTable *index,
          const char *key)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (index, key != NULL ? key : "\x01"));
}

/* Cells whose number is another than before fade in from what they were, wherever they stand now. */
static void
note_fades (InbHeatMapPainter    *self,
            const InbHeatMapGrid *old)
{
  const InbHeatMapGrid *grid = self->grid;
  g_autoptr (GHashTable) rows = index_keys (old->map->rows, old->n_rows, old->map->has_other_row);
  g_autoptr (GHashTable) columns = index_keys (old->map->columns, old->n_columns, old->map->has_other_column);
  g_autofree guint *old_rows = g_new0 (guint, old->n_rows + 1);
  g_autofree guint *old_columns = g_new0 (guint, old->n_columns + 1);
  g_autofree guint *places = g_new (guint, grid->n_columns + 1);   /* of each column before, from 1; 0 = it is new */

  for (guint i = 0; i < old->n_rows; i++)
    old_rows[old->rows[i]] = i;
  for (guint i = 0; i < old->n_columns; i++)
    old_columns[old->columns[i]] = i;
  for (guint column = 0; column < grid->n_columns; column++)
    places[column] = find_old (columns, inb_heat_map_grid_get_column_key (grid, column));

  for (guint row = 0; row < grid->n_rows; row++)
    {
      guint old_row = find_old (rows, inb_heat_map_grid_get_row_key (grid, row));

      for (guint column = 0; old_row > 0 && column < grid->n_columns; column++)
        {
          guint old_column = places[column];
          gint64 before;
          GdkRGBA from;

          if (old_column == 0)
            continue;
          before = inb_heat_map_grid_get_figure (old, old_rows[old_row - 1], old_columns[old_column - 1]);
          if (before == inb_heat_map_grid_get_figure (grid, row, column))
            continue;
          /* Also where the step stays the same it is seen that something happened. */
          from = get_fill (self, inb_heat_map_grid_get_step (old, before));
          from = mix (&from, &self->palette.text, 0.35);
          if (self->fades != NULL && g_hash_table_size (self->fades) >= MAX_FADES)
            {
              g_clear_pointer (&self->fades, g_hash_table_unref);
              return;
            }
          if (self->fades == NULL)
            self->fades = g_hash_table_new_full (NULL, NULL, NULL, g_free);
          g_hash_table_insert (self->fades, GUINT_TO_POINTER (row * grid->n_columns + column),
                               g_memdup2 (&from, sizeof from));
        }
    }
}

void
inb_heat_map_painter_set_grid (InbHeatMapPainter *self,
                               InbHeatMapGrid    *grid)
{
  InbHeatMapGrid *old = self->grid;

  forget_names (self);
  g_clear_pointer (&self->fades, g_hash_table_unref);
  g_clear_pointer (&self->picked_rows, g_bytes_unref);
  g_clear_pointer (&self->picked_columns, g_bytes_unref);
  self->fade = 1;
  self->grid = grid != NULL ? inb_heat_map_grid_ref (grid) : NULL;
  if (old == NULL || grid == NULL || old->measure != grid->measure)
    g_hash_table_remove_all (self->figures);
  else if (old->map->mode == grid->map->mode)
    note_fades (self, old);
  g_clear_pointer (&old, inb_heat_map_grid_unref);
  measure_texts (self);
}

static PangoLayout *
make_layout (InbHeatMapPainter *self,
             gboolean           bold)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (self->widget, NULL);
  PangoAttrList *attributes = pango_attr_list_new ();

  /* Numbers of one width, so that they do not dance when they change. */
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);

  return layout;
}

void
inb_heat_map_painter_restyle (InbHeatMapPainter *self)
{
  inb_palette_init (&self->palette, inb_palette_get_look (adw_style_manager_get_for_display (gtk_widget_get_display (self->widget))));
  forget_names (self);
  g_hash_table_remove_all (self->figures);
  g_clear_pointer (&self->fades, g_hash_table_unref);
  g_clear_object (&self->layout);
  g_clear_object (&self->bold_layout);
  self->layout = make_layout (self, FALSE);
  self->bold_layout = make_layout (self, TRUE);
  measure_texts (self);
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
    g_clear_pointer (&self->fades, g_hash_table_unref);
}

const InbPalette *
inb_heat_map_painter_get_palette (InbHeatMapPainter *self)
{
  return &self->palette;
}

const InbHeatMapTexts *
inb_heat_map_painter_get_texts (InbHeatMapPainter *self)
{
  return &self->texts;
}

InbHeatMapPainter *
inb_heat_map_painter_new (GtkWidget *widget)
{
  InbHeatMapPainter *self = g_new0 (InbHeatMapPainter, 1);

  self->widget = widget;
  self->figures = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, text_free);
  self->fade = 1;
  inb_heat_map_painter_restyle (self);

  return self;
}

void
inb_heat_map_painter_free (InbHeatMapPainter *self)
{
  if (self == NULL)
    return;

  forget_names (self);
  g_clear_pointer (&self->fades, g_hash_table_unref);
  g_clear_pointer (&self->picked_rows, g_bytes_unref);
  g_clear_pointer (&self->picked_columns, g_bytes_unref);
  g_hash_table_unref (self->figures);
  g_clear_pointer (&self->grid, inb_heat_map_grid_unref);
  g_clear_object (&self->layout);
  g_clear_object (&self->bold_layout);
  g_free (self);
}
