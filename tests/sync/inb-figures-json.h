/* What the replica counts, as the service writes the same: one JSON object, so that a test can compare the two. */
#pragma once

#include "inb-lead-figures.h"

G_BEGIN_DECLS

void inb_figures_json_append_metrics  (GString          *json,
                                       const InbMetrics *metrics);
/* A cell is an array: leads, converted, value, answered, median of the response time (null = none). */
void inb_figures_json_append_heat_map (GString          *json,
                                       const InbHeatMap *heat_map);
void inb_figures_json_append_trends   (GString          *json,
                                       const InbTrends  *trends);

G_END_DECLS
