#define G_LOG_DOMAIN "inb-service"

#include "inb-admin.h"

#include "inb-sql.h"
#include "inb-time.h"
#include "inb-uuid.h"

#define CHANNEL_DIRECTORY "inbound_directory"

typedef struct {
  const char  *sql_name; /* static */
  char       **params;   /* owned; its members may be NULL */
  int          n_params;
} Statement;

static void
statement_free (gpointer data)
{
  Statement *statement = data;

  for (int i = 0; i < statement->n_params; i++)
    g_free (statement->params[i]);
  g_free (statement->params);
  g_free (statement);
}

/**
 * inb_admin_new:
 * @db: in the transaction, under the workspace's lock
 * @write_set: (transfer none): takes the rows
 * @actor_id: (nullable): whose doing it is, unless it is a command's
 * @now: microseconds since 1970 UTC
 */
InbAdmin *
inb_admin_new (InbDb       *db,
               InbWriteSet *write_set,
               const char  *workspace_id,
               const char  *actor_id,
               const char  *actor,
               gint64       now)
{
  InbAdmin *self = g_new0 (InbAdmin, 1);

  self->db = db;
  self->write_set = write_set;
  self->workspace_id = g_strdup (workspace_id);
  self->actor_id = g_strdup (actor_id);
  self->actor = g_strdup (actor);
  self->now = now;
  self->now_text = inb_time_format (now);
  self->statements = g_ptr_array_new_with_free_func (statement_free);
  self->dropped = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
inb_admin_free (InbAdmin *self)
{
  if (self == NULL)
    return;

  if (self->extra != NULL)
    g_string_free (self->extra, TRUE);
  g_ptr_array_unref (self->dropped);
  g_ptr_array_unref (self->statements);
  g_free (self->now_text);
  g_free (self->actor);
  g_free (self->actor_id);
  g_free (self->workspace_id);
  g_free (self);
}

PGresult *
inb_admin_query (InbAdmin            *self,
                 const char          *sql_name,
                 int                  n_params,
                 const char * const  *params,
                 GError             **error)
{
  g_return_val_if_fail (self != NULL && sql_name != NULL, NULL);

  return inb_db_query (self->db, inb_sql_get (sql_name), n_params, params, error);
}

gboolean
inb_admin_load (InbAdmin    *self,
                const char  *sql_name,
                InbKind      kind,
                const char  *key,
                InbRow     **row,
                GError     **error)
{
  const char *params[] = { self->workspace_id, key };
  g_autoptr (PGresult) result = inb_db_query (self->db, inb_sql_get_selecting (sql_name, kind, "t"), G_N_ELEMENTS (params), params, error);

  *row = result != NULL && PQntuples (result) > 0 ? inb_db_get_row (result, 0, kind) : NULL;

  return result != NULL;
}

void
inb_admin_later (InbAdmin           *self,
                 const char         *sql_name,
                 int                 n_params,
                 const char * const *params)
{
  Statement *statement = g_new0 (Statement, 1);

  statement->sql_name = sql_name;
  statement->n_params = n_params;
  statement->params = g_new0 (char *, n_params);
  for (int i = 0; i < n_params; i++)
    statement->params[i] = g_strdup (params[i]);
  g_ptr_array_add (self->statements, statement);
}

void
inb_admin_audit (InbAdmin   *self,
                 const char *action,
                 const char *entity,
                 const char *entity_id,
                 const char *details)
{
  g_autofree char *id = inb_uuid_new_v7 ();
  const char *params[] = { self->workspace_id, id, self->now_text, self->actor_id, self->actor, action, entity, entity_id,
                           details == NULL ? "{}" : details };

  inb_admin_later (self, "admin/insert-audit", G_N_ELEMENTS (params), params);
}

/**
 * inb_admin_drop:
 *
 * The notification is sent inside the transaction, so none is lost; administration is too rare to hold anybody up by it.
 */
void
inb_admin_drop (InbAdmin   *self,
                const char *id)
{
  const char *params[] = { CHANNEL_DIRECTORY, id };

  inb_admin_later (self, "admin/notify", G_N_ELEMENTS (params), params);
  g_ptr_array_add (self->dropped, g_strdup (id));
}

gboolean
inb_admin_send (InbAdmin  *self,
                guint     *n_statements,
                GError   **error)
{
  for (guint i = 0; i < self->statements->len; i++)
    {
      Statement *statement = g_ptr_array_index (self->statements, i);

      if (!inb_db_send (self->db, inb_sql_get (statement->sql_name), statement->n_params, (const char * const *) statement->params, error))
        return FALSE;
      *n_statements += 1;
    }

  return TRUE;
}
