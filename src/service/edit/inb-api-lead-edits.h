/* POST /api/inbound-leads, PATCH /api/inbound-leads/{id}, POST /api/inbound-leads/{id}/activities. */
#pragma once

#include "inb-api.h"

G_BEGIN_DECLS

void inb_api_lead_edits_register (InbApi         *self,
                                  InbHttpServer  *server);

G_END_DECLS
