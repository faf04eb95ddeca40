/* What the server says of rows that differ from it by what waits in the outbox. Keys are those of inb_outbox_key_new(). Used on
 * the writer's thread, within its transactions.
 */
#pragma once

#include "inb-replica-batch.h"

G_BEGIN_DECLS

/* @row: (out) (transfer full) (nullable): NULL when the server has no such row. */
gboolean   inb_replica_shadow_get        (InbSqlite        *db,
                                          const char       *key,
                                          gboolean         *found,
                                          InbRow          **row,
                                          GError          **error);
gboolean   inb_replica_shadow_set        (InbSqlite        *db,
                                          const char       *key,
                                          const InbRow     *row,
                                          GError          **error);
gboolean   inb_replica_shadow_delete     (InbSqlite        *db,
                                          const char       *key,
                                          GError          **error);
/* (transfer full) (element-type utf8) */
GPtrArray *inb_replica_shadow_list       (InbSqlite        *db,
                                          GError          **error);
/* What the row is stored as; NULL when it is not. (out) (transfer full) */
gboolean   inb_replica_shadow_get_stored (InbSqlite        *db,
                                          const char       *key,
                                          InbRow          **row,
                                          GError          **error);
/* (transfer full) (element-type utf8): keys. */
GPtrArray *inb_replica_shadow_list_contact (InbSqlite     *db,
                                          const char       *contact_id,
                                          GError          **error);
/* Makes the stored row @row, unless it is that already; NULL: there is none. */
gboolean   inb_replica_shadow_store      (InbReplicaBatch  *batch,
                                          const char       *key,
                                          const InbRow     *stored,
                                          const InbRow     *row,
                                          GError          **error);

G_END_DECLS
