/* A heat map for elsewhere: a picture with its legend, or its figures, on the clipboard or in a file. */
#pragma once

#include "inb-heat-map-legend.h"
#include "inb-heat-map-view.h"
#include "inb-session.h"

G_BEGIN_DECLS

/* All do nothing while @view shows nothing. @session: whose leads, and in which time zone. */
void inb_heat_map_export_copy_number  (InbHeatMapView   *view);
void inb_heat_map_export_copy_table   (InbHeatMapView   *view);
void inb_heat_map_export_copy_picture (InbHeatMapView   *view,
                                       InbHeatMapLegend *legend,
                                       InbSession       *session);
/* Asks for a file. @format: "csv", "png" or "svg". */
void inb_heat_map_export_save         (InbHeatMapView   *view,
                                       InbHeatMapLegend *legend,
                                       InbSession       *session,
                                       const char       *format);

G_END_DECLS
