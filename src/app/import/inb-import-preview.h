/* The first lines of a file, as they will be read: each field with what stands in it. */
#pragma once

#include "inb-import-fields.h"

G_BEGIN_DECLS

#define INB_TYPE_IMPORT_PREVIEW (inb_import_preview_get_type ())
G_DECLARE_FINAL_TYPE (InbImportPreview, inb_import_preview, INB, IMPORT_PREVIEW, GtkWidget)

/* @choice: (element-type guint): a field for each column; what is not imported is not shown. */
void inb_import_preview_show (InbImportPreview *self,
                              InbImportTable   *table,
                              InbImportFields  *fields,
                              GArray           *choice);

G_END_DECLS
