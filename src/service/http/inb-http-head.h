/* The head of an HTTP/1 request, parsed strictly from the bytes as they came: libsoup reads leniently (two lengths, bare
 * line feeds, folded fields, …).
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INB_HTTP_MAX_HEAD (16 * 1024)
#define INB_HTTP_MAX_FIELDS 100

typedef struct _InbHttpHead InbHttpHead;

/* The length of the head with its final empty line; 0 if it is not all there yet; -1 for a line that does not end in
 * CR LF.  @from: where to go on scanning, 0 at first; updated. */
gssize       inb_http_head_find_end       (const guint8       *bytes,
                                           gsize               length,
                                           gsize              *from);
InbHttpHead *inb_http_head_parse          (const guint8       *bytes,
                                           gsize               length,
                                           GError            **error);
InbHttpHead *inb_http_head_ref            (InbHttpHead        *self);
void         inb_http_head_unref          (InbHttpHead        *self);
const char  *inb_http_head_get_method     (const InbHttpHead  *self);
/* Still percent-encoded: '/' inside a segment stays apart from those between segments. */
const char  *inb_http_head_get_raw_path   (const InbHttpHead  *self);
/* NULL without a '?'. */
const char  *inb_http_head_get_query      (const InbHttpHead  *self);
/* In lower case, without port; NULL if HTTP/1.0 sent none. */
const char  *inb_http_head_get_host       (const InbHttpHead  *self);
/* The first of that name, which is compared without case. */
const char  *inb_http_head_get_field      (const InbHttpHead  *self,
                                           const char         *name);
/* -1 without a Content-Length. */
gint64       inb_http_head_get_length     (const InbHttpHead  *self);
gboolean     inb_http_head_is_chunked     (const InbHttpHead  *self);
gboolean     inb_http_head_wants_continue (const InbHttpHead  *self);
gboolean     inb_http_head_is_upgrade     (const InbHttpHead  *self);
/* Whether the client wants to send another request on the connection. */
gboolean     inb_http_head_keeps_alive    (const InbHttpHead  *self);
/* Whether it can read an answer in chunks: HTTP/1.0 cannot. */
gboolean     inb_http_head_takes_chunks   (const InbHttpHead  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbHttpHead, inb_http_head_unref)

G_END_DECLS
