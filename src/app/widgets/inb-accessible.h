/* GTK 4.8 shows assistive technology also what is not on screen: pages that are not turned up, revealers that are shut. These
 * keep that from being read out. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void inb_accessible_set_hidden        (GtkWidget    *widget,
                                       gboolean      hidden);
/* GTK 4.8 gives the button inside a drop-down no name. @drop_down: of strings; @name: what is chosen. */
void inb_accessible_name_drop_down    (GtkDropDown  *drop_down,
                                       const char   *name);
/* For the life of the widget. */
void inb_accessible_follow_stack      (GtkStack     *stack);
/* Also of pages that are added later, once it turns. */
void inb_accessible_follow_view_stack (AdwViewStack *stack);
void inb_accessible_follow_revealer   (GtkRevealer  *revealer);
/* Says in its tooltip and to assistive technology why it cannot be used, or with NULL nothing. */
void inb_accessible_set_reason        (GtkWidget    *widget,
                                       const char   *reason);

G_END_DECLS
