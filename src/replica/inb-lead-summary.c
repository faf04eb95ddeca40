#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica.h"

/**
 * inb_lead_summary_ref:
 *
 * Thread-safe.
 */
InbLeadSummary *
inb_lead_summary_ref (InbLeadSummary *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);

  return self;
}

void
inb_lead_summary_unref (InbLeadSummary *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_free (self->id);
  g_free (self->name);
  g_free (self->phone);
  g_free (self->email);
  g_free (self->company);
  g_free (self->source);
  g_free (self->product);
  g_free (self->stage);
  g_free (self->temperature);
  g_free (self->owner);
  g_free (self->team);
  g_free (self->campaign);
  g_free (self->currency);
  g_free (self);
}
