/* What the server sends, read strictly: pages of the feed and of the first sync, one lead, and the WebSocket's events. Pure
 * functions, for any thread. INB_ERROR_PROTOCOL says what is wrong.
 */
#pragma once

#include "inb-replica.h"

G_BEGIN_DECLS

typedef struct {
  InbSnapshotPage *page;        /* without a position */
  char            *next_cursor; /* NULL: the kind's last page */
} InbSyncSnapshot;

typedef enum {
  INB_SYNC_EVENT_HELLO,
  INB_SYNC_EVENT_CHANGES,
  INB_SYNC_EVENT_PULL,
  INB_SYNC_EVENT_ARRIVAL,
  INB_SYNC_EVENT_OTHER         /* of a newer server */
} InbSyncEventType;

typedef struct {
  InbSyncEventType  type;
  char             *epoch;        /* of hello */
  gint64            head;         /* of hello and pull */
  InbChanges       *changes;      /* of changes */
  gboolean          has_rows;     /* of changes: FALSE means pull */
  char             *lead_id;      /* of an arrival; NULL when only a contact came */
  char             *contact_id;
  char             *name;
  char             *webhook_name;
  gint64            received_at;  /* monotonic, microseconds; set by the socket */
} InbSyncEvent;

InbChanges      *inb_sync_parse_changes  (GBytes           *body,
                                          GError          **error);
InbSyncSnapshot *inb_sync_parse_snapshot (GBytes           *body,
                                          GError          **error);
GPtrArray       *inb_sync_parse_lead     (GBytes           *body,
                                          GError          **error);
InbSyncEvent    *inb_sync_parse_event    (GBytes           *text,
                                          GError          **error);
void             inb_sync_snapshot_free  (InbSyncSnapshot  *self);
void             inb_sync_event_free     (InbSyncEvent     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbSyncSnapshot, inb_sync_snapshot_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbSyncEvent, inb_sync_event_free)

G_END_DECLS
