/* Importing a file: choosing it, what its columns mean, what would come of it, doing it, what came of it, taking it back. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_IMPORT_DIALOG (inb_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (InbImportDialog, inb_import_dialog, INB, IMPORT_DIALOG, AdwWindow)

InbImportDialog *inb_import_dialog_new       (GtkWindow       *parent,
                                              InbSession      *session);
/* Reads it; FALSE while an import is under way. */
gboolean         inb_import_dialog_open_file (InbImportDialog *self,
                                              GFile           *file);

G_END_DECLS
