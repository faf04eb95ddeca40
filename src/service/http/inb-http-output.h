/* What libsoup writes to a connection.  Counts what the socket took, which is the only way to know how far behind a
 * WebSocket's peer is.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef void (*InbHttpWritten) (gpointer user_data);

#define INB_TYPE_HTTP_OUTPUT (inb_http_output_get_type ())
G_DECLARE_FINAL_TYPE (InbHttpOutput, inb_http_output, INB, HTTP_OUTPUT, GOutputStream)

InbHttpOutput *inb_http_output_new         (GSocket        *socket);
/* From now on what is written is dropped. */
void           inb_http_output_discard     (InbHttpOutput  *self);
/* Bytes that the socket took. */
guint64        inb_http_output_get_written (InbHttpOutput  *self);
/* Called whenever the socket took some; must not write. */
void           inb_http_output_set_notify  (InbHttpOutput  *self,
                                            InbHttpWritten  written,
                                            gpointer        user_data);

G_END_DECLS
