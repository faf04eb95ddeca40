/* Keeps a heat map of a session's leads up to date while somebody looks at it. */
#pragma once

#include "inb-session.h"

G_BEGIN_DECLS

#define INB_TYPE_HEAT_MAP_WATCH (inb_heat_map_watch_get_type ())
G_DECLARE_FINAL_TYPE (InbHeatMapWatch, inb_heat_map_watch, INB, HEAT_MAP_WATCH, GObject)

/* Signals:
 * "loaded": there is a map to take.
 * "stale": reading takes long enough to say so.
 * "failed" (GError *error). */

InbHeatMapWatch *inb_heat_map_watch_new        (InbSession          *session);
/* What to show; reads again if it is something else than before. @limit: rows and columns, 0 = all. */
void             inb_heat_map_watch_set_query  (InbHeatMapWatch     *self,
                                                const InbLeadFilter *filter,
                                                InbHeatMapMode       mode,
                                                guint                limit);
/* While not, changes are only noted. At first not. */
void             inb_heat_map_watch_set_active (InbHeatMapWatch     *self,
                                                gboolean             active);
/* (transfer full) (nullable): the map that "loaded" told of, once. */
InbHeatMap      *inb_heat_map_watch_take_map   (InbHeatMapWatch     *self);

G_END_DECLS
