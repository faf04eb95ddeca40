/* The refused lines as a file: what was wrong with each and what to do, then the line as it was; corrected there, it can be imported. */
#pragma once

#include "inb-import-outcome.h"
#include "inb-import-table.h"

G_BEGIN_DECLS

/* Any thread. (transfer full): CSV. */
GBytes *inb_import_report_file_make (InbImportTable         *table,
                                     const InbImportOutcome *outcome,
                                     GError                **error);

G_END_DECLS
