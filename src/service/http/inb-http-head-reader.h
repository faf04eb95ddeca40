/* Reads a request's head from a socket, and no further than it comes. */
#pragma once

#include "inb-http-head.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _InbHttpHeadReader InbHttpHeadReader;

InbHttpHeadReader *inb_http_head_reader_new             (void);
void               inb_http_head_reader_free            (InbHttpHeadReader  *self);
/* One read.  The head, or NULL with G_IO_ERROR_WOULD_BLOCK when more must come, G_IO_ERROR_CLOSED at the end,
 * another error of the socket, or one of INB_ERROR. */
InbHttpHead       *inb_http_head_reader_read            (InbHttpHeadReader  *self,
                                                         GSocket            *socket,
                                                         GError            **error);
/* When the first byte was read, microseconds since 1970; 0 before. */
gint64             inb_http_head_reader_get_received_at (InbHttpHeadReader  *self);
/* What came after the head. */
GByteArray        *inb_http_head_reader_get_rest        (InbHttpHeadReader  *self);

G_END_DECLS
