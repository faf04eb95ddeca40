/* What the filter asks for, a chip each, which takes that away again. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_FILTER_CHIPS (inb_filter_chips_get_type ())
G_DECLARE_FINAL_TYPE (InbFilterChips, inb_filter_chips, INB, FILTER_CHIPS, AdwBin)

void inb_filter_chips_set_session (InbFilterChips *self,
                                   InbSession     *session);

G_END_DECLS
