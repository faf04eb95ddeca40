/* Between the server, which makes requests, and the hub, which upgrades them. */
#pragma once

#include "inb-http-connection.h"
#include "inb-http-router.h"

G_BEGIN_DECLS

/* @stream: what the WebSocket runs on, for its backlog; @socket is closed by the connection.  NULL for all when the
 * client has gone meanwhile. */
typedef void (*InbHttpUpgraded) (SoupWebsocketConnection *websocket,
                                 InbHttpConnection       *connection,
                                 gpointer                 user_data);

/* Takes the match's segments over.  NULL with INB_ERROR_INVALID_ARGUMENT for a repeated or broken query parameter. */
InbHttpRequest *inb_http_request_new       (InbHttpConnection  *connection,
                                            InbHttpMatch       *match,
                                            GError            **error);
/* The whole request is there: runs the route's handler. */
void            inb_http_request_dispatch  (InbHttpRequest     *self,
                                            SoupServerMessage  *message);
/* Answers 101, then calls @upgraded; or answers an error itself (no handshake, a foreign Origin), and calls it with
 * NULL. */
void            inb_http_request_upgrade   (InbHttpRequest     *self,
                                            InbHttpUpgraded     upgraded,
                                            gpointer            user_data,
                                            GDestroyNotify      destroy);

G_END_DECLS
