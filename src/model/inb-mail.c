#define G_LOG_DOMAIN "inb-model"

#include "inb-mail.h"

#include <gio/gio.h>
#include <string.h>

#define MAX_LENGTH 1024
#define MAX_LOCAL_LENGTH 64
#define MAX_DOMAIN_LENGTH 253

/* Trimmed, also of the marks that copying drags along: zero-width characters and no-break spaces. */
static char *
trim (const char *text)
{
  const char *start = text;
  const char *end = text + strlen (text);

  while (start < end)
    {
      gunichar character = g_utf8_get_char (start);

      if (!g_unichar_isspace (character) && g_unichar_type (character) != G_UNICODE_FORMAT)
        break;
      start = g_utf8_next_char (start);
    }
  while (end > start)
    {
      const char *last = g_utf8_prev_char (end);
      gunichar character = g_utf8_get_char (last);

      if (!g_unichar_isspace (character) && g_unichar_type (character) != G_UNICODE_FORMAT)
        break;
      end = last;
    }

  return g_strndup (start, (gsize) (end - start));
}

/* Takes the address out of "Name <address>" and "mailto:address?subject=…". */
static char *
unwrap (const char *text)
{
  g_autofree char *inner = trim (text);
  const char *open = strrchr (inner, '<');
  char *query;

  if (open != NULL)
    {
      const char *close = strchr (open, '>');
      g_autofree char *address = close != NULL ? g_strndup (open + 1, (gsize) (close - open - 1)) : NULL;

      if (address == NULL || close[1] != '\0')
        return NULL;
      g_free (inner);
      inner = trim (address);
    }

  if (g_ascii_strncasecmp (inner, "mailto:", strlen ("mailto:")) != 0)
    return g_steal_pointer (&inner);

  query = strchr (inner, '?');
  if (query != NULL)
    *query = '\0';

  return trim (inner + strlen ("mailto:"));
}

static char *
normalize_local (const char *local)
{
  g_autofree char *lower = NULL;
  gsize length = strlen (local);

  if (length == 0 || length > MAX_LOCAL_LENGTH || local[0] == '.' || local[length - 1] == '.' || strstr (local, "..") != NULL)
    return NULL;
  for (const char *c = local; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (!g_unichar_isgraph (character) || (character < 0x80 && strchr ("()<>[]:;,\\\"@", (int) character) != NULL))
        return NULL;
    }
  /* Composed last: a small letter may have a composed form where the capital has none. */
  lower = g_utf8_strdown (local, -1);

  return g_utf8_normalize (lower, -1, G_NORMALIZE_NFC);
}

static gboolean
is_domain (const char *domain)
{
  g_auto (GStrv) labels = NULL;

  if (strlen (domain) > MAX_DOMAIN_LENGTH)
    return FALSE;

  labels = g_strsplit (domain, ".", -1);
  for (guint i = 0; labels[i] != NULL; i++)
    {
      gsize length = strlen (labels[i]);

      if (length == 0 || length > 63 || labels[i][0] == '-' || labels[i][length - 1] == '-'
          || strspn (labels[i], "abcdefghijklmnopqrstuvwxyz0123456789-_") != length)
        return FALSE;
    }

  return labels[0] != NULL;
}

static char *
normalize_domain (const char *domain)
{
  g_autofree char *lower = g_utf8_strdown (domain, -1);
  g_autofree char *ascii = g_hostname_to_ascii (lower);
  gsize length;

  if (ascii == NULL)
    return NULL;
  length = strlen (ascii);
  if (length > 0 && ascii[length - 1] == '.')
    ascii[length - 1] = '\0';

  return is_domain (ascii) ? g_steal_pointer (&ascii) : NULL;
}

/**
 * inb_mail_normalize:
 * @text: (nullable): what a person or a form wrote
 *
 * Returns: (transfer full) (nullable): the form that addresses are matched by, %NULL when it is no address
 */
char *
inb_mail_normalize (const char *text)
{
  g_autofree char *address = NULL;
  g_autofree char *local = NULL;
  g_autofree char *domain = NULL;
  char *at;

  if (text == NULL || strlen (text) > MAX_LENGTH || !g_utf8_validate (text, -1, NULL))
    return NULL;

  address = unwrap (text);
  at = address != NULL ? strrchr (address, '@') : NULL;
  if (at == NULL)
    return NULL;

  *at = '\0';
  local = normalize_local (address);
  domain = local != NULL ? normalize_domain (at + 1) : NULL;

  return domain != NULL ? g_strconcat (local, "@", domain, NULL) : NULL;
}
