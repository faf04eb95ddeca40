#define G_LOG_DOMAIN "inb-service"

#include "inb-reader-pool.h"

#include "inb-error.h"
#include "inb-sql.h"

#define MAX_QUEUED 1024

typedef struct {
  InbReadFunc     func;
  gpointer        data;
  GDestroyNotify  free_data;
  GDestroyNotify  free_result;
} Job;

struct _InbReaderPool {
  GObject    parent_instance;

  /* Owned */
  char      *conninfo;
  GPtrArray *threads; /* GThread */

  GMutex     mutex;   /* guards what follows */
  GCond      wake;
  GQueue     tasks;   /* GTask with a Job */
  gboolean   stopping;
};

G_DEFINE_FINAL_TYPE (InbReaderPool, inb_reader_pool, G_TYPE_OBJECT)

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->free_data != NULL)
    job->free_data (job->data);
  g_free (job);
}

static InbDb *
connect_reader (InbReaderPool  *self,
                GError        **error)
{
  g_autoptr (InbDb) db = inb_db_connect (self->conninfo, error);

  if (db == NULL || !inb_db_exec (db, inb_sql_get ("session-reader"), error))
    return NULL;

  return g_steal_pointer (&db);
}

/* @db is the worker's own connection, made when there is none and dropped when it cannot be used again. */
static gpointer
run_once (InbReaderPool  *self,
          Job            *job,
          InbDb         **db,
          GError        **error)
{
  gpointer result;

  if (*db == NULL)
    *db = connect_reader (self, error);
  if (*db == NULL)
    return NULL;

  result = job->func (*db, job->data, error);
  if (!inb_db_reset (*db))
    g_clear_pointer (db, inb_db_free);

  return result;
}

static void
run_task (InbReaderPool  *self,
          GTask          *task,
          InbDb         **db)
{
  Job *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean was_connected = *db != NULL;
  gpointer result;

  if (g_task_return_error_if_cancelled (task))
    return;

  result = run_once (self, job, db, &error);
  if (error != NULL && was_connected && *db == NULL)
    {
      g_clear_error (&error);
      result = run_once (self, job, db, &error);
    }

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, result, job->free_result);
}

static GTask *
wait_for_task (InbReaderPool *self)
{
  GTask *task;

  g_mutex_lock (&self->mutex);
  while ((task = g_queue_pop_head (&self->tasks)) == NULL && !self->stopping)
    g_cond_wait (&self->wake, &self->mutex);
  g_mutex_unlock (&self->mutex);

  return task;
}

static gpointer
reader_thread (gpointer data)
{
  InbReaderPool *self = data;
  g_autoptr (InbDb) db = NULL;
  GTask *task;

  while ((task = wait_for_task (self)) != NULL)
    {
      run_task (self, task, &db);
      g_object_unref (task);
    }

  return NULL;
}

static void
inb_reader_pool_finalize (GObject *object)
{
  InbReaderPool *self = INB_READER_POOL (object);

  inb_reader_pool_stop (self);
  g_ptr_array_unref (self->threads);
  g_free (self->conninfo);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->wake);

  G_OBJECT_CLASS (inb_reader_pool_parent_class)->finalize (object);
}

static void
inb_reader_pool_class_init (InbReaderPoolClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = inb_reader_pool_finalize;
}

static void
inb_reader_pool_init (InbReaderPool *self)
{
  self->threads = g_ptr_array_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->wake);
  g_queue_init (&self->tasks);
}

/**
 * inb_reader_pool_new:
 * @conninfo: how each worker connects, when it has its first job
 *
 * The threads do not keep the pool alive: call inb_reader_pool_stop() or drop the last reference outside of a job.
 */
InbReaderPool *
inb_reader_pool_new (const char *conninfo,
                     guint       n_connections)
{
  InbReaderPool *self;

  g_return_val_if_fail (conninfo != NULL && n_connections > 0, NULL);

  self = g_object_new (INB_TYPE_READER_POOL, NULL);
  self->conninfo = g_strdup (conninfo);
  for (guint i = 0; i < n_connections; i++)
    g_ptr_array_add (self->threads, g_thread_new ("inb-reader", reader_thread, self));

  return self;
}

/**
 * inb_reader_pool_run_async:
 * @func: runs on a worker; may leave a transaction or a pipeline open when it fails
 * @free_data: (nullable): frees @data, on whichever thread holds the job last
 * @free_result: (nullable): frees a result that nobody took
 */
void
inb_reader_pool_run_async (InbReaderPool       *self,
                           InbReadFunc          func,
                           gpointer             data,
                           GDestroyNotify       free_data,
                           GDestroyNotify       free_result,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;
  gboolean taken;

  g_return_if_fail (INB_IS_READER_POOL (self) && func != NULL);

  job = g_new0 (Job, 1);
  job->func = func;
  job->data = data;
  job->free_data = free_data;
  job->free_result = free_result;

  /* Without a source object: a worker must never drop the pool's last reference, as that would join itself. */
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, inb_reader_pool_run_async);
  g_task_set_task_data (task, job, job_free);

  g_mutex_lock (&self->mutex);
  taken = !self->stopping && self->tasks.length < MAX_QUEUED;
  if (taken)
    {
      g_queue_push_tail (&self->tasks, g_object_ref (task));
      g_cond_signal (&self->wake);
    }
  g_mutex_unlock (&self->mutex);

  if (!taken)
    g_task_return_new_error (task, INB_ERROR, INB_ERROR_UNAVAILABLE, "Too many readers are waiting");
}

gpointer
inb_reader_pool_run_finish (InbReaderPool  *self,
                            GAsyncResult   *result,
                            GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * inb_reader_pool_stop:
 *
 * Finishes the jobs taken and joins the workers; callbacks still come from the main loop. Blocks.
 */
void
inb_reader_pool_stop (InbReaderPool *self)
{
  g_return_if_fail (INB_IS_READER_POOL (self));

  g_mutex_lock (&self->mutex);
  self->stopping = TRUE;
  g_cond_broadcast (&self->wake);
  g_mutex_unlock (&self->mutex);

  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (g_ptr_array_index (self->threads, i));
  g_ptr_array_set_size (self->threads, 0);
}
