#define G_LOG_DOMAIN "inb-replica"

#include "inb-heat-map.h"

void
inb_heat_map_free (InbHeatMap *self)
{
  if (self == NULL)
    return;

  g_strfreev (self->rows);
  g_strfreev (self->columns);
  g_free (self->cells);
  g_free (self->row_totals);
  g_free (self->column_totals);
  g_free (self);
}
