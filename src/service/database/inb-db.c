#define G_LOG_DOMAIN "inb-service"

#include "inb-db.h"

#include "inb-config.h"
#include "inb-db-error.h"
#include "inb-sql.h"
#include "inb-time.h"

#include <string.h>

#define MAX_STATEMENTS 512
#define WORKSPACE_PREFIX "BEGIN; "

typedef struct {
  char     *sql;
  char      name[16];
  gboolean  prepared; /* or its Parse is under way */
} Statement;

typedef enum {
  PENDING_PREPARE, /* answered, but not to the caller */
  PENDING_BEGIN,   /* likewise: the first half of inb_db_set_workspace_sql() */
  PENDING_QUERY,
  PENDING_SYNC
} PendingKind;

typedef struct {
  PendingKind  kind;
  Statement   *statement;
} Pending;

struct _InbDb {
  /* Owned */
  PGconn     *connection;
  GHashTable *statements; /* text → Statement, owns them */
  GHashTable *by_address; /* address of a text → Statement, verified before use: spares hashing long texts */
  GArray     *pending;    /* Pending, in the order sent */

  guint       n_received; /* how many of pending are answered */
  guint       next_name;
  gboolean    needs_flush;
  gboolean    needs_sync;
  gboolean    is_broken;
  char        sqlstate[6];
};

static void
statement_free (gpointer data)
{
  Statement *statement = data;

  g_free (statement->sql);
  g_free (statement);
}

static void
on_notice (void           *data,
           const PGresult *result)
{
  g_debug ("PostgreSQL: %s", PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY));
}

/* Keeps the SQLSTATE and sets the error from @result, or from the connection when there is none. */
static void
fail (InbDb           *self,
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

static gboolean
is_success (const PGresult *result)
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
  self->pending = g_array_new (FALSE, FALSE, sizeof (Pending));
  self->connection = PQconnectdbParams (keywords, values, TRUE);
  PQsetNoticeReceiver (self->connection, on_notice, NULL);

  if (PQstatus (self->connection) != CONNECTION_OK)
    {
      fail (self, NULL, error);
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
  if (!is_success (result))
    {
      fail (self, result, error);
      return FALSE;
    }

  return TRUE;
}

/* Filters combine to many statements; a session keeps only so many of them. */
static void
forget_statements_if_many (InbDb *self)
{
  g_autoptr (PGresult) result = NULL;

  if (g_hash_table_size (self->statements) < MAX_STATEMENTS)
    return;

  result = PQexec (self->connection, "DEALLOCATE ALL");
  g_hash_table_remove_all (self->by_address);
  g_hash_table_remove_all (self->statements);
}

static void
statement_rename (InbDb     *self,
                  Statement *statement)
{
  statement->prepared = FALSE;
  g_snprintf (statement->name, sizeof statement->name, "s%u", self->next_name++);
}

static Statement *
find_statement (InbDb      *self,
                const char *sql)
{
  Statement *statement = g_hash_table_lookup (self->by_address, sql);

  if (statement != NULL && strcmp (statement->sql, sql) == 0)
    return statement;

  statement = g_hash_table_lookup (self->statements, sql);
  if (statement == NULL)
    {
      statement = g_new0 (Statement, 1);
      statement->sql = g_strdup (sql);
      statement_rename (self, statement);
      g_hash_table_insert (self->statements, statement->sql, statement);
    }
  if (g_hash_table_size (self->by_address) > 2 * MAX_STATEMENTS)
    g_hash_table_remove_all (self->by_address);
  g_hash_table_insert (self->by_address, (gpointer) sql, statement);

  return statement;
}

/* A statement that the server has lost (a pooler between us) or whose plan a migration outdated is prepared anew. */
static void
note_statement_failure (InbDb     *self,
                        Statement *statement)
{
  if (strcmp (self->sqlstate, "26000") == 0 || strcmp (self->sqlstate, "0A000") == 0)
    statement_rename (self, statement);
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
  Statement *statement;

  g_return_val_if_fail (self != NULL && sql != NULL, NULL);

  forget_statements_if_many (self);
  statement = find_statement (self, sql);
  if (!statement->prepared)
    {
      g_autoptr (PGresult) prepared = PQprepare (self->connection, statement->name, sql, 0, NULL);

      if (!is_success (prepared))
        {
          fail (self, prepared, error);
          return NULL;
        }
      statement->prepared = TRUE;
    }

  result = PQexecPrepared (self->connection, statement->name, n_params, params, NULL, NULL, 0);
  if (!is_success (result))
    {
      fail (self, result, error);
      note_statement_failure (self, statement);
      return NULL;
    }

  return g_steal_pointer (&result);
}

gboolean
inb_db_pipeline_begin (InbDb   *self,
                       GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  forget_statements_if_many (self);
  if (!PQenterPipelineMode (self->connection))
    {
      fail (self, NULL, error);
      return FALSE;
    }

  return TRUE;
}

static void
push_pending (InbDb       *self,
              PendingKind  kind,
              Statement   *statement)
{
  Pending pending = { kind, statement };

  g_array_append_val (self->pending, pending);
  self->needs_flush = kind != PENDING_SYNC;
  self->needs_sync = kind != PENDING_SYNC;
}

/* The extended protocol takes one command at a time; the workspace's SET LOCAL differs each time and is not kept. */
static gboolean
send_workspace (InbDb      *self,
                const char *set_local)
{
  if (!PQsendQueryParams (self->connection, "BEGIN", 0, NULL, NULL, NULL, NULL, 0))
    return FALSE;
  push_pending (self, PENDING_BEGIN, NULL);

  if (!PQsendQueryParams (self->connection, set_local, 0, NULL, NULL, NULL, NULL, 0))
    return FALSE;
  push_pending (self, PENDING_QUERY, NULL);

  return TRUE;
}

static gboolean
send_prepared (InbDb              *self,
               const char         *sql,
               int                 n_params,
               const char * const *params)
{
  Statement *statement = find_statement (self, sql);

  if (!statement->prepared)
    {
      if (!PQsendPrepare (self->connection, statement->name, sql, 0, NULL))
        return FALSE;
      push_pending (self, PENDING_PREPARE, statement);
      statement->prepared = TRUE;
    }

  if (!PQsendQueryPrepared (self->connection, statement->name, n_params, params, NULL, NULL, 0))
    return FALSE;
  push_pending (self, PENDING_QUERY, statement);

  return TRUE;
}

/**
 * inb_db_send:
 * @sql: one statement, or what inb_db_set_workspace_sql() made, which has one result too
 */
gboolean
inb_db_send (InbDb               *self,
             const char          *sql,
             int                  n_params,
             const char * const  *params,
             GError             **error)
{
  gboolean sent;

  g_return_val_if_fail (self != NULL && sql != NULL, FALSE);

  if (g_str_has_prefix (sql, WORKSPACE_PREFIX))
    sent = send_workspace (self, sql + strlen (WORKSPACE_PREFIX));
  else
    sent = send_prepared (self, sql, n_params, params);

  if (!sent)
    fail (self, NULL, error);

  return sent;
}

gboolean
inb_db_sync (InbDb   *self,
             GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!PQpipelineSync (self->connection))
    {
      fail (self, NULL, error);
      return FALSE;
    }
  push_pending (self, PENDING_SYNC, NULL);

  return TRUE;
}

static gboolean
take_pending (InbDb   *self,
              Pending *pending)
{
  if (self->n_received >= self->pending->len)
    return FALSE;

  *pending = g_array_index (self->pending, Pending, self->n_received++);
  if (self->n_received == self->pending->len)
    {
      g_array_set_size (self->pending, 0);
      self->n_received = 0;
    }

  return TRUE;
}

/* One command's result; libpq ends each with a NULL. */
static PGresult *
take_result (InbDb *self)
{
  PGresult *result = PQgetResult (self->connection);
  PGresult *end;

  if (result == NULL || PQresultStatus (result) == PGRES_PIPELINE_SYNC)
    return result;

  while ((end = PQgetResult (self->connection)) != NULL)
    PQclear (end);

  return result;
}

static void
set_pipeline_error (InbDb           *self,
                    const PGresult  *result,
                    GError         **error)
{
  if (result != NULL && PQresultStatus (result) == PGRES_PIPELINE_ABORTED)
    g_set_error_literal (error, INB_ERROR, INB_ERROR_INTERNAL, "aborted");
  else
    fail (self, result, error);
}

/**
 * inb_db_receive:
 *
 * Waits for the next statement's result, whether or not it was followed by a sync yet.
 *
 * Returns: (transfer full): the result, or %NULL with the error
 */
PGresult *
inb_db_receive (InbDb   *self,
                GError **error)
{
  g_autoptr (GError) hidden = NULL;
  Pending pending;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->needs_flush)
    {
      PQsendFlushRequest (self->connection);
      self->needs_flush = FALSE;
    }

  while (take_pending (self, &pending))
    {
      g_autoptr (PGresult) result = take_result (self);
      gboolean success = is_success (result);

      if (pending.kind == PENDING_QUERY && success)
        return g_steal_pointer (&result);

      if (!success && hidden == NULL)
        set_pipeline_error (self, result, &hidden);
      if (!success && pending.statement != NULL && pending.kind == PENDING_PREPARE)
        statement_rename (self, pending.statement);
      else if (!success && pending.statement != NULL)
        note_statement_failure (self, pending.statement);

      if (pending.kind == PENDING_QUERY || pending.kind == PENDING_SYNC)
        break;
    }

  if (hidden == NULL)
    g_set_error_literal (&hidden, INB_ERROR, INB_ERROR_INTERNAL, "no statement was sent");
  g_propagate_error (error, g_steal_pointer (&hidden));

  return NULL;
}

/**
 * inb_db_receive_sync:
 *
 * Passes over unread results up to the next sync.
 *
 * Returns: %FALSE when the connection broke before it
 */
gboolean
inb_db_receive_sync (InbDb   *self,
                     GError **error)
{
  Pending pending;

  g_return_val_if_fail (self != NULL, FALSE);

  while (take_pending (self, &pending))
    {
      g_autoptr (PGresult) result = take_result (self);

      if (pending.kind == PENDING_PREPARE && !is_success (result))
        statement_rename (self, pending.statement);
      if (pending.kind != PENDING_SYNC)
        continue;
      if (PQresultStatus (result) == PGRES_PIPELINE_SYNC)
        return TRUE;
      break;
    }

  fail (self, NULL, error);

  return FALSE;
}

/**
 * inb_db_pipeline_end:
 *
 * Leaves pipeline mode; what was sent and not received is waited for and passed over.
 */
gboolean
inb_db_pipeline_end (InbDb   *self,
                     GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->needs_sync && !inb_db_sync (self, error))
    return FALSE;
  while (self->pending->len > 0)
    {
      if (!inb_db_receive_sync (self, error))
        return FALSE;
    }

  if (!PQexitPipelineMode (self->connection))
    {
      fail (self, NULL, error);
      return FALSE;
    }

  return TRUE;
}

/**
 * inb_db_reset:
 *
 * Brings the connection back to rest after a failure: out of the pipeline, out of the transaction.
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
    return g_strdup (WORKSPACE_PREFIX "SET LOCAL inbound.workspace = ''");

  sql = g_strconcat (WORKSPACE_PREFIX "SET LOCAL inbound.workspace = ", literal, NULL);
  PQfreemem (literal);

  return sql;
}

static char *
convert_value (InbType     type,
               const char *value)
{
  if (type == INB_TYPE_BOOLEAN)
    return g_strdup (*value == 't' ? "true" : "false");
  if (type == INB_TYPE_TIME)
    return inb_time_from_postgres (value);

  return g_strdup (value);
}

/**
 * inb_db_get_row:
 *
 * Fields that are no column of @kind are passed over; columns that the result lacks stay NULL.
 *
 * Returns: (transfer full): row @row of @result
 */
InbRow *
inb_db_get_row (const PGresult *result,
                int             row,
                InbKind         kind)
{
  const InbColumn *columns;
  InbRow *self;
  guint n_columns;
  guint expected = 0;

  g_return_val_if_fail (result != NULL && row >= 0 && row < PQntuples (result), NULL);

  columns = inb_kind_get_columns (kind, &n_columns);
  self = inb_row_new (kind);
  for (int field = 0; field < PQnfields (result); field++)
    {
      const char *name = PQfname (result, field);
      int column;

      /* Statements list the columns in the kind's order nearly always, which spares the search. */
      if (expected < n_columns && strcmp (columns[expected].name, name) == 0)
        column = (int) expected;
      else
        column = inb_kind_find_column (kind, name);
      if (column < 0)
        continue;

      expected = (guint) column + 1;
      if (!PQgetisnull (result, row, field))
        inb_row_take (self, (guint) column, convert_value (columns[column].type, PQgetvalue (result, row, field)));
    }

  return self;
}
