/* The optimistic rows: what the server says of a row, and on top of it what waits in the outbox, entry by entry, by the same
 * function that the server uses. Rows that an entry concerns are made together, as one may move another's leads. Used on the
 * writer's thread, within its transactions on replica.db.
 */
#pragma once

#include "inb-outbox-index.h"
#include "inb-overlay-context.h"
#include "inb-replica-batch.h"

G_BEGIN_DECLS

typedef struct _InbReplicaOverlay InbReplicaOverlay;

InbReplicaOverlay *inb_replica_overlay_new       (InbOutboxIndex     *index);
void               inb_replica_overlay_free      (InbReplicaOverlay  *self);
/* Who edits; copied. */
void               inb_replica_overlay_set_actor (InbReplicaOverlay  *self,
                                                  const char         *user_id,
                                                  const char         *name);
/* Before each transaction: forgets what is left of a failed one. */
void               inb_replica_overlay_begin     (InbReplicaOverlay  *self,
                                                  InbReplicaBatch    *batch);
/* Like inb_replica_batch_write(), for rows of the server. */
gboolean           inb_replica_overlay_write     (InbReplicaOverlay  *self,
                                                  const InbRow       *row,
                                                  GError            **error);
/* The item's rows, or all that differ or should, have to be made again. */
void               inb_replica_overlay_mark      (InbReplicaOverlay  *self,
                                                  InbOutboxItem      *item);
void               inb_replica_overlay_mark_row  (InbReplicaOverlay  *self,
                                                  const char         *key);
gboolean           inb_replica_overlay_mark_all  (InbReplicaOverlay  *self,
                                                  GError            **error);
/* Makes them. */
gboolean           inb_replica_overlay_finish    (InbReplicaOverlay  *self,
                                                  GError            **error);
/* (transfer none) (element-type InbOutboxItem): that have told for the first time what they wrote. */
GPtrArray         *inb_replica_overlay_get_undos (InbReplicaOverlay  *self);
InbOverlayContext *inb_replica_overlay_get_settings (InbReplicaOverlay *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbReplicaOverlay, inb_replica_overlay_free)

G_END_DECLS
