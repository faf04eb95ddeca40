#define G_LOG_DOMAIN "inb-service"

#include "inb-http-decode.h"

/**
 * inb_http_decode:
 * @text: percent-encoded
 * @length: in bytes
 * @plus: whether '+' is a space, as in a query
 *
 * Returns: (transfer full) (nullable): the text, or %NULL for a broken escape, a NUL or invalid UTF-8
 */
char *
inb_http_decode (const char *text,
                 gsize       length,
                 gboolean    plus)
{
  g_autofree char *decoded = g_malloc (length + 1);
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (c == '%')
        {
          int high = length - i > 2 ? g_ascii_xdigit_value (text[i + 1]) : -1;
          int low = length - i > 2 ? g_ascii_xdigit_value (text[i + 2]) : -1;

          if (high < 0 || low < 0)
            return NULL;
          c = (char) (high * 16 + low);
          i += 2;
        }
      else if (c == '+' && plus)
        {
          c = ' ';
        }
      if (c == '\0')
        return NULL;
      decoded[n++] = c;
    }
  decoded[n] = '\0';
  if (!g_utf8_validate_len (decoded, n, NULL))
    return NULL;

  return g_steal_pointer (&decoded);
}
