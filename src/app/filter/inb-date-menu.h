/* A span of days as a button: the usual ones to pick, or a first and a last day of one's own. */
#pragma once

#include "inb-date-range.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_DATE_MENU (inb_date_menu_get_type ())
G_DECLARE_FINAL_TYPE (InbDateMenu, inb_date_menu, INB, DATE_MENU, AdwBin)

/* Signal: "picked": by the user. */

GtkWidget          *inb_date_menu_new       (const char         *name);
const InbDateRange *inb_date_menu_get_range (InbDateMenu        *self);
void                inb_date_menu_set_range (InbDateMenu        *self,
                                             const InbDateRange *range);

G_END_DECLS
