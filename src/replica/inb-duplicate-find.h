/* Looks for contacts that may be one person, by the indexes of their numbers, addresses and conflicts. */
#pragma once

#include "inb-duplicate.h"
#include "inb-sqlite.h"

G_BEGIN_DECLS

GPtrArray *inb_duplicate_find_all (InbSqlite     *db,
                                   GCancellable  *cancellable,
                                   GError       **error);
/* Of one contact; nobody while there are no indexes yet. */
GPtrArray *inb_duplicate_find_of  (InbSqlite     *db,
                                   const char    *contact_id,
                                   GError       **error);

G_END_DECLS
