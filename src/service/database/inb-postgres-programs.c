#define G_LOG_DOMAIN "inb-service"

#include "inb-postgres-programs.h"

#include "inb-error.h"

#include <string.h>

#define DEBIAN_ROOT "/usr/lib/postgresql"
#define OLDEST_MAJOR 14 /* pipeline mode needs no newer server, but what we tune does */

static gboolean
has_programs (const char *folder)
{
  g_autofree char *initdb = g_build_filename (folder, "initdb", NULL);
  g_autofree char *postgres = g_build_filename (folder, "postgres", NULL);

  return g_file_test (initdb, G_FILE_TEST_IS_EXECUTABLE) && g_file_test (postgres, G_FILE_TEST_IS_EXECUTABLE);
}

/* Runs "@program @argument" and returns its trimmed output, or NULL. */
static char *
run_for_output (const char *program,
                const char *argument)
{
  const char *argv[] = { program, argument, NULL };
  g_autofree char *output = NULL;
  int status;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                     &output, NULL, &status, NULL)
      || !g_spawn_check_wait_status (status, NULL))
    return NULL;

  return g_strdup (g_strstrip (output));
}

/* "postgres (PostgreSQL) 15.20 (Debian …)" → 15, 0 when it cannot be told. */
static guint
get_major (const char *folder)
{
  g_autofree char *program = g_build_filename (folder, "postgres", NULL);
  g_autofree char *text = run_for_output (program, "--version");
  const char *number = text == NULL ? NULL : strstr (text, "(PostgreSQL) ");

  return number == NULL ? 0 : (guint) g_ascii_strtoull (number + strlen ("(PostgreSQL) "), NULL, 10);
}

static char *
find_versioned (guint major)
{
  g_autoptr (GDir) root = g_dir_open (DEBIAN_ROOT, 0, NULL);
  g_autofree char *best = NULL;
  guint best_major = 0;
  const char *name;

  while (root != NULL && (name = g_dir_read_name (root)) != NULL)
    {
      g_autofree char *folder = g_build_filename (DEBIAN_ROOT, name, "bin", NULL);
      guint found = (guint) g_ascii_strtoull (name, NULL, 10);

      if (found < OLDEST_MAJOR || found <= best_major || (major != 0 && found != major) || !has_programs (folder))
        continue;

      best_major = found;
      g_free (best);
      best = g_steal_pointer (&folder);
    }

  return g_steal_pointer (&best);
}

static char *
find_elsewhere (guint major)
{
  g_autofree char *postgres = g_find_program_in_path ("postgres");
  char *folders[] = { run_for_output ("pg_config", "--bindir"), postgres == NULL ? NULL : g_path_get_dirname (postgres) };
  char *best = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      if (folders[i] != NULL && best == NULL && has_programs (folders[i]))
        {
          guint found = get_major (folders[i]);

          if (major == 0 ? found >= OLDEST_MAJOR : found == major)
            best = g_steal_pointer (&folders[i]);
        }
      g_free (folders[i]);
    }

  return best;
}

char *
inb_postgres_programs_find (guint    major,
                            GError **error)
{
  char *folder = find_versioned (major);

  if (folder == NULL)
    folder = find_elsewhere (major);
  if (folder != NULL)
    return folder;

  if (major != 0)
    g_set_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE,
                 "The data directory was made with PostgreSQL %u, whose programs are not installed. Install them "
                 "(Debian, Ubuntu: apt install postgresql-%u; Fedora: dnf install postgresql%u-server), "
                 "or use another server with --database.", major, major, major);
  else
    g_set_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE,
                 "PostgreSQL's server programs are not installed. Install them (Debian, Ubuntu: apt install postgresql; "
                 "Fedora: dnf install postgresql-server), or use another server with --database.");

  return NULL;
}
