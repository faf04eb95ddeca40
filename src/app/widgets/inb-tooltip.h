/* Sets tooltips. GTK looks for the pointer each time it is told one, which is a trip to the display server and back, also when it
 * is the same one as before. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* (text: nullable) */
void inb_tooltip_set (GtkWidget  *widget,
                      const char *text);

G_END_DECLS
