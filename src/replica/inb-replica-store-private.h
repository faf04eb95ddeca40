/* What the files of InbReplicaStore share: inb-replica-store.c, which owns the two files and writes what the server says,
 * inb-replica-store-outbox.c, which has the transactions and keeps the files in step, inb-replica-store-edits.c and
 * inb-replica-store-answers.c, which write what the user does and what the server answers to it, inb-replica-store-overlay.c, which
 * shows it. */
#pragma once

#include "inb-outbox-file.h"
#include "inb-replica-folder.h"
#include "inb-replica-overlay.h"
#include "inb-replica-store.h"

G_BEGIN_DECLS

struct _InbReplicaStore {
  /* Owned */
  InbReplicaFolder  *folder;
  InbReplicaReader  *reader;
  InbReplicaAnalyst *analyst;
  InbSqlite         *db;
  InbOutboxFile     *outbox;
  InbOutboxIndex    *index;         /* what is in the outbox */
  InbReplicaOverlay *overlay;
  InbOutboxActor     actor;
  GPtrArray         *settled;       /* items (borrowed) whose rows have arrived: to be finished once that is committed */
  char              *epoch;
  char              *position;      /* of the first sync, or NULL */

  gint64             cursor;
  gint64             pruned_at;
  guint              n_saved;       /* entries that were read off a damaged outbox */
  gboolean           is_salvaged;   /* since that was last told */
  gboolean           is_stale;      /* the optimistic rows have to be made anew */
  gboolean           is_damaged;    /* that was found out in passing */
  gboolean           outbox_changed;
  gboolean           everything;    /* looks different by a transaction that nobody was told of */
};

gboolean         inb_replica_store_check_open    (InbReplicaStore  *self,
                                                  GError          **error);
/* A transaction on replica.db. Ended with success it makes the optimistic rows that were marked, and afterwards tells the outbox
 * what it has to know. */
InbReplicaBatch *inb_replica_store_begin         (InbReplicaStore  *self,
                                                  GError          **error);
gboolean         inb_replica_store_end           (InbReplicaStore  *self,
                                                  InbReplicaBatch  *batch,
                                                  gboolean          succeeded,
                                                  GError          **error);
/* COMMIT, or ROLLBACK when @succeeded is FALSE. */
gboolean         inb_replica_store_end_transaction (InbReplicaStore *self,
                                                  gboolean          succeeded,
                                                  GError          **error);

gboolean         inb_replica_store_reload_outbox (InbReplicaStore *self,
                                                  GError          **error);
/* (transfer full) (nullable) */
InbReplicaBatch *inb_replica_store_release       (InbReplicaStore  *self,
                                                  GPtrArray        *items);
/* Whether there is something left to be shown. */
gboolean         inb_replica_store_has_fresh     (InbReplicaStore  *self);
/* (transfer full) (nullable) */
InbReplicaBatch *inb_replica_store_show          (InbReplicaStore  *self,
                                                  GPtrArray        *items);
gboolean         inb_replica_store_catch_up_for_edit (InbReplicaStore *self,
                                                  InbEdit          *edit,
                                                  GError          **error);
gboolean         inb_replica_store_catch_up_for_undo (InbReplicaStore *self,
                                                  const char       *group,
                                                  GError          **error);
gboolean         inb_replica_store_open_outbox   (InbReplicaStore  *self,
                                                  GError          **error);
/* Makes all optimistic rows anew if they are stale. */
gboolean         inb_replica_store_refresh       (InbReplicaStore  *self,
                                                  gboolean         *was_stale,
                                                  GError          **error);
/* Before rows of that epoch are written: what an earlier one confirmed may be lost there. */
gboolean         inb_replica_store_take_epoch    (InbReplicaStore  *self,
                                                  const char       *epoch,
                                                  GError          **error);
/* Within a transaction that moves the cursor: the entries whose rows have come. */
void             inb_replica_store_settle        (InbReplicaStore  *self,
                                                  gint64            cursor,
                                                  const char       *epoch);
void             inb_replica_store_note_written  (InbReplicaStore  *self);
/* After a failed transaction. */
void             inb_replica_store_note_failed   (InbReplicaStore  *self);

G_END_DECLS
