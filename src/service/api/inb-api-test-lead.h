/* POST /api/test-lead: a lead as a webhook brings it, so that a new workspace's owner sees that leads arrive. */
#pragma once

#include "inb-api.h"

G_BEGIN_DECLS

void inb_api_test_lead_register (InbApi         *self,
                                 InbHttpServer  *server);

G_END_DECLS
