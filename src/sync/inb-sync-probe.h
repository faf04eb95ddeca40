/* Asks a server, before it is trusted with anything, whether address, token and workspace fit. */
#pragma once

#include "inb-sync-account.h"

G_BEGIN_DECLS

typedef enum {
  INB_SYNC_PROBE_NO_HOST,       /* no such host */
  INB_SYNC_PROBE_REFUSED,       /* nothing answers at that port */
  INB_SYNC_PROBE_TIMEOUT,
  INB_SYNC_PROBE_TLS,           /* the certificate cannot be trusted, or there is no TLS */
  INB_SYNC_PROBE_TOKEN,         /* the token is refused */
  INB_SYNC_PROBE_WORKSPACE,     /* the token is for another workspace */
  INB_SYNC_PROBE_NOT_OURS,      /* something else answers there */
  INB_SYNC_PROBE_UNAVAILABLE,   /* the service is there, but cannot answer now */
  INB_SYNC_PROBE_OTHER
} InbSyncProbeError;

#define INB_SYNC_PROBE_ERROR (inb_sync_probe_error_quark ())
GQuark inb_sync_probe_error_quark (void);

/* Who the token belongs to. */
typedef struct {
  char *user;
  char *role;
  char *workspace_id;
  char *workspace_name;
} InbSyncIdentity;

void             inb_sync_identity_free  (InbSyncIdentity      *self);

/* @workspace_id NULL: the token's own. */
void             inb_sync_probe_async    (const char           *server,
                                          const char           *workspace_id,
                                          const char           *token,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
InbSyncIdentity *inb_sync_probe_finish   (GAsyncResult         *result,
                                          GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbSyncIdentity, inb_sync_identity_free)

G_END_DECLS
