#define G_LOG_DOMAIN "inb-model"

#include "inb-money.h"

#include <string.h>

#define MAX_WHOLE_DIGITS 13

/* Digits before and behind the point, already told apart. */
static gboolean
compose (const char *whole,
         gsize       n_whole,
         const char *places,
         gsize       n_places,
         gboolean    negative,
         gint64     *hundredths)
{
  gint64 value = 0;

  while (n_whole > 1 && *whole == '0')
    {
      whole++;
      n_whole--;
    }
  if (n_whole == 0 || n_whole > MAX_WHOLE_DIGITS || n_places > 2)
    return FALSE;

  for (gsize i = 0; i < n_whole; i++)
    value = value * 10 + (whole[i] - '0');
  for (gsize i = 0; i < 2; i++)
    value = value * 10 + (i < n_places ? places[i] - '0' : 0);
  *hundredths = negative ? -value : value;

  return TRUE;
}

/**
 * inb_money_parse:
 * @text: (nullable): a decimal, "1234.5"
 * @hundredths: (out): the amount
 *
 * Returns: whether @text is an amount in the wire's form
 */
gboolean
inb_money_parse (const char *text,
                 gint64     *hundredths)
{
  gboolean negative;
  gsize n_whole, n_places = 0;

  g_return_val_if_fail (hundredths != NULL, FALSE);

  if (text == NULL)
    return FALSE;

  negative = *text == '-';
  text += negative;
  n_whole = strspn (text, "0123456789");
  if (text[n_whole] == '.')
    {
      n_places = strspn (text + n_whole + 1, "0123456789");
      if (n_places == 0 || text[n_whole + 1 + n_places] != '\0')
        return FALSE;
    }
  else if (text[n_whole] != '\0')
    {
      return FALSE;
    }

  return compose (text, n_whole, text + n_whole + 1, n_places, negative, hundredths);
}

/* What may stand beside an amount. A multiplier ("10k", "2 Mio €") is none of them: that amount cannot be told. */
static gboolean
names_currency (const char *letters)
{
  static const char * const words[] = {
    "", "$", "€", "£", "¥", "US$", "A$", "C$", "R$", "CA$", "AU$", "NZ$", "HK$", "S$", "₹", "₺", "₽", "₴", "₪", "₩",
    "euro", "euros", "Euro", "Euros", "dollar", "dollars", "Fr", "kr", "zł", "Kč", "Ft", "lei", "eur", "usd", "gbp", "chf", NULL
  };
  gsize length = strlen (letters);

  return g_strv_contains (words, letters)
         || (length == 3 && strspn (letters, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == length);
}

/* Leaves digits, points, commas and a minus in front; a space or an apostrophe between digits becomes a space; what
 * names a currency, before or behind, goes.  Returns: %NULL when anything else is there */
static char *
strip_amount (const char *text)
{
  g_autoptr (GString) amount = g_string_new (NULL);
  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GString) behind = g_string_new (NULL);
  gboolean ended = FALSE;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (g_ascii_isdigit (*c) || *c == '.' || *c == ',')
        {
          if (ended || behind->len > 0)
            return NULL;
          g_string_append_c (amount, *c);
        }
      else if (*c == '-' && amount->len == 0)
        {
          g_string_append_c (amount, '-');
        }
      else if (*c == '-' && amount->len > 1 && strchr (".,", amount->str[amount->len - 1]) != NULL)
        {
          /* "1.234,-": no hundredths */
          g_string_truncate (amount, amount->len - 1);
          ended = TRUE;
        }
      else if (g_unichar_isspace (character) || character == '\'' || character == 0x2019)
        {
          if (amount->len > 0 && g_ascii_isdigit (amount->str[amount->len - 1]))
            g_string_append_c (amount, ' ');
        }
      else if (g_unichar_isalpha (character) || g_unichar_type (character) == G_UNICODE_CURRENCY_SYMBOL)
        {
          g_string_append_unichar (amount->len == 0 || strcmp (amount->str, "-") == 0 ? before : behind, character);
        }
      else
        {
          return NULL;
        }
    }
  if ((before->len > 0 && behind->len > 0) || !names_currency (before->str) || !names_currency (behind->str))
    return NULL;
  while (amount->len > 0 && amount->str[amount->len - 1] == ' ')
    g_string_truncate (amount, amount->len - 1);

  return g_string_free (g_steal_pointer (&amount), FALSE);
}

/* Whether what stands before the decimal separator is plain digits, or digits in groups of three that one and the same
 * separator parts; the digits alone go to @digits. */
static gboolean
read_groups (const char *text,
             gsize       length,
             GString    *digits)
{
  char separator = '\0';
  gsize run = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (g_ascii_isdigit (text[i]))
        {
          g_string_append_c (digits, text[i]);
          run++;
          continue;
        }
      if (run == 0 || run > 3 || (separator != '\0' && (text[i] != separator || run != 3)))
        return FALSE;
      separator = text[i];
      run = 0;
    }

  return separator == '\0' || (run == 3 && digits->str[0] != '0');
}

/**
 * inb_money_parse_loose:
 * @text: (nullable): what a person wrote
 * @hundredths: (out): the amount
 *
 * A single separator with three digits behind it parts thousands, since money has two places at most.
 *
 * Returns: whether the amount can be told
 */
gboolean
inb_money_parse_loose (const char *text,
                       gint64     *hundredths)
{
  g_autofree char *amount = NULL;
  g_autoptr (GString) digits = g_string_new (NULL);
  const char *start, *last;
  gsize n_whole, n_places = 0;
  gboolean negative;

  g_return_val_if_fail (hundredths != NULL, FALSE);

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  amount = strip_amount (text);
  if (amount == NULL)
    return FALSE;

  negative = *amount == '-';
  start = amount + negative;
  n_whole = strlen (start);
  last = start + n_whole;
  while (last > start && last[-1] != '.' && last[-1] != ',')
    last--;
  if (last > start && strspn (last, "0123456789") == strlen (last) && strlen (last) <= 2)
    {
      n_places = strlen (last);
      n_whole = (gsize) (last - start) - 1;
      /* One separator cannot both part thousands and mark the decimals. */
      if (n_places == 0 || memchr (start, last[-1], n_whole) != NULL)
        return FALSE;
    }
  if (!read_groups (start, n_whole, digits))
    return FALSE;

  return compose (digits->str, digits->len, last, n_places, negative, hundredths);
}

/**
 * inb_money_format:
 *
 * Returns: (transfer full): the wire's form, "1234.50"
 */
char *
inb_money_format (gint64 hundredths)
{
  guint64 amount = hundredths < 0 ? -(guint64) hundredths : (guint64) hundredths;

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%02u", hundredths < 0 ? "-" : "", amount / 100, (guint) (amount % 100));
}
