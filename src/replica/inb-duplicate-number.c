#define G_LOG_DOMAIN "inb-replica"

#include "inb-duplicate-number.h"

#include <string.h>

#define MIN_DIGITS 7   /* shorter ones are extensions and the like */
#define MAX_DIGITS 15  /* E.164 */

/* How long a country's code is, by ITU-T E.164: one digit for two zones, two for those listed, else three. */
static gsize
get_code_length (const char *digits)
{
  static const char *const two_digits[] = { "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46",
                                            "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63",
                                            "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98" };

  if (*digits == '1' || *digits == '7')
    return 1;
  for (gsize i = 0; i < G_N_ELEMENTS (two_digits); i++)
    {
      if (g_str_has_prefix (digits, two_digits[i]))
        return 2;
    }

  return 3;
}

/* Elsewhere the 0 before a number is dialled within the country only; there it belongs to the number. */
static gboolean
keeps_zero (const char *digits)
{
  return g_str_has_prefix (digits, "39");
}

static gboolean
is_number (const char *digits)
{
  gsize length = strspn (digits, "0123456789");

  return digits[length] == '\0' && length >= MIN_DIGITS && length <= MAX_DIGITS && *digits != '0';
}

char *
inb_duplicate_number_read (const char *stripped,
                           const char *first)
{
  g_autofree char *number = NULL;
  gsize length;

  g_return_val_if_fail (stripped != NULL, NULL);

  if (*stripped == '+')
    {
      number = g_strdup (stripped);
    }
  else if (g_str_has_prefix (stripped, "00"))
    {
      number = g_strconcat ("+", stripped + 2, NULL);
    }
  else if (*stripped == '0' && first != NULL && is_number (first + 1))
    {
      length = get_code_length (first + 1);
      number = g_strdup_printf ("%.*s%s", (int) length + 1, first, stripped + (keeps_zero (first + 1) ? 0 : 1));
    }

  return number != NULL && is_number (number + 1) ? g_steal_pointer (&number) : NULL;
}

void
inb_duplicate_number_spell (const char *e164,
                            char       *spellings[INB_DUPLICATE_N_SPELLINGS])
{
  const char *digits;
  gsize length;

  g_return_if_fail (e164 != NULL);

  digits = e164 + (*e164 == '+' ? 1 : 0);
  length = MIN (get_code_length (digits), strlen (digits));
  spellings[0] = g_strdup (e164);
  spellings[1] = g_strconcat ("00", digits, NULL);
  spellings[2] = g_strconcat (keeps_zero (digits) ? "" : "0", digits + length, NULL);
}

char *
inb_duplicate_number_strip (const char *typed)
{
  GString *text;

  g_return_val_if_fail (typed != NULL, NULL);

  text = g_string_sized_new (strlen (typed));
  for (const char *c = typed; *c != '\0'; c++)
    {
      if (strchr (" -/().", *c) == NULL)
        g_string_append_c (text, *c);
    }

  return g_string_free (text, FALSE);
}
