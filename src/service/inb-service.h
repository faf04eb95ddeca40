/* The running service: puts its parts together, starts and stops them in order. Main loop only. */
#pragma once

#include "inb-settings.h"

G_BEGIN_DECLS

#define INB_TYPE_SERVICE (inb_service_get_type ())
G_DECLARE_FINAL_TYPE (InbService, inb_service, INB, SERVICE, GObject)

InbService *inb_service_new         (InbSettings          *settings);
/* Blocks until requests can be served. */
gboolean    inb_service_start       (InbService           *self,
                                     GError              **error);
/* "http://127.0.0.1:8787", after the start. */
const char *inb_service_get_url     (InbService           *self);
/* Takes nothing new, answers what is under way, then stops everything. */
void        inb_service_stop_async  (InbService           *self,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean    inb_service_stop_finish (InbService           *self,
                                     GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
