/* One connection to the server, from the first try to its end: the WebSocket, what it tells, and the pulls that follow from it.
 * When it has ended, the client makes another.
 */
#pragma once

#include "inb-sync-arrivals.h"
#include "inb-sync-http.h"

G_BEGIN_DECLS

#define INB_TYPE_SYNC_LINK (inb_sync_link_get_type ())
G_DECLARE_FINAL_TYPE (InbSyncLink, inb_sync_link, INB, SYNC_LINK, GObject)

/* Signals: "greeted": the server answers as it should; "syncing": the replica is behind; "progress"; "live": it is not, any
 * more; "alive": a sign of life while it is not; "announced" (const char *lead_id, gint64 received_at): a lead has come
 * in, whose rows are on their way; "ended" (GError *error, gint64 retry_after_ms): the last one. */

InbSyncLink *inb_sync_link_new          (InbReplica       *replica,
                                         InbSyncHttp      *http,
                                         InbSyncArrivals  *arrivals,
                                         const char       *workspace_id,
                                         guint             keepalive_seconds);
void         inb_sync_link_open         (InbSyncLink      *self);
void         inb_sync_link_close        (InbSyncLink      *self);
gboolean     inb_sync_link_was_good     (InbSyncLink      *self);
double       inb_sync_link_get_progress (InbSyncLink      *self);
gint64       inb_sync_link_get_pending  (InbSyncLink      *self);

G_END_DECLS
