/* Rows of the database as people and scripts read them. */
#pragma once

#include <glib.h>
#include <libpq-fe.h>

G_BEGIN_DECLS

/* @results: (element-type PGresult): of the same columns. */
char *inb_result_to_json  (GPtrArray  *results,
                           const char *name);
char *inb_result_to_table (GPtrArray  *results);

G_END_DECLS
