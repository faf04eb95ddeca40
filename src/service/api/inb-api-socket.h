#pragma once

#include "inb-api.h"

G_BEGIN_DECLS

/* GET /ws. */
void inb_api_socket_register (InbApi        *self,
                              InbHttpServer *server);

G_END_DECLS
