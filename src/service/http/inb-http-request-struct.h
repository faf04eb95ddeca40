/* Between the parts of a request: its answers (inb-http-request.c), a body that comes late (inb-http-request-body.c), and becoming a
 * WebSocket (inb-http-request-upgrade.c).
 */
#pragma once

#include "inb-http-request-private.h"

G_BEGIN_DECLS

struct _InbHttpRequest {
  guint              refs;

  /* Owned */
  InbHttpConnection *connection;
  InbHttpHead       *head;
  InbHttpMatch       match;
  GHashTable        *params;  /* NULL without a query */
  GBytes            *body;
  char              *path;    /* made when asked for */
  GString           *fields;  /* of the answer; NULL for none */

  /* Borrowed */
  InbHttpNext        next;    /* of an answer in pieces */
  gpointer           next_data;
  InbHttpBodyReceived received; /* of a body that was asked for */
  gpointer           received_data;

  gint64             received_at;
  gboolean           answered;
};

/* Logs and counts the answer that begins; FALSE when there was one already. */
gboolean inb_http_request_begin_answer (InbHttpRequest *self,
                                        guint           status);

G_END_DECLS
