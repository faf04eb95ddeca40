#define G_LOG_DOMAIN "inb-replica"

#include "inb-fact-values.h"

#include <string.h>

void
inb_fact_values_init (InbFactValues *self)
{
  memset (self, 0, sizeof *self);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->codes = g_hash_table_new (g_str_hash, g_str_equal);
  g_ptr_array_add (self->texts, g_strdup (""));
}

void
inb_fact_values_clear (InbFactValues *self)
{
  g_clear_pointer (&self->codes, g_hash_table_unref);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
}

static guint
get_slot (const char *text)
{
  gsize length = strlen (text);

  return ((guint) length * 7 + (guchar) text[0] * 31 + (guchar) text[length / 2] * 5 + (guchar) text[length - 1]) %
         INB_FACT_VALUES_RECENT;
}

/* A column has few texts on many rows, so that most are one of the recent ones: a comparison instead of a look-up. */
static guint32
find (InbFactValues *self,
      const char    *text,
      guint          slot)
{
  guint32 code = self->recent[slot];

  if (code != 0 && strcmp (g_ptr_array_index (self->texts, code), text) == 0)
    return code;

  code = GPOINTER_TO_UINT (g_hash_table_lookup (self->codes, text));
  if (code != 0)
    self->recent[slot] = code;

  return code;
}

/**
 * inb_fact_values_add:
 * @text: (nullable): a value; none when it is empty
 *
 * Returns: the text's code, a new one if it has none yet
 */
guint32
inb_fact_values_add (InbFactValues *self,
                     const char    *text)
{
  char *copy;
  guint32 code;
  guint slot;

  if (text == NULL || *text == '\0')
    return 0;

  slot = get_slot (text);
  code = find (self, text, slot);
  if (code != 0)
    return code;

  code = self->texts->len;
  copy = g_strdup (text);
  g_ptr_array_add (self->texts, copy);
  g_hash_table_insert (self->codes, copy, GUINT_TO_POINTER (code));
  self->recent[slot] = code;

  return code;
}

/**
 * inb_fact_values_find:
 * @text: not empty
 *
 * Returns: the text's code, or 0 when no row had it
 */
guint32
inb_fact_values_find (InbFactValues *self,
                      const char    *text)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->codes, text));
}
