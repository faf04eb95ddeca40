#pragma once

#include "inb-api.h"

G_BEGIN_DECLS

/* GET /api/changes, GET /api/snapshot. */
void inb_api_feed_register (InbApi        *self,
                            InbHttpServer *server);

G_END_DECLS
