/* One field of the filter as a button with a list of its values: how many leads have each, several may be ticked. The list is
 * counted when it is opened, and follows the rest of the filter.
 */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_FILTER_MENU (inb_filter_menu_get_type ())
G_DECLARE_FINAL_TYPE (InbFilterMenu, inb_filter_menu, INB, FILTER_MENU, AdwBin)

GtkWidget *inb_filter_menu_new         (InbFilterField  field);
/* NULL: nothing to choose from. */
void       inb_filter_menu_set_session (InbFilterMenu  *self,
                                        InbSession     *session);

G_END_DECLS
