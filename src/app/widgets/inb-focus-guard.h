/* The keyboard of a window is never on something that is not there. GTK 4.8 takes it from a popover that closes only after the next
 * frame, so that keys typed meanwhile are lost in it, and leaves it on what was greyed, where every key ends. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For as long as @window lives. */
void inb_focus_guard_watch (GtkWindow *window);

G_END_DECLS
