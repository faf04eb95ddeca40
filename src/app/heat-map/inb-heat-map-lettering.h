/* The names and numbers of a heat map, each distinct one kept as a finished node, so that a frame is mostly putting known nodes in
 * place; and how much room they need. */
#pragma once

#include "inb-drawn-text.h"
#include "inb-heat-map-grid.h"
#include "inb-heat-map-layout.h"

G_BEGIN_DECLS

typedef struct _InbHeatMapLettering InbHeatMapLettering;

typedef enum {
  INB_HEAT_MAP_INK_BLACK,   /* on a light step */
  INB_HEAT_MAP_INK_WHITE,   /* on a dark one */
  INB_HEAT_MAP_INK_DIM,     /* where there is nothing */
  INB_HEAT_MAP_INK_TOTAL,
  INB_N_HEAT_MAP_INKS
} InbHeatMapInk;

/* @widget: whose font it writes in; not kept alive. Has to be restyled before it is used. */
InbHeatMapLettering   *inb_heat_map_lettering_new             (GtkWidget              *widget);
void                   inb_heat_map_lettering_free            (InbHeatMapLettering    *self);
/* Another look or font. */
void                   inb_heat_map_lettering_restyle         (InbHeatMapLettering    *self,
                                                               const InbPalette       *palette);
/* (grid: nullable) */
void                   inb_heat_map_lettering_set_grid        (InbHeatMapLettering    *self,
                                                               InbHeatMapGrid         *grid);
const InbHeatMapTexts *inb_heat_map_lettering_get_texts       (InbHeatMapLettering    *self);
/* Names fit what @layout gives them. */
void                   inb_heat_map_lettering_prepare         (InbHeatMapLettering    *self,
                                                               const InbHeatMapLayout *layout);
/* (transfer none), as long as the grid, the look and the layout are; up to and with the totals. */
const InbDrawnText    *inb_heat_map_lettering_get_figure      (InbHeatMapLettering    *self,
                                                               gint64                  figure,
                                                               InbHeatMapInk           ink);
const InbDrawnText    *inb_heat_map_lettering_get_row_name    (InbHeatMapLettering    *self,
                                                               guint                   row);
const InbDrawnText    *inb_heat_map_lettering_get_column_name (InbHeatMapLettering    *self,
                                                               guint                   column);
/* Whether the column's name is written from the bottom up. */
gboolean               inb_heat_map_lettering_is_turned       (InbHeatMapLettering    *self,
                                                               guint                   column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbHeatMapLettering, inb_heat_map_lettering_free)

G_END_DECLS
