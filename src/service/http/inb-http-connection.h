/* One accepted socket: reads and checks the head itself, hands what passed to libsoup as a canonical head and the body's
 * bytes, counts the body as it comes, and ends the connection so that an answer is not lost.  Main loop only.
 */
#pragma once

#include "inb-http-head.h"
#include "inb-http-pool.h"
#include "inb-http-server.h"
#include "inb-http-stream.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _InbHttpConnection InbHttpConnection;

/* The head is there and well formed: hand the connection over, refuse it or answer it. */
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
/* @request (taken over) goes through libsoup from here, and to its handler when the body is there. */
void               inb_http_connection_hand_over     (InbHttpConnection  *self,
                                                      SoupServer         *soup,
                                                      InbHttpRequest     *request);
InbHttpRequest    *inb_http_connection_steal_request (InbHttpConnection  *self);
/* The connection of a message that was handed over. */
InbHttpConnection *inb_http_connection_from_message  (SoupServerMessage  *message);
/* Takes another piece of the body, or refuses the request for it. */
void               inb_http_connection_take_chunk    (InbHttpConnection  *self,
                                                      GBytes             *chunk);
/* The body is complete: its time is over, the answer's begins. */
GBytes            *inb_http_connection_take_body     (InbHttpConnection  *self);
/* Answers past libsoup, whatever that is doing with it, and ends the connection. */
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
