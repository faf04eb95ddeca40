/* A webhook's field mapping: payload path → field. The stored form is JSON, {"payload.data.Vorname": "contact.firstname",
 * "x": "lead.utm_source", "s": "status", "n": "notes", "a": "appointment", "k": "delivery_key", "y": "custom.color",
 * "z": "ignore"}, and "name" for a full name, "is_test", "appointment_time". What it does not name falls to the defaults: the
 * reference's names and their common spellings, compared without case, accents, spaces and punctuation, by the last member
 * of the path, and by its last two. Names that could mean anything ("name", "status") count only beside the person's phone
 * or mail, or at the top. Lists of named values, {"name", "value"}, read as if each were a member of the list; a mapping
 * names them so ("field_data.car_make"). The rest goes to custom_fields under its path.
 */
#pragma once

#include "inb-intake.h"
#include "inb-payload.h"

G_BEGIN_DECLS

typedef struct _InbFieldMap InbFieldMap;

/* @json may be NULL: only defaults. INB_ERROR_INVALID_ARGUMENT names a target that does not exist or is not mappable. */
InbFieldMap *inb_field_map_new   (const char        *json,
                                  GError           **error);
InbFieldMap *inb_field_map_ref   (InbFieldMap       *self);
void         inb_field_map_unref (InbFieldMap       *self);
/* INB_ERROR_IDENTITY_MISSING when there is neither a phone nor a mail. Values are trimmed, control characters removed,
 * over-long text cut at a character boundary; a value that its column's type refuses (a bad date, money, boolean) goes to
 * custom_fields instead of failing the event. A full name is split. Sets email_norm and name_folded. */
InbIntake   *inb_field_map_apply (InbFieldMap       *self,
                                  InbEvent          *event,
                                  GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbFieldMap, inb_field_map_unref)

G_END_DECLS
