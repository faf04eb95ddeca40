/* A kind's table in the replica and the statements on it, made from the column table. Parameters and results are in the
 * order of the kind's column enum, whatever the order on disk: on disk the columns that lists use come first, so that
 * reading them never walks over long texts. Leads have columns of the replica's own after the kind's.
 */
#pragma once

#include "inb-row.h"
#include "inb-sqlite.h"

G_BEGIN_DECLS

/* Columns that the replica adds to a lead, numbered after the kind's own. */
typedef enum {
  INB_LEAD_EXTRA_ID_ORDER = INB_N_LEAD_COLUMNS, /* the first half of the id as a number: sorts as the id does */
  INB_LEAD_EXTRA_SHOWN,                         /* 1 unless deleted */
  INB_LEAD_EXTRA_CONTACT_NAME,
  INB_LEAD_EXTRA_CONTACT_PHONE,
  INB_LEAD_EXTRA_CONTACT_EMAIL,
  INB_LEAD_EXTRA_CONTACT_COMPANY,
  INB_LEAD_EXTRA_SORT_KEY,                      /* of the name, in the locale that meta names */
  INB_N_LEAD_EXTRAS
} InbLeadExtra;

void          inb_replica_table_append_schema   (InbKind        kind,
                                                 GString       *sql);
sqlite3_stmt *inb_replica_table_prepare_insert  (InbSqlite     *db,
                                                 InbKind        kind,
                                                 GError       **error);
sqlite3_stmt *inb_replica_table_prepare_update  (InbSqlite     *db,
                                                 InbKind        kind,
                                                 GError       **error);
sqlite3_stmt *inb_replica_table_prepare_find    (InbSqlite     *db,
                                                 InbKind        kind,
                                                 GError       **error);
sqlite3_stmt *inb_replica_table_prepare_delete  (InbSqlite     *db,
                                                 InbKind        kind,
                                                 GError       **error);
sqlite3_stmt *inb_replica_table_prepare_select  (InbSqlite     *db,
                                                 InbKind        kind,
                                                 const char    *tail,
                                                 GError       **error);
int           inb_replica_table_get_n_columns   (InbKind        kind);
void          inb_replica_table_bind            (sqlite3_stmt  *statement,
                                                 const InbRow  *row);
InbRow       *inb_replica_table_read            (sqlite3_stmt  *statement,
                                                 InbKind        kind);
gboolean      inb_replica_table_read_one        (InbSqlite     *db,
                                                 sqlite3_stmt  *statement,
                                                 InbKind        kind,
                                                 InbRow       **row,
                                                 GError       **error);

G_END_DECLS
