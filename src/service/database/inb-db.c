#define G_LOG_DOMAIN "inb-service"

#include "inb-db-private.h"

#include "inb-db-error.h"
#include "inb-sql.h"

#include <string.h>

#define MAX_STATEMENTS 512

static void
statement_free (gpointer data)
{
  InbDbStatement *statement = data;

  g_free (statement->sql);
  g_free (statement);
}

static void
on_notice (void           *data,
           const PGresult *result)
{
  g_debug ("PostgreSQL: %s", PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY));
}

void
inb_db_fail (InbDb           *self,
             const PGresult  *result,
             GError         **error)
{
  const char *sqlstate = result == NULL ? NULL : PQresultErrorField (result, PG_DIAG_SQLSTATE);

  /* Without an answer of the server the connection is lost; libpq does not notice it when only the sending failed. */
  if (sqlstate == NULL)
    {
      self->is_broken = TRUE;
      sqlstate = "08006";
    }
  g_strlcpy (self->sqlstate, sqlstate, sizeof self->sqlstate);
  inb_db_error_set (error, self->connection, result);
}

gboolean
inb_db_is_success (const PGresult *result)
{
  ExecStatusType status = PQresultStatus (result);

  return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY;
}

/**
 * inb_db_connect:
 * @conninfo: a libpq connection string or URI
 *
 * Blocks until the connection stands and its session is set up, at most 10 seconds.
 *
 * Returns: (transfer full): the connection, or %NULL with %INB_ERROR_UNAVAILABLE
 */
InbDb *
inb_db_connect (const char  *conninfo,
                GError     **error)
{
  const char *keywords[] = { "connect_timeout", "tcp_user_timeout", "client_encoding", "fallback_application_name", "dbname", NULL };
  const char *values[] = { "10", "20000", "UTF8", "inbound-leads", conninfo, NULL };
  g_autoptr (InbDb) self = g_new0 (InbDb, 1);

  g_return_val_if_fail (conninfo != NULL, NULL);

  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, statement_free);
  self->by_address = g_hash_table_new (NULL, NULL);
  self->pending = g_array_new (FALSE, FALSE, sizeof (InbDbPending));
  self->connection = PQconnectdbParams (keywords, values, TRUE);
  PQsetNoticeReceiver (self->connection, on_notice, NULL);

  if (PQstatus (self->connection) != CONNECTION_OK)
    {
      inb_db_fail (self, NULL, error);
      g_prefix_error (error, "Connecting to the database: ");
      return NULL;
    }
  if (!inb_db_exec (self, inb_sql_get ("session"), error))
    {
      g_prefix_error (error, "Setting up the database session: ");
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
inb_db_free (InbDb *self)
{
  if (self == NULL)
    return;

  PQfinish (self->connection);
  g_hash_table_unref (self->by_address);
  g_hash_table_unref (self->statements);
  g_array_unref (self->pending);
  g_free (self);
}

gboolean
inb_db_is_alive (InbDb *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !self->is_broken && PQstatus (self->connection) == CONNECTION_OK;
}

/**
 * inb_db_get_connection:
 *
 * Returns: (transfer none): libpq's connection, for its socket and its notifications
 */
PGconn *
inb_db_get_connection (InbDb *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->connection;
}

const char *
inb_db_get_sqlstate (InbDb *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->sqlstate;
}

/**
 * inb_db_exec:
 * @sql: one statement or several; several without BEGIN are one transaction
 */
gboolean
inb_db_exec (InbDb       *self,
             const char  *sql,
             GError     **error)
{
  g_autoptr (PGresult) result = NULL;

  g_return_val_if_fail (self != NULL && sql != NULL, FALSE);

  result = PQexec (self->connection, sql);
  if (!inb_db_is_success (result))
    {
      inb_db_fail (self, result, error);
      return FALSE;
    }

  return TRUE;
}

void
inb_db_forget_statements (InbDb *self)
{
  g_autoptr (PGresult) result = NULL;

  if (g_hash_table_size (self->statements) < MAX_STATEMENTS)
    return;

  result = PQexec (self->connection, "DEALLOCATE ALL");
  g_hash_table_remove_all (self->by_address);
  g_hash_table_remove_all (self->statements);
}

void
inb_db_rename_statement (InbDb          *self,
                         InbDbStatement *statement)
{
  statement->prepared = FALSE;
  g_snprintf (statement->name, sizeof statement->name, "s%u", self->next_name++);
}

InbDbStatement *
inb_db_find_statement (InbDb      *self,
                       const char *sql)
{
  InbDbStatement *statement = g_hash_table_lookup (self->by_address, sql);

  if (statement != NULL && strcmp (statement->sql, sql) == 0)
    return statement;

  statement = g_hash_table_lookup (self->statements, sql);
  if (statement == NULL)
    {
      statement = g_new0 (InbDbStatement, 1);
      statement->sql = g_strdup (sql);
      inb_db_rename_statement (self, statement);
      g_hash_table_insert (self->statements, statement->sql, statement);
    }
  if (g_hash_table_size (self->by_address) > 2 * MAX_STATEMENTS)
    g_hash_table_remove_all (self->by_address);
  g_hash_table_insert (self->by_address, (gpointer) sql, statement);

  return statement;
}

void
inb_db_note_failure (InbDb          *self,
                     InbDbStatement *statement)
{
  if (strcmp (self->sqlstate, "26000") == 0 || strcmp (self->sqlstate, "0A000") == 0)
    inb_db_rename_statement (self, statement);
}

/**
 * inb_db_query:
 * @params: (array length=n_params): in text form
 *
 * Returns: (transfer full): the result, or %NULL with the server's error; inb_db_get_sqlstate() says which
 */
PGresult *
inb_db_query (InbDb               *self,
              const char          *sql,
              int                  n_params,
              const char * const  *params,
              GError             **error)
{
  g_autoptr (PGresult) result = NULL;
  InbDbStatement *statement;

  g_return_val_if_fail (self != NULL && sql != NULL, NULL);

  inb_db_forget_statements (self);
  statement = inb_db_find_statement (self, sql);
  if (!statement->prepared)
    {
      g_autoptr (PGresult) prepared = PQprepare (self->connection, statement->name, sql, 0, NULL);

      if (!inb_db_is_success (prepared))
        {
          inb_db_fail (self, prepared, error);
          return NULL;
        }
      statement->prepared = TRUE;
    }

  result = PQexecPrepared (self->connection, statement->name, n_params, params, NULL, NULL, 0);
  if (!inb_db_is_success (result))
    {
      inb_db_fail (self, result, error);
      inb_db_note_failure (self, statement);
      return NULL;
    }

  return g_steal_pointer (&result);
}

/**
 * inb_db_reset:
 *
 * Brings the connection back to rest after a failure: out of the pipeline, out of the transaction, and the failure's SQLSTATE is
 * forgotten.
 *
 * Returns: %FALSE when that cannot be done and the owner needs a new connection
 */
gboolean
inb_db_reset (InbDb *self)
{
  PGTransactionStatusType status;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!inb_db_is_alive (self))
    return FALSE;
  if (PQpipelineStatus (self->connection) != PQ_PIPELINE_OFF && !inb_db_pipeline_end (self, NULL))
    return FALSE;

  self->sqlstate[0] = '\0';
  status = PQtransactionStatus (self->connection);
  if (status == PQTRANS_IDLE)
    return TRUE;
  if (status == PQTRANS_INTRANS || status == PQTRANS_INERROR)
    return inb_db_exec (self, "ROLLBACK", NULL);

  return FALSE;
}

/**
 * inb_db_set_workspace_sql:
 *
 * Returns: (transfer full): what begins a transaction that sees the rows of @workspace_id
 */
char *
inb_db_set_workspace_sql (InbDb      *self,
                          const char *workspace_id)
{
  char *literal;
  char *sql;

  g_return_val_if_fail (self != NULL && workspace_id != NULL, NULL);

  literal = PQescapeLiteral (self->connection, workspace_id, strlen (workspace_id));
  if (literal == NULL) /* invalid UTF-8: no workspace has such an id */
    return g_strdup (INB_DB_WORKSPACE_PREFIX "SET LOCAL inbound.workspace = ''");

  sql = g_strconcat (INB_DB_WORKSPACE_PREFIX "SET LOCAL inbound.workspace = ", literal, NULL);
  PQfreemem (literal);

  return sql;
}
