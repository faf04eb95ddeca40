#define G_LOG_DOMAIN "inb-model"

#include "inb-csv.h"

#include <string.h>

static void
begin_cell (GString *csv)
{
  if (csv->len > 0 && csv->str[csv->len - 1] != '\n' &&
      !(csv->len == strlen (INB_CSV_BOM) && strcmp (csv->str, INB_CSV_BOM) == 0))
    g_string_append_c (csv, ',');
}

static gboolean
looks_like_formula (const char *text)
{
  return *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;
}

/**
 * inb_csv_skip_apostrophe:
 * @cell: what stands in a cell
 *
 * Returns: (transfer none): what was meant
 */
const char *
inb_csv_skip_apostrophe (const char *cell)
{
  return *cell == '\'' && looks_like_formula (cell + 1) ? cell + 1 : cell;
}

/**
 * inb_csv_append:
 * @text: (nullable): any text
 *
 * Every text is quoted, so that an empty first cell is one too.
 */
void
inb_csv_append (GString    *csv,
                const char *text)
{
  g_return_if_fail (csv != NULL);

  begin_cell (csv);
  g_string_append_c (csv, '"');
  if (text != NULL && looks_like_formula (text))
    g_string_append_c (csv, '\'');
  for (const char *c = text != NULL ? text : ""; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *c);
    }
  g_string_append_c (csv, '"');
}

/**
 * inb_csv_append_number:
 * @number: digits, sign and point; never empty
 */
void
inb_csv_append_number (GString    *csv,
                       const char *number)
{
  g_return_if_fail (csv != NULL);
  g_return_if_fail (number != NULL && *number != '\0');

  begin_cell (csv);
  g_string_append (csv, number);
}

void
inb_csv_end_line (GString *csv)
{
  g_string_append (csv, "\r\n");
}
