#define G_LOG_DOMAIN "inb-service"

#include "inb-store.h"

#include "inb-error.h"
#include "inb-sql.h"

#include <string.h>

struct _InbStore {
  /* Owned */
  InbRowWriter      *row_writer;
  InbLeadCountNames *count_names;

  /* Borrowed */
  InbDb             *db;
};

/**
 * inb_store_new:
 * @db: a connection of its own; kept as long as the store
 */
InbStore *
inb_store_new (InbDb *db)
{
  InbStore *self = g_new0 (InbStore, 1);

  self->row_writer = inb_row_writer_new ();
  self->count_names = inb_lead_count_names_new ();
  self->db = db;

  return self;
}

void
inb_store_free (InbStore *self)
{
  if (self == NULL)
    return;

  inb_lead_count_names_free (self->count_names);
  inb_row_writer_free (self->row_writer);
  g_free (self);
}

InbDb *
inb_store_get_db (InbStore *self)
{
  return self->db;
}

/* COMMIT answers ROLLBACK, without an error, when the transaction had failed. */
static gboolean
receive_commit (InbDb   *db,
                GError **error)
{
  g_autoptr (PGresult) result = inb_db_receive (db, error);

  if (result == NULL)
    return FALSE;
  if (strcmp (PQcmdStatus (result), "COMMIT") != 0)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_INTERNAL, "The transaction was not committed: %s", PQcmdStatus (result));
      return FALSE;
    }

  return TRUE;
}

static gboolean
receive_results (InbDb   *db,
                 guint    n_statements,
                 GError **error)
{
  for (guint i = 0; i < n_statements; i++)
    {
      g_autoptr (PGresult) result = inb_db_receive (db, error);

      if (result == NULL)
        return FALSE;
    }

  return TRUE;
}

/* A connection lost after COMMIT was sent leaves open whether it took place. */
static gboolean
has_lost_connection (InbDb *db)
{
  const char *sqlstate = inb_db_get_sqlstate (db);

  return !inb_db_is_alive (db) || g_str_has_prefix (sqlstate, "08") || g_str_has_prefix (sqlstate, "57P");
}

static gboolean
send_rows (InbStore       *self,
           const char     *workspace_id,
           InbWriteSet    *write_set,
           gint64          head,
           const char     *turn_id,
           InbStoreExtra   extra,
           gpointer        data,
           guint          *n_statements,
           GError        **error)
{
  g_autofree char *head_text = g_strdup_printf ("%" G_GINT64_FORMAT, head);
  const char *params[] = { workspace_id, head_text, turn_id };
  const char *statement = turn_id != NULL ? "write/end-turn" : "write/advance-head";

  if (!inb_write_set_resolve (write_set, self->count_names, self->db, error)
      || !inb_write_set_send (write_set, self->db, self->row_writer, n_statements, error)
      || (extra != NULL && !extra (data, self->db, n_statements, error))
      || !inb_db_send (self->db, inb_sql_get (statement), turn_id != NULL ? 3 : 2, params, error))
    return FALSE;

  *n_statements += 1;

  return TRUE;
}

/**
 * inb_store_end:
 * @db: in pipeline mode
 * @n_statements: sent and not received yet
 *
 * Sends COMMIT and takes the results.
 *
 * Returns: whether the transaction is committed
 */
gboolean
inb_store_end (InbDb   *db,
               guint    n_statements,
               GError **error)
{
  return inb_db_send (db, inb_sql_get ("write/commit"), 0, NULL, error)
         && inb_db_sync (db, error)
         && receive_results (db, n_statements, error)
         && receive_commit (db, error);
}

/**
 * inb_store_commit:
 * @write_set: its rows are numbered
 * @head: the number of the last one
 * @turn_id: (nullable): a UUID that the head is marked with, so that a commit without an answer can be looked up
 * @extra: (nullable): sends what else belongs to the transaction
 * @commit_unknown: (out): set when it failed in a way that leaves open whether the transaction is stored
 *
 * The connection is in pipeline mode inside the transaction, and out of both afterwards. After a failure call
 * inb_store_roll_back().
 *
 * Returns: whether all is committed
 */
gboolean
inb_store_commit (InbStore       *self,
                  const char     *workspace_id,
                  InbWriteSet    *write_set,
                  gint64          head,
                  const char     *turn_id,
                  InbStoreExtra   extra,
                  gpointer        data,
                  gboolean       *commit_unknown,
                  GError        **error)
{
  guint n_statements = 0;

  *commit_unknown = FALSE;
  if (!send_rows (self, workspace_id, write_set, head, turn_id, extra, data, &n_statements, error))
    return FALSE;
  if (!inb_store_end (self->db, n_statements, error))
    {
      *commit_unknown = has_lost_connection (self->db);
      return FALSE;
    }

  if (!inb_db_pipeline_end (self->db, NULL))
    g_debug ("The connection broke after a commit");

  return TRUE;
}

/**
 * inb_store_roll_back:
 *
 * After a failure: nothing of the transaction is known any more, and the connection is at rest if it lives.
 */
void
inb_store_roll_back (InbStore   *self,
                     const char *workspace_id)
{
  inb_lead_count_names_forget (self->count_names, workspace_id);
  inb_db_reset (self->db);
}
