#define G_LOG_DOMAIN "inb-service"

#include "inb-retention.h"

#include "inb-params.h"
#include "inb-sql.h"
#include "inb-time.h"

#include <stdlib.h>
#include <string.h>

#define MAX_DAYS 36500
#define PAGE 500 /* of the statements */
#define FIRST_TIME "-infinity"
#define FIRST_ID "00000000-0000-0000-0000-000000000000"

/* How far the bodies of a workspace are cleared; kept between runs, so that what is done is not looked at again. */
typedef struct {
  char *received_at;
  char *id;
} Mark;

struct _InbRetention {
  GHashTable *marks;           /* workspace id → Mark */
  char       *after_workspace; /* where the next run goes on */
};

typedef struct {
  /* Borrowed */
  InbRetention       *retention;
  InbDb              *db;
  const char         *workspace_id;
  GCancellable       *cancellable;
  InbRetentionReport *report;

  gint64              now;
  guint               max_steps;
} Run;

typedef gboolean (*Step) (Run         *run,
                          const char  *until,
                          gboolean    *is_done,
                          GError     **error);

static void
mark_free (gpointer data)
{
  Mark *mark = data;

  g_free (mark->received_at);
  g_free (mark->id);
  g_free (mark);
}

/**
 * inb_retention_new:
 *
 * Returns: (transfer full): a retention that begins with the first workspace
 */
InbRetention *
inb_retention_new (void)
{
  InbRetention *self = g_new0 (InbRetention, 1);

  self->marks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, mark_free);
  self->after_workspace = g_strdup ("");

  return self;
}

void
inb_retention_free (InbRetention *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->marks);
  g_free (self->after_workspace);
  g_free (self);
}

static Mark *
get_mark (Run *run)
{
  Mark *mark = g_hash_table_lookup (run->retention->marks, run->workspace_id);

  if (mark == NULL)
    {
      mark = g_new0 (Mark, 1);
      mark->received_at = g_strdup (FIRST_TIME);
      mark->id = g_strdup (FIRST_ID);
      g_hash_table_insert (run->retention->marks, g_strdup (run->workspace_id), mark);
    }

  return mark;
}

static gboolean
may_go_on (Run *run)
{
  return run->report->n_steps < run->max_steps && !g_cancellable_is_cancelled (run->cancellable);
}

static gboolean
begin (Run     *run,
       GError **error)
{
  g_autofree char *sql = inb_db_set_workspace_sql (run->db, run->workspace_id);

  run->report->n_steps++;

  return inb_db_exec (run->db, sql, error);
}

static gboolean
commit (Run     *run,
        GError **error)
{
  return inb_db_exec (run->db, inb_sql_get ("write/commit"), error);
}

/* A setting that is no number of days is as good as none. */
static guint
read_days (Run        *run,
           PGresult   *settings,
           int         column,
           guint       fallback)
{
  guint64 days;

  if (PQntuples (settings) == 0 || PQgetisnull (settings, 0, column))
    return fallback;
  if (g_ascii_string_to_unsigned (PQgetvalue (settings, 0, column), 10, 0, MAX_DAYS, &days, NULL))
    return (guint) days;

  g_warning ("Workspace %s: the setting %s must be a number of days up to %d, or 0 to keep for ever; %u is used",
             run->workspace_id, PQfname (settings, column), MAX_DAYS, fallback);

  return fallback;
}

static gboolean
load_days (Run     *run,
           guint   *body_days,
           guint   *mutation_days,
           GError **error)
{
  g_autoptr (PGresult) settings = NULL;

  if (!begin (run, error))
    return FALSE;

  settings = inb_db_query (run->db, inb_sql_get ("upkeep/settings"), 1, &run->workspace_id, error);
  if (settings == NULL)
    return FALSE;

  *body_days = read_days (run, settings, 0, INB_RETENTION_BODY_DAYS);
  *mutation_days = read_days (run, settings, 1, INB_RETENTION_MUTATION_DAYS);

  return commit (run, error);
}

static gboolean
clear_page (Run       *run,
            PGresult  *page,
            GError   **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (PGresult) result = NULL;
  g_autofree char *array = NULL;

  for (int i = 0; i < PQntuples (page); i++)
    {
      if (*PQgetvalue (page, i, 2) == 't')
        g_ptr_array_add (ids, PQgetvalue (page, i, 0));
    }
  if (ids->len == 0)
    return TRUE;

  g_ptr_array_add (ids, NULL);
  array = inb_params_to_array ((const char * const *) ids->pdata);
  result = inb_db_query (run->db, inb_sql_get ("upkeep/clear-bodies"), 2, (const char *[]) { run->workspace_id, array }, error);
  if (result == NULL)
    return FALSE;

  run->report->n_bodies += ids->len - 1;

  return TRUE;
}

static gboolean
clear_bodies_step (Run         *run,
                   const char  *until,
                   gboolean    *is_done,
                   GError     **error)
{
  Mark *mark = get_mark (run);
  const char *params[] = { run->workspace_id, mark->received_at, mark->id, until };
  g_autoptr (PGresult) page = NULL;
  int n_rows;

  if (!begin (run, error))
    return FALSE;

  page = inb_db_query (run->db, inb_sql_get ("upkeep/find-bodies"), G_N_ELEMENTS (params), params, error);
  if (page == NULL || !clear_page (run, page, error) || !commit (run, error))
    return FALSE;

  n_rows = PQntuples (page);
  *is_done = n_rows < PAGE;
  if (n_rows > 0)
    {
      g_free (mark->received_at);
      g_free (mark->id);
      mark->received_at = g_strdup (PQgetvalue (page, n_rows - 1, 1));
      mark->id = g_strdup (PQgetvalue (page, n_rows - 1, 0));
    }

  return TRUE;
}

static gboolean
delete_mutations_step (Run         *run,
                       const char  *until,
                       gboolean    *is_done,
                       GError     **error)
{
  g_autoptr (PGresult) result = NULL;
  int n_rows;

  if (!begin (run, error))
    return FALSE;

  result = inb_db_query (run->db, inb_sql_get ("upkeep/delete-mutations"), 2, (const char *[]) { run->workspace_id, until }, error);
  if (result == NULL || !commit (run, error))
    return FALSE;

  n_rows = atoi (PQcmdTuples (result));
  run->report->n_mutations += (guint) n_rows;
  *is_done = n_rows < PAGE;

  return TRUE;
}

/* Until nothing older than @days is left, or the run has done enough. */
static gboolean
repeat (Run     *run,
        guint    days,
        Step     step,
        GError **error)
{
  g_autofree char *until = inb_time_format (run->now - days * INB_TIME_DAY);
  gboolean is_done = days == 0;

  while (!is_done && may_go_on (run))
    {
      if (!step (run, until, &is_done, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
clean_workspace (Run     *run,
                 GError **error)
{
  guint body_days;
  guint mutation_days;

  if (load_days (run, &body_days, &mutation_days, error)
      && repeat (run, body_days, clear_bodies_step, error)
      && repeat (run, mutation_days, delete_mutations_step, error))
    return TRUE;

  g_prefix_error (error, "Removing what is too old in workspace %s: ", run->workspace_id);

  return FALSE;
}

static void
go_on_after (InbRetention *self,
             const char   *workspace_id)
{
  g_free (self->after_workspace);
  self->after_workspace = g_strdup (workspace_id);
}

/* The workspaces behind the last one. @is_last: there are no more. */
static gboolean
clean_some (Run       *run,
            gboolean  *is_last,
            GError   **error)
{
  InbRetention *self = run->retention;
  const char *params[] = { self->after_workspace };
  g_autoptr (PGresult) page = inb_db_query (run->db, inb_sql_get ("upkeep/workspaces"), 1, params, error);

  if (page == NULL)
    return FALSE;

  *is_last = PQntuples (page) == 0;
  for (int i = 0; i < PQntuples (page) && may_go_on (run); i++)
    {
      run->workspace_id = PQgetvalue (page, i, 0);
      /* Also after a failure, or when it took all the steps: nobody keeps the others waiting. */
      go_on_after (self, run->workspace_id);
      if (!clean_workspace (run, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * inb_retention_run:
 * @db: a writing connection of the service's role, in no transaction; after a failure for the caller to reset or to close
 * @now: microseconds since 1970 UTC
 * @max_steps: how many transactions at most
 * @cancellable: (nullable): ends the run after the transaction under way, which is no failure
 * @report: (out): what was done, also before a failure
 */
gboolean
inb_retention_run (InbRetention        *self,
                   InbDb               *db,
                   gint64               now,
                   guint                max_steps,
                   GCancellable        *cancellable,
                   InbRetentionReport  *report,
                   GError             **error)
{
  Run run = { .retention = self, .db = db, .cancellable = cancellable, .report = report, .now = now, .max_steps = max_steps };
  gboolean is_last = FALSE;

  g_return_val_if_fail (self != NULL && db != NULL && report != NULL, FALSE);

  memset (report, 0, sizeof *report);
  while (!is_last && may_go_on (&run))
    {
      if (!clean_some (&run, &is_last, error))
        return FALSE;
    }
  if (is_last)
    go_on_after (self, "");

  return TRUE;
}
