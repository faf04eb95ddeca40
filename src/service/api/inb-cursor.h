/* Opaque cursors of pages: a few texts packed so that they are safe in a URL. Nothing secret: what comes out is checked like
 * any parameter. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @parts without line breaks. (transfer full) */
char  *inb_cursor_pack   (const char * const *parts);
/* NULL unless @cursor holds exactly @n_parts. */
GStrv  inb_cursor_unpack (const char         *cursor,
                          guint               n_parts);

G_END_DECLS
