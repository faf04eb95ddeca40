/* Turns an InbLeadQuery into row ids. Each list is walked along an index that holds all it needs; filters that the index
 * does not cover are sets of row ids (bitmaps), so that no row is ever looked up.
 */
#pragma once

#include "inb-lead-query.h"
#include "inb-sqlite.h"

G_BEGIN_DECLS

GArray *inb_replica_query_run (InbSqlite           *db,
                               const InbLeadQuery  *query,
                               GError             **error);

G_END_DECLS
