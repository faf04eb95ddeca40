#define G_LOG_DOMAIN "inb-service"

#include "inb-read.h"

#include "inb-sql.h"

/**
 * inb_read_begin:
 * @self: (out caller-allocates): the transaction
 * @frozen: whether every statement sees the same snapshot (repeatable read)
 */
gboolean
inb_read_begin (InbRead     *self,
                InbDb       *db,
                const char  *workspace_id,
                gboolean     frozen,
                GError     **error)
{
  g_autofree char *begin = inb_db_set_workspace_sql (db, workspace_id);

  self->db = db;
  self->n_hidden = frozen ? 2 : 1;
  self->is_finished = FALSE;

  return inb_db_pipeline_begin (db, error) &&
         inb_db_send (db, begin, 0, NULL, error) &&
         (!frozen || inb_db_send (db, inb_sql_get ("api/frozen"), 0, NULL, error));
}

gboolean
inb_read_send (InbRead             *self,
               const char          *sql,
               guint                n_params,
               const char * const  *params,
               GError             **error)
{
  g_return_val_if_fail (!self->is_finished, FALSE);

  return inb_db_send (self->db, sql, (int) n_params, params, error);
}

gboolean
inb_read_finish (InbRead  *self,
                 GError  **error)
{
  g_return_val_if_fail (!self->is_finished, FALSE);

  self->is_finished = TRUE;

  return inb_db_send (self->db, inb_sql_get ("api/commit"), 0, NULL, error) && inb_db_sync (self->db, error);
}

/**
 * inb_read_receive:
 *
 * Returns: (transfer full): the result of the next statement, or %NULL with its error
 */
PGresult *
inb_read_receive (InbRead  *self,
                  GError  **error)
{
  while (self->n_hidden > 0)
    {
      g_autoptr (PGresult) hidden = inb_db_receive (self->db, error);

      if (hidden == NULL)
        return NULL;
      self->n_hidden--;
    }

  return inb_db_receive (self->db, error);
}

/**
 * inb_read_end:
 *
 * Commits unless inb_read_finish() did, and waits for it.
 */
gboolean
inb_read_end (InbRead  *self,
              GError  **error)
{
  g_autoptr (PGresult) committed = NULL;

  if (!self->is_finished && !inb_read_finish (self, error))
    return FALSE;

  committed = inb_read_receive (self, error);

  return committed != NULL && inb_db_receive_sync (self->db, error) && inb_db_pipeline_end (self->db, error);
}

/**
 * inb_read_one:
 *
 * Returns: (transfer full): the result of @sql, read in a transaction by itself, or %NULL with its error
 */
PGresult *
inb_read_one (InbDb               *db,
              const char          *workspace_id,
              const char          *sql,
              guint                n_params,
              const char * const  *params,
              GError             **error)
{
  g_autoptr (PGresult) result = NULL;
  InbRead read;

  if (!inb_read_begin (&read, db, workspace_id, FALSE, error) ||
      !inb_read_send (&read, sql, n_params, params, error) ||
      !inb_read_finish (&read, error) ||
      (result = inb_read_receive (&read, error)) == NULL ||
      !inb_read_end (&read, error))
    return NULL;

  return g_steal_pointer (&result);
}
