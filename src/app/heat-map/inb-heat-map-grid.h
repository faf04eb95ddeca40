/* A heat map as it is shown: one measure of it, in the order the user wants, with the names, numbers and steps of the scale
 * ready. Immutable; places are counted in shown order, and the place after the last row or column is its total.
 */
#pragma once

#include "inb-heat-map-figure.h"
#include "inb-palette.h"

G_BEGIN_DECLS

typedef enum {
  INB_HEAT_MAP_BY_TOTAL,
  INB_HEAT_MAP_BY_NAME
} InbHeatMapSort;

#define INB_HEAT_MAP_NO_STEP G_MAXUINT8

typedef struct _InbHeatMapGrid InbHeatMapGrid;

struct _InbHeatMapGrid {
  gatomicrefcount    refs;
  InbHeatMap        *map;
  InbHeatMapGrid    *owner;          /* of the map, when that is another one; NULL = this one */
  InbHeatMapMeasure  measure;
  InbHeatMapSort     sort;
  char              *currency;       /* of the values; may be NULL */
  guint              n_rows;
  guint              n_columns;
  guint             *rows;           /* place → index in the map */
  guint             *columns;
  char             **row_names;      /* n_rows + 1, as people call them; the last is the total's */
  char             **column_names;
  gint64             lows[INB_PALETTE_STEPS];  /* the least figure of each step; INB_HEAT_MAP_NO_FIGURE = not in use */
  gint64             most;           /* the largest figure of a cell; INB_HEAT_MAP_NO_FIGURE = there is none */
};

/* (map: transfer full) */
InbHeatMapGrid       *inb_heat_map_grid_new             (InbHeatMap           *map,
                                                         InbHeatMapMeasure     measure,
                                                         InbHeatMapSort        sort,
                                                         const char           *currency);
/* The same leads shown otherwise. */
InbHeatMapGrid       *inb_heat_map_grid_change          (InbHeatMapGrid       *self,
                                                         InbHeatMapMeasure     measure,
                                                         InbHeatMapSort        sort,
                                                         const char           *currency);
InbHeatMapGrid       *inb_heat_map_grid_ref             (InbHeatMapGrid       *self);
void                  inb_heat_map_grid_unref           (InbHeatMapGrid       *self);
/* @row and @column: up to and with n_rows and n_columns, the totals. */
const InbHeatMapCell *inb_heat_map_grid_get_cell        (const InbHeatMapGrid *self,
                                                         guint                 row,
                                                         guint                 column);
gint64                inb_heat_map_grid_get_figure      (const InbHeatMapGrid *self,
                                                         guint                 row,
                                                         guint                 column);
guint8                inb_heat_map_grid_get_step        (const InbHeatMapGrid *self,
                                                         gint64                figure);
/* What a cell with @figure is filled with: of its step, or empty. */
const GdkRGBA        *inb_heat_map_grid_get_fill        (const InbHeatMapGrid *self,
                                                         gint64                figure,
                                                         const InbPalette     *palette);
/* The value in the data that a row stands for: NULL for "other" and the total. */
const char           *inb_heat_map_grid_get_row_key     (const InbHeatMapGrid *self,
                                                         guint                 row);
const char           *inb_heat_map_grid_get_column_key  (const InbHeatMapGrid *self,
                                                         guint                 column);
/* Where @key is among the rows or columns; NULL finds "other". */
gboolean              inb_heat_map_grid_find_key        (const InbHeatMapGrid *self,
                                                         gboolean              is_row,
                                                         const char           *key,
                                                         guint                *place);
gboolean              inb_heat_map_grid_is_other_row    (const InbHeatMapGrid *self,
                                                         guint                 row);
gboolean              inb_heat_map_grid_is_other_column (const InbHeatMapGrid *self,
                                                         guint                 column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbHeatMapGrid, inb_heat_map_grid_unref)

G_END_DECLS
