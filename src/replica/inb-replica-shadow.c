#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-shadow.h"

#include "inb-error.h"
#include "inb-outbox-item.h"
#include "inb-replica-table.h"
#include "inb-row-reader.h"

#include <string.h>

typedef struct {
  InbRowReader  reader;
  InbRow       *row;
  InbKind       kind;
  gboolean      has_begun;
} Parse;

static gboolean
on_token (InbJsonToken   token,
          const char    *start,
          gsize          length,
          gpointer       user_data,
          GError       **error)
{
  Parse *parse = user_data;

  if (parse->has_begun)
    return inb_row_reader_take (&parse->reader, token, start, length, &parse->row, error);

  parse->has_begun = TRUE;
  if (token != INB_JSON_OBJECT_START)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_CORRUPT, "A kept row is no object");
      return FALSE;
    }
  inb_row_reader_begin (&parse->reader, parse->kind);

  return TRUE;
}

static InbRow *
parse_row (InbKind      kind,
           const char  *text,
           GError     **error)
{
  Parse parse = { .kind = kind };
  g_autoptr (GError) local_error = NULL;

  inb_json_scanner_run (text, strlen (text), on_token, &parse, &local_error);
  inb_row_reader_clear (&parse.reader);
  if (local_error == NULL && parse.row != NULL)
    return parse.row;

  g_clear_pointer (&parse.row, inb_row_unref);
  g_set_error (error, INB_ERROR, INB_ERROR_CORRUPT, "A kept row is damaged: %s", local_error != NULL ? local_error->message : "");

  return NULL;
}

/**
 * inb_replica_shadow_get:
 * @found: (out): whether the row differs from the server's
 * @row: (out) (transfer full) (nullable): the server's
 */
gboolean
inb_replica_shadow_get (InbSqlite   *db,
                        const char  *key,
                        gboolean    *found,
                        InbRow     **row,
                        GError     **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (db, "shadow-get", error);
  const char *text;
  gboolean is_read;

  *row = NULL;
  if (statement == NULL)
    return FALSE;

  inb_sqlite_bind_text (statement, 1, key);
  if (!inb_sqlite_next (db, statement, found, error))
    return FALSE;

  text = *found ? (const char *) sqlite3_column_text (statement, 0) : NULL;
  if (text != NULL)
    *row = parse_row (inb_outbox_key_get_kind (key), text, error);
  is_read = text == NULL || *row != NULL;
  sqlite3_reset (statement);

  return is_read;
}

static const char *
get_contact_id (const InbRow *row)
{
  if (row != NULL && inb_row_get_kind (row) == INB_KIND_LEAD)
    return inb_row_get (row, INB_LEAD_CONTACT_ID);
  if (row != NULL && inb_row_get_kind (row) == INB_KIND_ACTIVITY)
    return inb_row_get (row, INB_ACTIVITY_CONTACT_ID);

  return NULL;
}

/**
 * inb_replica_shadow_set:
 * @row: (nullable): the server's
 */
gboolean
inb_replica_shadow_set (InbSqlite     *db,
                        const char    *key,
                        const InbRow  *row,
                        GError       **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (db, "shadow-set", error);
  g_autoptr (GString) json = NULL;

  if (statement == NULL)
    return FALSE;

  if (row != NULL)
    {
      json = g_string_sized_new (2048);
      inb_row_append_json (row, FALSE, json);
    }
  inb_sqlite_bind_text (statement, 1, key);
  inb_sqlite_bind_text (statement, 2, json != NULL ? json->str : NULL);
  inb_sqlite_bind_text (statement, 3, get_contact_id (row));

  return inb_sqlite_run (db, statement, error);
}

gboolean
inb_replica_shadow_delete (InbSqlite   *db,
                           const char  *key,
                           GError     **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (db, "shadow-delete", error);

  if (statement == NULL)
    return FALSE;

  inb_sqlite_bind_text (statement, 1, key);

  return inb_sqlite_run (db, statement, error);
}

static gboolean
list_keys (InbSqlite     *db,
           sqlite3_stmt  *statement,
           GPtrArray     *keys,
           GError       **error)
{
  gboolean is_row;

  while (inb_sqlite_next (db, statement, &is_row, error))
    {
      if (!is_row)
        return TRUE;
      g_ptr_array_add (keys, inb_sqlite_dup_text (statement, 0));
    }

  return FALSE;
}

/**
 * inb_replica_shadow_list:
 *
 * Returns: (transfer full) (element-type utf8) (nullable): the keys of all rows that differ from the server's
 */
GPtrArray *
inb_replica_shadow_list (InbSqlite  *db,
                         GError    **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = inb_sqlite_prepare (db, "shadow-keys", error);

  return statement != NULL && list_keys (db, statement, keys, error) ? g_steal_pointer (&keys) : NULL;
}

gboolean
inb_replica_shadow_get_stored (InbSqlite   *db,
                               const char  *key,
                               InbRow     **row,
                               GError     **error)
{
  InbKind kind = inb_outbox_key_get_kind (key);
  /* The key columns of the kinds that are edited are all named so. */
  sqlite3_stmt *statement = inb_replica_table_prepare_select (db, kind, " WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;

  inb_sqlite_bind_text (statement, 1, inb_outbox_key_get_id (key));

  return inb_replica_table_read_one (db, statement, kind, row, error);
}

static gboolean
is_same (const InbRow *one,
         const InbRow *other)
{
  guint n_columns;

  if (one == other)
    return TRUE;
  if (one == NULL || other == NULL)
    return FALSE;

  inb_kind_get_columns (inb_row_get_kind (one), &n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      if (g_strcmp0 (inb_row_get (one, i), inb_row_get (other, i)) != 0)
        return FALSE;
    }

  return TRUE;
}

/**
 * inb_replica_shadow_store:
 * @stored: (nullable): what is stored
 * @row: (nullable): what shall be
 */
gboolean
inb_replica_shadow_store (InbReplicaBatch  *batch,
                          const char       *key,
                          const InbRow     *stored,
                          const InbRow     *row,
                          GError          **error)
{
  if (is_same (stored, row))
    return TRUE;
  if (row == NULL)
    return inb_replica_batch_remove (batch, inb_outbox_key_get_kind (key), inb_outbox_key_get_id (key), error);

  return inb_replica_batch_put (batch, row, error);
}

static gboolean
list_ids (InbSqlite   *db,
          InbKind      kind,
          const char  *tail,
          const char  *id,
          GPtrArray   *keys,
          GError     **error)
{
  sqlite3_stmt *statement = inb_replica_table_prepare_select (db, kind, tail, error);
  gboolean is_row;

  if (statement == NULL)
    return FALSE;

  inb_sqlite_bind_text (statement, 1, id);
  while (inb_sqlite_next (db, statement, &is_row, error))
    {
      const char *found;

      if (!is_row)
        return TRUE;
      found = (const char *) sqlite3_column_text (statement, inb_kind_get_key_column (kind));
      if (found != NULL)
        g_ptr_array_add (keys, inb_outbox_key_new (kind, found));
    }

  return FALSE;
}

static gboolean
list_shadows (InbSqlite   *db,
              const char  *contact_id,
              GPtrArray   *keys,
              GError     **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (db, "shadows-of-contact", error);

  if (statement == NULL)
    return FALSE;

  inb_sqlite_bind_text (statement, 1, contact_id);

  return list_keys (db, statement, keys, error);
}

/**
 * inb_replica_shadow_list_contact:
 *
 * Returns: (transfer full) (element-type utf8) (nullable): the keys of the leads and activities of a contact, as they are stored or
 *   as the server has them; some may be named twice
 */
GPtrArray *
inb_replica_shadow_list_contact (InbSqlite   *db,
                                 const char  *contact_id,
                                 GError     **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  guint n_keys;

  /* Of a lead that is shown with another contact new activities may have come. */
  if (!list_ids (db, INB_KIND_LEAD, " WHERE contact_id = ?1", contact_id, keys, error) ||
      !list_shadows (db, contact_id, keys, error))
    return NULL;
  n_keys = keys->len;
  for (guint i = 0; i < n_keys; i++)
    {
      const char *key = g_ptr_array_index (keys, i);
      g_autofree char *lead_id = g_strdup (inb_outbox_key_get_id (key));

      if (inb_outbox_key_get_kind (key) == INB_KIND_LEAD && !list_ids (db, INB_KIND_ACTIVITY, " WHERE lead_id = ?1", lead_id, keys, error))
        return NULL;
    }
  if (!list_ids (db, INB_KIND_ACTIVITY, " WHERE contact_id = ?1 AND lead_id IS NULL", contact_id, keys, error))
    return NULL;

  return g_steal_pointer (&keys);
}
