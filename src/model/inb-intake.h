/* What one event says, in our own field names: the result of a webhook's field mapping, before anything is looked up.
 * Pure data; `inb_decide()` turns it into rows.
 */
#pragma once

#include "inb-row.h"

G_BEGIN_DECLS

typedef struct {
  InbRow   *contact;       /* only mapped columns are set; the service adds phone_e164, phone_display, phone_status */
  InbRow   *lead;          /* only mapped columns are set; product_interest and lead_source among them */
  char     *status;        /* the sender's own status word */
  char     *notes;
  char     *appointment;   /* the sender's own text */
  char     *custom_fields; /* JSON object of what was not mapped, or NULL */
  char     *delivery_key;  /* a key found in the body (by mapping), or NULL */
  gboolean  is_test;
} InbIntake;

InbIntake *inb_intake_new  (void);
void       inb_intake_free (InbIntake *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbIntake, inb_intake_free)

G_END_DECLS
