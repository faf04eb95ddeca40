/* The round numbers on an axis. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The distance between ticks from 0 to at least @largest: 1, 2 or 5 times a power of ten of @unit, and never less than @unit, so
 * that there are at most @max_ticks of them above 0. */
gint64 inb_chart_scale_get_step (gint64 largest,
                                 gint64 unit,
                                 guint  max_ticks);
/* The first multiple of @step that is not below @largest, and at least one step. */
gint64 inb_chart_scale_get_top  (gint64 largest,
                                 gint64 step);
/* Of @n_labels that are @label_width wide each on an axis of @width: every how many one is shown. */
guint  inb_chart_scale_get_stride (guint  n_labels,
                                   double label_width,
                                   double width);

G_END_DECLS
