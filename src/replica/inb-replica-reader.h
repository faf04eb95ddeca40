/* The read-only connection: used by the reader's thread, taken away by the writer's while it replaces the file. */
#pragma once

#include "inb-sqlite.h"

G_BEGIN_DECLS

typedef struct _InbReplicaReader InbReplicaReader;

InbReplicaReader *inb_replica_reader_new     (const char        *path);
void              inb_replica_reader_free    (InbReplicaReader  *self);
InbSqlite        *inb_replica_reader_begin   (InbReplicaReader  *self,
                                              GError           **error);
void              inb_replica_reader_end     (InbReplicaReader  *self);
void              inb_replica_reader_suspend (InbReplicaReader  *self);
void              inb_replica_reader_resume  (InbReplicaReader  *self,
                                              gboolean           is_usable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbReplicaReader, inb_replica_reader_free)

G_END_DECLS
