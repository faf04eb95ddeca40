/* Heat maps made by hand. */
#pragma once

#include "inb-heat-map.h"

G_BEGIN_DECLS

/* @leads: row by row; each tenth is converted, worth 10.00 each, answered after 90 s, half of them of the last 30 days. @other: the
 * last row is "other". */
InbHeatMap *inb_heat_map_kit_new       (const char * const *rows,
                                        const char * const *columns,
                                        const gint64       *leads,
                                        gboolean            other);
/* @n_rows × @n_columns with a number in nearly every cell. */
InbHeatMap *inb_heat_map_kit_new_large (guint               n_rows,
                                        guint               n_columns,
                                        guint               seed);
/* Hour + 1 leads in each. */
InbHeatMap *inb_heat_map_kit_new_week  (void);

G_END_DECLS
