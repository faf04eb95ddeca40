/* A chart as a picture: PNG or SVG in a file of the user's choice, or in the clipboard. What is drawn comes as a render node, so
 * that the picture can show more than fits on the screen. */
#pragma once

#include "inb-palette.h"

G_BEGIN_DECLS

typedef enum {
  INB_PICTURE_PNG,
  INB_PICTURE_SVG
} InbPictureFormat;

#define INB_TYPE_PICTURE_EXPORT (inb_picture_export_get_type ())
G_DECLARE_FINAL_TYPE (InbPictureExport, inb_picture_export, INB, PICTURE_EXPORT, GObject)

/* @widget: whose fonts the title is written in. @node: from (0, 0) to @width, @height pixels; NULL = nothing. @title, @note: a
 * line each above it; may be NULL. */
InbPictureExport *inb_picture_export_new           (GtkWidget         *widget,
                                                    GskRenderNode     *node,
                                                    int                width,
                                                    int                height,
                                                    const char        *title,
                                                    const char        *note,
                                                    const InbPalette  *palette);
/* @widget as it shows at present. */
InbPictureExport *inb_picture_export_new_of_widget (GtkWidget         *widget,
                                                    const char        *title,
                                                    const char        *note,
                                                    const InbPalette  *palette);
/* On any thread. */
GBytes           *inb_picture_export_render        (InbPictureExport  *self,
                                                    InbPictureFormat   format,
                                                    GError           **error);
/* Asks for a file, @name (without ending) being proposed. (self: transfer none; it lives as long as it takes) */
void              inb_picture_export_save          (InbPictureExport  *self,
                                                    InbPictureFormat   format,
                                                    const char        *name,
                                                    GtkWidget         *widget);
void              inb_picture_export_copy          (InbPictureExport  *self,
                                                    GtkWidget         *widget);

G_END_DECLS
