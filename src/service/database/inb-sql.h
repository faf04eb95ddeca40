/* SQL from GResource, /org/example/InboundLeads/sql/<name>.sql, with the few templates expanded here: one generator for
 * every statement whose number of rows or whose filter varies. Thread-safe, results are cached for the process.
 */
#pragma once

#include "inb-column.h"

G_BEGIN_DECLS

/* The text of a file; aborts if there is none, as that is a mistake in the build. */
const char *inb_sql_get        (const char *name);
/* "a.b, a.c, …" — the columns of a kind, prefixed. */
const char *inb_sql_columns    (InbKind     kind,
                                const char *alias);
/* @name with {columns} replaced by inb_sql_columns(). */
const char *inb_sql_get_selecting (const char *name,
                                   InbKind     kind,
                                   const char *alias);
/* @name with {rows} replaced by @n_rows groups of numbered parameters, "($1,$2,…),($3,…)"; @casts gives each parameter's
 * type ("uuid", "text", …) and thereby their number. Cached by (name, n_rows). */
const char *inb_sql_get_values (const char *name,
                                const char * const *casts,
                                guint       n_rows);

G_END_DECLS
