/* What roles are called, and what they are for. */
#pragma once

#include "inb-role.h"

G_BEGIN_DECLS

const char *inb_role_text_get_name        (InbRole role);
/* Half a sentence, translated. */
const char *inb_role_text_get_description (InbRole role);

G_END_DECLS
