/* Query results written straight as JSON: no rows, no DOM. The fields of a kind stand in the result in the kind's order
 * (inb_sql_columns()). Needs TimeZone=UTC and DateStyle=ISO, as every InbDb sets.
 */
#pragma once

#include "inb-column.h"

#include <libpq-fe.h>

G_BEGIN_DECLS

/* Appends the members without braces; returns the number of the field after the last. */
int  inb_result_append_members (GString        *json,
                                const PGresult *result,
                                int             row,
                                int             first_field,
                                InbKind         kind,
                                gboolean        with_nulls);
/* {"kind":"lead","row":{…}} without nulls, of a result that holds only the kind's columns. */
void inb_result_append_change  (GString        *json,
                                const PGresult *result,
                                int             row,
                                InbKind         kind);
/* Appends a member: PostgreSQL's "2026-11-22 17:50:26.1+00" as "2026-11-22T17:50:26.100000Z"; null for a null and without the row. */
void inb_result_append_time    (GString        *json,
                                const char     *name,
                                const PGresult *result,
                                int             row,
                                int             field);

G_END_DECLS
