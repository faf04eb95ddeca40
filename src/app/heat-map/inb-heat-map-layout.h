/* Where in a heat map what is: sizes, scrolling, and which cell is at a point. Whole pixels, from left to right. Row and column
 * headers stay in place while the cells scroll; so do the totals where there is room. */
#pragma once

#include <graphene.h>
#include <glib.h>

G_BEGIN_DECLS

#define INB_HEAT_MAP_GAP 2
/* Beside and between texts. */
#define INB_HEAT_MAP_PAD 8

typedef struct {
  guint    n_rows;
  guint    n_columns;
  int      row_header;      /* width */
  int      column_header;   /* height */
  int      cell_width;      /* with the gap */
  int      cell_height;
  int      total_width;
  int      width;           /* of what is shown */
  int      height;
  int      x;               /* how far it is scrolled */
  int      y;
  gboolean sticky;
} InbHeatMapLayout;

typedef struct {
  int      row_name;        /* what the texts need */
  int      column_name;
  int      figure;
  int      total;
  int      line;            /* height */
  gboolean roomy;           /* few rows: may grow higher */
} InbHeatMapTexts;

/* Makes the best of @width × @height. */
void            inb_heat_map_layout_init               (InbHeatMapLayout       *self,
                                                        const InbHeatMapTexts  *texts,
                                                        guint                   n_rows,
                                                        guint                   n_columns,
                                                        int                     width,
                                                        int                     height);
gboolean        inb_heat_map_layout_get_upright        (const InbHeatMapLayout *self,
                                                        const InbHeatMapTexts  *texts);
int             inb_heat_map_layout_get_content_width  (const InbHeatMapLayout *self);
int             inb_heat_map_layout_get_content_height (const InbHeatMapLayout *self);
/* The room between headers and totals that stay, in which cells are seen. */
graphene_rect_t inb_heat_map_layout_get_body           (const InbHeatMapLayout *self);
/* Of the cell without its gap; the place after the last is the total. */
graphene_rect_t inb_heat_map_layout_get_cell           (const InbHeatMapLayout *self,
                                                        guint                   row,
                                                        guint                   column);
/* The cells that are seen at least in part: [*first, *end). */
void            inb_heat_map_layout_get_seen_rows      (const InbHeatMapLayout *self,
                                                        guint                  *first,
                                                        guint                  *end);
void            inb_heat_map_layout_get_seen_columns   (const InbHeatMapLayout *self,
                                                        guint                  *first,
                                                        guint                  *end);
/* A header counts as the total of its row or column. */
gboolean        inb_heat_map_layout_find               (const InbHeatMapLayout *self,
                                                        double                  x,
                                                        double                  y,
                                                        guint                  *row,
                                                        guint                  *column);
/* The scroll position at which the cell is seen. */
void            inb_heat_map_layout_reveal             (const InbHeatMapLayout *self,
                                                        guint                   row,
                                                        guint                   column,
                                                        int                    *x,
                                                        int                    *y);

G_END_DECLS
