/* Nearest-rank quantiles of unsorted numbers, in expected linear time. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gint64 inb_quantile_pick (gint32 *values,
                          gsize   n_values,
                          guint   percent);

G_END_DECLS
