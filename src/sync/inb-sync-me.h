/* Whose token it is and what it may: GET /api/me, asked once a session. */
#pragma once

#include "inb-sync-http.h"

G_BEGIN_DECLS

typedef struct {
  char *user_id;  /* "" when the token is of no person (a service user) */
  char *role;     /* "viewer", "agent", "manager", "owner" */
} InbSyncMe;

void       inb_sync_me_free         (InbSyncMe            *self);
void       inb_sync_me_fetch_async  (InbSyncHttp          *http,
                                     const char           *workspace_id,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
/* (transfer full); NULL with the server's error. */
InbSyncMe *inb_sync_me_fetch_finish (InbSyncHttp          *http,
                                     GAsyncResult         *result,
                                     GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbSyncMe, inb_sync_me_free)

G_END_DECLS
