/* The heat map on the screen: drawn, scrolled, hovered, walked with the keyboard, and read by assistive technology. The cell with
 * the focus is a small widget of its own, so that it is spoken when it is reached.
 */
#pragma once

#include "inb-heat-map-grid.h"
#include "inb-lead-filter.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define INB_TYPE_HEAT_MAP_VIEW (inb_heat_map_view_get_type ())
G_DECLARE_FINAL_TYPE (InbHeatMapView, inb_heat_map_view, INB, HEAT_MAP_VIEW, GtkWidget)

/* A GtkScrollable. Signals, places up to and with the totals:
 * "activated" (guint row, guint column, gboolean add): clicked, or Enter; with Shift: @add.
 * "menu" (guint row, guint column): a menu is wanted for it. */

GtkWidget        *inb_heat_map_view_new               (void);
/* NULL: nothing to show yet. */
void              inb_heat_map_view_set_data          (InbHeatMapView        *self,
                                                       InbHeatMapGrid        *grid);
InbHeatMapGrid   *inb_heat_map_view_get_data          (InbHeatMapView        *self);
/* What is shown is about to be replaced. */
void              inb_heat_map_view_set_stale         (InbHeatMapView        *self,
                                                       gboolean               stale);
/* Outlines what @filter picks of the rows and columns; NULL = nothing. */
void              inb_heat_map_view_set_picked        (InbHeatMapView        *self,
                                                       const InbLeadFilter   *filter);
void              inb_heat_map_view_get_focus         (InbHeatMapView        *self,
                                                       guint                 *row,
                                                       guint                 *column);
void              inb_heat_map_view_set_focus         (InbHeatMapView        *self,
                                                       guint                  row,
                                                       guint                  column);
/* In the widget's coordinates. */
void              inb_heat_map_view_get_bounds        (InbHeatMapView        *self,
                                                       guint                  row,
                                                       guint                  column,
                                                       GdkRectangle          *bounds);
const InbPalette *inb_heat_map_view_get_palette       (InbHeatMapView        *self);
/* (transfer full) (nullable): all of it, also what is not scrolled into view. */
GskRenderNode    *inb_heat_map_view_draw_all          (InbHeatMapView        *self,
                                                       int                   *width,
                                                       int                   *height);

G_END_DECLS
