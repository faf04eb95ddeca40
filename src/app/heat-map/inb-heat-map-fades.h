/* Which cells of a heat map have another number than before, and what each of them looked like. */
#pragma once

#include "inb-heat-map-grid.h"

G_BEGIN_DECLS

typedef struct _InbHeatMapFades InbHeatMapFades;

/* (nullable): from @old to @grid, of the same mode and measure; NULL when nothing differs, or so much that it is another picture. */
InbHeatMapFades *inb_heat_map_fades_new   (const InbHeatMapGrid  *old,
                                           const InbHeatMapGrid  *grid,
                                           const InbPalette      *palette);
void             inb_heat_map_fades_free  (InbHeatMapFades       *self);
/* The colour on the way from what the cell looked like to @fill. @progress: 0 … 1. */
GdkRGBA          inb_heat_map_fades_apply (const InbHeatMapFades *self,
                                           guint                  row,
                                           guint                  column,
                                           const GdkRGBA         *fill,
                                           double                 progress);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbHeatMapFades, inb_heat_map_fades_free)

G_END_DECLS
