/* The desktops' WebSockets: one InbHubClient each, with a bounded backlog; a slow client is told to pull, a dead one dropped.
 * Main loop only.
 */
#pragma once

#include "inb-http-server.h"

G_BEGIN_DECLS

#define INB_TYPE_HUB (inb_hub_get_type ())
G_DECLARE_FINAL_TYPE (InbHub, inb_hub, INB, HUB, GObject)

InbHub *inb_hub_new          (void);
/* Takes an authenticated /ws request over: upgrades it, sends @hello (a JSON text) first. @token_id is what
 * inb_hub_close_token() closes. */
void    inb_hub_accept       (InbHub         *self,
                              InbHttpRequest *request,
                              const char     *workspace_id,
                              const char     *token_id,
                              const char     *hello);
/* Sends a text frame to every client of the workspace; @head is what a client that had to skip it is told to pull. */
void    inb_hub_broadcast    (InbHub         *self,
                              const char     *workspace_id,
                              GBytes         *text,
                              gint64          head);
/* Whether anyone listens: spares the caller building the event. */
gboolean inb_hub_has_clients (InbHub         *self,
                              const char     *workspace_id);
guint   inb_hub_get_n_clients (InbHub        *self);
/* For each connection. */
typedef void (*InbHubTokenFunc) (const char *workspace_id,
                                 const char *token_id,
                                 gpointer    user_data);
void    inb_hub_foreach_token (InbHub         *self,
                               InbHubTokenFunc func,
                               gpointer        user_data);
void    inb_hub_close_token  (InbHub         *self,
                              const char     *token_id);
void    inb_hub_close_all    (InbHub         *self);

G_END_DECLS
