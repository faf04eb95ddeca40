#define G_LOG_DOMAIN "inb-service"

#include "inb-change.h"

#include "inb-error.h"
#include "inb-sql.h"
#include "inb-time.h"
#include "inb-uuid.h"

#define CHANNEL_DIRECTORY "inbound_directory"
#define CHANNEL_CHANGES "inbound_changes"

struct _InbChange {
  /* Borrowed */
  InbDb     *db;

  /* Owned */
  char      *workspace_id;
  char      *now;
  GPtrArray *notify; /* ids for the directory channel */

  gint64     head;
  char       seq[24]; /* the head in decimal */
  gboolean   changes_feed;
  gboolean   committed;
};

void
inb_change_free (InbChange *self)
{
  if (self == NULL)
    return;

  if (!self->committed)
    inb_db_reset (self->db);
  g_ptr_array_unref (self->notify);
  g_free (self->workspace_id);
  g_free (self->now);
  g_free (self);
}

static InbChange *
begin (InbDb       *db,
       const char  *workspace_id,
       GError     **error)
{
  g_autoptr (InbChange) self = g_new0 (InbChange, 1);
  g_autofree char *sql = inb_db_set_workspace_sql (db, workspace_id);

  self->db = db;
  self->workspace_id = g_strdup (workspace_id);
  self->now = inb_time_format (inb_time_now ());
  self->notify = g_ptr_array_new_with_free_func (g_free);
  if (!inb_db_exec (db, sql, error))
    return NULL;

  return g_steal_pointer (&self);
}

InbChange *
inb_change_begin (InbDb       *db,
                  const char  *workspace_id,
                  GError     **error)
{
  g_autoptr (InbChange) self = begin (db, workspace_id, error);
  const char *params[] = { workspace_id };
  g_autoptr (PGresult) head = NULL;

  if (self == NULL)
    return NULL;

  head = inb_change_query (self, "write/lock-head", G_N_ELEMENTS (params), params, error);
  if (head == NULL)
    return NULL;
  if (PQntuples (head) == 0)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no workspace \"%s\"", workspace_id);
      return NULL;
    }
  self->head = g_ascii_strtoll (PQgetvalue (head, 0, 0), NULL, 10);

  return g_steal_pointer (&self);
}

InbChange *
inb_change_begin_workspace (InbDb       *db,
                            const char  *workspace_id,
                            GError     **error)
{
  g_autoptr (InbChange) self = begin (db, workspace_id, error);
  const char *params[] = { workspace_id, self == NULL ? NULL : self->now };
  g_autoptr (PGresult) directory = NULL;
  g_autoptr (PGresult) head = NULL;

  if (self == NULL)
    return NULL;

  directory = inb_change_query (self, "admin/insert-workspace-directory", G_N_ELEMENTS (params), params, error);
  if (directory == NULL)
    return NULL;
  if (g_str_equal (PQcmdTuples (directory), "0"))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_CONFLICT, "There is a workspace \"%s\" already", workspace_id);
      return NULL;
    }
  head = inb_change_query (self, "admin/insert-head", 1, params, error);

  return head == NULL ? NULL : g_steal_pointer (&self);
}

const char *
inb_change_get_workspace (InbChange *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->workspace_id;
}

const char *
inb_change_get_now (InbChange *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->now;
}

const char *
inb_change_next_seq (InbChange *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  self->head++;
  self->changes_feed = TRUE;
  g_snprintf (self->seq, sizeof self->seq, "%" G_GINT64_FORMAT, self->head);

  return self->seq;
}

PGresult *
inb_change_query (InbChange           *self,
                  const char          *sql_name,
                  int                  n_params,
                  const char * const  *params,
                  GError             **error)
{
  g_return_val_if_fail (self != NULL && sql_name != NULL, NULL);

  return inb_db_query (self->db, inb_sql_get (sql_name), n_params, params, error);
}

/* Takes the pipeline's results and leaves it. */
static gboolean
receive_all (InbChange  *self,
             guint       n_statements,
             GError    **error)
{
  for (guint i = 0; i < n_statements; i++)
    {
      g_autoptr (PGresult) result = inb_db_receive (self->db, error);

      if (result == NULL)
        return FALSE;
    }

  return inb_db_pipeline_end (self->db, error);
}

gboolean
inb_change_insert (InbChange  *self,
                   InbRow     *row,
                   GError    **error)
{
  InbKind kind = inb_row_get_kind (row);
  g_autoptr (InbRowWriter) writer = inb_row_writer_new ();
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  guint n_statements = 0;

  inb_row_set (row, (guint) inb_kind_get_seq_column (kind), inb_change_next_seq (self));
  g_ptr_array_add (rows, row);

  return inb_db_pipeline_begin (self->db, error)
         && inb_row_writer_send_insert (writer, self->db, kind, rows, &n_statements, error)
         && inb_db_sync (self->db, error)
         && receive_all (self, n_statements, error);
}

gboolean
inb_change_write (InbChange          *self,
                  InbWriteSet        *set,
                  InbLeadCountNames  *names,
                  InbRowWriter       *writer,
                  GError            **error)
{
  guint n_statements = 0;

  g_return_val_if_fail (self != NULL && set != NULL, FALSE);

  self->head = inb_write_set_number (set, self->head);
  self->changes_feed = TRUE;

  return inb_db_pipeline_begin (self->db, error)
         && inb_write_set_resolve (set, names, self->db, error)
         && inb_write_set_send (set, self->db, writer, &n_statements, error)
         && inb_db_sync (self->db, error)
         && receive_all (self, n_statements, error);
}

gboolean
inb_change_audit (InbChange   *self,
                  const char  *action,
                  const char  *entity,
                  const char  *entity_id,
                  const char  *details,
                  GError     **error)
{
  g_autofree char *id = inb_uuid_new_v7 ();
  g_autofree char *actor = g_strdup_printf ("command line (%s)", g_get_user_name ());
  const char *params[] = { self->workspace_id, id, self->now, actor, action, entity, entity_id, details == NULL ? "{}" : details };
  g_autoptr (PGresult) result = inb_change_query (self, "admin/insert-audit", G_N_ELEMENTS (params), params, error);

  return result != NULL;
}

void
inb_change_notify_directory (InbChange  *self,
                             const char *id)
{
  g_return_if_fail (self != NULL && id != NULL);

  g_ptr_array_add (self->notify, g_strdup (id));
}

/* After the commit, and best effort: who misses it reads anew within seconds. */
static void
notify (InbChange  *self,
        const char *channel,
        const char *payload)
{
  const char *params[] = { channel, payload };
  g_autoptr (GError) error = NULL;
  g_autoptr (PGresult) result = inb_change_query (self, "admin/notify", G_N_ELEMENTS (params), params, &error);

  if (result == NULL)
    g_debug ("Notifying %s: %s", channel, error->message);
}

gboolean
inb_change_commit (InbChange  *self,
                   GError    **error)
{
  g_autofree char *head = g_strdup_printf ("%" G_GINT64_FORMAT, self->head);
  const char *params[] = { self->workspace_id, head };
  g_autoptr (PGresult) advanced = inb_change_query (self, "write/advance-head", G_N_ELEMENTS (params), params, error);

  if (advanced == NULL || !inb_db_exec (self->db, "COMMIT", error))
    return FALSE;

  self->committed = TRUE;
  for (guint i = 0; i < self->notify->len; i++)
    notify (self, CHANNEL_DIRECTORY, g_ptr_array_index (self->notify, i));
  if (self->changes_feed)
    notify (self, CHANNEL_CHANGES, self->workspace_id);

  return TRUE;
}
