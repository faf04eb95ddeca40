/* A line around a part of what is drawn. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @inset: of the line's outer edge within @rect; below 0 it lies outside. @width: of the line, which grows inwards. */
void inb_outline_append (GtkSnapshot           *snapshot,
                         const graphene_rect_t *rect,
                         float                  inset,
                         float                  width,
                         const GdkRGBA         *color);

G_END_DECLS
