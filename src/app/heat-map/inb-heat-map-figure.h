/* What a cell of a heat map says: one measure of its leads as an integer, and that in few characters. */
#pragma once

#include "inb-lead-figures.h"

G_BEGIN_DECLS

typedef enum {
  INB_HEAT_MAP_LEADS,
  INB_HEAT_MAP_CONVERSION,
  INB_HEAT_MAP_VALUE,
  INB_HEAT_MAP_RESPONSE,
  INB_N_HEAT_MAP_MEASURES
} InbHeatMapMeasure;

/* A measure as one integer: leads, conversion in tenths of a percent, value in hundredths, response in seconds. */
#define INB_HEAT_MAP_NO_FIGURE G_MININT64

gint64  inb_heat_map_figure_compute (InbHeatMapMeasure     measure,
                                     const InbHeatMapCell *cell);
/* (transfer full): short enough for a cell: "1,204", "15.2 %", "12.4 k", "3.5 h"; "–" for none. */
char   *inb_heat_map_figure_format  (InbHeatMapMeasure     measure,
                                     gint64                figure);

G_END_DECLS
