#define G_LOG_DOMAIN "inb-service"

#include "inb-db.h"

#include "inb-time.h"

#include <string.h>

static char *
convert_value (InbType     type,
               const char *value)
{
  if (type == INB_TYPE_BOOLEAN)
    return g_strdup (*value == 't' ? "true" : "false");
  if (type == INB_TYPE_TIME)
    return inb_time_from_postgres (value);

  return g_strdup (value);
}

/**
 * inb_db_get_text:
 *
 * Returns: (transfer none) (nullable): a value as PostgreSQL writes it; %NULL for a null
 */
const char *
inb_db_get_text (const PGresult *result,
                 int             row,
                 int             field)
{
  return PQgetisnull (result, row, field) ? NULL : PQgetvalue (result, row, field);
}

/**
 * inb_db_get_row:
 *
 * Fields that are no column of @kind are passed over; columns that the result lacks stay NULL.
 *
 * Returns: (transfer full): row @row of @result
 */
InbRow *
inb_db_get_row (const PGresult *result,
                int             row,
                InbKind         kind)
{
  const InbColumn *columns;
  InbRow *self;
  guint n_columns;
  guint expected = 0;

  g_return_val_if_fail (result != NULL && row >= 0 && row < PQntuples (result), NULL);

  columns = inb_kind_get_columns (kind, &n_columns);
  self = inb_row_new (kind);
  for (int field = 0; field < PQnfields (result); field++)
    {
      const char *name = PQfname (result, field);
      int column;

      /* Statements list the columns in the kind's order nearly always, which spares the search. */
      if (expected < n_columns && strcmp (columns[expected].name, name) == 0)
        column = (int) expected;
      else
        column = inb_kind_find_column (kind, name);
      if (column < 0)
        continue;

      expected = (guint) column + 1;
      if (!PQgetisnull (result, row, field))
        inb_row_take (self, (guint) column, convert_value (columns[column].type, PQgetvalue (result, row, field)));
    }

  return self;
}
