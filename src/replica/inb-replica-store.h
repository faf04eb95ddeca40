/* The writing side of a replica: the file, its cursor, and the transactions on it. Made anywhere, then used on the writer's
 * thread only.
 */
#pragma once

#include "inb-outbox-file.h"
#include "inb-replica-analyst.h"
#include "inb-replica-batch.h"
#include "inb-replica-reader.h"
#include "inb-replica.h"

G_BEGIN_DECLS

typedef struct _InbReplicaStore InbReplicaStore;

/* What a write has brought besides the rows in its batch. */
typedef struct {
  InbOutboxCounts counts;
  guint           n_saved;
  gboolean        is_salvaged;     /* the outbox was damaged: n_saved entries could be read */
  gboolean        is_damaged;      /* the replica is, though the write succeeded */
  gboolean        outbox_changed;
  gboolean        everything;      /* looks different */
  gboolean        has_fresh;       /* there is more to be shown: inb_replica_store_overlay() */
} InbReplicaStoreNews;

InbReplicaStore *inb_replica_store_new            (const char        *folder);
void             inb_replica_store_free           (InbReplicaStore   *self);
InbReplicaReader *inb_replica_store_get_reader    (InbReplicaStore   *self);
InbReplicaAnalyst *inb_replica_store_get_analyst  (InbReplicaStore   *self);
gint64           inb_replica_store_get_cursor     (InbReplicaStore   *self);
const char      *inb_replica_store_get_epoch      (InbReplicaStore   *self);
const char      *inb_replica_store_get_position   (InbReplicaStore   *self);
/* INB_TIME_NONE: there is none, or the first sync is not over. */
gint64           inb_replica_store_get_newest     (InbReplicaStore   *self);
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
gboolean         inb_replica_store_add_order      (InbReplicaStore   *self,
                                                   guint              number,
                                                   GError           **error);

/* The user's side. */
gboolean         inb_replica_store_edit           (InbReplicaStore   *self,
                                                   InbEdit           *edit,
                                                   char             **group,
                                                   InbReplicaBatch  **batch,
                                                   GError           **error);
gboolean         inb_replica_store_undo           (InbReplicaStore   *self,
                                                   const char        *group,
                                                   const char        *label,
                                                   char             **new_group,
                                                   InbReplicaBatch  **batch,
                                                   GError           **error);
InbReplicaBatch *inb_replica_store_overlay        (InbReplicaStore   *self,
                                                   GError           **error);
gboolean         inb_replica_store_answer         (InbReplicaStore   *self,
                                                   GPtrArray         *results,
                                                   InbReplicaBatch  **batch,
                                                   GError           **error);
gboolean         inb_replica_store_resolve        (InbReplicaStore   *self,
                                                   const char        *mutation_id,
                                                   GArray            *columns,
                                                   InbReplicaBatch  **batch,
                                                   GError           **error);
gboolean         inb_replica_store_set_actor      (InbReplicaStore   *self,
                                                   const InbOutboxActor *actor,
                                                   GError           **error);
const InbOutboxActor *inb_replica_store_get_actor (InbReplicaStore   *self);
gboolean         inb_replica_store_forget_outbox  (InbReplicaStore   *self,
                                                   gboolean           unsent_too,
                                                   GError           **error);
GPtrArray       *inb_replica_store_peek           (InbReplicaStore   *self,
                                                   guint              max,
                                                   gsize              max_bytes);
GPtrArray       *inb_replica_store_list_outbox    (InbReplicaStore   *self,
                                                   const char        *entity_id);
InbGroupOutcome *inb_replica_store_count_group    (InbReplicaStore   *self,
                                                   const char        *group,
                                                   GError           **error);
gboolean         inb_replica_store_mend_outbox    (InbReplicaStore   *self,
                                                   gboolean          *was_damaged,
                                                   GError           **error);
void             inb_replica_store_take_news      (InbReplicaStore   *self,
                                                   InbReplicaStoreNews *news);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbReplicaStore, inb_replica_store_free)

G_END_DECLS
