/* What is drawn over a chart: the frame around a part of it, and the words for the part that has the focus. */
#pragma once

#include "inb-chart-layout.h"

G_BEGIN_DECLS

void inb_chart_append_frame  (const InbChartLayout  *layout,
                              GtkSnapshot           *snapshot,
                              guint                  category,
                              guint                  series,
                              const GdkRGBA         *color,
                              float                  thickness);
/* What a tooltip would say, for who comes by the keyboard. */
void inb_chart_append_bubble (const InbChartLayout  *layout,
                              GtkSnapshot           *snapshot,
                              GtkWidget             *widget,
                              const char            *text,
                              guint                  category,
                              guint                  series,
                              const InbPalette      *palette);

G_END_DECLS
