/* Why a part of a menu is not offered: menus have no tooltips, so the reason is the title of the section. */
#pragma once

#include <gio/gio.h>

#include "inb-edits.h"

G_BEGIN_DECLS

/* @but: its items say it themselves. */
void inb_menu_remarks_update (GMenu      *menu,
                              InbEdits   *edits,
                              GMenuModel *but);

G_END_DECLS
