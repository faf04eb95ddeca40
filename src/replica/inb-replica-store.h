/* The writing side of a replica: the file, its cursor, and the transactions on it. Made anywhere, then used on the writer's
 * thread only.
 */
#pragma once

#include "inb-replica-analyst.h"
#include "inb-replica-batch.h"
#include "inb-replica-reader.h"
#include "inb-replica.h"

G_BEGIN_DECLS

typedef struct _InbReplicaStore InbReplicaStore;

InbReplicaStore *inb_replica_store_new            (const char        *folder);
void             inb_replica_store_free           (InbReplicaStore   *self);
InbReplicaReader *inb_replica_store_get_reader    (InbReplicaStore   *self);
InbReplicaAnalyst *inb_replica_store_get_analyst  (InbReplicaStore   *self);
gint64           inb_replica_store_get_cursor     (InbReplicaStore   *self);
const char      *inb_replica_store_get_epoch      (InbReplicaStore   *self);
const char      *inb_replica_store_get_position   (InbReplicaStore   *self);
gboolean         inb_replica_store_open           (InbReplicaStore   *self,
                                                   GError           **error);
gboolean         inb_replica_store_reset          (InbReplicaStore   *self,
                                                   const char        *epoch,
                                                   GError           **error);
gboolean         inb_replica_store_rebuild        (InbReplicaStore   *self,
                                                   GError           **error);
gboolean         inb_replica_store_sort_again     (InbReplicaStore   *self,
                                                   gboolean          *changed,
                                                   GError           **error);
InbReplicaBatch *inb_replica_store_apply          (InbReplicaStore   *self,
                                                   const InbChanges  *changes,
                                                   GError           **error);
InbReplicaBatch *inb_replica_store_apply_snapshot (InbReplicaStore   *self,
                                                   const InbSnapshotPage *page,
                                                   GError           **error);
InbReplicaBatch *inb_replica_store_add            (InbReplicaStore   *self,
                                                   GPtrArray         *rows,
                                                   GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbReplicaStore, inb_replica_store_free)

G_END_DECLS
