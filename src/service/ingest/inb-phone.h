/* Phone numbers by libphonenumber. The only C++ in the tree is behind this header.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  INB_PHONE_INVALID,  /* no number that could exist; it is kept as it was written */
  INB_PHONE_POSSIBLE, /* of a possible length, but of no range in use */
  INB_PHONE_VALID
} InbPhoneStatus;

const char     *inb_phone_status_get_name (InbPhoneStatus   status);
InbPhoneStatus  inb_phone_parse           (const char      *text,
                                           const char      *region,
                                           char           **e164,
                                           char           **display);

G_END_DECLS
