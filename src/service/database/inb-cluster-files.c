#define G_LOG_DOMAIN "inb-service"

#include "inb-cluster-files.h"

#include "inb-error.h"
#include "inb-postgres-programs.h"
#include "inb-sql-resource.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define CONFIG_PATH "/org/example/InboundLeads/cluster/"
#define SOCKET_NAME "/.s.PGSQL.5432.lock" /* the longest name that PostgreSQL makes beside its socket */
#define SOCKET_FOLDER_FILE "socket-folder"

void
inb_cluster_files_free (InbClusterFiles *self)
{
  if (self == NULL)
    return;

  g_free (self->folder);
  g_free (self->programs);
  g_free (self->socket_folder);
  g_free (self->log_folder);
  g_free (self);
}

static char *
get_account (void)
{
  struct passwd *entry = getpwuid (geteuid ());

  return entry == NULL ? g_strdup_printf ("%u", (guint) geteuid ()) : g_strdup (entry->pw_name);
}

/* 0 when there is no cluster yet. */
static guint
read_major (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "PG_VERSION", NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;

  return (guint) g_ascii_strtoull (text, NULL, 10);
}

/* Removes what an initdb left that did not come to its end. */
static gboolean
remove_tree (const char  *path,
             GError     **error)
{
  const char *argv[] = { "rm", "-rf", "--", path, NULL };
  int status;

  return g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, error)
         && g_spawn_check_wait_status (status, error);
}

static gboolean
run_initdb (const char  *programs,
            const char  *folder,
            GError     **error)
{
  g_autofree char *initdb = g_build_filename (programs, "initdb", NULL);
  const char *argv[] = { initdb, "--pgdata", folder, "--username=postgres", "--encoding=UTF8", "--locale=C",
                         "--auth=peer", "--data-checksums", "--no-instructions", NULL };
  g_autofree char *errors = NULL;
  int status;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &errors, &status, error))
    {
      g_prefix_error (error, "Running initdb: ");
      return FALSE;
    }
  if (!g_spawn_check_wait_status (status, NULL))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE, "Making the database cluster: %s", g_strstrip (errors));
      return FALSE;
    }

  return TRUE;
}

/* Without it a crash of the computer could undo the move below, and with it everything that was stored meanwhile. */
static void
sync_parent (const char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);
  int fd = open (parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0 || fsync (fd) != 0)
    g_warning ("Writing the folder %s to the disk: %s", parent, g_strerror (errno));
  if (fd >= 0)
    close (fd);
}

/* Made beside its place and moved there when it is complete, so that a cluster is either whole or absent. */
static gboolean
create_cluster (InbClusterFiles  *self,
                GError          **error)
{
  g_autofree char *unfinished = g_strconcat (self->folder, ".new", NULL);

  if (!remove_tree (unfinished, error) || !run_initdb (self->programs, unfinished, error))
    return FALSE;
  if (g_rename (unfinished, self->folder) != 0)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE, "Moving the new cluster to %s: %s",
                   self->folder, g_strerror (errno));
      return FALSE;
    }
  sync_parent (self->folder);

  return TRUE;
}

static gboolean
make_private_folder (const char  *path,
                     GError     **error)
{
  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;

  g_set_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE, "Making the folder %s: %s", path, g_strerror (errno));

  return FALSE;
}

static gboolean
is_private_folder (const char *path)
{
  struct stat status;

  return lstat (path, &status) == 0 && S_ISDIR (status.st_mode) && status.st_uid == geteuid ()
         && (status.st_mode & 0077) == 0;
}

static gboolean
fits_socket (const char *folder)
{
  return strlen (folder) + strlen (SOCKET_NAME) < sizeof (((struct sockaddr_un *) NULL)->sun_path);
}

/* In the data directory when its path is short enough, else in the folder for temporary files under a name that the data
 * directory remembers: every command must find it. */
static char *
find_socket_folder (InbDataDir  *data_dir,
                    GError     **error)
{
  g_autofree char *folder = inb_data_dir_get_file (data_dir, "run");
  g_autofree char *record = inb_data_dir_get_file (data_dir, SOCKET_FOLDER_FILE);
  g_autofree char *remembered = NULL;

  if (fits_socket (folder))
    return make_private_folder (folder, error) ? g_steal_pointer (&folder) : NULL;

  if (g_file_get_contents (record, &remembered, NULL, NULL) && is_private_folder (remembered))
    return g_steal_pointer (&remembered);

  g_free (folder);
  folder = g_strdup ("/tmp/inbound-leads-XXXXXX");
  if (g_mkdtemp (folder) == NULL)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE, "Making a folder for the database's socket: %s", g_strerror (errno));
      return NULL;
    }
  if (!inb_data_dir_write (data_dir, SOCKET_FOLDER_FILE, folder, error))
    return NULL;

  return g_steal_pointer (&folder);
}

/* A value within single quotes in postgresql.conf. */
static char *
quote (const char *value)
{
  GString *quoted = g_string_new (value);

  g_string_replace (quoted, "\\", "\\\\", 0);
  g_string_replace (quoted, "'", "''", 0);

  return g_string_free (quoted, FALSE);
}

/* @keep: whether a file that is there is its user's. */
static gboolean
write_config (InbClusterFiles  *self,
              const char       *name,
              gboolean          keep,
              GError          **error)
{
  g_autofree char *source = g_strconcat (CONFIG_PATH, name, NULL);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *account = get_account ();
  g_autofree char *socket_folder = quote (self->socket_folder);
  g_autofree char *log_folder = quote (self->log_folder);
  g_autofree char *current = NULL;
  g_autoptr (GBytes) template = NULL;
  g_autoptr (GString) text = NULL;

  template = g_resource_lookup_data (inb_sql_get_resource (), source, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (template == NULL)
    return FALSE;

  text = g_string_new_len (g_bytes_get_data (template, NULL), (gssize) g_bytes_get_size (template));
  g_string_replace (text, "{socket_folder}", socket_folder, 0);
  g_string_replace (text, "{log_folder}", log_folder, 0);
  g_string_replace (text, "{account}", account, 0);

  if (g_file_get_contents (path, &current, NULL, NULL) && (keep || strcmp (current, text->str) == 0))
    return TRUE;
  if (!g_file_set_contents_full (path, text->str, (gssize) text->len, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    {
      g_prefix_error (error, "Writing %s: ", path);
      return FALSE;
    }

  return TRUE;
}

/**
 * inb_cluster_files_prepare:
 *
 * Makes the cluster when there is none and brings its configuration up to date. Only within a transition.
 *
 * Returns: (transfer full): what starting and reaching the cluster takes
 */
InbClusterFiles *
inb_cluster_files_prepare (InbDataDir  *data_dir,
                           GError     **error)
{
  g_autoptr (InbClusterFiles) self = g_new0 (InbClusterFiles, 1);
  guint major;

  self->folder = inb_data_dir_get_file (data_dir, "cluster");
  self->log_folder = inb_data_dir_get_file (data_dir, "log");
  if (!make_private_folder (self->log_folder, error))
    return NULL;

  major = read_major (self->folder);
  if (major == 0 && g_file_test (self->folder, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_CORRUPT, "%s is no database cluster: its file PG_VERSION is missing", self->folder);
      return NULL;
    }

  self->programs = inb_postgres_programs_find (major, error);
  if (self->programs == NULL)
    return NULL;
  if (major == 0 && !create_cluster (self, error))
    return NULL;

  self->socket_folder = find_socket_folder (data_dir, error);
  if (self->socket_folder == NULL)
    return NULL;
  if (!write_config (self, "custom.conf", TRUE, error)
      || !write_config (self, "postgresql.conf", FALSE, error)
      || !write_config (self, "pg_hba.conf", FALSE, error)
      || !write_config (self, "pg_ident.conf", FALSE, error))
    return NULL;

  return g_steal_pointer (&self);
}
