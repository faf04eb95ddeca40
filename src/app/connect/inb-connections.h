/* The connections that are kept on this computer, in a small key file; their tokens are in the keyring. */
#pragma once

#include "inb-connection.h"

G_BEGIN_DECLS

#define INB_TYPE_CONNECTIONS (inb_connections_get_type ())
G_DECLARE_FINAL_TYPE (InbConnections, inb_connections, INB, CONNECTIONS, GObject)

/* Signal: "changed". */

/* @path NULL: $XDG_CONFIG_HOME/inbound-leads/connections.conf. A file that makes no sense counts as empty. */
InbConnections      *inb_connections_new      (const char          *path);
guint                inb_connections_get_n    (InbConnections      *self);
const InbConnection *inb_connections_get      (InbConnections      *self,
                                               guint                index);
const InbConnection *inb_connections_find     (InbConnections      *self,
                                               const char          *key);
/* The one that was used last, or NULL. */
const InbConnection *inb_connections_get_last (InbConnections      *self);
/* Keeps it, or its new name, and makes it the last one used. */
void                 inb_connections_use      (InbConnections      *self,
                                               const InbConnection *connection);
void                 inb_connections_remove   (InbConnections      *self,
                                               const char          *key);

G_END_DECLS
