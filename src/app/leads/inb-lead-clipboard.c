#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-clipboard.h"

#include <glib/gi18n.h>

/* What a sender wrote may hold the signs that separate cells. */
static void
append_cell (GString    *text,
             gboolean    first,
             const char *cell)
{
  if (!first)
    g_string_append_c (text, '\t');
  for (const char *c = cell != NULL ? cell : ""; *c != '\0'; c++)
    g_string_append_c (text, *c == '\t' || *c == '\n' || *c == '\r' ? ' ' : *c);
}

void
inb_lead_clipboard_append_titles (GString *text,
                                  GArray  *columns)
{
  for (guint i = 0; i < columns->len; i++)
    append_cell (text, i == 0, _(inb_lead_column_get_info (g_array_index (columns, InbLeadSort, i))->title));
  g_string_append_c (text, '\n');
}

void
inb_lead_clipboard_append_row (GString                    *text,
                               GArray                     *columns,
                               const InbLeadSummary       *lead,
                               const InbLeadColumnContext *context)
{
  for (guint i = 0; i < columns->len; i++)
    {
      g_autofree char *cell = inb_lead_column_dup_text (g_array_index (columns, InbLeadSort, i), lead, context);

      append_cell (text, i == 0, cell);
    }
  g_string_append_c (text, '\n');
}
