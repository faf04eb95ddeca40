/* A heat map in words: for tooltips, for who cannot see it, for the clipboard and for files. */
#pragma once

#include "inb-heat-map-grid.h"
#include "inb-lead-filter.h"

G_BEGIN_DECLS

/* All (transfer full). Rows and columns up to and with the totals. */

/* "Facebook Ads, Product A" */
char   *inb_heat_map_text_get_place   (const InbHeatMapGrid *grid,
                                       guint                 row,
                                       guint                 column);
/* "Facebook Ads, Product A: 812 leads" */
char   *inb_heat_map_text_get_name    (const InbHeatMapGrid *grid,
                                       guint                 row,
                                       guint                 column);
/* Share, conversion, value, response, change: with @separator between them. */
char   *inb_heat_map_text_get_details (const InbHeatMapGrid *grid,
                                       guint                 row,
                                       guint                 column,
                                       const char           *separator);
/* "Leads by source and product" */
char   *inb_heat_map_text_get_title   (const InbHeatMapGrid *grid);
/* What a glance tells: how many of what, and where the most are. */
char   *inb_heat_map_text_get_summary (const InbHeatMapGrid *grid);
const char *inb_heat_map_text_get_measure (InbHeatMapMeasure measure);
/* "Last 30 days 120, before 98 (+22.4 %)" */
char   *inb_heat_map_text_get_change  (const InbHeatMapCell *cell);
char   *inb_heat_map_text_get_value   (const InbHeatMapGrid *grid,
                                       const InbHeatMapCell *cell);
/* "Facebook Ads × 2 products" */
char   *inb_heat_map_text_get_picked  (const InbLeadFilter  *picked);
/* The table as it is shown, with names and totals: tab-separated, and as CSV. */
char   *inb_heat_map_text_get_tsv     (const InbHeatMapGrid *grid);
GBytes *inb_heat_map_text_get_csv     (const InbHeatMapGrid *grid);

G_END_DECLS
