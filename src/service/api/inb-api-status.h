#pragma once

#include "inb-api.h"

G_BEGIN_DECLS

/* GET /healthz, /readyz, /metrics, /openapi.json: without a token. */
void inb_api_status_register (InbApi        *self,
                              InbHttpServer *server);

G_END_DECLS
