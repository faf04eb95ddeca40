/* Keeps a replica equal to its workspace on a service: first pull, WebSocket, pull on a gap, reconnect. The app's only door
 * to the network. Main loop only; parsing of large pages runs on a thread.
 */
#pragma once

#include "inb-replica.h"
#include "inb-sync-account.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum {
  INB_SYNC_OFFLINE,      /* no connection; trying again at retry-at */
  INB_SYNC_CONNECTING,
  INB_SYNC_SYNCING,      /* progress says how far */
  INB_SYNC_LIVE,
  INB_SYNC_UNAUTHORIZED, /* the token is refused; nothing more is tried, the replica was wiped */
} InbSyncState;

#define INB_TYPE_SYNC_STATE (inb_sync_state_get_type ())
GType inb_sync_state_get_type (void);

#define INB_TYPE_SYNC_CLIENT (inb_sync_client_get_type ())
G_DECLARE_FINAL_TYPE (InbSyncClient, inb_sync_client, INB, SYNC_CLIENT, GObject)

/* Properties (notify): "state" InbSyncState; "progress" double 0–1 while syncing; "pending" int64 rows still to come;
 * "last-error" string, for Details; "last-sync" int64 microseconds; "retry-at" int64;
 * "user-id" string, whose token it is: NULL until the server said so, "" when it is of no person;
 * "role" string, what it may: NULL until the server said so.
 * Signals:
 * "lead-arrived" (const char *lead_id (nullable), const char *contact_id, const char *name, const char *webhook_name):
 *   from "webhook:contact_created", emitted after the replica holds its rows.
 * "lead-announced" (const char *lead_id, gint64 received_at (monotonic, microseconds)): the same event, at once.
 *
 * An account on this computer is read anew before each try: its service may have been started again with another token.
 * Without a token nothing is tried until inb_sync_client_set_token(). */

InbSyncClient *inb_sync_client_new       (InbReplica           *replica,
                                          InbSyncAccount       *account);
void           inb_sync_client_start     (InbSyncClient        *self);
/* @token NULL: there is none, for the reason @why. */
void           inb_sync_client_set_token (InbSyncClient        *self,
                                          const char           *token,
                                          const char           *why);
gboolean       inb_sync_client_has_token (InbSyncClient        *self);
void           inb_sync_client_stop      (InbSyncClient        *self);
/* Try now, not at retry-at. */
void           inb_sync_client_retry     (InbSyncClient        *self);
InbSyncState   inb_sync_client_get_state (InbSyncClient        *self);

/* Fetches the whole timeline of a lead from the server into the replica (older ones are not part of the first sync). */
void           inb_sync_client_fetch_lead_async  (InbSyncClient        *self,
                                                  const char           *lead_id,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean       inb_sync_client_fetch_lead_finish (InbSyncClient        *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);

/* Has the server make a lead that is marked as a test. */
void           inb_sync_client_send_test_lead_async  (InbSyncClient        *self,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean       inb_sync_client_send_test_lead_finish (InbSyncClient        *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);

/* What is done at the server at once, or not at all: administration and imports. @path: "/api/stages"; the workspace is added. @body:
 * (nullable): JSON. */
void           inb_sync_client_request_async  (InbSyncClient        *self,
                                               const char           *method,
                                               const char           *path,
                                               GBytes               *body,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
/* (transfer full): the answer's body. */
GBytes        *inb_sync_client_request_finish (InbSyncClient        *self,
                                               GAsyncResult         *result,
                                               GError              **error);

/* One line of an answer that comes as the work goes on, an object of JSON. */
typedef void (*InbSyncLineFunc) (JsonObject *line,
                                 gpointer    data);
/* Sends a file; @func is called for each line of the answer until the callback is. Cancelling ends it at the server as well. */
void           inb_sync_client_upload_async   (InbSyncClient        *self,
                                               const char           *path,
                                               const char           *type,
                                               GBytes               *body,
                                               InbSyncLineFunc       func,
                                               gpointer              data,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean       inb_sync_client_upload_finish  (InbSyncClient        *self,
                                               GAsyncResult         *result,
                                               GError              **error);

G_END_DECLS
