#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-table.h"

#include "inb-money.h"
#include "inb-time.h"

static const guint contact_front[] = {
  INB_CONTACT_ID, INB_CONTACT_CHANGE_SEQ, INB_CONTACT_FIRSTNAME, INB_CONTACT_LASTNAME, INB_CONTACT_EMAIL, INB_CONTACT_PHONE,
  INB_CONTACT_PHONE_DISPLAY, INB_CONTACT_COMPANY, INB_CONTACT_DELETED_AT, INB_CONTACT_CREATED_AT, INB_CONTACT_PHONE_E164,
  INB_CONTACT_PHONE_SECONDARY, INB_CONTACT_EMAIL_SECONDARY, INB_CONTACT_LAST_ACTIVITY_AT, INB_CONTACT_LEAD_SOURCE,
  INB_CONTACT_OWNER_ID, INB_CONTACT_NOTES,
};

static const guint lead_front[] = {
  INB_LEAD_ID, INB_LEAD_CHANGE_SEQ, INB_LEAD_EXTRA_SHOWN, INB_LEAD_IS_TEST, INB_LEAD_EXTRA_CONTACT_NAME,
  INB_LEAD_EXTRA_CONTACT_PHONE, INB_LEAD_EXTRA_CONTACT_EMAIL, INB_LEAD_EXTRA_CONTACT_COMPANY, INB_LEAD_LEAD_SOURCE, INB_LEAD_PRODUCT_INTEREST, INB_LEAD_STAGE,
  INB_LEAD_TEMPERATURE, INB_LEAD_LEAD_SCORE, INB_LEAD_CREATED_AT, INB_LEAD_LAST_ACTIVITY_AT, INB_LEAD_IS_CONVERTED,
  INB_LEAD_ASSIGNED_TO, INB_LEAD_TEAM_ID, INB_LEAD_UTM_CAMPAIGN, INB_LEAD_NEXT_FOLLOW_UP_AT, INB_LEAD_CONVERTED_AT,
  INB_LEAD_CONVERSION_VALUE, INB_LEAD_ESTIMATED_VALUE, INB_LEAD_CURRENCY, INB_LEAD_FIRST_RESPONSE_AT,
  INB_LEAD_CONTACT_ID, INB_LEAD_EXTRA_ID_ORDER,
};

static const struct {
  const char *name;
  const char *type;
} lead_extras[] = {
  { "id_order", "INTEGER" },
  { "shown", "INTEGER" },
  { "contact_name", "TEXT" },
  { "contact_phone", "TEXT" },
  { "contact_email", "TEXT COLLATE NOCASE" },
  { "contact_company", "TEXT" },
  { "sort_key", "BLOB" },
};
G_STATIC_ASSERT (G_N_ELEMENTS (lead_extras) == INB_N_LEAD_EXTRAS - INB_N_LEAD_COLUMNS);

static const char *
column_get_name (InbKind kind,
                 int     column)
{
  guint n_columns;
  const InbColumn *columns = inb_kind_get_columns (kind, &n_columns);

  return column < (int) n_columns ? columns[column].name : lead_extras[column - (int) n_columns].name;
}

static const char *
column_get_type (InbKind kind,
                 int     column)
{
  guint n_columns;
  const InbColumn *columns = inb_kind_get_columns (kind, &n_columns);

  if (column >= (int) n_columns)
    return lead_extras[column - (int) n_columns].type;

  switch (columns[column].type)
    {
    case INB_TYPE_INTEGER:
    case INB_TYPE_MONEY:
    case INB_TYPE_BOOLEAN:
    case INB_TYPE_TIME:
      return "INTEGER";

    case INB_TYPE_TEXT:
    case INB_TYPE_UUID:
    case INB_TYPE_DATE:
    case INB_TYPE_JSON:
    default:
      return "TEXT";
    }
}

static const guint *
get_front (InbKind  kind,
           guint   *n_front)
{
  *n_front = 0;
  if (kind == INB_KIND_CONTACT)
    {
      *n_front = G_N_ELEMENTS (contact_front);
      return contact_front;
    }
  if (kind == INB_KIND_LEAD)
    {
      *n_front = G_N_ELEMENTS (lead_front);
      return lead_front;
    }

  return NULL;
}

static void
append_definition (InbKind  kind,
                   int      column,
                   GString *sql)
{
  g_string_append_printf (sql, ",\n  \"%s\" %s", column_get_name (kind, column), column_get_type (kind, column));
}

static gboolean
is_in_front (const guint *front,
             guint        n_front,
             guint        column)
{
  for (guint i = 0; i < n_front; i++)
    {
      if (front[i] == column)
        return TRUE;
    }

  return FALSE;
}

/**
 * inb_replica_table_get_n_columns:
 *
 * Returns: how many columns the table has besides row_id; the number of the last parameter of its insert
 */
int
inb_replica_table_get_n_columns (InbKind kind)
{
  guint n_columns;

  inb_kind_get_columns (kind, &n_columns);

  return kind == INB_KIND_LEAD ? (int) INB_N_LEAD_EXTRAS : (int) n_columns;
}

/**
 * inb_replica_table_append_schema:
 *
 * Appends the statements that make the kind's table and the index of its key.
 */
void
inb_replica_table_append_schema (InbKind  kind,
                                 GString *sql)
{
  int n_columns = inb_replica_table_get_n_columns (kind);
  const char *table = inb_kind_get_table (kind);
  guint n_front;
  const guint *front = get_front (kind, &n_front);

  g_string_append_printf (sql, "CREATE TABLE %s (\n  row_id INTEGER PRIMARY KEY", table);
  for (guint i = 0; i < n_front; i++)
    append_definition (kind, (int) front[i], sql);
  for (int i = 0; i < n_columns; i++)
    {
      if (!is_in_front (front, n_front, (guint) i))
        append_definition (kind, i, sql);
    }
  g_string_append_printf (sql, "\n);\nCREATE UNIQUE INDEX %s_by_key ON %s (%s);\n", table, table,
                          column_get_name (kind, inb_kind_get_key_column (kind)));
}

static char *
make_key (const char *verb,
          InbKind     kind)
{
  return g_strconcat (verb, " ", inb_kind_get_name (kind), NULL);
}

/**
 * inb_replica_table_prepare_insert:
 *
 * Returns: (transfer none) (nullable): an INSERT whose parameter n + 1 is column n
 */
sqlite3_stmt *
inb_replica_table_prepare_insert (InbSqlite  *db,
                                  InbKind     kind,
                                  GError    **error)
{
  g_autofree char *key = make_key ("insert", kind);
  sqlite3_stmt *statement = inb_sqlite_find (db, key);
  g_autoptr (GString) names = NULL;
  g_autoptr (GString) values = NULL;
  g_autofree char *sql = NULL;

  if (statement != NULL)
    return statement;

  names = g_string_new (NULL);
  values = g_string_new (NULL);
  for (int i = 0; i < inb_replica_table_get_n_columns (kind); i++)
    {
      g_string_append_printf (names, "%s\"%s\"", i == 0 ? "" : ", ", column_get_name (kind, i));
      g_string_append_printf (values, "%s?%d", i == 0 ? "" : ", ", i + 1);
    }
  sql = g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s)", inb_kind_get_table (kind), names->str, values->str);

  return inb_sqlite_prepare_text (db, key, sql, error);
}

/**
 * inb_replica_table_prepare_update:
 *
 * Returns: (transfer none) (nullable): an UPDATE whose parameter n + 1 is column n; the one after the last column is row_id
 */
sqlite3_stmt *
inb_replica_table_prepare_update (InbSqlite  *db,
                                  InbKind     kind,
                                  GError    **error)
{
  g_autofree char *key = make_key ("update", kind);
  sqlite3_stmt *statement = inb_sqlite_find (db, key);
  g_autoptr (GString) sql = NULL;
  int n_columns = inb_replica_table_get_n_columns (kind);

  if (statement != NULL)
    return statement;

  sql = g_string_new (NULL);
  g_string_append_printf (sql, "UPDATE %s SET ", inb_kind_get_table (kind));
  for (int i = 0; i < n_columns; i++)
    {
      if (i != inb_kind_get_key_column (kind))
        g_string_append_printf (sql, "\"%s\" = ?%d, ", column_get_name (kind, i), i + 1);
    }
  g_string_truncate (sql, sql->len - 2);
  g_string_append_printf (sql, " WHERE row_id = ?%d", n_columns + 1);

  return inb_sqlite_prepare_text (db, key, sql->str, error);
}

/**
 * inb_replica_table_prepare_find:
 *
 * Returns: (transfer none) (nullable): row_id and change_seq of the row with key ?1
 */
sqlite3_stmt *
inb_replica_table_prepare_find (InbSqlite  *db,
                                InbKind     kind,
                                GError    **error)
{
  g_autofree char *key = make_key ("find", kind);
  sqlite3_stmt *statement = inb_sqlite_find (db, key);
  g_autofree char *sql = NULL;

  if (statement != NULL)
    return statement;

  sql = g_strdup_printf ("SELECT row_id, %s FROM %s WHERE %s = ?1",
                         column_get_name (kind, inb_kind_get_seq_column (kind)), inb_kind_get_table (kind),
                         column_get_name (kind, inb_kind_get_key_column (kind)));

  return inb_sqlite_prepare_text (db, key, sql, error);
}

/**
 * inb_replica_table_prepare_delete:
 *
 * Returns: (transfer none) (nullable): a DELETE of the row with key ?1
 */
sqlite3_stmt *
inb_replica_table_prepare_delete (InbSqlite  *db,
                                  InbKind     kind,
                                  GError    **error)
{
  g_autofree char *key = make_key ("delete", kind);
  g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE %s = ?1", inb_kind_get_table (kind),
                                          column_get_name (kind, inb_kind_get_key_column (kind)));

  return inb_sqlite_prepare_text (db, key, sql, error);
}

/**
 * inb_replica_table_prepare_select:
 * @tail: what follows FROM table, " WHERE id = ?1"; static text of ours
 *
 * Returns: (transfer none) (nullable): a SELECT for inb_replica_table_read()
 */
sqlite3_stmt *
inb_replica_table_prepare_select (InbSqlite   *db,
                                  InbKind      kind,
                                  const char  *tail,
                                  GError     **error)
{
  g_autofree char *verb = g_strconcat ("select", tail, NULL);
  g_autofree char *key = make_key (verb, kind);
  sqlite3_stmt *statement = inb_sqlite_find (db, key);
  g_autoptr (GString) sql = NULL;
  guint n_columns;

  if (statement != NULL)
    return statement;

  sql = g_string_new ("SELECT ");
  inb_kind_get_columns (kind, &n_columns);
  for (guint i = 0; i < n_columns; i++)
    g_string_append_printf (sql, "%s\"%s\"", i == 0 ? "" : ", ", column_get_name (kind, (int) i));
  g_string_append_printf (sql, " FROM %s%s", inb_kind_get_table (kind), tail);

  return inb_sqlite_prepare_text (db, key, sql->str, error);
}

/**
 * inb_replica_table_bind:
 *
 * Binds the row's values to the parameters of an insert or update; @row must live until the statement is reset.
 */
void
inb_replica_table_bind (sqlite3_stmt *statement,
                        const InbRow *row)
{
  guint n_columns;
  const InbColumn *columns = inb_kind_get_columns (inb_row_get_kind (row), &n_columns);

  for (guint i = 0; i < n_columns; i++)
    {
      const char *value = inb_row_get (row, i);
      int parameter = (int) i + 1;
      gint64 number;

      if (value == NULL)
        continue;

      switch (columns[i].type)
        {
        case INB_TYPE_INTEGER:
          sqlite3_bind_int64 (statement, parameter, g_ascii_strtoll (value, NULL, 10));
          break;

        case INB_TYPE_BOOLEAN:
          sqlite3_bind_int (statement, parameter, inb_row_get_boolean (row, i));
          break;

        case INB_TYPE_MONEY:
          if (inb_money_parse (value, &number))
            sqlite3_bind_int64 (statement, parameter, number);
          break;

        case INB_TYPE_TIME:
          if (inb_time_parse (value, &number))
            sqlite3_bind_int64 (statement, parameter, number);
          break;

        case INB_TYPE_TEXT:
        case INB_TYPE_UUID:
        case INB_TYPE_DATE:
        case INB_TYPE_JSON:
        default:
          inb_sqlite_bind_text (statement, parameter, value);
          break;
        }
    }
}

/**
 * inb_replica_table_read:
 *
 * Returns: (transfer full): the row that a statement of inb_replica_table_prepare_select() stands on
 */
InbRow *
inb_replica_table_read (sqlite3_stmt *statement,
                        InbKind       kind)
{
  InbRow *row = inb_row_new (kind);
  guint n_columns;
  const InbColumn *columns = inb_kind_get_columns (kind, &n_columns);

  for (guint i = 0; i < n_columns; i++)
    {
      int column = (int) i;

      if (sqlite3_column_type (statement, column) == SQLITE_NULL)
        continue;

      switch (columns[i].type)
        {
        case INB_TYPE_INTEGER:
          inb_row_set_integer (row, i, sqlite3_column_int64 (statement, column));
          break;

        case INB_TYPE_BOOLEAN:
          inb_row_set_boolean (row, i, sqlite3_column_int (statement, column) != 0);
          break;

        case INB_TYPE_MONEY:
          inb_row_take (row, i, inb_money_format (sqlite3_column_int64 (statement, column)));
          break;

        case INB_TYPE_TIME:
          inb_row_set_time (row, i, sqlite3_column_int64 (statement, column));
          break;

        case INB_TYPE_TEXT:
        case INB_TYPE_UUID:
        case INB_TYPE_DATE:
        case INB_TYPE_JSON:
        default:
          inb_row_take (row, i, inb_sqlite_dup_text (statement, column));
          break;
        }
    }

  return row;
}

/**
 * inb_replica_table_read_one:
 * @statement: of inb_replica_table_prepare_select(), bound; reset when this returns
 * @row: (out) (transfer full) (nullable): the first row, if there is one
 */
gboolean
inb_replica_table_read_one (InbSqlite     *db,
                            sqlite3_stmt  *statement,
                            InbKind        kind,
                            InbRow       **row,
                            GError       **error)
{
  gboolean is_row;

  *row = NULL;
  if (!inb_sqlite_next (db, statement, &is_row, error))
    return FALSE;

  if (is_row)
    *row = inb_replica_table_read (statement, kind);
  sqlite3_reset (statement);

  return TRUE;
}
