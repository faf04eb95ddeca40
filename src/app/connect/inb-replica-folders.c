#define G_LOG_DOMAIN "inb-app"

#include "inb-replica-folders.h"

#include "inb-error.h"

#include <errno.h>
#include <glib/gstdio.h>

#define OUTBOX_PREFIX "outbox"

static gboolean
is_working_copy (const char *folder)
{
  g_autofree char *file = g_build_filename (folder, "replica.db", NULL);

  return g_file_test (file, G_FILE_TEST_IS_REGULAR);
}

static void
move_old_ones (const char *from,
               const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *old = g_build_filename (from, name, NULL);
      g_autofree char *new = g_build_filename (to, name, NULL);

      if (is_working_copy (old) && g_rename (old, new) != 0)
        g_message ("Moving %s: %s", old, g_strerror (errno));
    }
}

/**
 * inb_replica_folders_get_default:
 *
 * Returns: (transfer full): the folder, which exists
 */
char *
inb_replica_folders_get_default (void)
{
  g_autofree char *parent = g_build_filename (g_get_user_data_dir (), "inbound-leads", NULL);
  g_autofree char *folder = g_build_filename (parent, "replicas", NULL);

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_mkdir_with_parents (folder, 0700);
      move_old_ones (parent, folder);
    }

  return g_steal_pointer (&folder);
}

static void
measure_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  const char *folder = task_data;
  g_autoptr (GDir) dir = NULL;
  GError *error = NULL;
  gssize size = 0;
  const char *name;

  dir = g_dir_open (folder, 0, &error);
  if (dir == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf status;

      if (g_lstat (path, &status) == 0)
        size += (gssize) status.st_blocks * 512;
    }
  g_task_return_int (task, size);
}

void
inb_replica_folders_measure_async (const char          *folder,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (folder), g_free);
  g_task_run_in_thread (task, measure_thread);
}

/**
 * inb_replica_folders_measure_finish:
 *
 * Returns: bytes, or -1
 */
gint64
inb_replica_folders_measure_finish (GAsyncResult  *result,
                                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), -1);

  return g_task_propagate_int (G_TASK (result), error);
}

/* @kept: (nullable): files whose name begins so stay */
static void
delete_files (const char *folder,
              const char *kept)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (kept == NULL || !g_str_has_prefix (name, kept))
        g_unlink (path);
    }
}

gboolean
inb_replica_folders_delete (const char  *folder,
                            GError     **error)
{
  delete_files (folder, NULL);
  if (g_rmdir (folder) == 0 || errno == ENOENT)
    return TRUE;

  g_set_error (error, INB_ERROR, INB_ERROR_INTERNAL, "Deleting %s: %s", folder, g_strerror (errno));

  return FALSE;
}

gboolean
inb_replica_folders_delete_copy (const char  *folder,
                                 GError     **error)
{
  delete_files (folder, OUTBOX_PREFIX);
  /* Without an outbox nothing is left in it. */
  if (g_rmdir (folder) == 0 || errno == ENOENT || errno == ENOTEMPTY || errno == EEXIST)
    return TRUE;

  g_set_error (error, INB_ERROR, INB_ERROR_INTERNAL, "Deleting %s: %s", folder, g_strerror (errno));

  return FALSE;
}
