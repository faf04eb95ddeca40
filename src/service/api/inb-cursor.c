#define G_LOG_DOMAIN "inb-service"

#include "inb-cursor.h"

#include <string.h>

#define MAX_LENGTH 400

/**
 * inb_cursor_pack:
 * @parts: (array zero-terminated=1): texts without line breaks
 *
 * Returns: (transfer full): the cursor, URL-safe base64
 */
char *
inb_cursor_pack (const char * const *parts)
{
  g_autofree char *plain = g_strjoinv ("\n", (char **) parts);
  char *cursor = g_base64_encode ((const guchar *) plain, strlen (plain));

  g_strdelimit (cursor, "+", '-');
  g_strdelimit (cursor, "/", '_');
  *strchrnul (cursor, '=') = '\0';

  return cursor;
}

/**
 * inb_cursor_unpack:
 *
 * Returns: (transfer full) (nullable): the parts, or %NULL when @cursor is none of @n_parts
 */
GStrv
inb_cursor_unpack (const char *cursor,
                   guint       n_parts)
{
  g_autoptr (GString) encoded = g_string_new (cursor);
  g_autofree guchar *decoded = NULL;
  g_autofree char *plain = NULL;
  g_auto (GStrv) parts = NULL;
  gsize length;

  if (encoded->len == 0 || encoded->len > MAX_LENGTH)
    return NULL;

  g_strdelimit (encoded->str, "-", '+');
  g_strdelimit (encoded->str, "_", '/');
  while (encoded->len % 4 != 0)
    g_string_append_c (encoded, '=');

  decoded = g_base64_decode (encoded->str, &length);
  plain = g_strndup ((const char *) decoded, length);
  if (strlen (plain) != length || !g_utf8_validate (plain, -1, NULL))
    return NULL;

  parts = g_strsplit (plain, "\n", (int) n_parts + 1);

  return g_strv_length (parts) == n_parts ? g_steal_pointer (&parts) : NULL;
}
