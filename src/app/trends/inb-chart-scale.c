#define G_LOG_DOMAIN "inb-app"

#include "inb-chart-scale.h"

#include <math.h>

gint64
inb_chart_scale_get_step (gint64 largest,
                          gint64 unit,
                          guint  max_ticks)
{
  static const gint64 factors[] = { 1, 2, 5 };

  g_return_val_if_fail (unit > 0 && max_ticks > 0, 1);

  for (gint64 power = unit; power < G_MAXINT64 / 100; power *= 10)
    for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
      if (largest <= factors[i] * power * max_ticks)
        return factors[i] * power;

  return MAX (unit, largest / max_ticks);
}

gint64
inb_chart_scale_get_top (gint64 largest,
                         gint64 step)
{
  g_return_val_if_fail (step > 0, 1);

  return MAX (1, (largest + step - 1) / step) * step;
}

guint
inb_chart_scale_get_stride (guint  n_labels,
                            double label_width,
                            double width)
{
  static const guint strides[] = { 1, 2, 3, 5, 7, 10, 14, 20, 30, 50, 60, 90, 100, 200 };
  double wanted = width > 0 ? ceil (n_labels * label_width / width) : n_labels;

  for (guint i = 0; i < G_N_ELEMENTS (strides); i++)
    if (strides[i] >= wanted)
      return strides[i];

  return MAX (1, n_labels);
}
