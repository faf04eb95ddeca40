/* Where the keyboard is in a chart, and where a key takes it. A pure value. */
#pragma once

#include "inb-chart-data.h"

G_BEGIN_DECLS

typedef struct {
  gboolean is_set;       /* else it is nowhere */
  guint    category;
  guint    series;
} InbChartCursor;

/* Where it is first: the newest column or the topmost bar. FALSE: there is nothing. */
gboolean inb_chart_cursor_start (InbChartCursor     *self,
                                 const InbChartData *data);
/* Keeps it within @data, which may be NULL. */
void     inb_chart_cursor_clamp (InbChartCursor     *self,
                                 const InbChartData *data);
/* Whether @keyval (GDK_KEY_…) is a way to go in @data, also when it goes no further. */
gboolean inb_chart_cursor_move  (InbChartCursor     *self,
                                 const InbChartData *data,
                                 guint               keyval);

G_END_DECLS
