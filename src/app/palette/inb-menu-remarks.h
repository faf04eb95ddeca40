/* Why a part of a menu is not offered: menus have no tooltips, so the reason is the title of the section. */
#pragma once

#include <gio/gio.h>

#include "inb-edits.h"

G_BEGIN_DECLS

/* @section: its number. @remark: (nullable): what its title is from now on. */
void inb_menu_remarks_set    (GMenu      *menu,
                              int         section,
                              const char *remark);
void inb_menu_remarks_update (GMenu    *menu,
                              InbEdits *edits,
                              gboolean  online);

G_END_DECLS
