#define G_LOG_DOMAIN "inb-model"

#include "inb-intake.h"

/**
 * inb_intake_new:
 *
 * Returns: (transfer full): an intake with an empty contact and an empty lead
 */
InbIntake *
inb_intake_new (void)
{
  InbIntake *self = g_new0 (InbIntake, 1);

  self->contact = inb_row_new (INB_KIND_CONTACT);
  self->lead = inb_row_new (INB_KIND_LEAD);

  return self;
}

void
inb_intake_free (InbIntake *self)
{
  g_return_if_fail (self != NULL);

  inb_row_unref (self->contact);
  inb_row_unref (self->lead);
  g_free (self->status);
  g_free (self->notes);
  g_free (self->appointment);
  g_free (self->custom_fields);
  g_free (self->delivery_key);
  g_free (self);
}
