#define G_LOG_DOMAIN "inb-service"

#include "inb-template.h"

#include "inb-sql.h"

#include <string.h>

#define SECTION_MARK "--: "

G_LOCK_DEFINE_STATIC (sections);

/**
 * inb_template_expand:
 * @template: a text with marks such as `{order}`
 * @...: pairs of mark (without braces) and value, then %NULL
 *
 * Values are put in as they are: only text of our own may be one, never a client's.
 *
 * Returns: (transfer full): the text with every named mark replaced
 */
char *
inb_template_expand (const char *template,
                     ...)
{
  GString *text = g_string_new (template);
  const char *mark;
  va_list args;

  va_start (args, template);
  while ((mark = va_arg (args, const char *)) != NULL)
    {
      const char *value = va_arg (args, const char *);
      g_autofree char *braced = g_strconcat ("{", mark, "}", NULL);

      g_string_replace (text, braced, value, 0);
    }
  va_end (args);

  return g_string_free (text, FALSE);
}

static GHashTable *
load_sections (const char *file)
{
  GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) parts = g_strsplit (inb_sql_get (file), SECTION_MARK, -1);

  for (guint i = 1; i < g_strv_length (parts); i++)
    {
      char *end = strchr (parts[i], '\n');

      g_assert (end != NULL);
      g_hash_table_insert (table, g_strndup (parts[i], end - parts[i]), g_strstrip (g_strdup (end)));
    }

  return table;
}

/**
 * inb_template_section:
 * @file: a name for inb_sql_get()
 * @name: the section
 *
 * Returns: (transfer none): the section's text, valid for ever
 */
const char *
inb_template_section (const char *file,
                      const char *name)
{
  static GHashTable *files;
  GHashTable *table;
  const char *text;

  G_LOCK (sections);
  if (files == NULL)
    files = g_hash_table_new (g_str_hash, g_str_equal);

  table = g_hash_table_lookup (files, file);
  if (table == NULL)
    {
      table = load_sections (file);
      g_hash_table_insert (files, g_strdup (file), table);
    }
  text = g_hash_table_lookup (table, name);
  G_UNLOCK (sections);

  if (text == NULL)
    g_error ("%s.sql has no section “%s”", file, name);

  return text;
}
