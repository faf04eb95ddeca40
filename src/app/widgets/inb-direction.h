/* Numbers and drawn texts where text runs from right to left. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

char *inb_direction_isolate       (const char    *text);
/* As gtk_snapshot_append_layout(), from where the text begins: in a layout with a width that need not be its left edge. */
void  inb_direction_append_layout (GtkSnapshot   *snapshot,
                                   PangoLayout   *layout,
                                   const GdkRGBA *color);

G_END_DECLS
