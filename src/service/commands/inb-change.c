#define G_LOG_DOMAIN "inb-service"

#include "inb-change.h"

#include "inb-error.h"
#include "inb-sql.h"
#include "inb-time.h"

#define CHANNEL_CHANGES "inbound_changes"

struct _InbChange {
  /* Borrowed */
  InbDb       *db;

  /* Owned */
  InbAdmin    *admin;
  InbWriteSet *write_set; /* the admin's rows */

  gint64       head;
  char         seq[24]; /* the head in decimal */
  gboolean     changes_feed;
  gboolean     committed;
};

void
inb_change_free (InbChange *self)
{
  if (self == NULL)
    return;

  if (!self->committed)
    inb_db_reset (self->db);
  g_clear_pointer (&self->admin, inb_admin_free);
  g_clear_pointer (&self->write_set, inb_write_set_free);
  g_free (self);
}

static InbChange *
begin (InbDb       *db,
       const char  *workspace_id,
       GError     **error)
{
  g_autoptr (InbChange) self = g_new0 (InbChange, 1);
  g_autofree char *sql = inb_db_set_workspace_sql (db, workspace_id);
  g_autofree char *actor = g_strdup_printf ("command line (%s)", g_get_user_name ());
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc (); /* only leads are counted by the day, and none go this way */

  self->db = db;
  self->write_set = inb_write_set_new (workspace_id, utc);
  self->admin = inb_admin_new (db, self->write_set, workspace_id, NULL, actor, inb_time_now ());
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
      g_set_error (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no workspace \"%s\"; \"workspace list\" tells which there are",
                   workspace_id);
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
  const char *params[] = { workspace_id, self == NULL ? NULL : self->admin->now_text };
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

InbAdmin *
inb_change_get_admin (InbChange *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->admin;
}

const char *
inb_change_get_workspace (InbChange *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->admin->workspace_id;
}

const char *
inb_change_get_now (InbChange *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->admin->now_text;
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

/* The rows that were put into the admin, and what follows them. */
static gboolean
flush (InbChange  *self,
       GError    **error)
{
  g_autoptr (InbLeadCountNames) names = inb_lead_count_names_new ();
  g_autoptr (InbRowWriter) writer = inb_row_writer_new ();
  gint64 head = inb_write_set_number (self->write_set, self->head);
  guint n_statements = 0;

  self->changes_feed = self->changes_feed || head > self->head;
  self->head = head;

  return inb_db_pipeline_begin (self->db, error)
         && inb_write_set_resolve (self->write_set, names, self->db, error)
         && inb_write_set_send (self->write_set, self->db, writer, &n_statements, error)
         && inb_admin_send (self->admin, &n_statements, error)
         && inb_db_sync (self->db, error)
         && receive_all (self, n_statements, error);
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
  g_autofree char *head = NULL;
  const char *params[] = { self->admin->workspace_id, NULL };
  g_autoptr (PGresult) advanced = NULL;

  if (!flush (self, error))
    return FALSE;
  params[1] = head = g_strdup_printf ("%" G_GINT64_FORMAT, self->head);
  advanced = inb_change_query (self, "write/advance-head", G_N_ELEMENTS (params), params, error);
  if (advanced == NULL || !inb_db_exec (self->db, "COMMIT", error))
    return FALSE;

  self->committed = TRUE;
  if (self->changes_feed)
    notify (self, CHANNEL_CHANGES, self->admin->workspace_id);

  return TRUE;
}
