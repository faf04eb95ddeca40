#define G_LOG_DOMAIN "inb-service"

#include "inb-writer-queue.h"

#include "inb-error.h"

struct _InbWriterQueue {
  GMutex      mutex;
  GCond       not_empty;
  GHashTable *workspaces;    /* workspace id → Lane, only those with something waiting */
  GQueue      webhook_turns; /* Lane with deliveries, in the order in which they are served */
  GQueue      job_turns;     /* Lane with jobs, likewise */
  guint       length;        /* deliveries */
  gsize       n_bytes;       /* of their bodies */
  guint       n_jobs;
  gsize       n_job_bytes;
  guint       n_batches;     /* of deliveries, while a job waited */
  gboolean    in_hurry;
  gboolean    closed;
};

typedef struct {
  char   *workspace_id;
  GQueue  deliveries;
  GQueue  jobs;
} Lane;

static void
lane_free (Lane *lane)
{
  g_queue_clear_full (&lane->deliveries, (GDestroyNotify) inb_delivery_free);
  g_queue_clear_full (&lane->jobs, (GDestroyNotify) inb_writer_job_free);
  g_free (lane->workspace_id);
  g_free (lane);
}

InbWriterQueue *
inb_writer_queue_new (void)
{
  InbWriterQueue *self = g_new0 (InbWriterQueue, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->not_empty);
  self->workspaces = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) lane_free);

  return self;
}

void
inb_writer_queue_free (InbWriterQueue *self)
{
  if (self == NULL)
    return;

  g_queue_clear (&self->webhook_turns);
  g_queue_clear (&self->job_turns);
  g_hash_table_unref (self->workspaces);
  g_cond_clear (&self->not_empty);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static Lane *
get_lane (InbWriterQueue *self,
          const char     *workspace_id)
{
  Lane *lane = g_hash_table_lookup (self->workspaces, workspace_id);

  if (lane == NULL)
    {
      lane = g_new0 (Lane, 1);
      lane->workspace_id = g_strdup (workspace_id);
      g_queue_init (&lane->deliveries);
      g_queue_init (&lane->jobs);
      g_hash_table_insert (self->workspaces, lane->workspace_id, lane);
    }

  return lane;
}

static void
drop_lane_if_empty (InbWriterQueue *self,
                    Lane           *lane)
{
  if (lane->deliveries.length == 0 && lane->jobs.length == 0)
    g_hash_table_remove (self->workspaces, lane->workspace_id);
}

static gsize
count_bytes (InbDelivery **deliveries,
             guint         n_deliveries)
{
  gsize n_bytes = 0;

  for (guint i = 0; i < n_deliveries; i++)
    {
      if (deliveries[i]->body != NULL)
        n_bytes += g_bytes_get_size (deliveries[i]->body);
    }

  return n_bytes;
}

static gboolean
check_open (InbWriterQueue  *self,
            GError         **error)
{
  if (!self->closed)
    return TRUE;

  g_set_error_literal (error, INB_ERROR, INB_ERROR_UNAVAILABLE, "The service is stopping; send it again");

  return FALSE;
}

static gboolean
has_room (InbWriterQueue *self,
          const char     *workspace_id,
          guint           n_deliveries,
          gsize           n_bytes)
{
  Lane *lane = g_hash_table_lookup (self->workspaces, workspace_id);
  guint waiting = lane == NULL ? 0 : lane->deliveries.length;

  return waiting + n_deliveries <= INB_WRITER_QUEUE_MAX_WORKSPACE
         && self->length + n_deliveries <= INB_WRITER_QUEUE_MAX
         && self->n_bytes + n_bytes <= INB_WRITER_QUEUE_MAX_BYTES;
}

static gboolean
has_room_for_job (InbWriterQueue     *self,
                  const InbWriterJob *job)
{
  Lane *lane = g_hash_table_lookup (self->workspaces, job->workspace_id);
  guint waiting = lane == NULL ? 0 : lane->jobs.length;

  return waiting < INB_WRITER_QUEUE_MAX_WORKSPACE_JOBS
         && self->n_jobs < INB_WRITER_QUEUE_MAX_JOBS
         && self->n_job_bytes + job->size <= INB_WRITER_QUEUE_MAX_JOB_BYTES;
}

/**
 * inb_writer_queue_push:
 * @deliveries: (array length=n_deliveries): of one workspace; taken over only on success
 *
 * Takes all or none.
 *
 * Returns: %FALSE with %INB_ERROR_QUEUE_FULL, or %INB_ERROR_UNAVAILABLE once the queue is closed
 */
gboolean
inb_writer_queue_push (InbWriterQueue  *self,
                       InbDelivery    **deliveries,
                       guint            n_deliveries,
                       GError         **error)
{
  const char *workspace_id;
  g_autoptr (GMutexLocker) locker = NULL;
  gsize n_bytes;
  Lane *lane;

  g_return_val_if_fail (self != NULL && n_deliveries > 0, FALSE);

  n_bytes = count_bytes (deliveries, n_deliveries);
  workspace_id = deliveries[0]->webhook->workspace_id;
  locker = g_mutex_locker_new (&self->mutex);
  if (!check_open (self, error))
    return FALSE;
  if (!has_room (self, workspace_id, n_deliveries, n_bytes))
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_QUEUE_FULL, "Too many webhooks are waiting; send it again");
      return FALSE;
    }

  lane = get_lane (self, workspace_id);
  if (lane->deliveries.length == 0)
    g_queue_push_tail (&self->webhook_turns, lane);
  for (guint i = 0; i < n_deliveries; i++)
    g_queue_push_tail (&lane->deliveries, deliveries[i]);
  self->length += n_deliveries;
  self->n_bytes += n_bytes;
  g_cond_signal (&self->not_empty);

  return TRUE;
}

static void
append_job (InbWriterQueue *self,
            InbWriterJob   *job)
{
  Lane *lane = get_lane (self, job->workspace_id);

  if (lane->jobs.length == 0)
    g_queue_push_tail (&self->job_turns, lane);
  g_queue_push_tail (&lane->jobs, job);
  self->n_jobs++;
  self->n_job_bytes += job->size;
  g_cond_signal (&self->not_empty);
}

/**
 * inb_writer_queue_push_job:
 * @job: taken over only on success
 *
 * Returns: %FALSE with %INB_ERROR_QUEUE_FULL, or %INB_ERROR_UNAVAILABLE once the queue is closed
 */
gboolean
inb_writer_queue_push_job (InbWriterQueue  *self,
                           InbWriterJob    *job,
                           GError         **error)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (self != NULL && job != NULL, FALSE);

  locker = g_mutex_locker_new (&self->mutex);
  if (!check_open (self, error))
    return FALSE;
  if (!has_room_for_job (self, job))
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_QUEUE_FULL, "Too many edits are waiting; send it again");
      return FALSE;
    }

  append_job (self, job);

  return TRUE;
}

/**
 * inb_writer_queue_return_job:
 * @job: had a turn, and wants another; taken over only on success
 *
 * It queues behind its workspace's other jobs, so that a long one does not hold up short ones; however full the queue is.
 *
 * Returns: %FALSE when there is no time for that any more
 */
gboolean
inb_writer_queue_return_job (InbWriterQueue *self,
                             InbWriterJob   *job)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->closed || self->in_hurry)
    return FALSE;

  append_job (self, job);

  return TRUE;
}

static GPtrArray *
take_deliveries (InbWriterQueue *self,
                 guint           max)
{
  Lane *lane = g_queue_pop_head (&self->webhook_turns);
  GPtrArray *batch = g_ptr_array_sized_new (MIN (max, lane->deliveries.length));

  while (batch->len < max && lane->deliveries.length > 0)
    g_ptr_array_add (batch, g_queue_pop_head (&lane->deliveries));
  self->length -= batch->len;
  self->n_bytes -= count_bytes ((InbDelivery **) batch->pdata, batch->len);
  self->n_batches = self->n_jobs > 0 ? self->n_batches + 1 : 0;

  if (lane->deliveries.length > 0)
    g_queue_push_tail (&self->webhook_turns, lane);
  drop_lane_if_empty (self, lane);

  return batch;
}

static InbWriterJob *
take_job (InbWriterQueue *self)
{
  Lane *lane = g_queue_pop_head (&self->job_turns);
  InbWriterJob *job = g_queue_pop_head (&lane->jobs);

  self->n_jobs--;
  self->n_job_bytes -= job->size;
  self->n_batches = 0;

  if (lane->jobs.length > 0)
    g_queue_push_tail (&self->job_turns, lane);
  drop_lane_if_empty (self, lane);

  return job;
}

/**
 * inb_writer_queue_take:
 * @max: how many deliveries at most
 * @timeout: how long to wait in microseconds, or -1 for ever
 * @turn: (out caller-allocates): what to do; (transfer full)
 *
 * Waits until there is something, then takes what is next.
 *
 * Returns: %FALSE once the queue is closed and empty
 */
gboolean
inb_writer_queue_take (InbWriterQueue *self,
                       guint           max,
                       gint64          timeout,
                       InbWriterTurn  *turn)
{
  gint64 deadline = timeout < 0 ? 0 : g_get_monotonic_time () + timeout;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  *turn = (InbWriterTurn) { NULL, NULL };
  while (self->length == 0 && self->n_jobs == 0 && !self->closed)
    {
      if (timeout < 0)
        g_cond_wait (&self->not_empty, &self->mutex);
      else if (!g_cond_wait_until (&self->not_empty, &self->mutex, deadline))
        return TRUE;
    }
  if (self->length == 0 && self->n_jobs == 0)
    return FALSE;

  if (self->length > 0 && (self->n_jobs == 0 || self->n_batches < INB_WRITER_QUEUE_BATCHES_A_JOB))
    turn->deliveries = take_deliveries (self, max);
  else
    turn->job = take_job (self);

  return TRUE;
}

void
inb_writer_queue_hurry (InbWriterQueue *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->in_hurry = TRUE;
}

/**
 * inb_writer_queue_close:
 *
 * Takes nothing more; what waits is still handed out.
 */
void
inb_writer_queue_close (InbWriterQueue *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->closed = TRUE;
  g_cond_broadcast (&self->not_empty);
}

/**
 * inb_writer_queue_get_length:
 *
 * Returns: how many deliveries and jobs wait
 */
guint
inb_writer_queue_get_length (InbWriterQueue *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->length + self->n_jobs;
}
