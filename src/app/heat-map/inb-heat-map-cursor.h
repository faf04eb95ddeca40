/* Where the keyboard is in a heat map. The cell there is a small widget of its own, so that it is spoken when it is reached; two of
 * them take turns, so that each step is news to assistive technology. */
#pragma once

#include "inb-heat-map-grid.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct {
  /* Borrowed: children of the heat map */
  GtkWidget *cells[2];

  guint      n_cell;        /* which of them it is */
  guint      row;           /* up to and with the totals */
  guint      column;
} InbHeatMapCursor;

void       inb_heat_map_cursor_init     (InbHeatMapCursor     *self,
                                         GtkWidget            *parent);
void       inb_heat_map_cursor_clear    (InbHeatMapCursor     *self);
GtkWidget *inb_heat_map_cursor_get_cell (InbHeatMapCursor     *self);
/* (old: nullable). From @old it goes on to the same source and product in @grid, wherever they are now, or stays on the totals. */
void       inb_heat_map_cursor_keep     (InbHeatMapCursor     *self,
                                         const InbHeatMapGrid *old,
                                         const InbHeatMapGrid *grid);
/* With the keyboard's focus, if it has that. */
void       inb_heat_map_cursor_move     (InbHeatMapCursor     *self,
                                         const InbHeatMapGrid *grid,
                                         guint                 row,
                                         guint                 column,
                                         const GdkRectangle   *bounds);
void       inb_heat_map_cursor_allocate (InbHeatMapCursor     *self,
                                         const GdkRectangle   *bounds);

G_END_DECLS
