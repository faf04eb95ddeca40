#define G_LOG_DOMAIN "inb-model"

#include "inb-fold.h"

#include <string.h>

/* Letters that Unicode does not take apart into a base letter and a mark. */
static const char *
spell_letter (gunichar character)
{
  switch (character)
    {
    case 0x00df: return "ss";
    case 0x00e6: return "ae";
    case 0x00f0: return "d";
    case 0x00f8: return "o";
    case 0x00fe: return "th";
    case 0x0111: return "d";
    case 0x0127: return "h";
    case 0x0131: return "i";
    case 0x0142: return "l";
    case 0x0153: return "oe";
    case 0x0167: return "t";
    default: return NULL;
    }
}

static gboolean
is_dropped (gunichar character)
{
  switch (g_unichar_type (character))
    {
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
    case G_UNICODE_FORMAT:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
append_space (GString *text)
{
  if (text->len > 0 && text->str[text->len - 1] != ' ')
    g_string_append_c (text, ' ');
}

static char *
finish (GString *text)
{
  if (text->len > 0 && text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);

  return g_string_free (text, FALSE);
}

static gboolean
is_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    {
      if ((guchar) *text >= 0x80)
        return FALSE;
    }

  return TRUE;
}

static char *
fold_ascii (const char *text)
{
  GString *folded = g_string_sized_new (strlen (text) + 1);

  for (; *text != '\0'; text++)
    {
      if (g_ascii_isspace (*text) || *text == '\v')
        append_space (folded);
      else
        g_string_append_c (folded, g_ascii_tolower (*text));
    }

  return finish (folded);
}

/* Returns: (transfer full): @text, mended where it is not UTF-8, so that a bad byte never costs the whole text */
static char *
normalize (const char     *text,
           GNormalizeMode  mode)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  return g_utf8_normalize (valid, -1, mode);
}

/**
 * inb_fold_text:
 * @text: (nullable): anything
 *
 * Returns: (transfer full): the key that it is found by; "" for %NULL
 */
char *
inb_fold_text (const char *text)
{
  g_autofree char *parts = NULL;
  g_autofree char *lower = NULL;
  g_autofree char *again = NULL;
  GString *folded;

  if (text == NULL)
    return g_strdup ("");
  if (is_ascii (text))
    return fold_ascii (text);

  parts = normalize (text, G_NORMALIZE_ALL);
  lower = g_utf8_casefold (parts, -1);
  /* Folding may compose or give letters with marks again. */
  again = g_utf8_normalize (lower, -1, G_NORMALIZE_ALL);
  folded = g_string_sized_new (strlen (again) + 1);
  for (const char *c = again; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);
      const char *spelling = spell_letter (character);

      if (g_unichar_isspace (character) || character == '\v')
        append_space (folded);
      else if (spelling != NULL)
        g_string_append (folded, spelling);
      else if (!is_dropped (character))
        g_string_append_unichar (folded, character);
    }

  return finish (folded);
}

/**
 * inb_fold_name:
 * @firstname: (nullable): may be blank
 * @lastname: (nullable): may be blank
 *
 * Returns: (transfer full) (nullable): the key of the whole name, %NULL when there is none
 */
char *
inb_fold_name (const char *firstname,
               const char *lastname)
{
  g_autofree char *name = g_strconcat (firstname != NULL ? firstname : "", " ", lastname != NULL ? lastname : "", NULL);
  char *folded = inb_fold_text (name);

  if (*folded == '\0')
    g_clear_pointer (&folded, g_free);

  return folded;
}

/**
 * inb_fold_digits:
 * @text: (nullable): anything
 *
 * Returns: (transfer full): the decimal digits in it, as 0–9
 */
char *
inb_fold_digits (const char *text)
{
  GString *digits = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      int value = g_unichar_digit_value (g_utf8_get_char (c));

      if (value >= 0)
        g_string_append_c (digits, (char) ('0' + value));
    }

  return g_string_free (digits, FALSE);
}

/**
 * inb_fold_product:
 * @product: (nullable): as written
 *
 * Returns: (transfer full) (nullable): the form that products are compared in, %NULL when it is blank
 */
char *
inb_fold_product (const char *product)
{
  g_autofree char *composed = NULL;
  char *folded;

  if (product == NULL)
    return NULL;

  composed = normalize (product, G_NORMALIZE_DEFAULT_COMPOSE);
  folded = g_utf8_casefold (composed, -1);
  for (char *last = g_utf8_find_prev_char (folded, folded + strlen (folded));
       last != NULL && g_unichar_isspace (g_utf8_get_char (last));
       last = g_utf8_find_prev_char (folded, last))
    *last = '\0';
  if (*folded != '\0' && g_unichar_isspace (g_utf8_get_char (folded)))
    {
      const char *start = folded;

      while (g_unichar_isspace (g_utf8_get_char (start)))
        start = g_utf8_next_char (start);
      memmove (folded, start, strlen (start) + 1);
    }
  if (*folded == '\0')
    g_clear_pointer (&folded, g_free);

  return folded;
}
