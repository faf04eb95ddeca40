#define G_LOG_DOMAIN "inb-service"

#include "inb-cluster.h"

#include "inb-cluster-files.h"
#include "inb-error.h"
#include "inb-postmaster.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define DATABASE_NAME "inbound_leads"
#define FIRST_DELAY 100      /* milliseconds */
#define LONGEST_DELAY 30000
#define STABLE_SHARE 10 /* a server that ran so many times the delay before it starts the backoff anew */

struct _InbCluster {
  GObject          parent_instance;

  /* Borrowed */
  InbDataDir      *data_dir;

  /* Owned */
  InbClusterFiles *files;
  GCancellable    *stopping;

  GPid             pid;
  int              pid_fd;
  guint            death_source;
  guint            restart_source;
  guint            delay; /* milliseconds until the next start */
  gint64           started_at;
  gboolean         joined;
};

G_DEFINE_FINAL_TYPE (InbCluster, inb_cluster, G_TYPE_OBJECT)

static void schedule_restart (InbCluster *self);

static void
stop_watching (InbCluster *self)
{
  g_clear_handle_id (&self->death_source, g_source_remove);
  if (self->pid_fd >= 0)
    close (self->pid_fd);
  self->pid_fd = -1;
}

static void
on_server_died (InbCluster *self)
{
  waitpid (self->pid, NULL, WNOHANG);
  if (g_get_monotonic_time () - self->started_at > STABLE_SHARE * self->delay * G_TIME_SPAN_MILLISECOND)
    self->delay = FIRST_DELAY;

  g_warning ("PostgreSQL (process %d) ended; starting it again in %u ms", self->pid, self->delay);
  schedule_restart (self);
}

static gboolean
on_pid_fd_ready (int          fd,
                 GIOCondition condition,
                 gpointer     data)
{
  InbCluster *self = data;

  self->death_source = 0;
  stop_watching (self);
  on_server_died (self);

  return G_SOURCE_REMOVE;
}

/* A pidfd tells of the end of any process, also of a server that another command started. */
static void
watch_server (InbCluster *self)
{
  stop_watching (self);

  self->started_at = g_get_monotonic_time ();
  self->pid_fd = (int) syscall (SYS_pidfd_open, self->pid, 0);
  if (self->pid_fd < 0)
    {
      g_debug ("Watching PostgreSQL (process %d): %s", self->pid, g_strerror (errno));
      if (errno == ESRCH)
        schedule_restart (self);
      return;
    }
  self->death_source = g_unix_fd_add (self->pid_fd, G_IO_IN, on_pid_fd_ready, self);
}

static void
restart_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  InbCluster *self = source;
  g_autoptr (GError) error = NULL;
  GPid pid = 0;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (!inb_data_dir_begin_transition (self->data_dir, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  /* Stopped while this waited: nothing may be started any more. */
  if (!g_cancellable_set_error_if_cancelled (cancellable, &error))
    inb_postmaster_start (self->files, &pid, &error);
  inb_data_dir_end_transition (self->data_dir);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_int (task, pid);
}

static void
on_restarted (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  InbCluster *self = INB_CLUSTER (source);
  g_autoptr (GError) error = NULL;
  gssize pid = g_task_propagate_int (G_TASK (result), &error);

  if (g_cancellable_is_cancelled (self->stopping))
    return;

  if (error != NULL)
    {
      g_warning ("Starting PostgreSQL again: %s", error->message);
      schedule_restart (self);
      return;
    }

  self->pid = (GPid) pid;
  g_message ("PostgreSQL runs again (process %d)", self->pid);
  watch_server (self);
}

static gboolean
on_restart_due (gpointer data)
{
  InbCluster *self = data;
  g_autoptr (GTask) task = g_task_new (self, self->stopping, on_restarted, NULL);

  self->restart_source = 0;
  g_task_set_source_tag (task, on_restart_due);
  g_task_run_in_thread (task, restart_thread);

  return G_SOURCE_REMOVE;
}

static void
schedule_restart (InbCluster *self)
{
  if (self->restart_source != 0 || g_cancellable_is_cancelled (self->stopping))
    return;

  self->restart_source = g_timeout_add (self->delay, on_restart_due, self);
  self->delay = MIN (self->delay * 2, LONGEST_DELAY);
}

static void
inb_cluster_finalize (GObject *object)
{
  InbCluster *self = INB_CLUSTER (object);

  g_clear_handle_id (&self->restart_source, g_source_remove);
  stop_watching (self);
  g_clear_pointer (&self->files, inb_cluster_files_free);
  g_object_unref (self->stopping);

  G_OBJECT_CLASS (inb_cluster_parent_class)->finalize (object);
}

static void
inb_cluster_class_init (InbClusterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = inb_cluster_finalize;
}

static void
inb_cluster_init (InbCluster *self)
{
  self->stopping = g_cancellable_new ();
  self->pid_fd = -1;
  self->delay = FIRST_DELAY;
}

/**
 * inb_cluster_new:
 * @data_dir: (transfer none): outlives the cluster
 */
InbCluster *
inb_cluster_new (InbDataDir *data_dir)
{
  InbCluster *self;

  g_return_val_if_fail (data_dir != NULL, NULL);

  self = g_object_new (INB_TYPE_CLUSTER, NULL);
  self->data_dir = data_dir;

  return self;
}

static gboolean
join (InbCluster  *self,
      GError     **error)
{
  self->files = inb_cluster_files_prepare (self->data_dir, error);
  if (self->files == NULL)
    return FALSE;

  return inb_data_dir_join (self->data_dir, error) && inb_postmaster_start (self->files, &self->pid, error);
}

gboolean
inb_cluster_start (InbCluster  *self,
                   GError     **error)
{
  g_return_val_if_fail (INB_IS_CLUSTER (self) && !self->joined, FALSE);

  if (!inb_data_dir_begin_transition (self->data_dir, error))
    return FALSE;
  self->joined = join (self, error);
  inb_data_dir_end_transition (self->data_dir);

  return self->joined;
}

void
inb_cluster_watch (InbCluster *self)
{
  g_return_if_fail (INB_IS_CLUSTER (self) && self->joined);

  watch_server (self);
}

gboolean
inb_cluster_stop (InbCluster  *self,
                  GError     **error)
{
  gboolean stopped = TRUE;

  g_return_val_if_fail (INB_IS_CLUSTER (self), FALSE);

  g_cancellable_cancel (self->stopping);
  g_clear_handle_id (&self->restart_source, g_source_remove);
  stop_watching (self);
  if (!self->joined)
    return TRUE;

  if (!inb_data_dir_begin_transition (self->data_dir, error))
    return FALSE;
  self->joined = FALSE;
  if (inb_data_dir_leave (self->data_dir))
    stopped = inb_postmaster_stop (self->files, error);
  inb_data_dir_end_transition (self->data_dir);

  return stopped;
}

/**
 * inb_cluster_get_conninfo:
 *
 * Returns: (transfer full): how libpq reaches the running cluster
 */
char *
inb_cluster_get_conninfo (InbCluster *self,
                          const char *role,
                          const char *database)
{
  g_autoptr (GString) folder = NULL;

  g_return_val_if_fail (INB_IS_CLUSTER (self) && self->files != NULL, NULL);

  folder = g_string_new (self->files->socket_folder);
  g_string_replace (folder, "\\", "\\\\", 0);
  g_string_replace (folder, "'", "\\'", 0);

  return g_strdup_printf ("host='%s' port=5432 dbname=%s user=%s", folder->str,
                          database == NULL ? DATABASE_NAME : database, role);
}

const char *
inb_cluster_get_socket_folder (InbCluster *self)
{
  g_return_val_if_fail (INB_IS_CLUSTER (self) && self->files != NULL, NULL);

  return self->files->socket_folder;
}
