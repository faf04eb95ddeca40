/* The cell of a heat map that has the keyboard focus, as assistive technology sees it. It draws nothing, the view does. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define INB_TYPE_HEAT_MAP_FOCUS (inb_heat_map_focus_get_type ())
G_DECLARE_FINAL_TYPE (InbHeatMapFocus, inb_heat_map_focus, INB, HEAT_MAP_FOCUS, GtkWidget)

GtkWidget *inb_heat_map_focus_new  (void);
/* @row, @column: from 1, for "row 2 of 12". */
void       inb_heat_map_focus_set  (InbHeatMapFocus *self,
                                    const char      *name,
                                    const char      *details,
                                    int              row,
                                    int              column);

G_END_DECLS
