/* Makes the tables in an empty file, and tells whether a file holds exactly them. There are no migrations: the replica is a
 * cache, and what another version made is made anew.
 */
#pragma once

#include "inb-replica.h"
#include "inb-sqlite.h"

G_BEGIN_DECLS

#define INB_REPLICA_SCHEMA_VERSION 3

gboolean inb_replica_schema_prepare    (InbSqlite   *db,
                                        GError     **error);
gboolean inb_replica_schema_add_order  (InbSqlite   *db,
                                        guint        number,
                                        GError     **error);
gboolean inb_replica_schema_add_orders (InbSqlite   *db,
                                        GError     **error);
gboolean inb_replica_meta_get          (InbSqlite   *db,
                                        const char  *key,
                                        char       **value,
                                        GError     **error);
gboolean inb_replica_meta_set          (InbSqlite   *db,
                                        const char  *key,
                                        const char  *value,
                                        GError     **error);

G_END_DECLS
