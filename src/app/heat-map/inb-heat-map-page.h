/* The view "heat-map": what to show and how, the map or the table of it, its legend, and what can be done with a cell. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_HEAT_MAP_PAGE (inb_heat_map_page_get_type ())
G_DECLARE_FINAL_TYPE (InbHeatMapPage, inb_heat_map_page, INB, HEAT_MAP_PAGE, AdwBin)

/* Property "session" (InbSession, nullable): whose leads. */

GtkWidget *inb_heat_map_page_new (void);

G_END_DECLS
