/* What a contact's number is in the forms that people are matched and shown by. */
#pragma once

#include "inb-row.h"

G_BEGIN_DECLS

/* Fills phone_e164, phone_display and phone_status from phone, or empties them. @region: the country that a number without + is
 * read in. */
void inb_contact_phone_derive (InbRow     *contact,
                               const char *region);

G_END_DECLS
