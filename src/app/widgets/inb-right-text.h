/* Who may do what, in the user's words: for tooltips of what is not offered. */
#pragma once

#include "inb-role.h"

G_BEGIN_DECLS

/* Why somebody of that role may not, or NULL when he may. */
const char *inb_right_text_get_reason (InbRole  role,
                                       InbRight right);

G_END_DECLS
