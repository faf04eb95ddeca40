/* A text kept as a finished node, for what is drawn again and again. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct {
  /* Owned */
  GskRenderNode *node;      /* NULL for a text without ink */

  float          x;         /* where its lines begin, whatever Pango aligned them to */
  float          width;
  float          height;
} InbDrawnText;

/* (transfer full): what @layout says at present, without the room that its width leaves on either side. */
InbDrawnText *inb_drawn_text_new           (PangoLayout        *layout,
                                            const GdkRGBA      *color);
void          inb_drawn_text_free          (InbDrawnText       *self);
/* On whole pixels. */
void          inb_drawn_text_append        (const InbDrawnText *self,
                                            GtkSnapshot        *snapshot,
                                            float               x,
                                            float               y);
/* Read from the bottom up; the point is where it begins. */
void          inb_drawn_text_append_turned (const InbDrawnText *self,
                                            GtkSnapshot        *snapshot,
                                            float               x,
                                            float               y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbDrawnText, inb_drawn_text_free)

G_END_DECLS
