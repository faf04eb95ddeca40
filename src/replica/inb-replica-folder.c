#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-folder.h"

#include "inb-error.h"
#include "inb-log-note.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define DATABASE_NAME "replica.db"
#define LOCK_NAME "replica.lock"
#define SET_ASIDE_PREFIX DATABASE_NAME ".damaged-"

struct _InbReplicaFolder {
  /* Owned */
  char *path;
  char *database;
  int   lock_fd; /* -1 = not locked */
};

/**
 * inb_replica_folder_new:
 * @path: made by inb_replica_folder_lock() when it is missing
 */
InbReplicaFolder *
inb_replica_folder_new (const char *path)
{
  InbReplicaFolder *self = g_new0 (InbReplicaFolder, 1);

  self->path = g_strdup (path);
  self->database = g_build_filename (path, DATABASE_NAME, NULL);
  self->lock_fd = -1;

  return self;
}

/**
 * inb_replica_folder_free:
 *
 * Unlocks the folder.
 */
void
inb_replica_folder_free (InbReplicaFolder *self)
{
  if (self == NULL)
    return;

  if (self->lock_fd >= 0)
    g_close (self->lock_fd, NULL);
  g_free (self->path);
  g_free (self->database);
  g_free (self);
}

const char *
inb_replica_folder_get_database (InbReplicaFolder *self)
{
  return self->database;
}

static void
set_errno_error (GError     **error,
                 int          code,
                 const char  *doing,
                 const char  *path)
{
  g_set_error (error, INB_ERROR, code == ENOSPC ? INB_ERROR_DISK_FULL : INB_ERROR_INTERNAL, "%s %s: %s", doing, path,
               g_strerror (code));
}

/**
 * inb_replica_folder_lock:
 *
 * Makes the folder and locks it for as long as @self lives. The lock belongs to the open file, so that it also holds against
 * another replica of the same process, and goes with a killed one.
 *
 * Returns: %FALSE with %INB_ERROR_LOCKED when another has it
 */
gboolean
inb_replica_folder_lock (InbReplicaFolder  *self,
                         GError           **error)
{
  g_autofree char *path = g_build_filename (self->path, LOCK_NAME, NULL);
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

  g_return_val_if_fail (self->lock_fd < 0, TRUE);

  if (g_mkdir_with_parents (self->path, 0700) != 0)
    {
      set_errno_error (error, errno, "Making", self->path);
      return FALSE;
    }

  self->lock_fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->lock_fd < 0)
    {
      set_errno_error (error, errno, "Opening", path);
      return FALSE;
    }
  if (fcntl (self->lock_fd, F_OFD_SETLK, &lock) == 0)
    return TRUE;

  if (errno == EAGAIN || errno == EACCES)
    g_set_error (error, INB_ERROR, INB_ERROR_LOCKED, "Another process uses %s", self->path);
  else
    set_errno_error (error, errno, "Locking", path);
  g_close (g_steal_fd (&self->lock_fd), NULL);

  return FALSE;
}

/**
 * inb_replica_folder_make_private:
 *
 * Makes the database file if it is missing, readable by its user alone; SQLite gives its other files the same mode.
 */
gboolean
inb_replica_folder_make_private (InbReplicaFolder  *self,
                                 GError           **error)
{
  int fd = g_open (self->database, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0 || fchmod (fd, 0600) != 0)
    {
      set_errno_error (error, errno, "Making", self->database);
      if (fd >= 0)
        g_close (fd, NULL);
      return FALSE;
    }

  return g_close (fd, error);
}

static gboolean
delete_file (const char  *path,
             GError     **error)
{
  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;

  set_errno_error (error, errno, "Deleting", path);

  return FALSE;
}

static gboolean
delete_companions (InbReplicaFolder  *self,
                   GError           **error)
{
  g_autofree char *wal = g_strconcat (self->database, "-wal", NULL);
  g_autofree char *shm = g_strconcat (self->database, "-shm", NULL);
  g_autofree char *note = inb_log_note_get_path (self->database);

  return delete_file (wal, error) && delete_file (shm, error) && delete_file (note, error);
}

/**
 * inb_replica_folder_delete:
 *
 * Deletes the database, the file itself first: a log that is left over is ignored by a new file, a file without its log may be
 * half of a transaction.
 */
gboolean
inb_replica_folder_delete (InbReplicaFolder  *self,
                           GError           **error)
{
  return delete_file (self->database, error) && delete_companions (self, error);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) b, *(const char *const *) a);
}

/**
 * inb_replica_folder_delete_set_aside:
 * @n_kept: how many of the newest stay
 */
gboolean
inb_replica_folder_delete_set_aside (InbReplicaFolder  *self,
                                     guint              n_kept,
                                     GError           **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (self->path, 0, error);
  const char *name;

  if (dir == NULL)
    {
      g_prefix_error (error, "Looking for old files: ");
      return FALSE;
    }

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_prefix (name, SET_ASIDE_PREFIX))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, compare_names);
  for (guint i = n_kept; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (self->path, g_ptr_array_index (names, i), NULL);

      if (!delete_file (path, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * inb_replica_folder_set_aside:
 *
 * Renames the database so that a new one can be made; keeps at most %INB_REPLICA_MAX_SET_ASIDE of them. No connection to it
 * may be open.
 */
gboolean
inb_replica_folder_set_aside (InbReplicaFolder  *self,
                              GError           **error)
{
  g_autofree char *path = NULL;

  path = g_strdup_printf ("%s" G_DIR_SEPARATOR_S SET_ASIDE_PREFIX "%" G_GINT64_FORMAT, self->path, g_get_real_time ());
  if (g_rename (self->database, path) != 0 && errno != ENOENT)
    {
      set_errno_error (error, errno, "Setting aside", self->database);
      return FALSE;
    }

  return delete_companions (self, error) && inb_replica_folder_delete_set_aside (self, INB_REPLICA_MAX_SET_ASIDE, error);
}
