#define G_LOG_DOMAIN "inb-service"

#include "inb-writer-private.h"

#include "inb-error.h"
#include "inb-write.h"

/* What a turn's end means for its job. */
typedef enum {
  FATE_STORED,
  FATE_AGAIN,  /* the same turn once more */
  FATE_FAILED
} Fate;

/* @by_database: PostgreSQL's words, which are for the log. */
static void
fail (InbWriter    *self,
      InbWriterJob *job,
      gboolean      by_database,
      const GError *error)
{
  InbErrorCode code = inb_error_get_code (error);

  if (code == INB_ERROR_UNAVAILABLE || code == INB_ERROR_DISK_FULL || code == INB_ERROR_CORRUPT)
    job->error = inb_writer_make_told (error);
  else if (by_database && code == INB_ERROR_CONFLICT)
    job->error = g_error_new_literal (INB_ERROR, INB_ERROR_CONFLICT, "Something of this name or id is there already");
  else if (by_database)
    job->error = g_error_new_literal (INB_ERROR, INB_ERROR_INTERNAL, "This could not be stored as it is");
  else
    job->error = g_error_copy (error);
  inb_writer_hand_back_job (self, job, TRUE, NULL);
}

/* The turn is committed: whatever is left waits behind the webhooks. */
static void
go_on (InbWriter    *self,
       InbWriterJob *job,
       InbChanges   *changes)
{
  gboolean goes_on = job->again && inb_writer_queue_return_job (self->queue, job);

  if (job->again && !goes_on)
    job->error = g_error_new_literal (INB_ERROR, INB_ERROR_UNAVAILABLE,
                                      "The service is stopping, and only a part of it was done; send it again");
  inb_writer_hand_back_job (self, job, !goes_on, changes);
}

/* After a commit of unknown outcome. */
static Fate
sort_out_unknown (InbWriter       *self,
                  InbWriterJob    *job,
                  InbWriteFailure *failure,
                  GError         **error)
{
  g_autoptr (GError) lost = NULL;
  gboolean is_stored = FALSE;

  if (inb_writer_connect_patiently (self, &lost) && inb_write_look_up (self->store, job, failure, &is_stored, &lost))
    return is_stored ? FATE_STORED : FATE_AGAIN;

  g_warning ("Finding out what was stored before the connection was lost: %s", lost->message);
  g_clear_error (error);
  g_set_error_literal (error, INB_ERROR, INB_ERROR_UNAVAILABLE, lost->message);

  return FATE_FAILED;
}

static Fate
decide_fate (InbWriter        *self,
             InbWriterJob     *job,
             InbWriteFailure  *failure,
             guint            *attempt,
             GError          **error)
{
  if (failure->commit_unknown)
    {
      Fate fate = sort_out_unknown (self, job, failure, error);

      return fate == FATE_AGAIN && ++*attempt >= INB_WRITER_MAX_ATTEMPTS ? FATE_FAILED : fate;
    }
  if (inb_writer_is_general_failure (self, *error))
    return ++*attempt < INB_WRITER_MAX_ATTEMPTS ? FATE_AGAIN : FATE_FAILED;
  if (failure->own_failure && job->funcs->failed != NULL && job->funcs->failed (job->data, *error))
    return FATE_AGAIN;

  return FATE_FAILED;
}

static void
count_turn (InbWriter    *self,
            InbWriterJob *job)
{
  if (self->counters == NULL)
    return;

  inb_counters_add (self->counters, INB_COUNTER_JOB_TURNS, 1);
  inb_counters_observe (self->counters, INB_COUNTER_JOB_TIME, job->turn_time);
}

/**
 * inb_writer_work:
 * @job: (transfer full)
 *
 * On the writer thread: gives the job one turn, again if its connection is lost, and as often as the job itself asks to try with
 * less; then it waits for its next turn or goes back to the main loop.
 */
void
inb_writer_work (InbWriter    *self,
                 InbWriterJob *job)
{
  guint attempt = 0;

  while (TRUE)
    {
      g_autoptr (GError) error = NULL;
      g_auto (InbWriteFailure) failure = { FALSE };
      InbChanges *changes;

      if (!(attempt == 0 ? inb_writer_connect (self, &error) : inb_writer_connect_patiently (self, &error)))
        {
          fail (self, job, FALSE, error);
          return;
        }

      changes = inb_write_run (self->store, job, g_atomic_int_get (&self->has_listeners), &failure, &error);
      if (changes != NULL)
        {
          count_turn (self, job);
          go_on (self, job, changes);
          return;
        }

      g_info ("A job of workspace %s: %s", job->workspace_id, error->message);
      switch (decide_fate (self, job, &failure, &attempt, &error))
        {
        case FATE_STORED:
          go_on (self, job, inb_changes_new_unknown ());
          return;
        case FATE_FAILED:
          fail (self, job, failure.by_database, error);
          return;
        case FATE_AGAIN:
        default:
          break;
        }
    }
}
