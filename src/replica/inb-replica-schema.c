#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-schema.h"

#include "inb-error.h"
#include "inb-replica-table.h"

#include <locale.h>

static char *
build_schema (void)
{
  g_autofree char *tables = inb_sqlite_get_resource ("0001-tables");
  g_autofree char *indexes = inb_sqlite_get_resource ("0002-indexes");
  GString *sql = g_string_new (tables);

  for (InbKind kind = 0; kind < INB_N_KINDS; kind++)
    {
      if (kind != INB_KIND_TOMBSTONE)
        inb_replica_table_append_schema (kind, sql);
    }
  g_string_append (sql, indexes);

  return g_string_free (sql, FALSE);
}

/**
 * inb_replica_meta_get:
 * @value: (out) (transfer full) (nullable): what is noted under @key
 */
gboolean
inb_replica_meta_get (InbSqlite   *db,
                      const char  *key,
                      char       **value,
                      GError     **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (db, "meta-get", error);

  if (statement == NULL)
    return FALSE;

  inb_sqlite_bind_text (statement, 1, key);

  return inb_sqlite_read_text (db, statement, value, error);
}

/**
 * inb_replica_meta_set:
 * @value: (nullable): what to note
 */
gboolean
inb_replica_meta_set (InbSqlite   *db,
                      const char  *key,
                      const char  *value,
                      GError     **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (db, "meta-set", error);

  if (statement == NULL)
    return FALSE;

  inb_sqlite_bind_text (statement, 1, key);
  inb_sqlite_bind_text (statement, 2, value);

  return inb_sqlite_run (db, statement, error);
}

static gboolean
make (InbSqlite   *db,
      const char  *schema,
      const char  *checksum,
      GError     **error)
{
  g_autofree char *version = inb_sqlite_get_resource ("version-set");

  if (!inb_sqlite_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (inb_sqlite_exec (db, schema, error) &&
      inb_replica_meta_set (db, "schema", checksum, error) &&
      inb_replica_meta_set (db, "locale", setlocale (LC_COLLATE, NULL), error) &&
      inb_sqlite_exec (db, version, error) &&
      inb_sqlite_exec (db, "COMMIT", error))
    return TRUE;

  inb_sqlite_exec (db, "ROLLBACK", NULL);

  return FALSE;
}

/**
 * inb_replica_schema_prepare:
 *
 * Makes the tables if the file is empty.
 *
 * Returns: whether the tables are there; %INB_ERROR_SCHEMA_NEWER when another version made the file, %INB_ERROR_CORRUPT when
 *   it is damaged or nothing of ours
 */
gboolean
inb_replica_schema_prepare (InbSqlite  *db,
                            GError    **error)
{
  g_autofree char *schema = build_schema ();
  g_autofree char *orders = inb_sqlite_get_resource ("0003-orders");
  g_autofree char *whole = g_strconcat (schema, orders, NULL);
  g_autofree char *checksum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, whole, -1);
  g_autofree char *stored = NULL;
  gint64 n_objects, version;

  if (!inb_sqlite_read_integer (db, inb_sqlite_prepare (db, "object-count", error), &n_objects, error) ||
      !inb_sqlite_read_integer (db, inb_sqlite_prepare (db, "version-get", error), &version, error))
    return FALSE;
  if (n_objects == 0 && version == 0)
    return make (db, schema, checksum, error);

  if (version != INB_REPLICA_SCHEMA_VERSION)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_SCHEMA_NEWER, "The file has version %" G_GINT64_FORMAT ", not %d", version,
                   INB_REPLICA_SCHEMA_VERSION);
      return FALSE;
    }
  if (!inb_replica_meta_get (db, "schema", &stored, error))
    return FALSE;
  if (g_strcmp0 (stored, checksum) == 0)
    return TRUE;

  g_set_error (error, INB_ERROR, INB_ERROR_SCHEMA_NEWER, "The file has other columns");

  return FALSE;
}

/**
 * inb_replica_schema_add_order:
 * @number: of the index, less than %INB_REPLICA_N_ORDERS
 *
 * Makes one of the indexes of inb_replica_schema_add_orders(), unless it is there.
 */
gboolean
inb_replica_schema_add_order (InbSqlite  *db,
                              guint       number,
                              GError    **error)
{
  g_autofree char *orders = inb_sqlite_get_resource ("0003-orders");
  g_auto (GStrv) statements = g_strsplit (orders, ";\n", -1);

  /* Behind the last one stands nothing. */
  g_assert (g_strv_length (statements) == INB_REPLICA_N_ORDERS + 1 && number < INB_REPLICA_N_ORDERS);

  return inb_sqlite_exec (db, statements[number], error);
}

/**
 * inb_replica_schema_add_orders:
 *
 * Makes the indexes that a first sync does without, as far as they are missing. Outside a transaction: each is one by itself, so
 * that what an ended process made stays.
 */
gboolean
inb_replica_schema_add_orders (InbSqlite  *db,
                               GError    **error)
{
  g_autofree char *orders = inb_sqlite_get_resource ("0003-orders");

  return inb_sqlite_exec (db, orders, error);
}
