/* Brings the replica up to the server's head: the first sync page by page, then the feed from the cursor. The next page is
 * fetched and parsed while the replica stores the one before. One run at a time.
 */
#pragma once

#include "inb-replica.h"
#include "inb-sync-http.h"

G_BEGIN_DECLS

#define INB_TYPE_SYNC_PULLER (inb_sync_puller_get_type ())
G_DECLARE_FINAL_TYPE (InbSyncPuller, inb_sync_puller, INB, SYNC_PULLER, GObject)

/* Signal "progress": what the getters say has changed. */

InbSyncPuller *inb_sync_puller_new          (InbReplica           *replica,
                                             InbSyncHttp          *http,
                                             const char           *workspace_id);
void           inb_sync_puller_run_async    (InbSyncPuller        *self,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean       inb_sync_puller_run_finish   (InbSyncPuller        *self,
                                             GAsyncResult         *result,
                                             gint64               *retry_after_ms,
                                             GError              **error);
double         inb_sync_puller_get_progress (InbSyncPuller        *self);
gint64         inb_sync_puller_get_pending  (InbSyncPuller        *self);

G_END_DECLS
