#define G_LOG_DOMAIN "inb-service"

#include "inb-postmaster.h"

#include "inb-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define POLL (4 * G_TIME_SPAN_MILLISECOND)
#define START_TIMEOUT (10 * G_TIME_SPAN_MINUTE) /* recovery after a crash replays up to max_wal_size */
/* For what was written to reach its files; then without that: the log has it all, and the next start reads it. PostgreSQL 15 stays for
 * ever when it is told to stop while it recovers. Both together within the 90 seconds that systemd gives. */
#define STOP_TIMEOUT (10 * G_TIME_SPAN_SECOND)
#define ORPHAN_PATIENCE (5 * G_TIME_SPAN_SECOND)
#define PID_LINE 0
#define STATUS_LINE 7

/* Whether the process is a living server process of @folder: those change to their cluster. A number that another program
 * got after a restart of the computer is not ours, and neither is a zombie. */
static gboolean
works_in (GPid        pid,
          const char *folder)
{
  g_autofree char *link = g_strdup_printf ("/proc/%d/cwd", pid);
  g_autofree char *target = g_file_read_link (link, NULL);
  g_autofree char *comm = NULL;
  g_autofree char *name = NULL;

  if (g_strcmp0 (target, folder) != 0)
    return FALSE;

  comm = g_strdup_printf ("/proc/%d/comm", pid);

  return g_file_get_contents (comm, &name, NULL, NULL) && g_str_has_prefix (name, "postgres");
}

static char **
read_pid_file (InbClusterFiles *files)
{
  g_autofree char *path = g_build_filename (files->folder, "postmaster.pid", NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;

  return g_strsplit (text, "\n", -1);
}

GPid
inb_postmaster_find (InbClusterFiles *files)
{
  g_auto (GStrv) lines = read_pid_file (files);
  GPid pid;

  if (lines == NULL || lines[PID_LINE] == NULL)
    return 0;

  pid = (GPid) g_ascii_strtoll (lines[PID_LINE], NULL, 10);

  return pid > 0 && works_in (pid, files->folder) ? pid : 0;
}

static gboolean
is_ready (InbClusterFiles *files)
{
  g_auto (GStrv) lines = read_pid_file (files);

  return lines != NULL && g_strv_length (lines) > STATUS_LINE && g_str_has_prefix (lines[STATUS_LINE], "ready");
}

/* Sends @signal_number to every process that works in the cluster, 0 to only count them. */
static guint
signal_orphans (InbClusterFiles *files,
                int              signal_number)
{
  g_autoptr (GDir) processes = g_dir_open ("/proc", 0, NULL);
  const char *name;
  guint n_found = 0;

  while (processes != NULL && (name = g_dir_read_name (processes)) != NULL)
    {
      GPid pid = (GPid) g_ascii_strtoll (name, NULL, 10);

      if (pid <= 0 || !works_in (pid, files->folder))
        continue;

      n_found++;
      if (signal_number != 0)
        kill (pid, signal_number);
    }

  return n_found;
}

/* After a kill -9 of the server its children end by themselves as soon as they notice; a new server cannot start before.
 * Its lock files name a process that may still seem to live, where nobody collects the dead (a container without an init),
 * or whose number another program has by now: with no server process left they mean nothing. */
static void
clear_remains (InbClusterFiles *files)
{
  gint64 deadline = g_get_monotonic_time () + ORPHAN_PATIENCE;
  g_autofree char *pid_file = g_build_filename (files->folder, "postmaster.pid", NULL);
  g_autofree char *socket_lock = g_build_filename (files->socket_folder, ".s.PGSQL.5432.lock", NULL);

  while (signal_orphans (files, 0) > 0 && g_get_monotonic_time () < deadline)
    g_usleep (POLL);
  while (signal_orphans (files, SIGKILL) > 0)
    g_usleep (POLL);

  g_unlink (pid_file);
  g_unlink (socket_lock);
}

/* The last line of the file that says why the server gave up, or NULL. */
static char *
find_last_words (const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;

  lines = g_strsplit (text, "\n", -1);
  for (guint i = g_strv_length (lines); i > 0; i--)
    {
      if (strstr (lines[i - 1], "FATAL: ") != NULL || strstr (lines[i - 1], "PANIC: ") != NULL)
        return g_strdup (lines[i - 1]);
    }

  return NULL;
}

/* Said to us before the server's own log was open, or written there. */
static char *
explain_failure (InbClusterFiles *files)
{
  g_autofree char *start_log = g_build_filename (files->log_folder, "start.log", NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *name = g_date_time_format (now, "postgresql-%a.log");
  g_autofree char *log = g_build_filename (files->log_folder, name, NULL);
  char *words = find_last_words (start_log);

  if (words == NULL)
    words = find_last_words (log);

  return words == NULL ? g_strdup ("it did not say why") : words;
}

/* Runs in the child between fork and exec: its own session, so that a Ctrl+C at the terminal ends us and not it. */
static void
leave_session (gpointer data)
{
  setsid ();
}

static gboolean
spawn (InbClusterFiles  *files,
       GPid             *pid,
       GError          **error)
{
  g_autofree char *program = g_build_filename (files->programs, "postgres", NULL);
  g_autofree char *log = g_build_filename (files->log_folder, "start.log", NULL);
  g_autoptr (GError) spawn_error = NULL;
  const char *argv[] = { program, "-D", files->folder, NULL };
  g_auto (GStrv) environment = g_get_environ ();
  int log_fd;

  for (guint i = 0; environment[i] != NULL; i++)
    {
      /* None of the user's PGDATA, PGPORT … is meant for this server, and only the service itself reports to systemd. */
      if (g_str_has_prefix (environment[i], "PG") || g_str_has_prefix (environment[i], "NOTIFY_SOCKET="))
        environment[i][0] = '_';
    }

  log_fd = g_open (log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (log_fd < 0)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE, "Opening %s: %s", log, g_strerror (errno));
      return FALSE;
    }

  g_spawn_async_with_fds (files->folder, (char **) argv, environment, G_SPAWN_DO_NOT_REAP_CHILD, leave_session, NULL,
                          pid, -1, log_fd, log_fd, &spawn_error);
  g_close (log_fd, NULL);
  if (spawn_error != NULL)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE, "Starting PostgreSQL: %s", spawn_error->message);
      return FALSE;
    }

  return TRUE;
}

/* @child: whether @pid is our own child, whose end we have to collect. */
static gboolean
wait_until_ready (InbClusterFiles  *files,
                  GPid              pid,
                  gboolean          child,
                  GError          **error)
{
  gint64 deadline = g_get_monotonic_time () + START_TIMEOUT;
  g_autofree char *words = NULL;

  while (g_get_monotonic_time () < deadline)
    {
      gboolean ended = child ? waitpid (pid, NULL, WNOHANG) == pid : !works_in (pid, files->folder);

      if (ended)
        {
          words = explain_failure (files);
          g_set_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE, "PostgreSQL did not start: %s (more in %s)", words, files->log_folder);
          return FALSE;
        }
      if (inb_postmaster_find (files) == pid && is_ready (files))
        return TRUE;
      g_usleep (POLL);
    }

  g_set_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE, "PostgreSQL is still starting; see %s", files->log_folder);

  return FALSE;
}

/**
 * inb_postmaster_start:
 * @pid: (out): the server process, ours or one that ran already
 *
 * Returns: %FALSE with %INB_ERROR_UNAVAILABLE and the server's own words
 */
gboolean
inb_postmaster_start (InbClusterFiles  *files,
                      GPid             *pid,
                      GError          **error)
{
  *pid = inb_postmaster_find (files);
  if (*pid != 0)
    return wait_until_ready (files, *pid, FALSE, error);

  clear_remains (files);

  return spawn (files, pid, error) && wait_until_ready (files, *pid, TRUE, error);
}

static gboolean
wait_until_gone (InbClusterFiles *files,
                 GPid             pid,
                 gint64           timeout)
{
  gint64 deadline = g_get_monotonic_time () + timeout;

  do
    {
      waitpid (pid, NULL, WNOHANG); /* collects it if it is our child */
      if (!works_in (pid, files->folder))
        return TRUE;
      g_usleep (POLL);
    }
  while (g_get_monotonic_time () < deadline);

  return FALSE;
}

gboolean
inb_postmaster_stop (InbClusterFiles  *files,
                     GError          **error)
{
  GPid pid = inb_postmaster_find (files);

  if (pid == 0)
    return TRUE;

  kill (pid, SIGINT);
  if (wait_until_gone (files, pid, STOP_TIMEOUT))
    return TRUE;

  kill (pid, SIGQUIT);
  if (wait_until_gone (files, pid, STOP_TIMEOUT))
    return TRUE;

  g_set_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE, "PostgreSQL (process %d) does not stop", pid);

  return FALSE;
}
