/* A chart, drawn: columns or bars whose parts can be pointed at, walked with the arrow keys and clicked. What has the focus is
 * told to assistive technologies in words. */
#pragma once

#include "inb-chart-data.h"
#include "inb-palette.h"

G_BEGIN_DECLS

#define INB_TYPE_CHART (inb_chart_get_type ())
G_DECLARE_FINAL_TYPE (InbChart, inb_chart, INB, CHART, GtkWidget)

/* Signal: "activated" (guint category, guint series, gboolean add). */

GtkWidget          *inb_chart_new          (void);
/* (data: transfer full) (nullable) */
void                inb_chart_set_data     (InbChart         *self,
                                            InbChartData     *data);
const InbChartData *inb_chart_get_data     (InbChart         *self);
/* Draws it without focus at any size, for a picture; free with gsk_render_node_unref(). */
GskRenderNode      *inb_chart_make_node    (InbChart         *self,
                                            int               width,
                                            int               height,
                                            const InbPalette *palette);
/* Where the focus is; FALSE while it is nowhere. */
gboolean            inb_chart_get_position (InbChart         *self,
                                            guint            *category,
                                            guint            *series);
void                inb_chart_set_position (InbChart         *self,
                                            guint             category,
                                            guint             series);

G_END_DECLS
