#define G_LOG_DOMAIN "inb-service"

#include "inb-result-json.h"

#include "inb-db.h"
#include "inb-json.h"

#include <string.h>

#define DECIMALS 6

typedef struct {
  char    *text;  /* "name": with the colon */
  guint    length;
  InbType  type;
} Member;

static const Member *
get_members (InbKind  kind,
             guint   *n_members)
{
  static gsize members[INB_N_KINDS];
  const InbColumn *columns = inb_kind_get_columns (kind, n_members);

  if (g_once_init_enter (&members[kind]))
    {
      Member *made = g_new0 (Member, *n_members);

      for (guint i = 0; i < *n_members; i++)
        {
          made[i].text = g_strdup_printf ("\"%s\":", columns[i].name);
          made[i].length = (guint) strlen (made[i].text);
          made[i].type = columns[i].type;
        }
      g_once_init_leave (&members[kind], (gsize) made);
    }

  return (const Member *) members[kind];
}

static void
append_time (GString    *json,
             const char *text)
{
  const char *zone = strrchr (text, '+');
  const char *point = strchr (text, '.');
  gsize length = zone == NULL ? strlen (text) : (gsize) (zone - text);
  gsize start = json->len + 1;
  gsize n_decimals = point == NULL ? 0 : length - (gsize) (point - text) - 1;

  g_string_append_c (json, '"');
  g_string_append_len (json, text, (gssize) length);
  if (length > 10)
    json->str[start + 10] = 'T';
  if (point == NULL)
    g_string_append_c (json, '.');
  g_string_append_len (json, "000000", (gssize) (DECIMALS - MIN (n_decimals, DECIMALS)));
  g_string_append (json, "Z\"");
}

static void
append_value (GString    *json,
              InbType     type,
              const char *value,
              int         length)
{
  switch (type)
    {
    case INB_TYPE_BOOLEAN:
      g_string_append (json, *value == 't' ? "true" : "false");
      break;

    case INB_TYPE_TIME:
      append_time (json, value);
      break;

    case INB_TYPE_INTEGER:
    case INB_TYPE_JSON:
      g_string_append_len (json, value, length);
      break;

    case INB_TYPE_UUID:
    case INB_TYPE_MONEY:
    case INB_TYPE_DATE:
      g_string_append_c (json, '"');
      g_string_append_len (json, value, length);
      g_string_append_c (json, '"');
      break;

    case INB_TYPE_TEXT:
    default:
      inb_json_append_string (json, value);
      break;
    }
}

/**
 * inb_result_append_members:
 * @first_field: the field of the kind's first column
 * @with_nulls: whether members without a value are written as null, or left out
 *
 * Returns: the number of the field after the kind's last one
 */
int
inb_result_append_members (GString        *json,
                           const PGresult *result,
                           int             row,
                           int             first_field,
                           InbKind         kind,
                           gboolean        with_nulls)
{
  guint n_members;
  const Member *members = get_members (kind, &n_members);

  for (guint i = 0; i < n_members; i++)
    {
      int field = first_field + (int) i;
      gboolean is_null = PQgetisnull (result, row, field);

      if (is_null && !with_nulls)
        continue;

      if (json->len > 0 && json->str[json->len - 1] != '{')
        g_string_append_c (json, ',');
      g_string_append_len (json, members[i].text, members[i].length);
      if (is_null)
        g_string_append (json, "null");
      else
        append_value (json, members[i].type, PQgetvalue (result, row, field), PQgetlength (result, row, field));
    }

  return first_field + (int) n_members;
}

/**
 * inb_result_append_time:
 * @name: the member's name
 * @field: of a timestamptz, or of none
 */
void
inb_result_append_time (GString        *json,
                        const char     *name,
                        const PGresult *result,
                        int             row,
                        int             field)
{
  const char *text = row < PQntuples (result) ? inb_db_get_text (result, row, field) : NULL;

  inb_json_append_name (json, name);
  if (text == NULL)
    g_string_append (json, "null");
  else
    append_time (json, text);
}

void
inb_result_append_change (GString        *json,
                          const PGresult *result,
                          int             row,
                          InbKind         kind)
{
  g_string_append (json, "{\"kind\":\"");
  g_string_append (json, inb_kind_get_name (kind));
  g_string_append (json, "\",\"row\":{");
  inb_result_append_members (json, result, row, 0, kind, FALSE);
  g_string_append (json, "}}");
}
