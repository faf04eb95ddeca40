#define G_LOG_DOMAIN "inb-service"

#include "inb-row-writer.h"

#include "inb-sql.h"

#include <string.h>

#define MAX_COLUMNS 64

G_STATIC_ASSERT ((int) INB_N_CONTACT_COLUMNS <= MAX_COLUMNS);
G_STATIC_ASSERT ((int) INB_N_LEAD_COLUMNS <= MAX_COLUMNS);
G_STATIC_ASSERT ((int) INB_N_ACTIVITY_COLUMNS <= MAX_COLUMNS);

/* Which columns a statement names. Few profiles, as each is a family of prepared statements: the columns that nearly every
 * webhook fills, and all that must not be NULL; or all. */
typedef enum { PROFILE_CORE, PROFILE_ALL, N_PROFILES } Profile;

typedef enum { OPERATION_INSERT, OPERATION_UPDATE, N_OPERATIONS } Operation;

#define N_SIZES 7 /* 1, 2, 4 … 64 */

struct _InbRowWriter {
  /* Owned */
  char *statements[INB_N_KINDS][N_OPERATIONS][N_PROFILES][N_SIZES];
};

static const guint8 core_contact[] = {
  INB_CONTACT_ID, INB_CONTACT_WORKSPACE_ID, INB_CONTACT_CRM_ID, INB_CONTACT_FIRSTNAME, INB_CONTACT_LASTNAME,
  INB_CONTACT_EMAIL, INB_CONTACT_PHONE, INB_CONTACT_LEAD_SOURCE, INB_CONTACT_NOTES, INB_CONTACT_WEBHOOK_ID,
  INB_CONTACT_WEBHOOK_NAME, INB_CONTACT_CUSTOM_FIELDS, INB_CONTACT_CREATED_AT, INB_CONTACT_UPDATED_AT,
  INB_CONTACT_DO_NOT_CONTACT, INB_CONTACT_TAGS, INB_CONTACT_STATUS, INB_CONTACT_LAST_ACTIVITY_AT, INB_CONTACT_PHONE_E164,
  INB_CONTACT_PHONE_DISPLAY, INB_CONTACT_PHONE_STATUS, INB_CONTACT_EMAIL_NORM, INB_CONTACT_NAME_FOLDED,
  INB_CONTACT_CHANGE_SEQ,
};

static const guint8 core_lead[] = {
  INB_LEAD_ID, INB_LEAD_CONTACT_ID, INB_LEAD_WORKSPACE_ID, INB_LEAD_LEAD_SOURCE, INB_LEAD_WEBHOOK_ID,
  INB_LEAD_LEAD_STATUS_ID, INB_LEAD_STAGE, INB_LEAD_PRODUCT_INTEREST, INB_LEAD_INITIAL_INQUIRY, INB_LEAD_LAST_ACTIVITY_AT,
  INB_LEAD_FOLLOW_UP_COUNT, INB_LEAD_IS_ACTIVE, INB_LEAD_IS_CONVERTED, INB_LEAD_CONVERTED_AT, INB_LEAD_METADATA,
  INB_LEAD_TAGS, INB_LEAD_CUSTOM_FIELDS, INB_LEAD_CREATED_AT, INB_LEAD_UPDATED_AT, INB_LEAD_PREVIOUS_STAGE,
  INB_LEAD_CURRENCY, INB_LEAD_IS_TEST, INB_LEAD_CHANGE_SEQ,
};

static const guint8 core_activity[] = {
  INB_ACTIVITY_ID, INB_ACTIVITY_WORKSPACE_ID, INB_ACTIVITY_LEAD_ID, INB_ACTIVITY_CONTACT_ID, INB_ACTIVITY_ACTIVITY_TYPE,
  INB_ACTIVITY_TITLE, INB_ACTIVITY_DESCRIPTION, INB_ACTIVITY_METADATA, INB_ACTIVITY_IS_AUTOMATED, INB_ACTIVITY_CREATED_AT,
  INB_ACTIVITY_UPDATED_AT, INB_ACTIVITY_IS_PINNED, INB_ACTIVITY_WEBHOOK_ID, INB_ACTIVITY_DELIVERY_ID, INB_ACTIVITY_SOURCE,
  INB_ACTIVITY_OCCURRED_AT, INB_ACTIVITY_CHANGE_SEQ,
};

static const struct {
  const guint8 *columns;
  guint         n_columns;
} cores[INB_N_KINDS] = {
  [INB_KIND_CONTACT] = { core_contact, G_N_ELEMENTS (core_contact) },
  [INB_KIND_LEAD] = { core_lead, G_N_ELEMENTS (core_lead) },
  [INB_KIND_ACTIVITY] = { core_activity, G_N_ELEMENTS (core_activity) },
};

static const char *
get_sql_type (const InbColumn *column)
{
  switch (column->type)
    {
    case INB_TYPE_UUID: return "uuid";
    case INB_TYPE_INTEGER: return g_str_equal (column->name, "change_seq") ? "bigint" : "integer";
    case INB_TYPE_MONEY: return "numeric";
    case INB_TYPE_BOOLEAN: return "boolean";
    case INB_TYPE_TIME: return "timestamptz";
    case INB_TYPE_DATE: return "date";
    case INB_TYPE_JSON: return "jsonb";
    case INB_TYPE_TEXT: return "text";
    default: g_assert_not_reached ();
    }
}

InbRowWriter *
inb_row_writer_new (void)
{
  return g_new0 (InbRowWriter, 1);
}

void
inb_row_writer_free (InbRowWriter *self)
{
  if (self == NULL)
    return;

  for (guint kind = 0; kind < INB_N_KINDS; kind++)
    for (guint operation = 0; operation < N_OPERATIONS; operation++)
      for (guint profile = 0; profile < N_PROFILES; profile++)
        for (guint size = 0; size < N_SIZES; size++)
          g_free (self->statements[kind][operation][profile][size]);
  g_free (self);
}

/* The columns of a profile as positions in the kind's table. */
static guint
get_profile_columns (InbKind  kind,
                     Profile  profile,
                     guint8  *columns)
{
  guint n_columns;

  if (profile == PROFILE_CORE && cores[kind].columns != NULL)
    {
      memcpy (columns, cores[kind].columns, cores[kind].n_columns);
      return cores[kind].n_columns;
    }

  inb_kind_get_columns (kind, &n_columns);
  for (guint i = 0; i < n_columns; i++)
    columns[i] = (guint8) i;

  return n_columns;
}

static guint64
get_profile_mask (InbKind kind)
{
  guint64 mask = 0;

  for (guint i = 0; i < cores[kind].n_columns; i++)
    mask |= G_GUINT64_CONSTANT (1) << cores[kind].columns[i];

  return mask;
}

/* The smallest profile that holds every value that matters: all filled ones of a new row, all changed ones of an old one. */
static Profile
choose_profile (InbKind    kind,
                GPtrArray *originals,
                GPtrArray *rows)
{
  guint64 core = get_profile_mask (kind);
  guint n_columns;

  if (core == 0)
    return PROFILE_ALL;

  inb_kind_get_columns (kind, &n_columns);
  for (guint i = 0; i < rows->len; i++)
    {
      const InbRow *row = g_ptr_array_index (rows, i);
      const InbRow *original = originals == NULL ? NULL : g_ptr_array_index (originals, i);

      for (guint column = 0; column < n_columns; column++)
        {
          const char *before = original == NULL ? NULL : inb_row_get (original, column);

          if ((core >> column & 1) == 0 && g_strcmp0 (before, inb_row_get (row, column)) != 0)
            return PROFILE_ALL;
        }
    }

  return PROFILE_CORE;
}

static void
append_rows (GString         *sql,
             const InbColumn *columns,
             const guint8    *used,
             guint            n_used,
             guint            n_rows)
{
  guint param = 1;

  for (guint row = 0; row < n_rows; row++)
    {
      g_string_append (sql, row == 0 ? "(" : ", (");
      for (guint i = 0; i < n_used; i++)
        g_string_append_printf (sql, "%s$%u::%s", i == 0 ? "" : ", ", param++, get_sql_type (&columns[used[i]]));
      g_string_append_c (sql, ')');
    }
}

static char *
build_statement (InbKind   kind,
                 Operation operation,
                 Profile   profile,
                 guint     n_rows)
{
  const InbColumn *columns = inb_kind_get_columns (kind, NULL);
  const char *key = columns[inb_kind_get_key_column (kind)].name;
  g_autoptr (GString) sql = g_string_new (inb_sql_get (operation == OPERATION_INSERT ? "write/insert-rows" : "write/update-rows"));
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) assignments = g_string_new (NULL);
  g_autoptr (GString) rows = g_string_new (NULL);
  guint8 used[MAX_COLUMNS];
  guint n_used = get_profile_columns (kind, profile, used);

  for (guint i = 0; i < n_used; i++)
    {
      const char *name = columns[used[i]].name;

      g_string_append_printf (names, "%s%s", i == 0 ? "" : ", ", name);
      if (!g_str_equal (name, key) && !g_str_equal (name, "workspace_id"))
        g_string_append_printf (assignments, "%s%s = excluded.%s", assignments->len == 0 ? "" : ", ", name, name);
    }
  append_rows (rows, columns, used, n_used, n_rows);

  g_string_replace (sql, "{table}", inb_kind_get_table (kind), 0);
  g_string_replace (sql, "{columns}", names->str, 0);
  g_string_replace (sql, "{assignments}", assignments->str, 0);
  g_string_replace (sql, "{key}", key, 0);
  g_string_replace (sql, "{rows}", rows->str, 0);

  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static const char *
get_statement (InbRowWriter *self,
               InbKind       kind,
               Operation     operation,
               Profile       profile,
               guint         n_rows)
{
  char **statement = &self->statements[kind][operation][profile][g_bit_nth_msf (n_rows, -1)];

  if (*statement == NULL)
    *statement = build_statement (kind, operation, profile, n_rows);

  return *statement;
}

/* The largest power of two that is not larger than @n_rows. */
static guint
get_chunk_size (guint n_rows)
{
  return 1u << g_bit_nth_msf (MIN (n_rows, INB_ROW_WRITER_MAX_ROWS), -1);
}

static gboolean
send_rows (InbRowWriter  *self,
           InbDb         *db,
           InbKind        kind,
           Operation      operation,
           Profile        profile,
           GPtrArray     *rows,
           guint         *n_statements,
           GError       **error)
{
  guint8 used[MAX_COLUMNS];
  guint n_used = get_profile_columns (kind, profile, used);
  g_autofree const char **params = g_new (const char *, MIN (rows->len, INB_ROW_WRITER_MAX_ROWS) * n_used);
  guint chunk;

  for (guint start = 0; start < rows->len; start += chunk)
    {
      guint n_params = 0;

      chunk = get_chunk_size (rows->len - start);
      for (guint row = 0; row < chunk; row++)
        for (guint i = 0; i < n_used; i++)
          params[n_params++] = inb_row_get (g_ptr_array_index (rows, start + row), used[i]);

      if (!inb_db_send (db, get_statement (self, kind, operation, profile, chunk), (int) n_params, params, error))
        return FALSE;
      *n_statements += 1;
    }

  return TRUE;
}

/**
 * inb_row_writer_send_insert:
 * @db: in pipeline mode
 * @rows: (element-type InbRow): complete rows of @kind
 * @n_statements: (inout): counted up by the statements sent
 *
 * Returns: whether they were sent
 */
gboolean
inb_row_writer_send_insert (InbRowWriter  *self,
                            InbDb         *db,
                            InbKind        kind,
                            GPtrArray     *rows,
                            guint         *n_statements,
                            GError       **error)
{
  g_return_val_if_fail (self != NULL && kind < INB_N_KINDS, FALSE);

  return send_rows (self, db, kind, OPERATION_INSERT, choose_profile (kind, NULL, rows), rows, n_statements, error);
}

/**
 * inb_row_writer_send_update:
 * @originals: (element-type InbRow): what is stored of each of @rows
 * @rows: (element-type InbRow): what is to be stored
 * @n_statements: (inout): counted up by the statements sent
 *
 * Returns: whether they were sent
 */
gboolean
inb_row_writer_send_update (InbRowWriter  *self,
                            InbDb         *db,
                            InbKind        kind,
                            GPtrArray     *originals,
                            GPtrArray     *rows,
                            guint         *n_statements,
                            GError       **error)
{
  g_return_val_if_fail (self != NULL && kind < INB_N_KINDS && originals->len == rows->len, FALSE);

  return send_rows (self, db, kind, OPERATION_UPDATE, choose_profile (kind, originals, rows), rows, n_statements,
                    error);
}

/**
 * inb_row_writer_send_values:
 * @sql_name: a statement with {rows}
 * @casts: (array zero-terminated=1): the SQL type of each of a row's parameters
 * @params: the rows' parameters, one row after the other
 * @n_statements: (inout): counted up by the statements sent
 *
 * Returns: whether they were sent
 */
gboolean
inb_row_writer_send_values (InbDb               *db,
                            const char          *sql_name,
                            const char * const  *casts,
                            const char * const  *params,
                            guint                n_rows,
                            guint               *n_statements,
                            GError             **error)
{
  guint width = g_strv_length ((char **) casts);
  guint chunk;

  for (guint start = 0; start < n_rows; start += chunk)
    {
      chunk = get_chunk_size (n_rows - start);
      if (!inb_db_send (db, inb_sql_get_values (sql_name, casts, chunk), (int) (chunk * width), params + start * width, error))
        return FALSE;
      *n_statements += 1;
    }

  return TRUE;
}
