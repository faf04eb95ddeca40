/* The heat map as a table of words and numbers: a line for each cell that has leads, for each row, each column and all. */
#pragma once

#include "inb-heat-map-grid.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_HEAT_MAP_TABLE (inb_heat_map_table_get_type ())
G_DECLARE_FINAL_TYPE (InbHeatMapTable, inb_heat_map_table, INB, HEAT_MAP_TABLE, AdwBin)

/* Signal "activated" (guint row, guint column): a line was, by double click or Enter. */

GtkWidget *inb_heat_map_table_new      (void);
/* (grid: nullable) */
void       inb_heat_map_table_set_data (InbHeatMapTable *self,
                                        InbHeatMapGrid  *grid);

G_END_DECLS
