/* One accepted socket: reads the request itself, strictly and within limits; only what is whole and has passed goes to
 * libsoup, under a head of ours, to be answered or upgraded.  Ends so that an answer is not lost.  Main loop only.
 */
#pragma once

#include "inb-http-head.h"
#include "inb-http-pool.h"
#include "inb-http-server.h"
#include "inb-http-stream.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _InbHttpConnection InbHttpConnection;

/* The head is there and well formed: admit its request, refuse it or answer it. */
typedef void (*InbHttpHeadArrived) (InbHttpConnection *connection,
                                    gpointer           user_data);
/* Called when the connection has left the pool, from wherever. */
typedef void (*InbHttpGone)        (gpointer           user_data);

InbHttpConnection *inb_http_connection_new           (GSocket            *socket,
                                                      char               *peer,
                                                      gboolean            local,
                                                      InbHttpPool        *pool);
InbHttpConnection *inb_http_connection_ref           (InbHttpConnection  *self);
void               inb_http_connection_unref         (InbHttpConnection  *self);
/* Enters the pool, which keeps the connection alive until it ends. */
void               inb_http_connection_start         (InbHttpConnection  *self,
                                                      SoupServer         *soup,
                                                      InbHttpHeadArrived  arrived,
                                                      InbHttpGone         gone,
                                                      gpointer            user_data);
/* For the pool. */
void               inb_http_connection_expire        (gpointer            self,
                                                      InbHttpPhase        phase);
const InbHttpHead *inb_http_connection_get_head      (InbHttpConnection  *self);
const char        *inb_http_connection_get_peer      (InbHttpConnection  *self);
gboolean           inb_http_connection_is_local      (InbHttpConnection  *self);
gint64             inb_http_connection_get_received_at (InbHttpConnection *self);
GSocket           *inb_http_connection_get_socket    (InbHttpConnection  *self);
InbHttpStream     *inb_http_connection_get_stream    (InbHttpConnection  *self);
/* The request passed: reads its body, then hands it to libsoup and so to its handler. */
void               inb_http_connection_admit         (InbHttpConnection  *self,
                                                      InbHttpRequest     *request);
/* The connection of a message that libsoup got. */
InbHttpConnection *inb_http_connection_from_message  (SoupServerMessage  *message);
InbHttpRequest    *inb_http_connection_steal_request (InbHttpConnection  *self);
GBytes            *inb_http_connection_take_body     (InbHttpConnection  *self);
/* Answer what libsoup has not got, and end the connection. */
void               inb_http_connection_refuse        (InbHttpConnection  *self,
                                                      const GError       *error,
                                                      const char         *fields);
void               inb_http_connection_answer        (InbHttpConnection  *self,
                                                      GString            *text);
/* It is a WebSocket now. */
void               inb_http_connection_set_upgraded  (InbHttpConnection  *self);
void               inb_http_connection_close         (InbHttpConnection  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbHttpConnection, inb_http_connection_unref)

G_END_DECLS
