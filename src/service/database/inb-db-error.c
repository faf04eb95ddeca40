#define G_LOG_DOMAIN "inb-service"

#include "inb-db-error.h"

#include <string.h>

/* The first prefix wins: the exceptions of a class stand before it. */
static const struct {
  const char   *prefix;
  InbErrorCode  code;
} codes[] = {
  { "08", INB_ERROR_UNAVAILABLE },
  { "22", INB_ERROR_INVALID_ARGUMENT },
  { "23503", INB_ERROR_NOT_FOUND },
  { "23505", INB_ERROR_CONFLICT },
  { "23", INB_ERROR_INVALID_ARGUMENT },
  { "25006", INB_ERROR_UNAVAILABLE }, /* a standby, or a server set to read only */
  { "28", INB_ERROR_UNAVAILABLE },
  { "40", INB_ERROR_UNAVAILABLE },
  { "53100", INB_ERROR_DISK_FULL },
  { "53", INB_ERROR_UNAVAILABLE },
  { "55P03", INB_ERROR_UNAVAILABLE }, /* lock time-out */
  { "57", INB_ERROR_UNAVAILABLE },    /* shut down, statement time-out */
  { "58030", INB_ERROR_DISK_FULL },
  { "XX001", INB_ERROR_CORRUPT },
  { "XX002", INB_ERROR_CORRUPT },
};

/**
 * inb_db_error_from_sqlstate:
 * @sqlstate: five characters
 *
 * Returns: the code that callers act on; %INB_ERROR_INTERNAL for what only a mistake of ours can cause
 */
InbErrorCode
inb_db_error_from_sqlstate (const char *sqlstate)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      if (g_str_has_prefix (sqlstate, codes[i].prefix))
        return codes[i].code;
    }

  return INB_ERROR_INTERNAL;
}

/**
 * inb_db_error_set:
 * @result: (nullable): the failed result; without one the connection itself failed
 *
 * Sets @error to the server's primary message and the constraint's name. Its detail is left out, as that quotes values
 * of rows, which belong in no log.
 */
void
inb_db_error_set (GError         **error,
                  PGconn          *connection,
                  const PGresult  *result)
{
  const char *sqlstate = result == NULL ? NULL : PQresultErrorField (result, PG_DIAG_SQLSTATE);
  const char *message = result == NULL ? NULL : PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY);
  const char *constraint = result == NULL ? NULL : PQresultErrorField (result, PG_DIAG_CONSTRAINT_NAME);

  if (sqlstate == NULL || message == NULL)
    {
      g_autofree char *text = g_strdup (PQerrorMessage (connection));

      g_set_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE, "%s",
                   *g_strstrip (text) == '\0' ? "the connection to the database is closed" : text);
      return;
    }

  if (constraint != NULL)
    g_set_error (error, INB_ERROR, inb_db_error_from_sqlstate (sqlstate), "%s (%s, %s)", message, sqlstate, constraint);
  else
    g_set_error (error, INB_ERROR, inb_db_error_from_sqlstate (sqlstate), "%s (%s)", message, sqlstate);
}
