/* Between the connection and the gate, which make requests, and the hub, which upgrades them. */
#pragma once

#include "inb-http-connection.h"
#include "inb-http-router.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Takes the match's segments over.  NULL with INB_ERROR_INVALID_ARGUMENT for a repeated or broken query parameter. */
InbHttpRequest          *inb_http_request_new            (InbHttpConnection  *connection,
                                                          InbHttpMatch       *match,
                                                          GError            **error);
/* Whether the handler is called before the body is there. */
gboolean                 inb_http_request_is_late        (InbHttpRequest     *self);
/* The whole request is there: runs the route's handler.  @body: (transfer full) */
void                     inb_http_request_dispatch       (InbHttpRequest     *self,
                                                          GBytes             *body);
/* Answers 101; or an error (no handshake, a foreign Origin), and returns NULL. */
SoupWebsocketConnection *inb_http_request_upgrade        (InbHttpRequest     *self);
InbHttpConnection       *inb_http_request_get_connection (InbHttpRequest     *self);

G_END_DECLS
