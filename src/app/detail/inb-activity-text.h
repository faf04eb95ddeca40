/* What an entry of a timeline says, in the user's language: changes from the field and the values that they carry, conversations from
 * what was noted of them, and everything else as it was written. */
#pragma once

#include "inb-field-text.h"

G_BEGIN_DECLS

/* (transfer full) */
char *inb_activity_text_get_title   (const InbRow          *activity,
                                     const InbFieldContext *context);
/* "Outgoing · 5 min · Reached"; when and where an appointment is. (transfer full) (nullable): NULL for nothing. */
char *inb_activity_text_get_details (const InbRow          *activity,
                                     const InbFieldContext *context);
/* What was written. (transfer full) (nullable) */
char *inb_activity_text_get_text    (const InbRow          *activity);

G_END_DECLS
