/* How far a first sync has come: kept as text in the replica, so that it goes on after a crash. Contacts and leads take
 * turns, so that the newest leads show first and with their names; activities follow.
 */
#pragma once

#include "inb-column.h"

G_BEGIN_DECLS

#define INB_SYNC_N_SNAPSHOT_KINDS 3

typedef struct {
  char     *cursor;     /* the next page's, or NULL */
  gboolean  is_done;
  gint64    n_rows;     /* stored so far */
  gint64    lowest_seq; /* of them; 0 = none yet */
} InbSyncPositionKind;

typedef struct {
  gint64              head;     /* where the feed takes over; -1 before the first page */
  InbSyncPositionKind kinds[INB_SYNC_N_SNAPSHOT_KINDS];
} InbSyncPosition;

InbSyncPosition *inb_sync_position_new           (const char       *text);
void             inb_sync_position_free          (InbSyncPosition  *self);
char            *inb_sync_position_to_text       (InbSyncPosition  *self);
int              inb_sync_position_get_next      (InbSyncPosition  *self);
InbKind          inb_sync_position_get_kind      (int               index);
double           inb_sync_position_get_progress  (InbSyncPosition  *self);
gint64           inb_sync_position_get_pending   (InbSyncPosition  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbSyncPosition, inb_sync_position_free)

G_END_DECLS
