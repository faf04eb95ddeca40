#pragma once

#include "inb-api.h"

G_BEGIN_DECLS

void inb_api_routes_register (InbApi        *api,
                              InbHttpServer *server);

G_END_DECLS
