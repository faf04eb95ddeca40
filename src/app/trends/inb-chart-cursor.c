#define G_LOG_DOMAIN "inb-app"

#include "inb-chart-cursor.h"

#include <gdk/gdk.h>

static gboolean
has_parts (const InbChartData *data)
{
  return data != NULL && data->n_categories > 0 && data->n_series > 0;
}

gboolean
inb_chart_cursor_start (InbChartCursor     *self,
                        const InbChartData *data)
{
  if (!has_parts (data))
    return FALSE;

  *self = (InbChartCursor) { TRUE, data->kind == INB_CHART_COLUMNS ? data->n_categories - 1 : 0, 0 };

  return TRUE;
}

void
inb_chart_cursor_clamp (InbChartCursor     *self,
                        const InbChartData *data)
{
  self->is_set = self->is_set && has_parts (data);
  if (!self->is_set)
    return;

  self->category = MIN (self->category, data->n_categories - 1);
  self->series = MIN (self->series, data->n_series - 1);
}

/* In steps of @step, to the next part in which there is something. */
static gboolean
move_series (InbChartCursor     *self,
             const InbChartData *data,
             int                 step)
{
  for (int i = (int) self->series + step; i >= 0 && i < (int) data->n_series; i += step)
    if (inb_chart_data_get (data, self->category, (guint) i) > 0)
      {
        self->is_set = TRUE;
        self->series = (guint) i;
        return TRUE;
      }

  return data->n_series > 1;
}

static gboolean
move_category (InbChartCursor     *self,
               const InbChartData *data,
               int                 step)
{
  self->is_set = TRUE;
  self->category = (guint) CLAMP ((int) self->category + step, 0, (int) data->n_categories - 1);

  return TRUE;
}

gboolean
inb_chart_cursor_move (InbChartCursor     *self,
                       const InbChartData *data,
                       guint               keyval)
{
  gboolean upright;

  if (!has_parts (data))
    return FALSE;

  upright = data->kind == INB_CHART_COLUMNS;
  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_Right:
      return upright && move_category (self, data, keyval == GDK_KEY_Right ? 1 : -1);
    case GDK_KEY_Up:
      return upright ? move_series (self, data, 1) : move_category (self, data, -1);
    case GDK_KEY_Down:
      return upright ? move_series (self, data, -1) : move_category (self, data, 1);
    case GDK_KEY_Home:
      return move_category (self, data, -(int) data->n_categories);
    case GDK_KEY_End:
      return move_category (self, data, (int) data->n_categories);
    default:
      return FALSE;
    }
}
