/* How an error looks on the wire. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* problem+json (RFC 9457); below /webhooks/ {"success":false,"error":{"code","message"}}.  @content_type: static text. */
GString *inb_http_problem_new          (const char   *path,
                                        const GError *error,
                                        const char  **content_type);
const char *inb_http_problem_get_phrase (guint        status);
/* Seconds for Retry-After, 0 for none. */
guint    inb_http_problem_get_retry    (guint         status);
/* An answer's head without Connection and the empty line, and its body.  @path: NULL if it is not known.  @fields: more
 * lines, each with CR LF, or NULL. */
GString *inb_http_problem_new_head     (const char   *path,
                                        const GError *error,
                                        const char   *fields,
                                        GBytes      **body);

G_END_DECLS
