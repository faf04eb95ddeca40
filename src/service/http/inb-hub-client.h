/* One desktop's WebSocket.  Events wait in an own bounded queue and go to libsoup, whose queue has no bound, only as
 * fast as the socket takes them.
 */
#pragma once

#include "inb-http-request-private.h"

G_BEGIN_DECLS

#define INB_HUB_CLOSE_REVOKED 4401
#define INB_HUB_MAX_BACKLOG (1024 * 1024)

typedef struct _InbHubClient InbHubClient;

/* The client is over; it may be freed here. */
typedef void (*InbHubClientClosed) (InbHubClient *client,
                                    gpointer      user_data);

/* Sends @hello. */
InbHubClient *inb_hub_client_new           (SoupWebsocketConnection *websocket,
                                            InbHttpConnection   *connection,
                                            const char          *workspace_id,
                                            const char          *token_id,
                                            const char          *hello,
                                            InbHubClientClosed   closed,
                                            gpointer             user_data);
void          inb_hub_client_free          (InbHubClient        *self);
const char   *inb_hub_client_get_workspace (InbHubClient        *self);
const char   *inb_hub_client_get_token     (InbHubClient        *self);
/* @head: what the client is told to pull if it has to miss this one. */
void          inb_hub_client_send          (InbHubClient        *self,
                                            GBytes              *text,
                                            gint64               head);
void          inb_hub_client_close         (InbHubClient        *self,
                                            gushort              code,
                                            const char          *reason);
/* Drops the connection if it has taken nothing for long, or does not answer pings.  @now: monotonic microseconds. */
void          inb_hub_client_check         (InbHubClient        *self,
                                            gint64               now);

G_END_DECLS
