/* Percent-encoding, as in paths and queries. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Decodes %XX, and '+' as a space where @plus; NULL for a broken escape, NUL, or what is not UTF-8. */
char *inb_http_decode (const char *text,
                       gsize       length,
                       gboolean    plus);

G_END_DECLS
