/* The strict RFC 8259 reader that everything foreign goes through: one pass over the bytes, no recursion, no copy.  With
 * a handler it also tells what it sees, so that callers build what they need without a second parser.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* NAME and STRING carry the bytes between the quotes, still escaped; numbers their own spelling; the others the bytes
 * of the token. INTEGER has neither fraction nor exponent and fits int64. */
typedef enum {
  INB_JSON_OBJECT_START,
  INB_JSON_OBJECT_END,
  INB_JSON_ARRAY_START,
  INB_JSON_ARRAY_END,
  INB_JSON_NAME,
  INB_JSON_STRING,
  INB_JSON_INTEGER,
  INB_JSON_NUMBER,
  INB_JSON_TRUE,
  INB_JSON_FALSE,
  INB_JSON_NULL
} InbJsonToken;

/* FALSE with @error set ends the scan. What was handed out before a later error counts for nothing. */
typedef gboolean (*InbJsonHandler) (InbJsonToken   token,
                                    const char    *start,
                                    gsize          length,
                                    gpointer       user_data,
                                    GError       **error);

/* Rules and errors as inb_json_scan(). @handler may be NULL. */
gboolean  inb_json_scanner_run      (const char      *text,
                                     gsize            length,
                                     InbJsonHandler   handler,
                                     gpointer         user_data,
                                     GError         **error);
/* The text of a NAME or STRING that was scanned. */
char     *inb_json_scanner_unescape (const char      *start,
                                     gsize            length);

G_END_DECLS
