/* The numbered migrations, /…/sql/migrations/NNNN-name.sql: each in a transaction of its own together with its line in the
 * ledger, all under an advisory lock. A file whose first line is "-- for each workspace" moves data: it is run once for every
 * workspace, with that workspace set, since under FORCE ROW LEVEL SECURITY its owner sees no row otherwise.
 */
#pragma once

#include "inb-db.h"

G_BEGIN_DECLS

/* @owner: a connection of the schema's owner. @n_applied: (out) (optional). INB_ERROR_SCHEMA_NEWER. */
gboolean inb_migrations_run        (InbDb   *owner,
                                    guint   *n_applied,
                                    GError **error);
/* For any role: INB_ERROR_SCHEMA_NEWER, or INB_ERROR_UNAVAILABLE when `migrate` has to be run first. */
gboolean inb_migrations_check      (InbDb   *db,
                                    GError **error);
gboolean inb_migrations_run_script (InbDb       *owner,
                                    const char  *sql,
                                    GError     **error);
guint    inb_migrations_get_latest (void);

G_END_DECLS
