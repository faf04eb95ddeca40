/* Draws a heat map: what it looks like, not how it behaves. */
#pragma once

#include "inb-heat-map-grid.h"
#include "inb-heat-map-layout.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _InbHeatMapPainter InbHeatMapPainter;

/* @widget: whose font it writes in; not kept alive. */
InbHeatMapPainter     *inb_heat_map_painter_new         (GtkWidget               *widget);
void                   inb_heat_map_painter_free        (InbHeatMapPainter       *self);
/* (grid: nullable). What it drew before becomes what it fades from. */
void                   inb_heat_map_painter_set_grid    (InbHeatMapPainter       *self,
                                                         InbHeatMapGrid          *grid);
/* Another look or font. */
void                   inb_heat_map_painter_restyle     (InbHeatMapPainter       *self);
const InbPalette      *inb_heat_map_painter_get_palette (InbHeatMapPainter       *self);
const InbHeatMapTexts *inb_heat_map_painter_get_texts   (InbHeatMapPainter       *self);
/* Whether anything differs from the grid before, so that there is something to fade. */
gboolean               inb_heat_map_painter_has_fades   (InbHeatMapPainter       *self);
/* 0 = as it was … 1 = as it is. */
void                   inb_heat_map_painter_set_fade    (InbHeatMapPainter       *self,
                                                         double                   progress);
/* A byte for each row and column, the totals included: part of what the user has picked; NULL = nothing is. */
void                   inb_heat_map_painter_set_picked  (InbHeatMapPainter       *self,
                                                         GBytes                  *rows,
                                                         GBytes                  *columns);
void                   inb_heat_map_painter_paint       (InbHeatMapPainter       *self,
                                                         GtkSnapshot             *snapshot,
                                                         const InbHeatMapLayout  *layout,
                                                         gboolean                 rtl);
/* Around a cell: @strong for the focus, else for the pointer. */
void                   inb_heat_map_painter_outline     (InbHeatMapPainter       *self,
                                                         GtkSnapshot             *snapshot,
                                                         const InbHeatMapLayout  *layout,
                                                         guint                    row,
                                                         guint                    column,
                                                         gboolean                 strong,
                                                         gboolean                 rtl);
graphene_rect_t        inb_heat_map_mirror              (const graphene_rect_t   *rect,
                                                         int                      width,
                                                         gboolean                 rtl);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbHeatMapPainter, inb_heat_map_painter_free)

G_END_DECLS
