#define G_LOG_DOMAIN "inb-replica"

#include "inb-trends.h"

const gint64 inb_response_class_limits[INB_RESPONSE_CLASSES - 1] = { 60, 300, 900, 3600, 4 * 3600, 24 * 3600 };

void
inb_trends_free (InbTrends *self)
{
  if (self == NULL)
    return;

  g_strfreev (self->steps);
  g_strfreev (self->series);
  g_free (self->leads);
  g_free (self->won);
  g_free (self->won_value);
  g_strfreev (self->stages);
  g_free (self->reached);
  g_free (self);
}
