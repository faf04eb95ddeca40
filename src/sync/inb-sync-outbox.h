/* Sends what waits in the outbox: in order, one request at a time, the same ids until they are answered. */
#pragma once

#include "inb-outbox.h"
#include "inb-sync-http.h"

G_BEGIN_DECLS

#define INB_TYPE_SYNC_OUTBOX (inb_sync_outbox_get_type ())
G_DECLARE_FINAL_TYPE (InbSyncOutbox, inb_sync_outbox, INB, SYNC_OUTBOX, GObject)

/* Signal "refused" (GError *error): the server takes nothing from this token: INB_ERROR_UNAUTHORIZED, or INB_ERROR_FORBIDDEN when
 * its role has become too low. */

InbSyncOutbox *inb_sync_outbox_new   (InbReplica     *replica);
/* While there is a connection, and it is known whose token it is. */
void           inb_sync_outbox_start (InbSyncOutbox  *self,
                                      InbSyncHttp    *http,
                                      const char     *workspace_id);
void           inb_sync_outbox_stop  (InbSyncOutbox  *self);

G_END_DECLS
