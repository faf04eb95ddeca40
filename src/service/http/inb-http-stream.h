/* A connection as libsoup has it for a WebSocket.  Closing it does not close the socket but tells the connection, which knows
 * whether the peer has still to read an answer.
 */
#pragma once

#include "inb-http-input.h"
#include "inb-http-output.h"

G_BEGIN_DECLS

typedef void (*InbHttpClosed) (gpointer user_data);

#define INB_TYPE_HTTP_STREAM (inb_http_stream_get_type ())
G_DECLARE_FINAL_TYPE (InbHttpStream, inb_http_stream, INB, HTTP_STREAM, GIOStream)

/* @closed is called once, at the latest when the stream is finalized. */
InbHttpStream *inb_http_stream_new        (GSocket        *socket,
                                           GBytes         *first,
                                           InbHttpClosed   closed,
                                           gpointer        user_data,
                                           GDestroyNotify  destroy);
InbHttpInput  *inb_http_stream_get_input  (InbHttpStream  *self);
InbHttpOutput *inb_http_stream_get_output (InbHttpStream  *self);

G_END_DECLS
