/* Gets something from the server and parses it on a thread. */
#pragma once

#include "inb-sync-http.h"

G_BEGIN_DECLS

typedef gpointer (*InbSyncParse) (GBytes   *body,
                                  GError  **error);

void     inb_sync_fetch_async  (InbSyncHttp          *http,
                                const char           *path,
                                InbSyncParse          parse,
                                GDestroyNotify        free_result,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
gpointer inb_sync_fetch_finish (InbSyncHttp          *http,
                                GAsyncResult         *result,
                                gint64               *retry_after_ms,
                                GError              **error);

G_END_DECLS
