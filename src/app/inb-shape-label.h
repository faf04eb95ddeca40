/* A shape in a colour of the palette, and a word or number beside it: the score and the temperature of a row. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define INB_TYPE_SHAPE_LABEL (inb_shape_label_get_type ())
G_DECLARE_FINAL_TYPE (InbShapeLabel, inb_shape_label, INB, SHAPE_LABEL, GtkWidget)

/* @width: asked for whatever it shows, so that a scrolling list is never measured again. */
GtkWidget  *inb_shape_label_new      (int            width);
/* @shape: name of a symbolic icon, @css_class: of the style class with its colour; both static. @text NULL shows nothing. */
void        inb_shape_label_set      (InbShapeLabel *self,
                                      const char    *text,
                                      const char    *shape,
                                      const char    *css_class);

G_END_DECLS
