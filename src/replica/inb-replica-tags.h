/* The tags that are in use. */
#pragma once

#include "inb-sqlite.h"

G_BEGIN_DECLS

GStrv inb_replica_read_tags (InbSqlite  *db,
                             GError    **error);

G_END_DECLS
