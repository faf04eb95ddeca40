/* What the parts of InbReplica share: inb-replica.c, which owns the threads, and one file per way of asking. */
#pragma once

#include "inb-replica-job.h"
#include "inb-replica.h"

G_BEGIN_DECLS

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

G_END_DECLS
