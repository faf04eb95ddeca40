#define G_LOG_DOMAIN "inb-service"

#include "inb-result-text.h"

#include "inb-json.h"
#include "inb-time.h"

#define OID_BOOLEAN 16
#define OID_BIGINT 20
#define OID_INTEGER 23
#define OID_TIMESTAMPTZ 1184
#define OID_JSONB 3802

static InbType
get_type (const PGresult *result,
          int             field)
{
  switch (PQftype (result, field))
    {
    case OID_BOOLEAN:
      return INB_TYPE_BOOLEAN;
    case OID_BIGINT:
    case OID_INTEGER:
      return INB_TYPE_INTEGER;
    case OID_TIMESTAMPTZ:
      return INB_TYPE_TIME;
    case OID_JSONB:
      return INB_TYPE_JSON;
    default:
      return INB_TYPE_TEXT;
    }
}

/* The value in InbType's form, NULL for NULL. */
static char *
dup_value (const PGresult *result,
           int             row,
           int             field)
{
  const char *value = PQgetvalue (result, row, field);

  if (PQgetisnull (result, row, field))
    return NULL;
  if (get_type (result, field) == INB_TYPE_BOOLEAN)
    return g_strdup (*value == 't' ? "true" : "false");
  if (get_type (result, field) == INB_TYPE_TIME)
    return inb_time_from_postgres (value);

  return g_strdup (value);
}

char *
inb_result_to_json (GPtrArray  *results,
                    const char *name)
{
  GString *json = g_string_new ("{");

  inb_json_append_name (json, name);
  g_string_append_c (json, '[');
  for (guint i = 0; i < results->len; i++)
    {
      const PGresult *result = g_ptr_array_index (results, i);

      for (int row = 0; row < PQntuples (result); row++)
        {
          g_string_append (json, json->str[json->len - 1] == '[' ? "{" : ",{");
          for (int field = 0; field < PQnfields (result); field++)
            {
              g_autofree char *value = dup_value (result, row, field);

              inb_json_append_name (json, PQfname (result, field));
              inb_json_append_value (json, get_type (result, field), value);
            }
          g_string_append_c (json, '}');
        }
    }
  g_string_append (json, "]}\n");

  return g_string_free (json, FALSE);
}

static void
measure (GPtrArray *results,
         GArray    *widths)
{
  for (guint i = 0; i < results->len; i++)
    {
      const PGresult *result = g_ptr_array_index (results, i);

      for (int field = 0; field < PQnfields (result); field++)
        {
          glong *width;

          if ((guint) field >= widths->len)
            g_array_set_size (widths, (guint) field + 1);
          width = &g_array_index (widths, glong, field);
          *width = MAX (*width, g_utf8_strlen (PQfname (result, field), -1));
          for (int row = 0; row < PQntuples (result); row++)
            {
              g_autofree char *value = dup_value (result, row, field);

              *width = MAX (*width, value == NULL ? 1 : g_utf8_strlen (value, -1));
            }
        }
    }
}

static void
append_cell (GString    *table,
             const char *text,
             glong       width,
             gboolean    last)
{
  g_string_append (table, text);
  if (last)
    g_string_append_c (table, '\n');
  else
    g_string_append_printf (table, "%*s", (int) (width - g_utf8_strlen (text, -1) + 2), "");
}

char *
inb_result_to_table (GPtrArray *results)
{
  g_autoptr (GArray) widths = g_array_new (FALSE, TRUE, sizeof (glong));
  GString *table = g_string_new (NULL);

  measure (results, widths);
  for (guint i = 0; i < results->len; i++)
    {
      const PGresult *result = g_ptr_array_index (results, i);
      int n_fields = PQnfields (result);

      for (int field = 0; i == 0 && field < n_fields; field++)
        append_cell (table, PQfname (result, field), g_array_index (widths, glong, field), field == n_fields - 1);
      for (int row = 0; row < PQntuples (result); row++)
        {
          for (int field = 0; field < n_fields; field++)
            {
              g_autofree char *value = dup_value (result, row, field);

              append_cell (table, value == NULL ? "-" : value, g_array_index (widths, glong, field), field == n_fields - 1);
            }
        }
    }

  return g_string_free (table, FALSE);
}
