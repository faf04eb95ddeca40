/* How the parts of one series are filled: colour and pattern, so that they can be told apart also without colour. */
#pragma once

#include "inb-palette.h"

G_BEGIN_DECLS

/* @is_other: it stands for everything else. */
void       inb_chart_pattern_append (GtkSnapshot           *snapshot,
                                     const InbPalette      *palette,
                                     guint                  series,
                                     gboolean               is_other,
                                     const graphene_rect_t *area);
GdkRGBA    inb_chart_pattern_get_color (const InbPalette   *palette,
                                        guint               series,
                                        gboolean            is_other);

G_END_DECLS
