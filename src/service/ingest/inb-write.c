#define G_LOG_DOMAIN "inb-service"

#include "inb-write.h"

#include "inb-directory-load.h"
#include "inb-error.h"
#include "inb-protocol.h"
#include "inb-sql.h"
#include "inb-time.h"

#include <string.h>

enum { WORKSPACE_TIMEZONE, WORKSPACE_REGION, WORKSPACE_CURRENCY };

/* What the turn's InbWrite borrows. */
typedef struct {
  InbWrite      write;

  /* Owned */
  InbWriteSet  *write_set;
  InbStageSet  *stages;
  GTimeZone    *timezone;
  PGresult     *workspace;

  /* Borrowed */
  InbWriterJob *job;
} Turn;

static void
turn_clear (Turn *turn)
{
  g_clear_pointer (&turn->write_set, inb_write_set_free);
  g_clear_pointer (&turn->stages, inb_stage_set_unref);
  g_clear_pointer (&turn->timezone, g_time_zone_unref);
  g_clear_pointer (&turn->workspace, PQclear);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Turn, turn_clear)

void
inb_write_failure_clear (InbWriteFailure *failure)
{
  g_clear_pointer (&failure->turn_id, g_free);
}

static gboolean
receive_lock (Turn    *turn,
              GError **error)
{
  InbDb *db = turn->write.db;
  g_autoptr (PGresult) begun = inb_db_receive (db, error);
  g_autoptr (PGresult) head = begun == NULL ? NULL : inb_db_receive (db, error);

  if (head == NULL)
    return FALSE;
  if (PQntuples (head) != 1)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no workspace %s", turn->write.workspace_id);
      return FALSE;
    }

  turn->write.from = g_ascii_strtoll (PQgetvalue (head, 0, 0), NULL, 10);

  return TRUE;
}

static gboolean
receive_workspace (Turn    *turn,
                   GError **error)
{
  InbDb *db = turn->write.db;
  g_autoptr (PGresult) stages = NULL;

  turn->workspace = inb_db_receive (db, error);
  stages = turn->workspace == NULL ? NULL : inb_db_receive (db, error);
  if (stages == NULL || !inb_db_pipeline_end (db, error))
    return FALSE;
  if (PQntuples (turn->workspace) != 1)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no workspace %s", turn->write.workspace_id);
      return FALSE;
    }

  turn->stages = inb_directory_read_stages (stages);
  turn->timezone = inb_time_zone_new (PQgetvalue (turn->workspace, 0, WORKSPACE_TIMEZONE));
  turn->write_set = inb_write_set_new (turn->write.workspace_id, turn->timezone);
  inb_write_set_set_region (turn->write_set, PQgetvalue (turn->workspace, 0, WORKSPACE_REGION));

  turn->write.write_set = turn->write_set;
  turn->write.stages = turn->stages;
  turn->write.timezone = turn->timezone;
  turn->write.region = PQgetvalue (turn->workspace, 0, WORKSPACE_REGION);
  turn->write.currency = PQgetvalue (turn->workspace, 0, WORKSPACE_CURRENCY);

  return TRUE;
}

/* One trip: the transaction, the lock, and what nearly every job has to know of its workspace. */
static gboolean
begin (Turn    *turn,
       GError **error)
{
  InbDb *db = turn->write.db;
  const char *params[] = { turn->write.workspace_id };
  g_autofree char *set_workspace = inb_db_set_workspace_sql (db, turn->write.workspace_id);

  return inb_db_pipeline_begin (db, error)
         && inb_db_send (db, set_workspace, 0, NULL, error)
         && inb_db_send (db, inb_sql_get ("write/lock-head"), 1, params, error)
         && inb_db_send (db, inb_sql_get ("write/workspace"), 1, params, error)
         && inb_db_send (db, inb_directory_get_stages_sql (), 1, params, error)
         && receive_lock (turn, error)
         && receive_workspace (turn, error);
}

static gboolean
send_own (gpointer   data,
          InbDb     *db,
          guint     *n_statements,
          GError   **error)
{
  Turn *turn = data;
  const InbWriterJobFuncs *funcs = turn->job->funcs;

  return funcs->store == NULL || funcs->store (turn->job->data, &turn->write, n_statements, error);
}

static gboolean
run_turn (InbStore         *store,
          Turn             *turn,
          InbWriteFailure  *failure,
          GError          **error)
{
  InbWriterJob *job = turn->job;
  InbDb *db = turn->write.db;

  if (!begin (turn, error))
    return FALSE;
  if (!job->funcs->run (job->data, &turn->write, error))
    {
      failure->own_failure = inb_db_is_alive (db);
      return FALSE;
    }

  turn->write.to = inb_write_set_number (turn->write_set, turn->write.from);
  if (inb_db_pipeline_begin (db, error)
      && inb_store_commit (store, job->workspace_id, turn->write_set, turn->write.to, failure->turn_id, send_own, turn,
                           &failure->commit_unknown, error))
    return TRUE;

  failure->own_failure = !failure->commit_unknown && inb_db_is_alive (db);

  return FALSE;
}

/**
 * inb_write_run:
 * @with_rows: whether anyone is to be told the rows
 * @failure: (out caller-allocates): says more when it failed; to be cleared
 *
 * Returns: (transfer full): what changed, or %NULL when it failed
 */
InbChanges *
inb_write_run (InbStore         *store,
               InbWriterJob     *job,
               gboolean          with_rows,
               InbWriteFailure  *failure,
               GError          **error)
{
  gint64 started = g_get_monotonic_time ();
  g_auto (Turn) turn = { .job = job };
  InbChanges *changes;

  *failure = (InbWriteFailure) { .turn_id = g_uuid_string_random () };
  turn.write.db = inb_store_get_db (store);
  turn.write.workspace_id = job->workspace_id;
  turn.write.now = inb_time_now ();
  turn.write.last_turn = job->turn_time;
  turn.write.n_turns = job->n_turns;

  if (!run_turn (store, &turn, failure, error))
    {
      failure->by_database = *inb_db_get_sqlstate (turn.write.db) != '\0';
      inb_store_roll_back (store, job->workspace_id);
      job->again = turn.write.again;
      return NULL;
    }

  job->again = turn.write.again;
  job->head = turn.write.to;
  job->turn_time = g_get_monotonic_time () - started;
  job->n_turns++;
  changes = inb_changes_new (turn.write.from, turn.write.to);
  if (with_rows)
    changes->rows = inb_write_set_to_json (turn.write_set, INB_PROTOCOL_MAX_CHANGES_EVENT);

  return changes;
}

/**
 * inb_write_look_up:
 * @failure: of the turn whose commit is unknown
 * @is_stored: (out): whether it is committed after all
 *
 * Returns: %FALSE when that could not be found out
 */
gboolean
inb_write_look_up (InbStore         *store,
                   InbWriterJob     *job,
                   InbWriteFailure  *failure,
                   gboolean         *is_stored,
                   GError          **error)
{
  InbDb *db = inb_store_get_db (store);
  g_autofree char *set_workspace = inb_db_set_workspace_sql (db, job->workspace_id);
  const char *workspace[] = { job->workspace_id };
  g_autoptr (PGresult) head = NULL;
  g_autoptr (PGresult) last = NULL;

  if (!inb_db_exec (db, set_workspace, error))
    return FALSE;
  /* The lost connection's COMMIT may still be under way at the server: it holds this lock until it is decided. */
  head = inb_db_query (db, inb_sql_get ("write/lock-head"), 1, workspace, error);
  if (head != NULL)
    last = inb_db_query (db, inb_sql_get ("write/last-turn"), 1, workspace, error);
  if (!inb_db_reset (db) || last == NULL)
    return FALSE;
  if (PQntuples (last) != 1)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no workspace %s", job->workspace_id);
      return FALSE;
    }

  *is_stored = strcmp (PQgetvalue (last, 0, 0), failure->turn_id) == 0;
  job->n_turns += *is_stored ? 1 : 0;
  job->head = g_ascii_strtoll (PQgetvalue (head, 0, 0), NULL, 10);

  return TRUE;
}
