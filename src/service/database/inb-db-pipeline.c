#define G_LOG_DOMAIN "inb-service"

#include "inb-db-private.h"

#include "inb-error.h"

#include <string.h>

gboolean
inb_db_pipeline_begin (InbDb   *self,
                       GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  inb_db_forget_statements (self);
  if (!PQenterPipelineMode (self->connection))
    {
      inb_db_fail (self, NULL, error);
      return FALSE;
    }

  return TRUE;
}

static void
push_pending (InbDb            *self,
              InbDbPendingKind  kind,
              InbDbStatement   *statement)
{
  InbDbPending pending = { kind, statement };

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
  InbDbStatement *statement = inb_db_find_statement (self, sql);

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

  if (g_str_has_prefix (sql, INB_DB_WORKSPACE_PREFIX))
    sent = send_workspace (self, sql + strlen (INB_DB_WORKSPACE_PREFIX));
  else
    sent = send_prepared (self, sql, n_params, params);

  if (!sent)
    inb_db_fail (self, NULL, error);

  return sent;
}

gboolean
inb_db_sync (InbDb   *self,
             GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!PQpipelineSync (self->connection))
    {
      inb_db_fail (self, NULL, error);
      return FALSE;
    }
  push_pending (self, PENDING_SYNC, NULL);

  return TRUE;
}

static gboolean
take_pending (InbDb        *self,
              InbDbPending *pending)
{
  if (self->n_received >= self->pending->len)
    return FALSE;

  *pending = g_array_index (self->pending, InbDbPending, self->n_received++);
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
    inb_db_fail (self, result, error);
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
  InbDbPending pending;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->needs_flush)
    {
      PQsendFlushRequest (self->connection);
      self->needs_flush = FALSE;
    }

  while (take_pending (self, &pending))
    {
      g_autoptr (PGresult) result = take_result (self);
      gboolean success = inb_db_is_success (result);

      if (pending.kind == PENDING_QUERY && success)
        return g_steal_pointer (&result);

      if (!success && hidden == NULL)
        set_pipeline_error (self, result, &hidden);
      if (!success && pending.statement != NULL && pending.kind == PENDING_PREPARE)
        inb_db_rename_statement (self, pending.statement);
      else if (!success && pending.statement != NULL)
        inb_db_note_failure (self, pending.statement);

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
  InbDbPending pending;

  g_return_val_if_fail (self != NULL, FALSE);

  while (take_pending (self, &pending))
    {
      g_autoptr (PGresult) result = take_result (self);

      if (pending.kind == PENDING_PREPARE && !inb_db_is_success (result))
        inb_db_rename_statement (self, pending.statement);
      if (pending.kind != PENDING_SYNC)
        continue;
      if (PQresultStatus (result) == PGRES_PIPELINE_SYNC)
        return TRUE;
      break;
    }

  inb_db_fail (self, NULL, error);

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
      inb_db_fail (self, NULL, error);
      return FALSE;
    }

  return TRUE;
}
