/* What the window asks of the replica; run on the reader's thread, within one transaction each. */
#pragma once

#include "inb-replica.h"
#include "inb-sqlite.h"

G_BEGIN_DECLS

GPtrArray     *inb_replica_read_summaries (InbSqlite      *db,
                                           const gint64   *rowids,
                                           guint           n_rowids,
                                           GError        **error);
InbLeadDetail *inb_replica_read_detail    (InbSqlite      *db,
                                           const char     *lead_id,
                                           GError        **error);
InbLeadDetail *inb_replica_read_contact   (InbSqlite      *db,
                                           const char     *contact_id,
                                           GError        **error);
InbMetrics    *inb_replica_read_metrics   (InbSqlite      *db,
                                           gint64          now,
                                           GError        **error);
GPtrArray     *inb_replica_read_list      (InbSqlite      *db,
                                           InbKind         kind,
                                           GError        **error);

G_END_DECLS
