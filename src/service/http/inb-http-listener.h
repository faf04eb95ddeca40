/* A listening socket.  GSocketListener has a backlog of 10 and makes three objects per connection; this accepts in
 * batches.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _InbHttpListener InbHttpListener;

/* @peer: (transfer full) */
typedef void (*InbHttpAccepted) (GSocket  *socket,
                                 char     *peer,
                                 gboolean  local,
                                 gpointer  user_data);

/* "127.0.0.1:8787", "[::1]:0", "0.0.0.0:80": an address, not a name. */
InbHttpListener *inb_http_listener_new       (const char       *address,
                                              InbHttpAccepted   accepted,
                                              gpointer          user_data,
                                              GError          **error);
InbHttpListener *inb_http_listener_new_local (const char       *path,
                                              uid_t             uid,
                                              InbHttpAccepted   accepted,
                                              gpointer          user_data,
                                              GError          **error);
/* Closes it, and removes a local socket's file. */
void             inb_http_listener_free      (InbHttpListener  *self);
/* "http://127.0.0.1:40123"; NULL for a local socket. */
const char      *inb_http_listener_get_url   (InbHttpListener  *self);

G_END_DECLS
