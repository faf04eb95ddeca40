/* Between the parts of a connection: reading requests (inb-http-connection.c), large bodies (inb-http-connection-receive.c), and
 * answering (inb-http-connection-answer.c).
 */
#pragma once

#include "inb-http-connection.h"
#include "inb-http-reader.h"
#include "inb-http-writer.h"

G_BEGIN_DECLS

struct _InbHttpConnection {
  guint               refs;
  InbHttpTicket       ticket;

  /* Owned */
  GSocket            *socket;
  GSource            *source;  /* what is waited for */
  InbHttpReader      *reader;
  InbHttpHead        *head;    /* of the present request, as the writer */
  InbHttpWriter      *writer;
  InbHttpRequest     *request; /* until it is dispatched */
  char               *peer;

  /* Borrowed */
  InbHttpPool        *pool;
  InbHttpStream      *stream;  /* once it is a WebSocket, until that is closed */
  InbHttpHeadArrived  arrived;
  InbHttpGone         gone;
  gpointer            user_data;
  InbHttpNextPiece    next;    /* while an answer goes out in pieces */
  gpointer            next_data;
  InbHttpBodyArrived  body_arrived; /* while a body comes that was asked for */
  gpointer            body_data;

  gsize               n_steady; /* bytes of that body when its time was last given anew */
  gsize               wasted;  /* bytes */
  gboolean            last;    /* no further request after the present one */
  gboolean            chunked; /* the answer in pieces */
  gboolean            local;
};

void inb_http_connection_stop_waiting   (InbHttpConnection *self);
void inb_http_connection_wait_for       (InbHttpConnection *self,
                                         GIOCondition       condition,
                                         GSocketSourceFunc  callback);
#define INB_HTTP_CONTINUE "HTTP/1.1 100 Continue\r\n\r\n"

/* Whoever asked for a body gets no more of it. FALSE when nobody did. */
gboolean inb_http_connection_fail_body  (InbHttpConnection *self,
                                         const GError      *error);
/* Drops what belongs to the present request. */
void inb_http_connection_forget_request (InbHttpConnection *self);
/* Reads the next request, from a turn of the loop of its own: pipelined ones must not nest. */
void inb_http_connection_go_on          (InbHttpConnection *self);
/* Tells who makes the pieces of an answer that no more are wanted. */
void inb_http_connection_drop_pieces    (InbHttpConnection *self);
/* All is answered: closes, as gently as is needed. */
void inb_http_connection_end            (InbHttpConnection *self);

G_END_DECLS
