/* Everything that a filter can ask for, as buttons: in a row with the rarer ones behind "More", or all in one column. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_FILTER_BUTTONS (inb_filter_buttons_get_type ())
G_DECLARE_FINAL_TYPE (InbFilterButtons, inb_filter_buttons, INB, FILTER_BUTTONS, AdwBin)

GtkWidget *inb_filter_buttons_new         (GtkOrientation    orientation);
void       inb_filter_buttons_set_session (InbFilterButtons *self,
                                           InbSession       *session);

G_END_DECLS
