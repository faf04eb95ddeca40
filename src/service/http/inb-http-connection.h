/* One accepted socket: reads one request after another, strictly and within limits, writes the answers, and ends so that
 * none is lost.  SoupServer would read leniently, without deadline or bound, and answer one request a connection; libsoup
 * has the WebSockets.  Main loop only.
 */
#pragma once

#include "inb-http-head.h"
#include "inb-http-pool.h"
#include "inb-http-server.h"
#include "inb-http-stream.h"

G_BEGIN_DECLS

typedef struct _InbHttpConnection InbHttpConnection;

/* A well-formed head is there: admit its request, refuse it or answer it. */
typedef void (*InbHttpHeadArrived) (InbHttpConnection *connection,
                                    gpointer           user_data);
/* The body that was asked for, (transfer none), or NULL with what went wrong. */
typedef void (*InbHttpBodyArrived) (GBytes            *body,
                                    const GError      *error,
                                    gpointer           user_data);
/* Called when the connection has left the pool, from wherever. */
typedef void (*InbHttpGone)        (gpointer           user_data);

/* An answer in pieces: asked for the next one whenever those before are out, from a turn of the loop of its own; @is_open FALSE:
 * the client has gone, and this was the last call. */
typedef void (*InbHttpNextPiece)    (gboolean           is_open,
                                     gpointer           user_data);

InbHttpConnection *inb_http_connection_new             (GSocket            *socket,
                                                        char               *peer,
                                                        gboolean            local,
                                                        InbHttpPool        *pool);
InbHttpConnection *inb_http_connection_ref             (InbHttpConnection  *self);
void               inb_http_connection_unref           (InbHttpConnection  *self);
/* Enters the pool, which keeps the connection alive until it ends. */
void               inb_http_connection_start           (InbHttpConnection  *self,
                                                        InbHttpHeadArrived  arrived,
                                                        InbHttpGone         gone,
                                                        gpointer            user_data);
/* For the pool. */
void               inb_http_connection_expire          (gpointer            self,
                                                        InbHttpPhase        phase);
/* Of the present request. */
InbHttpHead       *inb_http_connection_get_head        (InbHttpConnection  *self);
gint64             inb_http_connection_get_received_at (InbHttpConnection  *self);
const char        *inb_http_connection_get_peer        (InbHttpConnection  *self);
gboolean           inb_http_connection_is_local        (InbHttpConnection  *self);
GSocket           *inb_http_connection_get_socket      (InbHttpConnection  *self);
/* The request passed: reads its body and dispatches it. */
void               inb_http_connection_admit           (InbHttpConnection  *self,
                                                        InbHttpRequest     *request);
/* The same for one whose handler asks for the body itself. */
void               inb_http_connection_admit_head      (InbHttpConnection  *self,
                                                        InbHttpRequest     *request);
/* Reads the body of the present request, which was admitted by its head. @arrived is called once, perhaps at once. */
void               inb_http_connection_receive         (InbHttpConnection  *self,
                                                        gsize               max_size,
                                                        InbHttpBodyArrived  arrived,
                                                        gpointer            user_data);
/* The time for the answer of the present request begins anew. */
void               inb_http_connection_extend          (InbHttpConnection  *self);
/* Answers the present request and goes on to the next, or ends after it.  @head is an answer's head without Connection
 * and the empty line. */
void               inb_http_connection_answer          (InbHttpConnection  *self,
                                                        GString            *head,
                                                        GBytes             *body);
/* Begins to answer the present request with a body whose length is not known yet.  @head as above, @first not empty. */
void               inb_http_connection_begin_pieces    (InbHttpConnection  *self,
                                                        GString            *head,
                                                        GString            *first,
                                                        InbHttpNextPiece    next,
                                                        gpointer            user_data);
/* After it was asked for, and never empty. */
void               inb_http_connection_send_piece      (InbHttpConnection  *self,
                                                        GString            *piece);
/* Instead of a piece: that was all. */
void               inb_http_connection_end_pieces      (InbHttpConnection  *self);
/* Answers an error and ends the connection.  @fields: further lines of the answer's head, or NULL. */
void               inb_http_connection_refuse          (InbHttpConnection  *self,
                                                        const GError       *error,
                                                        const char         *fields);
/* Sends @head and gives the socket away to be a WebSocket; NULL when the client has gone. */
InbHttpStream     *inb_http_connection_upgrade         (InbHttpConnection  *self,
                                                        const char         *head);
/* What it was given away as; NULL when that was closed. */
InbHttpStream     *inb_http_connection_get_stream      (InbHttpConnection  *self);
void               inb_http_connection_close           (InbHttpConnection  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbHttpConnection, inb_http_connection_unref)

G_END_DECLS
