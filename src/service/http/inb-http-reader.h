/* Reads one request after another from a socket: the head, then the body.  What comes early waits for its turn. */
#pragma once

#include "inb-http-head.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _InbHttpReader InbHttpReader;

InbHttpReader *inb_http_reader_new             (void);
void           inb_http_reader_free            (InbHttpReader  *self);
/* At most one read.  The head, or NULL with G_IO_ERROR_WOULD_BLOCK when more must come, G_IO_ERROR_CLOSED at the end,
 * another error of the socket, or one of INB_ERROR. */
InbHttpHead   *inb_http_reader_read_head       (InbHttpReader  *self,
                                                GSocket        *socket,
                                                GError        **error);
/* Begins with what has come already.  Errors as above. */
gboolean       inb_http_reader_begin_body      (InbHttpReader  *self,
                                                gsize           max_size,
                                                GError        **error);
/* One read. */
gboolean       inb_http_reader_read_body       (InbHttpReader  *self,
                                                GSocket        *socket,
                                                GError        **error);
/* Whether the request has arrived whole, and nothing of it is left to read. */
gboolean       inb_http_reader_is_complete     (InbHttpReader  *self);
/* Bytes of the body so far. */
gsize          inb_http_reader_get_body_size   (InbHttpReader  *self);
/* (transfer full), once. */
GBytes        *inb_http_reader_take_body       (InbHttpReader  *self);
void           inb_http_reader_drop_body       (InbHttpReader  *self);
/* When the first byte was read, microseconds since 1970; 0 before. */
gint64         inb_http_reader_get_received_at (InbHttpReader  *self);
/* Whether bytes of a further request were read. */
gboolean       inb_http_reader_has_more        (InbHttpReader  *self);
/* What was read of a further request, or of whatever the connection becomes; (transfer full). */
GBytes        *inb_http_reader_take_rest       (InbHttpReader  *self);
/* To the next request. */
void           inb_http_reader_restart         (InbHttpReader  *self);

G_END_DECLS
