/* Lists of leads that are read along an index which holds all they need, so that no row is ever looked up. What a filter means is
 * found in the facts (inb-lead-facts.h).
 */
#pragma once

#include "inb-lead-query.h"
#include "inb-sqlite.h"

G_BEGIN_DECLS

gboolean  inb_replica_query_is_indexed (const InbLeadQuery  *query,
                                        gboolean             is_first_sync);
GArray   *inb_replica_query_run        (InbSqlite           *db,
                                        const InbLeadQuery  *query,
                                        GCancellable        *cancellable,
                                        GError             **error);
gboolean  inb_replica_query_has_index  (InbLeadSort          sort);
GArray   *inb_replica_query_walk       (InbSqlite           *db,
                                        InbLeadSort          sort,
                                        gboolean             descending,
                                        guint32              n_rows,
                                        GCancellable        *cancellable,
                                        GError             **error);

G_END_DECLS
