/* GTK 4.8 shows assistive technology also what is not on screen: pages that are not turned up, revealers that are shut. These
 * keep that from being read out. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void inb_accessible_set_hidden        (GtkWidget    *widget,
                                       gboolean      hidden);
/* For the life of the widget. */
void inb_accessible_follow_stack      (GtkStack     *stack);
/* Also of pages that are added later, once it turns. */
void inb_accessible_follow_view_stack (AdwViewStack *stack);
void inb_accessible_follow_revealer   (GtkRevealer  *revealer);

G_END_DECLS
