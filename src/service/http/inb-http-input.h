/* What libsoup reads of a connection: first the bytes that it is given to begin with, then the socket. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define INB_TYPE_HTTP_INPUT (inb_http_input_get_type ())
G_DECLARE_FINAL_TYPE (InbHttpInput, inb_http_input, INB, HTTP_INPUT, GInputStream)

InbHttpInput *inb_http_input_new      (GSocket      *socket,
                                       GBytes       *first);
/* From now on there is nothing more to read. */
void          inb_http_input_stop     (InbHttpInput *self);
/* From now on the peer may send little only: a burst of 8 KiB and 128 bytes a second, else reading fails. */
void          inb_http_input_throttle (InbHttpInput *self);

G_END_DECLS
