/* The members of a body that become a row's columns, or values of their own; INB_ERROR_UNPROCESSABLE names the member. */
#pragma once

#include "inb-row.h"

G_BEGIN_DECLS

/* Text of one line, trimmed, of at most @max characters. Left out: the column stays as it is. "" and null empty it, unless it is
 * @required. */
gboolean inb_admin_take_text (JsonObject   *body,
                              const char   *name,
                              gsize         max,
                              gboolean      required,
                              InbRow       *row,
                              guint         column,
                              GError      **error);
/* The same as a value of its own; NULL when left out or empty. @text: (out) (transfer full) */
gboolean inb_admin_read_text (JsonObject   *body,
                              const char   *name,
                              gsize         max,
                              char        **text,
                              GError      **error);

G_END_DECLS
