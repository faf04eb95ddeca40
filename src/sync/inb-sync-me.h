/* Whose token it is: GET /api/me, asked once a session. */
#pragma once

#include "inb-sync-http.h"

G_BEGIN_DECLS

void  inb_sync_me_fetch_async  (InbSyncHttp          *http,
                                const char           *workspace_id,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
/* The person's user id; "" when the token is of no person (a service user). NULL with the server's error. */
char *inb_sync_me_fetch_finish (InbSyncHttp          *http,
                                GAsyncResult         *result,
                                GError              **error);

G_END_DECLS
