#pragma once

#include "inb-api.h"

G_BEGIN_DECLS

/* GET /api/inbound-leads, GET /api/inbound-leads/{id}, GET /api/me. */
void inb_api_leads_register (InbApi        *self,
                             InbHttpServer *server);

G_END_DECLS
