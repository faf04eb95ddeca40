/* The WebSocket of one connection: its messages as events, and a watchdog that notices a server which went away silently. */
#pragma once

#include "inb-sync-parse.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define INB_SYNC_SOCKET_KEEPALIVE_SECONDS 20

#define INB_TYPE_SYNC_SOCKET (inb_sync_socket_get_type ())
G_DECLARE_FINAL_TYPE (InbSyncSocket, inb_sync_socket, INB, SYNC_SOCKET, GObject)

/* Signals: "event" (InbSyncEvent *event), owned by the emission; "alive": a sign of life; "closed" (GError *error): the last
 * one. */

InbSyncSocket *inb_sync_socket_new   (SoupWebsocketConnection *connection,
                                      guint                    keepalive_seconds);
void           inb_sync_socket_close (InbSyncSocket           *self);

G_END_DECLS
