/* The API's route for files of leads. */
#pragma once

#include "inb-api.h"

G_BEGIN_DECLS

void inb_api_import_register (InbApi        *self,
                              InbHttpServer *server);

G_END_DECLS
