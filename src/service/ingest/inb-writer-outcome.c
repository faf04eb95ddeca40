#define G_LOG_DOMAIN "inb-service"

#include "inb-writer-private.h"

/* A batch, or a job's turn, on its way back to the main loop. */
typedef struct {
  InbWriter    *writer;
  char         *workspace_id;
  GPtrArray    *deliveries;  /* NULL for a job */
  InbWriterJob *job;         /* NULL for a batch; owned when it is done, else the queue has it, or the writer thread */
  InbChanges   *changes;     /* NULL when nothing was stored */
  gboolean      is_done;     /* the job */
} Outcome;

static void
outcome_free (Outcome *outcome)
{
  g_object_unref (outcome->writer);
  g_free (outcome->workspace_id);
  g_clear_pointer (&outcome->deliveries, g_ptr_array_unref);
  if (outcome->is_done)
    g_clear_pointer (&outcome->job, inb_writer_job_free);
  g_clear_pointer (&outcome->changes, inb_changes_free);
  g_free (outcome);
}

static void
count_answers (InbWriter *self,
               GPtrArray *deliveries)
{
  gint64 n_stored = 0;

  if (self->counters == NULL)
    return;

  for (guint i = 0; i < deliveries->len; i++)
    {
      const InbDelivery *delivery = g_ptr_array_index (deliveries, i);

      n_stored += delivery->answer_status == 200;
    }
  inb_counters_add (self->counters, INB_COUNTER_EVENTS_STORED, n_stored);
  inb_counters_add (self->counters, INB_COUNTER_EVENTS_REFUSED, deliveries->len - n_stored);
}

static void
answer_deliveries (InbWriter *self,
                   GPtrArray *deliveries)
{
  count_answers (self, deliveries);
  for (guint i = 0; i < deliveries->len; i++)
    {
      InbDelivery *delivery = g_ptr_array_index (deliveries, i);

      delivery->done (delivery, delivery->done_data);
    }
}

/* A job that goes on lives until its last outcome, which comes after this one. */
static void
tell_job (InbWriterJob *job,
          gboolean      is_done)
{
  if (is_done)
    job->funcs->done (job->data, job->head, job->error);
  else if (job->funcs->went_on != NULL)
    job->funcs->went_on (job->data);
}

static gboolean
on_outcome (gpointer user_data)
{
  Outcome *outcome = user_data;
  InbWriter *self = outcome->writer;
  InbChanges *changes = outcome->changes;

  if (changes != NULL && changes->to != changes->from && self->changed != NULL)
    self->changed (outcome->workspace_id, changes->from, changes->to, changes->rows, changes->events, self->changed_data);

  if (outcome->deliveries != NULL)
    answer_deliveries (self, outcome->deliveries);
  if (outcome->job != NULL)
    tell_job (outcome->job, outcome->is_done);

  return G_SOURCE_REMOVE;
}

/* @workspace_id is copied. */
static void
hand_back (InbWriter  *self,
           Outcome    *outcome,
           const char *workspace_id)
{
  outcome->writer = g_object_ref (self);
  outcome->workspace_id = g_strdup (workspace_id);
  g_main_context_invoke_full (self->context, G_PRIORITY_HIGH, on_outcome, outcome, (GDestroyNotify) outcome_free);
}

/**
 * inb_writer_hand_back:
 * @deliveries: (element-type InbDelivery): answered, at least one
 * @changes: (transfer full) (nullable): what was stored
 *
 * On the writer thread.
 */
void
inb_writer_hand_back (InbWriter  *self,
                      GPtrArray  *deliveries,
                      InbChanges *changes)
{
  Outcome *outcome = g_new0 (Outcome, 1);
  InbDelivery *first = g_ptr_array_index (deliveries, 0);

  outcome->deliveries = g_ptr_array_ref (deliveries);
  outcome->changes = changes;
  hand_back (self, outcome, first->webhook->workspace_id);
}

/**
 * inb_writer_hand_back_job:
 * @job: (transfer full) if it is done
 * @changes: (transfer full) (nullable): what its turn stored
 *
 * On the writer thread.
 */
void
inb_writer_hand_back_job (InbWriter    *self,
                          InbWriterJob *job,
                          gboolean      is_done,
                          InbChanges   *changes)
{
  Outcome *outcome = g_new0 (Outcome, 1);

  outcome->changes = changes;
  outcome->job = job;
  outcome->is_done = is_done;
  hand_back (self, outcome, job->workspace_id);
}
