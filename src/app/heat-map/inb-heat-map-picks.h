/* What the user picked in the heat map, and the filter around it. A pick filters the leads, and yet the map goes on showing what
 * it was picked from; only filters from elsewhere change that. Pure values.
 */
#pragma once

#include "inb-heat-map-grid.h"
#include "inb-lead-filter.h"

G_BEGIN_DECLS

typedef struct {
  InbLeadFilter *base;     /* what the map shows */
  InbLeadFilter *picked;   /* sources, products, weekday and hour only */
} InbHeatMapPicks;

void           inb_heat_map_picks_init    (InbHeatMapPicks       *self);
void           inb_heat_map_picks_clear   (InbHeatMapPicks       *self);
gboolean       inb_heat_map_picks_is_any  (const InbHeatMapPicks *self);
/* (transfer full): base and picks together */
InbLeadFilter *inb_heat_map_picks_combine (const InbHeatMapPicks *self);
/* @filter is in force now, whoever set it. */
void           inb_heat_map_picks_follow  (InbHeatMapPicks       *self,
                                           const InbLeadFilter   *filter);
/* Picks a cell instead of what was picked, or besides it. @other_sources, @other_products: what "other" stands for; may be NULL. */
void           inb_heat_map_picks_pick    (InbHeatMapPicks       *self,
                                           const InbHeatMapGrid  *grid,
                                           guint                  row,
                                           guint                  column,
                                           const char * const    *other_sources,
                                           const char * const    *other_products,
                                           gboolean               add);
/* (transfer full): a byte for each row or column and the total: whether @filter picks it. */
GBytes        *inb_heat_map_picks_mark    (const InbHeatMapGrid  *grid,
                                           const InbLeadFilter   *filter,
                                           gboolean               is_row);

G_END_DECLS
