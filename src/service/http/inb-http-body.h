/* A request's body as it comes, counted or chunked (RFC 9112, 7.1; libsoup takes "x" for the last chunk's size). */
#pragma once

#include "inb-http-head.h"

G_BEGIN_DECLS

typedef struct _InbHttpBody InbHttpBody;

InbHttpBody *inb_http_body_new         (const InbHttpHead  *head,
                                        gsize               max_size);
void         inb_http_body_free        (InbHttpBody        *self);
/* Takes the next bytes, as many as are the body's: @n_taken.  INB_ERROR_BAD_REQUEST, INB_ERROR_TOO_LARGE. */
gboolean     inb_http_body_feed        (InbHttpBody        *self,
                                        const guint8       *bytes,
                                        gsize               length,
                                        gsize              *n_taken,
                                        GError            **error);
gboolean     inb_http_body_is_complete (const InbHttpBody  *self);
gsize        inb_http_body_get_size    (const InbHttpBody  *self);
/* (transfer full), leaves none behind. */
GBytes      *inb_http_body_take        (InbHttpBody        *self);
void         inb_http_body_drop        (InbHttpBody        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbHttpBody, inb_http_body_free)

G_END_DECLS
