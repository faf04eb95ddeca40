/* What the row or column "other" of a heat map stands for: asked of the replica when somebody picks it. */
#pragma once

#include "inb-heat-map-grid.h"
#include "inb-replica.h"

G_BEGIN_DECLS

typedef struct {
  GStrv sources;      /* NULL: not "other" */
  GStrv products;
} InbHeatMapOthers;

void              inb_heat_map_others_free        (InbHeatMapOthers     *self);
/* Whether the cell is in "other", so that there is something to ask for. */
gboolean          inb_heat_map_others_are_needed  (const InbHeatMapGrid *grid,
                                                   guint                 row,
                                                   guint                 column);
/* @base: the filter that @grid was counted with. */
void              inb_heat_map_others_find_async  (InbReplica           *replica,
                                                   const InbLeadFilter  *base,
                                                   InbHeatMapGrid       *grid,
                                                   guint                 row,
                                                   guint                 column,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
InbHeatMapOthers *inb_heat_map_others_find_finish (InbReplica           *replica,
                                                   GAsyncResult         *result,
                                                   GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbHeatMapOthers, inb_heat_map_others_free)

G_END_DECLS
