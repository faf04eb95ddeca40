/* Comma-separated values by RFC 4180, safe to open in a spreadsheet: what would be taken for a formula gets an apostrophe in
 * front, which the import takes away again.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* So that spreadsheets take the file for UTF-8. */
#define INB_CSV_BOM "\xEF\xBB\xBF"

/* Appends one cell, with a comma before it unless it is the first of its line. NULL is an empty cell. */
void inb_csv_append        (GString    *csv,
                            const char *text);
/* For numbers that this program wrote itself: a leading minus is no formula. */
void inb_csv_append_number (GString    *csv,
                            const char *number);
void inb_csv_end_line      (GString    *csv);
/* The other way round, for reading: the text behind the apostrophe that inb_csv_append() put there; else @cell itself. */
const char *inb_csv_skip_apostrophe (const char *cell);

G_END_DECLS
