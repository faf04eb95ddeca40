/* Takes back what was done at the service in one group. */
#pragma once

#include "inb-outbox.h"
#include "inb-sync-client.h"

G_BEGIN_DECLS

void     inb_service_undo_async  (InbSyncClient        *client,
                                  const char           *group,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
/* @outcome: (out): what could not be taken back is counted. INB_ERROR_NOT_FOUND, _CONNECTION, … */
gboolean inb_service_undo_finish (InbSyncClient        *client,
                                  GAsyncResult         *result,
                                  InbGroupOutcome      *outcome,
                                  GError              **error);

G_END_DECLS
