/* What PostgreSQL reports, as a GError of our table. */
#pragma once

#include "inb-error.h"

#include <libpq-fe.h>

G_BEGIN_DECLS

InbErrorCode inb_db_error_from_sqlstate (const char     *sqlstate);
void         inb_db_error_set           (GError        **error,
                                         PGconn         *connection,
                                         const PGresult *result);

G_END_DECLS
