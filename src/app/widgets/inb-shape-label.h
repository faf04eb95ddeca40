/* A shape in a colour of the palette, and a word or number beside it: the score and the temperature of a row, and the base of the
 * stage's chip. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define INB_TYPE_SHAPE_LABEL (inb_shape_label_get_type ())
G_DECLARE_DERIVABLE_TYPE (InbShapeLabel, inb_shape_label, INB, SHAPE_LABEL, GtkWidget)

struct _InbShapeLabelClass {
  GtkWidgetClass parent_class;
};

/* @width: asked for whatever it shows, so that a scrolling list is never measured again. */
GtkWidget  *inb_shape_label_new         (int            width);
/* 0: what the text needs. */
void        inb_shape_label_set_width   (InbShapeLabel *self,
                                         int            width);
/* On a rounded ground in a hint of its colour. */
void        inb_shape_label_set_is_pill (InbShapeLabel *self,
                                         gboolean       is_pill);
const char *inb_shape_label_get_text    (InbShapeLabel *self);
/* @shape: name of a symbolic icon, NULL draws nothing; @css_class: of the style class with its colour; both static. */
void        inb_shape_label_set         (InbShapeLabel *self,
                                         const char    *text,
                                         const char    *shape,
                                         const char    *css_class);
/* (nullable): in the place of the style class's; of the shape and its ground. */
void        inb_shape_label_set_color   (InbShapeLabel *self,
                                         const GdkRGBA *color);

G_END_DECLS
