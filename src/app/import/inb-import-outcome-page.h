/* What an import did, or would do: how many contacts and leads, and which lines it cannot take and why. */
#pragma once

#include "inb-import-outcome.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_IMPORT_OUTCOME_PAGE (inb_import_outcome_page_get_type ())
G_DECLARE_FINAL_TYPE (InbImportOutcomePage, inb_import_outcome_page, INB, IMPORT_OUTCOME_PAGE, AdwBin)

/* Actions that it has buttons for: "import.save-report", "import.undo". */

/* @heading, @description: of the whole. @has_undo: whether it can be taken back. */
void inb_import_outcome_page_show (InbImportOutcomePage *self,
                                   InbImportOutcome     *outcome,
                                   const char           *heading,
                                   const char           *description,
                                   gboolean              has_undo);

G_END_DECLS
