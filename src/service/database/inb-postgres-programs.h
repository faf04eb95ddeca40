/* Where PostgreSQL's server programs are, which most distributions keep out of the PATH. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @major: the cluster's PG_VERSION, or 0 for the newest installed. The folder that holds initdb and postgres, or NULL with
 * INB_ERROR_UNAVAILABLE and what to install. */
char *inb_postgres_programs_find (guint    major,
                                  GError **error);

G_END_DECLS
