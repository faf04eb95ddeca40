#define G_LOG_DOMAIN "inb-service"

#include "inb-import-chunk.h"

#include "inb-error.h"

/* A line that names a lead needs neither phone nor mail. */
static gboolean
is_sound (const InbImportLine *line)
{
  return line->error == NULL ||
         (line->lead_id != NULL && g_error_matches (line->error, INB_ERROR, INB_ERROR_IDENTITY_MISSING));
}

static void
decide (const InbImportChunk *self,
        const InbImportLine  *line)
{
  InbRow *lead = is_sound (line) ? inb_row_set_find (self->book->rows, INB_KIND_LEAD, line->lead_id) : NULL;

  if (lead != NULL)
    inb_import_decide_known (self, line, lead);
  else if (line->error != NULL)
    inb_import_report_refuse (self->report, line->number, line->error);
  else
    inb_import_decide_new (self, line);
}

void
inb_import_chunk_decide (const InbImportChunk *self,
                         GPtrArray            *lines)
{
  for (guint i = 0; i < lines->len; i++)
    decide (self, g_ptr_array_index (lines, i));
}
