/* Whether an action of a widget can be done now. GTK tells nobody but what is bound to the action. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @action: detailed name, looked for at @widget and above. FALSE also where there is none. */
gboolean inb_action_probe (GtkWidget  *widget,
                           const char *action);

G_END_DECLS
