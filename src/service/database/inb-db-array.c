#define G_LOG_DOMAIN "inb-service"

#include "inb-db-array.h"

/**
 * inb_db_array_append:
 * @array: an array literal that begins with "{" and is not closed yet
 */
void
inb_db_array_append (GString    *array,
                     const char *text)
{
  g_string_append (array, array->len == 1 ? "\"" : ",\"");
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"' || *c == '\\')
        g_string_append_c (array, '\\');
      g_string_append_c (array, *c);
    }
  g_string_append_c (array, '"');
}

/**
 * inb_db_array_from_set:
 * @texts: (element-type utf8): a set
 *
 * Returns: (transfer full): the literal of an array of them
 */
char *
inb_db_array_from_set (GHashTable *texts)
{
  GString *array = g_string_new ("{");
  GHashTableIter iter;
  gpointer text;

  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, &text, NULL))
    inb_db_array_append (array, text);
  g_string_append_c (array, '}');

  return g_string_free (array, FALSE);
}
