#define G_LOG_DOMAIN "inb-replica"

#include "inb-worker.h"

typedef struct {
  GTask           *task; /* NULL ends the thread */
  GTaskThreadFunc  func;
} Job;

struct _InbWorker {
  /* Owned */
  GAsyncQueue *queue;
  GThread     *thread;
};

static void
job_free (Job *job)
{
  g_clear_object (&job->task);
  g_free (job);
}

static gpointer
run (gpointer user_data)
{
  GAsyncQueue *queue = user_data;

  for (;;)
    {
      Job *job = g_async_queue_pop (queue);
      gboolean is_last = job->task == NULL;

      if (!is_last && !g_task_return_error_if_cancelled (job->task))
        job->func (job->task, NULL, g_task_get_task_data (job->task), g_task_get_cancellable (job->task));
      job_free (job);
      if (is_last)
        return NULL;
    }
}

/**
 * inb_worker_new:
 * @name: of the thread, for debuggers
 */
InbWorker *
inb_worker_new (const char *name)
{
  InbWorker *self = g_new0 (InbWorker, 1);

  self->queue = g_async_queue_new_full ((GDestroyNotify) job_free);
  self->thread = g_thread_new (name, run, self->queue);

  return self;
}

/**
 * inb_worker_push:
 * @task: (transfer full): without a source object, as its last reference may be dropped on the thread
 * @func: runs on the thread and returns the task's result
 */
void
inb_worker_push (InbWorker       *self,
                 GTask           *task,
                 GTaskThreadFunc  func)
{
  Job *job;

  g_return_if_fail (self != NULL && G_IS_TASK (task));
  g_assert (g_task_get_source_object (task) == NULL);

  job = g_new0 (Job, 1);
  job->task = task;
  job->func = func;
  g_async_queue_push (self->queue, job);
}

/**
 * inb_worker_free:
 *
 * Runs what was pushed, then ends the thread. Blocks until it has ended.
 */
void
inb_worker_free (InbWorker *self)
{
  if (self == NULL)
    return;

  g_async_queue_push (self->queue, g_new0 (Job, 1));
  g_thread_join (self->thread);
  g_async_queue_unref (self->queue);
  g_free (self);
}
