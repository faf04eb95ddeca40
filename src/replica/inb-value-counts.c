#define G_LOG_DOMAIN "inb-replica"

#include "inb-value-counts.h"

void
inb_value_counts_free (InbValueCounts *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->n_values; i++)
    g_free (self->values[i].name);
  g_free (self->values);
  g_free (self);
}
