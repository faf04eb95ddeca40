/* Whose token it is: GET /api/me. */
#pragma once

#include "inb-role.h"
#include "inb-sync-http.h"

G_BEGIN_DECLS

typedef struct {
  char     *user_id;
  char     *name;        /* or NULL */
  InbRole   role;        /* what the token may do */
  gboolean  is_service;  /* it is of no person */
} InbSyncMe;

void       inb_sync_me_free         (InbSyncMe            *self);
void       inb_sync_me_fetch_async  (InbSyncHttp          *http,
                                     const char           *workspace_id,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
/* NULL with the server's error. */
InbSyncMe *inb_sync_me_fetch_finish (InbSyncHttp          *http,
                                     GAsyncResult         *result,
                                     GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbSyncMe, inb_sync_me_free)

G_END_DECLS
