/* The numbers behind the metrics: changes are gathered during a transaction and written once, before its commit. */
#pragma once

#include "inb-sqlite.h"

G_BEGIN_DECLS

typedef struct _InbReplicaCounts InbReplicaCounts;

InbReplicaCounts *inb_replica_counts_new   (void);
void              inb_replica_counts_free  (InbReplicaCounts  *self);
void              inb_replica_counts_add   (InbReplicaCounts  *self,
                                            const char        *stage,
                                            const char        *source,
                                            const char        *product,
                                            gint64             total,
                                            gint64             converted);
gboolean          inb_replica_counts_write (InbReplicaCounts  *self,
                                            InbSqlite         *db,
                                            GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbReplicaCounts, inb_replica_counts_free)

G_END_DECLS
