#define G_LOG_DOMAIN "inb-app"

#include "inb-heat-map-cursor.h"

#include "inb-heat-map-focus.h"
#include "inb-heat-map-text.h"

/**
 * inb_heat_map_cursor_init:
 * @parent: the heat map, which has to call inb_heat_map_cursor_clear() before it is gone
 */
void
inb_heat_map_cursor_init (InbHeatMapCursor *self,
                          GtkWidget        *parent)
{
  *self = (InbHeatMapCursor) { 0 };
  for (guint i = 0; i < G_N_ELEMENTS (self->cells); i++)
    {
      self->cells[i] = inb_heat_map_focus_new ();
      gtk_widget_set_parent (self->cells[i], parent);
      gtk_widget_set_visible (self->cells[i], i == self->n_cell);
    }
}

void
inb_heat_map_cursor_clear (InbHeatMapCursor *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->cells); i++)
    g_clear_pointer (&self->cells[i], gtk_widget_unparent);
}

GtkWidget *
inb_heat_map_cursor_get_cell (InbHeatMapCursor *self)
{
  return self->cells[self->n_cell];
}

static void
describe (InbHeatMapCursor     *self,
          const InbHeatMapGrid *grid)
{
  g_autofree char *name = inb_heat_map_text_get_name (grid, self->row, self->column);
  g_autofree char *details = inb_heat_map_text_get_details (grid, self->row, self->column, ". ");

  inb_heat_map_focus_set (INB_HEAT_MAP_FOCUS (inb_heat_map_cursor_get_cell (self)), name, details, (int) self->row + 1,
                          (int) self->column + 1);
}

/* The place of @key; that of @fallback where it is gone. */
static guint
find_key (const InbHeatMapGrid *grid,
          gboolean              is_row,
          const char           *key,
          guint                 fallback)
{
  guint place;

  if (inb_heat_map_grid_find_key (grid, is_row, key, &place))
    return place;

  return MIN (fallback, is_row ? grid->n_rows : grid->n_columns);
}

void
inb_heat_map_cursor_keep (InbHeatMapCursor     *self,
                          const InbHeatMapGrid *old,
                          const InbHeatMapGrid *grid)
{
  if (old == NULL || old->map->mode != grid->map->mode)
    {
      self->row = 0;
      self->column = 0;
    }
  else
    {
      self->row = self->row == old->n_rows ? grid->n_rows
                    : find_key (grid, TRUE, inb_heat_map_grid_get_row_key (old, self->row), self->row);
      self->column = self->column == old->n_columns ? grid->n_columns
                       : find_key (grid, FALSE, inb_heat_map_grid_get_column_key (old, self->column), self->column);
    }
  describe (self, grid);
}

void
inb_heat_map_cursor_allocate (InbHeatMapCursor   *self,
                              const GdkRectangle *bounds)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->cells); i++)
    if (gtk_widget_get_visible (self->cells[i]))
      gtk_widget_size_allocate (self->cells[i], bounds, -1);
}

/**
 * inb_heat_map_cursor_move:
 * @bounds: of the cell at @row and @column, in the heat map
 */
void
inb_heat_map_cursor_move (InbHeatMapCursor     *self,
                          const InbHeatMapGrid *grid,
                          guint                 row,
                          guint                 column,
                          const GdkRectangle   *bounds)
{
  GtkWidget *old = inb_heat_map_cursor_get_cell (self);
  GtkWidget *cell;

  self->row = row;
  self->column = column;
  self->n_cell = !self->n_cell;
  cell = inb_heat_map_cursor_get_cell (self);
  describe (self, grid);
  gtk_widget_set_visible (cell, TRUE);
  inb_heat_map_cursor_allocate (self, bounds);
  if (gtk_widget_has_focus (old))
    gtk_widget_grab_focus (cell);
  gtk_widget_set_visible (old, FALSE);
}
