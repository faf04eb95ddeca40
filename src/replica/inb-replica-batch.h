/* Rows on their way into the replica within one transaction, and what they changed. Used on the writer's thread only. */
#pragma once

#include "inb-replica-counts.h"
#include "inb-row.h"

G_BEGIN_DECLS

/* More changed leads than this are told as "everything". */
#define INB_REPLICA_BATCH_MAX_NAMED 200

typedef struct {
  /* Owned */
  InbReplicaCounts *counts;
  GHashTable       *lead_ids;          /* changed ones, up to INB_REPLICA_BATCH_MAX_NAMED */
  GArray           *rowids;            /* gint64: leads that were written or erased, each once or more often */
  gboolean          everything;
  gboolean          contacts_changed;
  gboolean          stages_changed;
  gboolean          workspace_changed;
  gboolean          names_changed;     /* of members, teams or webhooks */
  gboolean          views_changed;

  /* Borrowed */
  InbSqlite        *db;
} InbReplicaBatch;

InbReplicaBatch *inb_replica_batch_new      (InbSqlite        *db);
void             inb_replica_batch_free     (InbReplicaBatch  *self);
gboolean         inb_replica_batch_write    (InbReplicaBatch  *self,
                                             const InbRow     *row,
                                             GError          **error);
/* Whether it was erased since. */
gboolean         inb_replica_batch_check_stale (InbReplicaBatch *self,
                                             const InbRow     *row,
                                             gboolean         *is_stale,
                                             GError          **error);
gboolean         inb_replica_batch_put      (InbReplicaBatch  *self,
                                             const InbRow     *row,
                                             GError          **error);
gboolean         inb_replica_batch_remove   (InbReplicaBatch  *self,
                                             InbKind           kind,
                                             const char       *id,
                                             GError          **error);
gboolean         inb_replica_batch_finish   (InbReplicaBatch  *self,
                                             GError          **error);
void             inb_replica_batch_add_lead (InbReplicaBatch  *self,
                                             const char       *lead_id);
void             inb_replica_batch_remove_contact (InbReplicaBatch *self,
                                             const char       *contact_id);
void             inb_replica_batch_add_row  (InbReplicaBatch  *self,
                                             gint64            rowid);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbReplicaBatch, inb_replica_batch_free)

G_END_DECLS
