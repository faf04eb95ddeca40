#define G_LOG_DOMAIN "inb-app"

#include "inb-heat-map-layout.h"

#define PAD INB_HEAT_MAP_PAD
#define MIN_CELL_WIDTH 30
#define MIN_CELL_HEIGHT 28
#define MAX_CELL_WIDTH 132
#define MAX_CELL_HEIGHT 40
#define MAX_ROOMY_HEIGHT 64
#define MAX_ROW_HEADER 220
#define MAX_COLUMN_HEADER 128
/* Below this width the totals scroll with the rest. */
#define STICKY_WIDTH 560
#define STICKY_HEIGHT 300

/**
 * inb_heat_map_layout_init:
 * @self: (out caller-allocates):
 *
 * Lays it out, scrolled to the start: cells grow until they fill the room, up to a limit, and never below what their numbers
 * need.
 */
void
inb_heat_map_layout_init (InbHeatMapLayout      *self,
                          const InbHeatMapTexts *texts,
                          guint                  n_rows,
                          guint                  n_columns,
                          int                    width,
                          int                    height)
{
  int min_width = MAX (texts->figure + PAD + INB_HEAT_MAP_GAP, MIN_CELL_WIDTH);
  int min_height = MAX (texts->line + PAD, MIN_CELL_HEIGHT);
  int room;

  *self = (InbHeatMapLayout) { .n_rows = n_rows, .n_columns = n_columns, .width = width, .height = height };
  self->row_header = MIN (texts->row_name + 2 * PAD, MIN (MAX_ROW_HEADER, width * 36 / 100));
  self->total_width = MAX (texts->total + 2 * PAD, MIN_CELL_WIDTH);
  self->sticky = width >= STICKY_WIDTH && height >= STICKY_HEIGHT;

  room = width - self->row_header - self->total_width;
  self->cell_width = CLAMP (n_columns > 0 ? room / (int) n_columns : room, min_width, MAX (MAX_CELL_WIDTH, min_width));
  self->column_header = inb_heat_map_layout_get_upright (self, texts)
                          ? (texts->column_name + PAD > self->cell_width ? 2 : 1) * texts->line + PAD
                          : MIN (texts->column_name, MAX_COLUMN_HEADER) + PAD;
  room = height - self->column_header;
  self->cell_height = CLAMP (room / ((int) n_rows + 1), min_height,
                             MAX (texts->roomy ? MAX_ROOMY_HEIGHT : MAX_CELL_HEIGHT, min_height));
}

/**
 * inb_heat_map_layout_get_upright:
 *
 * Returns: whether the columns' names fit above them, in up to two lines; else they are turned
 */
gboolean
inb_heat_map_layout_get_upright (const InbHeatMapLayout *self,
                                 const InbHeatMapTexts  *texts)
{
  return texts->column_name + PAD <= self->cell_width ||
         (self->cell_width >= 64 && texts->column_name * 10 <= (self->cell_width - PAD) * 16);
}

int
inb_heat_map_layout_get_content_width (const InbHeatMapLayout *self)
{
  return self->row_header + (int) self->n_columns * self->cell_width + self->total_width;
}

int
inb_heat_map_layout_get_content_height (const InbHeatMapLayout *self)
{
  return self->column_header + ((int) self->n_rows + 1) * self->cell_height;
}

static int
get_column_x (const InbHeatMapLayout *self,
              guint                   column)
{
  int x = self->row_header + (int) column * self->cell_width - self->x;

  return column == self->n_columns && self->sticky ? MIN (x, self->width - self->total_width) : x;
}

static int
get_row_y (const InbHeatMapLayout *self,
           guint                   row)
{
  int y = self->column_header + (int) row * self->cell_height - self->y;

  return row == self->n_rows && self->sticky ? MIN (y, self->height - self->cell_height) : y;
}

graphene_rect_t
inb_heat_map_layout_get_body (const InbHeatMapLayout *self)
{
  int right = self->sticky ? get_column_x (self, self->n_columns) : self->width;
  int bottom = self->sticky ? get_row_y (self, self->n_rows) : self->height;

  return GRAPHENE_RECT_INIT ((float) self->row_header, (float) self->column_header, (float) MAX (right - self->row_header, 0),
                             (float) MAX (bottom - self->column_header, 0));
}

graphene_rect_t
inb_heat_map_layout_get_cell (const InbHeatMapLayout *self,
                              guint                   row,
                              guint                   column)
{
  int width = column == self->n_columns ? self->total_width : self->cell_width;

  return GRAPHENE_RECT_INIT ((float) get_column_x (self, column), (float) get_row_y (self, row),
                             (float) (width - INB_HEAT_MAP_GAP), (float) (self->cell_height - INB_HEAT_MAP_GAP));
}

static void
get_seen (int    offset,
          int    room,
          int    size,
          guint  n,
          guint *first,
          guint *end)
{
  *first = MIN ((guint) (MAX (offset, 0) / size), n);
  *end = MIN ((guint) ((MAX (offset, 0) + MAX (room, 0) + size - 1) / size), n);
}

void
inb_heat_map_layout_get_seen_rows (const InbHeatMapLayout *self,
                                   guint                  *first,
                                   guint                  *end)
{
  get_seen (self->y, self->height - self->column_header, self->cell_height, self->n_rows, first, end);
}

void
inb_heat_map_layout_get_seen_columns (const InbHeatMapLayout *self,
                                      guint                  *first,
                                      guint                  *end)
{
  get_seen (self->x, self->width - self->row_header, self->cell_width, self->n_columns, first, end);
}

/* The place along one axis: header and total are both the total. */
static gboolean
find_place (double  position,
            int     header,
            int     offset,
            int     size,
            guint   n,
            int     total_start,
            int     total_size,
            guint  *place)
{
  double inside = position - header + offset;

  *place = n;
  if (position < 0 || position >= total_start + total_size)
    return FALSE;
  if (position >= header && position < total_start)
    *place = MIN ((guint) (inside / size), n);

  return TRUE;
}

/**
 * inb_heat_map_layout_find:
 * @row: (out): n_rows for the total
 * @column: (out): n_columns for the total
 *
 * Returns: whether there is anything at that point
 */
gboolean
inb_heat_map_layout_find (const InbHeatMapLayout *self,
                          double                  x,
                          double                  y,
                          guint                  *row,
                          guint                  *column)
{
  return find_place (y, self->column_header, self->y, self->cell_height, self->n_rows, get_row_y (self, self->n_rows),
                     self->cell_height, row) &&
         find_place (x, self->row_header, self->x, self->cell_width, self->n_columns, get_column_x (self, self->n_columns),
                     self->total_width, column);
}

static int
reveal (int offset,
        int room,
        int start,
        int size)
{
  if (start < offset)
    return start;
  if (start + size > offset + room)
    return MAX (start + size - room, 0);

  return offset;
}

void
inb_heat_map_layout_reveal (const InbHeatMapLayout *self,
                            guint                   row,
                            guint                   column,
                            int                    *x,
                            int                    *y)
{
  graphene_rect_t body = inb_heat_map_layout_get_body (self);

  *x = self->x;
  *y = self->y;
  if (column < self->n_columns || !self->sticky)
    *x = reveal (self->x, (int) body.size.width, (int) column * self->cell_width,
                 column < self->n_columns ? self->cell_width : self->total_width);
  if (row < self->n_rows || !self->sticky)
    *y = reveal (self->y, (int) body.size.height, (int) row * self->cell_height, self->cell_height);
}
