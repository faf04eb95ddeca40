/* What may pass: knows the routes and the host names, and answers preflights and refusals itself. */
#pragma once

#include "inb-http-connection.h"
#include "inb-http-router.h"

G_BEGIN_DECLS

typedef struct _InbHttpGate InbHttpGate;

InbHttpGate    *inb_http_gate_new        (void);
void            inb_http_gate_free       (InbHttpGate       *self);
InbHttpRouter  *inb_http_gate_get_router (InbHttpGate       *self);
void            inb_http_gate_add_host   (InbHttpGate       *self,
                                          const char        *host);
/* The request, or NULL when the connection was answered here. */
InbHttpRequest *inb_http_gate_admit      (InbHttpGate       *self,
                                          InbHttpConnection *connection);

G_END_DECLS
