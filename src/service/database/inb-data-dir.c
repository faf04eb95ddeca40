#define G_LOG_DOMAIN "inb-service"

#include "inb-data-dir.h"

#include "inb-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#define TRANSITION_TIMEOUT (120 * G_TIME_SPAN_SECOND) /* another process may be making a new cluster on a slow disk */
#define TRANSITION_POLL (10 * G_TIME_SPAN_MILLISECOND)

struct _InbDataDir {
  /* Owned */
  char   *path;
  int     lock_fd;
  int     transition_fd;

  GMutex  transition; /* a file lock does not keep the threads of one process apart */
};

static int
open_lock (InbDataDir  *self,
           const char  *name,
           GError     **error)
{
  g_autofree char *path = g_build_filename (self->path, name, NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0)
    g_set_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE, "Opening %s: %s", path, g_strerror (errno));

  return fd;
}

/**
 * inb_data_dir_open:
 * @path: made, readable by its owner only, when there is none
 *
 * Returns: (transfer full): the directory, or %NULL with %INB_ERROR_UNAVAILABLE
 */
InbDataDir *
inb_data_dir_open (const char  *path,
                   GError     **error)
{
  g_autoptr (InbDataDir) self = NULL;
  g_autofree char *real = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (g_mkdir_with_parents (path, 0700) != 0 || (real = realpath (path, NULL)) == NULL)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE, "Making the data directory %s: %s", path, g_strerror (errno));
      return NULL;
    }

  self = g_new0 (InbDataDir, 1);
  g_mutex_init (&self->transition);
  self->path = g_steal_pointer (&real);
  self->lock_fd = -1;
  self->transition_fd = -1;

  self->lock_fd = open_lock (self, "lock", error);
  if (self->lock_fd < 0)
    return NULL;
  self->transition_fd = open_lock (self, "lock.transition", error);
  if (self->transition_fd < 0)
    return NULL;

  return g_steal_pointer (&self);
}

void
inb_data_dir_free (InbDataDir *self)
{
  if (self == NULL)
    return;

  if (self->transition_fd >= 0)
    close (self->transition_fd);
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  g_mutex_clear (&self->transition);
  g_free (self->path);
  g_free (self);
}

const char *
inb_data_dir_get_path (InbDataDir *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

char *
inb_data_dir_get_file (InbDataDir *self,
                       const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  return g_build_filename (self->path, name, NULL);
}

gboolean
inb_data_dir_write (InbDataDir  *self,
                    const char  *name,
                    const char  *text,
                    GError     **error)
{
  g_autofree char *path = inb_data_dir_get_file (self, name);

  if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error))
    {
      g_prefix_error (error, "Writing %s: ", path);
      return FALSE;
    }

  return TRUE;
}

/**
 * inb_data_dir_begin_transition:
 *
 * Waits, at most two minutes, until no other process or thread starts or stops the cluster.
 *
 * Returns: %FALSE with %INB_ERROR_LOCKED when that took too long
 */
gboolean
inb_data_dir_begin_transition (InbDataDir  *self,
                               GError     **error)
{
  gint64 deadline = g_get_monotonic_time () + TRANSITION_TIMEOUT;

  g_return_val_if_fail (self != NULL, FALSE);

  g_mutex_lock (&self->transition);
  while (flock (self->transition_fd, LOCK_EX | LOCK_NB) != 0)
    {
      if ((errno != EWOULDBLOCK && errno != EINTR) || g_get_monotonic_time () > deadline)
        {
          g_set_error (error, INB_ERROR, INB_ERROR_LOCKED, "Waiting for another process that starts or stops %s: %s",
                       self->path, g_strerror (errno));
          g_mutex_unlock (&self->transition);
          return FALSE;
        }
      g_usleep (TRANSITION_POLL);
    }

  return TRUE;
}

void
inb_data_dir_end_transition (InbDataDir *self)
{
  g_return_if_fail (self != NULL);

  flock (self->transition_fd, LOCK_UN);
  g_mutex_unlock (&self->transition);
}

/**
 * inb_data_dir_join:
 *
 * Marks this process as one that uses the cluster. Call it within a transition: then nobody can hold the lock
 * exclusively, and it is had at once.
 */
gboolean
inb_data_dir_join (InbDataDir  *self,
                   GError     **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (flock (self->lock_fd, LOCK_SH | LOCK_NB) != 0)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_LOCKED, "Locking %s: %s", self->path, g_strerror (errno));
      return FALSE;
    }

  return TRUE;
}

/**
 * inb_data_dir_leave:
 *
 * Gives up the shared lock. Call it within a transition.
 *
 * Returns: whether this was the last process that used the cluster
 */
gboolean
inb_data_dir_leave (InbDataDir *self)
{
  gboolean last;

  g_return_val_if_fail (self != NULL, FALSE);

  last = flock (self->lock_fd, LOCK_EX | LOCK_NB) == 0;
  flock (self->lock_fd, LOCK_UN);

  return last;
}
