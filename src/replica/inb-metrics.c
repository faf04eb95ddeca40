#define G_LOG_DOMAIN "inb-replica"

#include "inb-metrics.h"

void
inb_metrics_free (InbMetrics *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < INB_METRICS_TOP; i++)
    {
      g_free (self->products[i].name);
      g_free (self->sources[i].name);
    }
  g_free (self->top_product);
  g_free (self->top_source);
  g_free (self->waiting_lead_id);
  g_free (self);
}
