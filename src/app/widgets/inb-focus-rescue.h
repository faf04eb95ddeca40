/* GTK 4.8 leaves the keyboard focus on a row that a list has thrown away, and then no key reaches anything, not even the window's
 * own. This gives it back to the list. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @rows: the list that shows @model, which has heard of its changes before. For as long as both live. */
void inb_focus_rescue_follow (GtkWidget  *rows,
                              GListModel *model);

G_END_DECLS
