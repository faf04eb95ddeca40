#define G_LOG_DOMAIN "inb-app"

#include "inb-import-report-file.h"

#include "inb-csv-reader.h"
#include "inb-csv.h"
#include "inb-import-map.h"
#include "inb-import-remedy.h"

#include <glib/gi18n.h>

static void
append_title (GString    *csv,
              const char *title)
{
  g_autofree char *text = g_strconcat (INB_IMPORT_REPORT_PREFIX, title, NULL);

  inb_csv_append (csv, text);
}

static void
append_titles (InbImportTable *table,
               GString        *csv)
{
  append_title (csv, _("line"));
  append_title (csv, _("reason"));
  append_title (csv, _("what to do"));
  for (guint i = 0; i < inb_import_table_get_n_columns (table); i++)
    inb_csv_append (csv, inb_import_table_get_column (table, i));
  inb_csv_end_line (csv);
}

static void
append_line (const InbImportRefusal *refusal,
             GPtrArray              *cells,
             GString                *csv)
{
  g_autofree char *number = g_strdup_printf ("%u", refusal->line);
  g_autofree char *reason = NULL;
  g_autofree char *remedy = NULL;

  inb_import_remedy_describe (refusal, &reason, &remedy);
  inb_csv_append_number (csv, number);
  inb_csv_append (csv, reason);
  inb_csv_append (csv, remedy);
  for (guint i = 0; i < cells->len; i++)
    inb_csv_append (csv, inb_csv_skip_apostrophe (g_ptr_array_index (cells, i)));
  inb_csv_end_line (csv);
}

/**
 * inb_import_report_file_make:
 * @table: what was imported
 *
 * Returns: (transfer full) (nullable): the file
 */
GBytes *
inb_import_report_file_make (InbImportTable          *table,
                             const InbImportOutcome  *outcome,
                             GError                 **error)
{
  g_autoptr (GString) csv = NULL;
  g_autoptr (GBytes) text = NULL;
  g_autoptr (InbCsvReader) reader = NULL;
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  const char *encoding;

  g_return_val_if_fail (INB_IS_IMPORT_TABLE (table) && outcome != NULL, NULL);

  text = inb_csv_decode (inb_import_table_get_bytes (table), &encoding, error);
  if (text == NULL)
    return NULL;

  csv = g_string_new (INB_CSV_BOM);
  append_titles (table, csv);
  reader = inb_csv_reader_new (text, inb_import_table_get_delimiter (table));
  while (TRUE)
    {
      g_autoptr (GError) problem = NULL;
      gboolean is_whole = inb_csv_reader_next (reader, cells, &problem);
      const InbImportRefusal *refusal;

      if (!is_whole && problem == NULL)
        break;
      /* What cannot be taken apart has no cells; why is in the refusal. */
      refusal = inb_import_outcome_find_refusal (outcome, inb_csv_reader_get_line (reader));
      if (refusal != NULL)
        append_line (refusal, cells, csv);
    }

  return g_string_free_to_bytes (g_steal_pointer (&csv));
}
