/* What the two halves of InbReplica share: inb-replica.c, which owns the threads and writes, and inb-replica-reads.c. */
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

G_END_DECLS
