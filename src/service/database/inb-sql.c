#define G_LOG_DOMAIN "inb-service"

#include "inb-sql.h"

#include "inb-sql-resource.h"

#include <gio/gio.h>
#include <string.h>

#define SQL_PATH "/org/example/InboundLeads/sql/"
#define ROWS_MARK "{rows}"
#define MAX_PARAMETERS 65535 /* the protocol counts them in 16 bits */

G_LOCK_DEFINE_STATIC (cache);

/* Returns the text cached under @key, or caches the one that @key has not had yet. Cached texts are never freed, so
 * that statements may be recognised by their address. Takes @key and @text. */
static const char *
cache_lookup_or_take (char *key,
                      char *text)
{
  static GHashTable *texts;
  const char *found;

  G_LOCK (cache);
  if (texts == NULL)
    texts = g_hash_table_new (g_str_hash, g_str_equal);

  found = g_hash_table_lookup (texts, key);
  if (found == NULL && text != NULL)
    {
      g_hash_table_insert (texts, g_steal_pointer (&key), text);
      found = g_steal_pointer (&text);
    }
  G_UNLOCK (cache);

  g_free (key);
  g_free (text);

  return found;
}

static char *
load (const char *name)
{
  g_autofree char *path = g_strconcat (SQL_PATH, name, ".sql", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  bytes = g_resource_lookup_data (inb_sql_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  if (bytes == NULL)
    g_error ("Reading the statement %s: %s", name, error->message);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/**
 * inb_sql_get:
 * @name: the file below `sql`, without its extension: "migrations/0001-schema"
 *
 * Returns: (transfer none): the file's text, valid and at the same address for ever
 */
const char *
inb_sql_get (const char *name)
{
  const char *text;

  g_return_val_if_fail (name != NULL, NULL);

  text = cache_lookup_or_take (g_strdup (name), NULL);
  if (text == NULL)
    text = cache_lookup_or_take (g_strdup (name), load (name));

  return text;
}

/**
 * inb_sql_columns:
 * @alias: (nullable): the table's alias in the statement
 *
 * Returns: (transfer none): the columns of @kind, "a.id, a.workspace_id, …", or without prefix when @alias is %NULL
 */
const char *
inb_sql_columns (InbKind     kind,
                 const char *alias)
{
  g_autofree char *key = g_strdup_printf ("columns %d %s", (int) kind, alias == NULL ? "" : alias);
  g_autoptr (GString) text = NULL;
  const InbColumn *columns;
  const char *found;
  guint n_columns;

  found = cache_lookup_or_take (g_strdup (key), NULL);
  if (found != NULL)
    return found;

  columns = inb_kind_get_columns (kind, &n_columns);
  text = g_string_new (NULL);
  for (guint i = 0; i < n_columns; i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      if (alias != NULL)
        g_string_append_printf (text, "%s.", alias);
      g_string_append (text, columns[i].name);
    }

  return cache_lookup_or_take (g_steal_pointer (&key), g_string_free (g_steal_pointer (&text), FALSE));
}

/**
 * inb_sql_get_selecting:
 * @name: a file that contains `{columns}`
 * @alias: (nullable): the table's alias in the statement
 *
 * Returns: (transfer none): the statement, valid and at the same address for ever
 */
const char *
inb_sql_get_selecting (const char *name,
                       InbKind     kind,
                       const char *alias)
{
  g_autofree char *key = g_strdup_printf ("selecting %d %s %s", (int) kind, alias == NULL ? "" : alias, name);
  const char *text = cache_lookup_or_take (g_strdup (key), NULL);
  g_autoptr (GString) sql = NULL;

  if (text != NULL)
    return text;

  sql = g_string_new (inb_sql_get (name));
  g_string_replace (sql, "{columns}", inb_sql_columns (kind, alias), 0);

  return cache_lookup_or_take (g_steal_pointer (&key), g_string_free (g_steal_pointer (&sql), FALSE));
}

static char *
expand_rows (const char         *template,
             const char * const *casts,
             guint               n_rows)
{
  const char *mark = strstr (template, ROWS_MARK);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_casts = g_strv_length ((char **) casts);

  g_return_val_if_fail (mark != NULL && n_casts * n_rows <= MAX_PARAMETERS, NULL);

  g_string_append_len (text, template, mark - template);
  for (guint row = 0; row < n_rows; row++)
    {
      g_string_append (text, row == 0 ? "(" : ",(");
      for (guint i = 0; i < n_casts; i++)
        g_string_append_printf (text, "%s$%u::%s", i == 0 ? "" : ",", row * n_casts + i + 1, casts[i]);
      g_string_append_c (text, ')');
    }
  g_string_append (text, mark + strlen (ROWS_MARK));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * inb_sql_get_values:
 * @name: a file that contains `{rows}` once, as in `VALUES {rows}`
 * @casts: (array zero-terminated=1): the type of each parameter of a row
 * @n_rows: how many rows; callers keep to powers of two, so that few statements are prepared
 *
 * Returns: (transfer none): the statement, valid and at the same address for ever
 */
const char *
inb_sql_get_values (const char         *name,
                    const char * const *casts,
                    guint               n_rows)
{
  g_autofree char *key = NULL;
  const char *text;

  g_return_val_if_fail (name != NULL && casts != NULL && n_rows > 0, NULL);

  key = g_strdup_printf ("values %u %s", n_rows, name);
  text = cache_lookup_or_take (g_strdup (key), NULL);
  if (text == NULL)
    text = cache_lookup_or_take (g_steal_pointer (&key), expand_rows (inb_sql_get (name), casts, n_rows));

  return text;
}
