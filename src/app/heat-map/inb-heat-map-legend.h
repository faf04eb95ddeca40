/* What the colours of a heat map mean: its steps, each with the numbers it stands for. */
#pragma once

#include "inb-heat-map-grid.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define INB_TYPE_HEAT_MAP_LEGEND (inb_heat_map_legend_get_type ())
G_DECLARE_FINAL_TYPE (InbHeatMapLegend, inb_heat_map_legend, INB, HEAT_MAP_LEGEND, GtkWidget)

#define INB_HEAT_MAP_LEGEND_HEIGHT 26

GtkWidget *inb_heat_map_legend_new      (void);
/* (grid: nullable) */
void       inb_heat_map_legend_set_data (InbHeatMapLegend *self,
                                         InbHeatMapGrid   *grid);
/* For a picture. */
void       inb_heat_map_legend_paint    (InbHeatMapLegend *self,
                                         GtkSnapshot      *snapshot,
                                         int               width);
/* (transfer full): "Leads: 1–16, 17–66, …" */
char      *inb_heat_map_legend_get_text (const InbHeatMapGrid *grid);

G_END_DECLS
