#define G_LOG_DOMAIN "inb-model"

#include "inb-key.h"

#include "inb-fold.h"

#include <string.h>

/* Letters and digits of ASCII, with one "_" between words. */
static char *
slugify (const char *name)
{
  g_autofree char *folded = inb_fold_text (name);
  GString *slug = g_string_new (NULL);

  for (const char *c = folded; *c != '\0' && slug->len < INB_KEY_MAX; c++)
    {
      if (g_ascii_isalnum (*c))
        g_string_append_c (slug, *c);
      else if (slug->len > 0 && slug->str[slug->len - 1] != '_' && (g_ascii_isspace (*c) || g_ascii_ispunct (*c)))
        g_string_append_c (slug, '_');
    }
  while (slug->len > 0 && slug->str[slug->len - 1] == '_')
    g_string_truncate (slug, slug->len - 1);

  return g_string_free (slug, FALSE);
}

/**
 * inb_key_make:
 * @name: what people call it
 * @fallback: a key for names that leave nothing, as those in other scripts do
 * @taken: set of the keys that are in use, or were
 *
 * Returns: (transfer full): a key that is not in @taken
 */
char *
inb_key_make (const char *name,
              const char *fallback,
              GHashTable *taken)
{
  g_autofree char *slug = NULL;
  char *key;

  g_return_val_if_fail (name != NULL && fallback != NULL && taken != NULL, NULL);

  slug = slugify (name);
  key = g_strdup (*slug == '\0' ? fallback : slug);
  for (guint number = 2; g_hash_table_contains (taken, key); number++)
    {
      g_free (key);
      key = g_strdup_printf ("%s_%u", *slug == '\0' ? fallback : slug, number);
    }

  return key;
}
