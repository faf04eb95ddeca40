#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica.h"

void
inb_metrics_free (InbMetrics *self)
{
  if (self == NULL)
    return;

  g_free (self->top_product);
  g_free (self->top_source);
  g_free (self);
}
