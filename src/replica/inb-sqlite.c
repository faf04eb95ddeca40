#define G_LOG_DOMAIN "inb-replica"

#include "inb-sqlite.h"

#include "inb-error.h"
#include "inb-page-vfs.h"
#include "inb-replica-resources.h"

#include <string.h>

#define RESOURCE_FOLDER "/org/example/InboundLeads/replica/"
#define BUSY_TIMEOUT_MS 5000

static const char *const pragmas_of_mode[] = {
  [INB_SQLITE_WRITE] = "pragmas-write",
  [INB_SQLITE_OUTBOX] = "pragmas-outbox",
  [INB_SQLITE_READ] = "pragmas-read",
};

struct _InbSqlite {
  /* Owned */
  sqlite3    *db;
  GHashTable *statements; /* key → sqlite3_stmt */

  /* Borrowed */
  GThread    *owner;
};

static int
code_from_result (int result)
{
  switch (result & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    /* Our SQL is right for our file: where one of these comes, it is not our file any more. */
    case SQLITE_ERROR:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_READONLY:
      return INB_ERROR_CORRUPT;

    case SQLITE_FULL:
      return INB_ERROR_DISK_FULL;

    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return INB_ERROR_LOCKED;

    case SQLITE_IOERR:
      if (result == SQLITE_IOERR_SHORT_READ || result == SQLITE_IOERR_CORRUPTFS || result == SQLITE_IOERR_DATA)
        return INB_ERROR_CORRUPT;
      return INB_ERROR_INTERNAL;

    default:
      return INB_ERROR_INTERNAL;
    }
}

static void
set_error (InbSqlite   *self,
           int          result,
           const char  *doing,
           GError     **error)
{
  g_set_error (error, INB_ERROR, code_from_result (result), "%s: %.200s (SQLite %d)", doing,
               self->db != NULL ? sqlite3_errmsg (self->db) : sqlite3_errstr (result), result);
}

static void
finalize (gpointer statement)
{
  /* Repeats the error of the last step, which was told then. */
  sqlite3_finalize (statement);
}

/**
 * inb_sqlite_open:
 * @mode: %INB_SQLITE_READ fails when there is no file
 *
 * Opens a WAL database. The connection may be used only on the calling thread.
 *
 * Returns: (transfer full) (nullable): the connection, or %NULL with %INB_ERROR_CORRUPT, %INB_ERROR_LOCKED,
 *   %INB_ERROR_DISK_FULL or %INB_ERROR_INTERNAL
 */
InbSqlite *
inb_sqlite_open (const char     *path,
                 InbSqliteMode   mode,
                 GError        **error)
{
  g_autoptr (InbSqlite) self = g_new0 (InbSqlite, 1);
  g_autofree char *pragmas = NULL;
  int flags = mode != INB_SQLITE_READ ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  int reserved = INB_PAGE_VFS_RESERVED;
  int result;

  g_return_val_if_fail (path != NULL, NULL);

  self->owner = g_thread_self ();
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize);
  result = inb_page_vfs_register ();
  if (result == SQLITE_OK)
    result = sqlite3_open_v2 (path, &self->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, INB_PAGE_VFS_NAME);
  if (result != SQLITE_OK)
    {
      g_autofree char *doing = g_strdup_printf ("Opening %s", path);

      set_error (self, result, doing, error);
      return NULL;
    }

  /* For a file that is still empty: room for the pages' checksums. */
  sqlite3_file_control (self->db, NULL, SQLITE_FCNTL_RESERVE_BYTES, &reserved);
  sqlite3_busy_timeout (self->db, BUSY_TIMEOUT_MS);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  pragmas = inb_sqlite_get_resource (pragmas_of_mode[mode]);
  if (!inb_sqlite_exec (self, pragmas, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * inb_sqlite_free:
 *
 * Closes the connection. The one function that another thread may call, when it knows that the owner is not using it.
 */
void
inb_sqlite_free (InbSqlite *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->statements);
  sqlite3_close_v2 (self->db);
  g_free (self);
}

/**
 * inb_sqlite_exec:
 *
 * Runs a script without parameters and results.
 */
gboolean
inb_sqlite_exec (InbSqlite   *self,
                 const char  *sql,
                 GError     **error)
{
  int result;

  g_return_val_if_fail (self != NULL && sql != NULL, FALSE);
  g_assert (self->owner == g_thread_self ());

  result = sqlite3_exec (self->db, sql, NULL, NULL, NULL);
  if (result == SQLITE_OK)
    return TRUE;

  set_error (self, result, "Running a script", error);

  return FALSE;
}

/**
 * inb_sqlite_get_resource:
 * @name: a file's name without ".sql"
 *
 * Returns: (transfer full): the text of a file of the replica's SQL; aborts if there is none, as that is a mistake in the build
 */
char *
inb_sqlite_get_resource (const char *name)
{
  g_autofree char *path = g_strconcat (RESOURCE_FOLDER, name, ".sql", NULL);
  g_autoptr (GBytes) bytes = NULL;

  bytes = g_resource_lookup_data (inb_replica_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  if (bytes == NULL)
    g_error ("No SQL named %s", name);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/**
 * inb_sqlite_find:
 *
 * Returns: (transfer none) (nullable): the statement kept under @key, ready for new values
 */
sqlite3_stmt *
inb_sqlite_find (InbSqlite  *self,
                 const char *key)
{
  sqlite3_stmt *statement;

  g_return_val_if_fail (self != NULL && key != NULL, NULL);
  g_assert (self->owner == g_thread_self ());

  statement = g_hash_table_lookup (self->statements, key);
  if (statement != NULL)
    {
      sqlite3_reset (statement);
      sqlite3_clear_bindings (statement);
    }

  return statement;
}

/**
 * inb_sqlite_prepare:
 * @name: a file of the replica's SQL, without ".sql"
 *
 * Returns: (transfer none) (nullable): the statement, ready for its values
 */
sqlite3_stmt *
inb_sqlite_prepare (InbSqlite   *self,
                    const char  *name,
                    GError     **error)
{
  sqlite3_stmt *statement = inb_sqlite_find (self, name);
  g_autofree char *sql = NULL;

  if (statement != NULL)
    return statement;

  sql = inb_sqlite_get_resource (name);

  return inb_sqlite_prepare_text (self, name, sql, error);
}

/**
 * inb_sqlite_prepare_text:
 * @key: names the statement in the cache and in errors
 * @sql: its text, looked at only when @key is new
 */
sqlite3_stmt *
inb_sqlite_prepare_text (InbSqlite   *self,
                         const char  *key,
                         const char  *sql,
                         GError     **error)
{
  sqlite3_stmt *statement = inb_sqlite_find (self, key);
  int result;

  if (statement != NULL)
    return statement;

  result = sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (result != SQLITE_OK)
    {
      g_autofree char *doing = g_strdup_printf ("Preparing %s", key);

      set_error (self, result, doing, error);
      return NULL;
    }
  g_hash_table_insert (self->statements, g_strdup (key), statement);

  return statement;
}

/**
 * inb_sqlite_step:
 * @error: set when it failed, and only then
 *
 * Returns: %TRUE for a row, %FALSE at the end and on failure; then the statement is reset
 */
gboolean
inb_sqlite_step (InbSqlite     *self,
                 sqlite3_stmt  *statement,
                 GError       **error)
{
  int result;

  g_assert (self->owner == g_thread_self ());

  result = sqlite3_step (statement);
  if (result == SQLITE_ROW)
    return TRUE;

  if (result != SQLITE_DONE)
    {
      g_autofree char *doing = g_strdup_printf ("Running \"%.60s\"", sqlite3_sql (statement));

      set_error (self, result, doing, error);
    }
  sqlite3_reset (statement);

  return FALSE;
}

/**
 * inb_sqlite_next:
 * @is_row: (out): %TRUE with a row, to be read; sqlite3_reset() when no more is wanted. %FALSE at the end
 *
 * inb_sqlite_step() for those who end at the first error.
 *
 * Returns: %FALSE with @error set
 */
gboolean
inb_sqlite_next (InbSqlite     *self,
                 sqlite3_stmt  *statement,
                 gboolean      *is_row,
                 GError       **error)
{
  GError *local_error = NULL;

  *is_row = inb_sqlite_step (self, statement, &local_error);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, local_error);

  return FALSE;
}

/**
 * inb_sqlite_run:
 *
 * Runs a statement whose rows, if any, are of no interest.
 */
gboolean
inb_sqlite_run (InbSqlite     *self,
                sqlite3_stmt  *statement,
                GError       **error)
{
  gboolean is_row;

  while (inb_sqlite_next (self, statement, &is_row, error))
    {
      if (!is_row)
        return TRUE;
    }

  return FALSE;
}

/**
 * inb_sqlite_has_row:
 * @statement: (nullable): %NULL when it could not be prepared, with @error set
 * @has_row: (out): whether it yields a row
 */
gboolean
inb_sqlite_has_row (InbSqlite     *self,
                    sqlite3_stmt  *statement,
                    gboolean      *has_row,
                    GError       **error)
{
  if (statement == NULL || !inb_sqlite_next (self, statement, has_row, error))
    return FALSE;

  sqlite3_reset (statement);

  return TRUE;
}

/**
 * inb_sqlite_read_integer:
 * @statement: (nullable): %NULL when it could not be prepared, with @error set
 * @value: (out): of the first row's first column; 0 when there is none
 */
gboolean
inb_sqlite_read_integer (InbSqlite     *self,
                         sqlite3_stmt  *statement,
                         gint64        *value,
                         GError       **error)
{
  gboolean is_row;

  if (statement == NULL || !inb_sqlite_next (self, statement, &is_row, error))
    return FALSE;

  *value = is_row ? sqlite3_column_int64 (statement, 0) : 0;
  sqlite3_reset (statement);

  return TRUE;
}

/**
 * inb_sqlite_read_text:
 * @statement: (nullable): %NULL when it could not be prepared, with @error set
 * @text: (out) (transfer full) (nullable): of the first row's first column
 */
gboolean
inb_sqlite_read_text (InbSqlite     *self,
                      sqlite3_stmt  *statement,
                      char         **text,
                      GError       **error)
{
  gboolean is_row;

  if (statement == NULL || !inb_sqlite_next (self, statement, &is_row, error))
    return FALSE;

  *text = is_row ? inb_sqlite_dup_text (statement, 0) : NULL;
  sqlite3_reset (statement);

  return TRUE;
}

gint64
inb_sqlite_get_rowid (InbSqlite *self)
{
  g_assert (self->owner == g_thread_self ());

  return sqlite3_last_insert_rowid (self->db);
}

/**
 * inb_sqlite_bind_text:
 * @text: (nullable): must live until the statement is reset
 */
void
inb_sqlite_bind_text (sqlite3_stmt *statement,
                      int           parameter,
                      const char   *text)
{
  if (text == NULL)
    sqlite3_bind_null (statement, parameter);
  else
    sqlite3_bind_text (statement, parameter, text, -1, SQLITE_STATIC);
}

/**
 * inb_sqlite_dup_text:
 *
 * Returns: (transfer full) (nullable): the value as UTF-8, also when the file is damaged, or %NULL
 */
char *
inb_sqlite_dup_text (sqlite3_stmt *statement,
                     int           column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  if (text == NULL)
    return NULL;
  if (!g_utf8_validate (text, -1, NULL))
    return g_utf8_make_valid (text, -1);

  return g_strdup (text);
}
