/* The API's route for taking a group of mutations back. */
#pragma once

#include "inb-api.h"

G_BEGIN_DECLS

void inb_api_group_register (InbApi        *self,
                             InbHttpServer *server);

G_END_DECLS
