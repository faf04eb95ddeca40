/* What the parts of InbReplica share: inb-replica.c, which owns the threads, inb-replica-work.c, which hands
 * them their work and takes in what comes back, and a file for each way of asking. */
#pragma once

#include "inb-replica-job.h"
#include "inb-replica.h"
#include "inb-worker.h"

G_BEGIN_DECLS

struct _InbReplica {
  GObject          parent_instance;

  /* Owned */
  char            *folder;
  InbReplicaStore *store;   /* used on the writer's thread; NULL once closed */
  InbWorker       *writer;
  InbWorker       *reader;
  InbWorker       *analysis;
  char            *epoch;
  char            *position;
  GSource         *everything_source;
  InbOutboxActor   actor;

  InbOutboxCounts  counts;
  gint64           cursor;
  gint64           newest;             /* when the newest lead was made */
  gint64           told_everything_at; /* monotonic, microseconds */
  gboolean         is_rebuilding;
};

InbReplicaRead *inb_replica_begin_read (InbReplica           *self,
                                        InbReplicaReadVerb    verb,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data,
                                        GTask               **outer);
void            inb_replica_read_async (InbReplica           *self,
                                        InbReplicaRead       *job,
                                        GTask                *outer);
gboolean        inb_replica_has_facts  (InbReplica           *self);
void            inb_replica_analyse_async (InbReplica        *self,
                                        InbReplicaRead       *job,
                                        GTask                *outer);
void            inb_replica_write_async (InbReplica          *self,
                                        InbReplicaWriteVerb   verb,
                                        gpointer              argument,
                                        GDestroyNotify        free_argument,
                                        GTask                *outer);
void            inb_replica_write_in_background (InbReplica  *self,
                                        InbReplicaWriteVerb   verb);
void            inb_replica_read_facts (InbReplica           *self);

G_END_DECLS
