/* What is in a file and what its columns mean: to be looked over and corrected before anything is asked of the service. */
#pragma once

#include "inb-import-fields.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_IMPORT_COLUMNS_PAGE (inb_import_columns_page_get_type ())
G_DECLARE_FINAL_TYPE (InbImportColumnsPage, inb_import_columns_page, INB, IMPORT_COLUMNS_PAGE, AdwBin)

/* Signals:
 * "changed": what get_choice() or get_problem() says is another.
 * "delimiter-picked" (uint): the file is to be read again with that character between its cells. */

void        inb_import_columns_page_set_table   (InbImportColumnsPage *self,
                                                 InbImportTable       *table,
                                                 InbImportFields      *fields);
/* (element-type guint) (transfer full): a field for each column. */
GArray     *inb_import_columns_page_dup_choice  (InbImportColumnsPage *self);
/* Where new leads come from whose line does not say it; owned by the page. */
const char *inb_import_columns_page_get_source  (InbImportColumnsPage *self);
/* What keeps it from being imported, translated; NULL when nothing does. */
const char *inb_import_columns_page_get_problem (InbImportColumnsPage *self);

G_END_DECLS
