/* One column of a file: its name, what is in its first lines, and the field that it is imported into, to be picked. */
#pragma once

#include "inb-import-fields.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_IMPORT_COLUMN_ROW (inb_import_column_row_get_type ())
G_DECLARE_FINAL_TYPE (InbImportColumnRow, inb_import_column_row, INB, IMPORT_COLUMN_ROW, AdwActionRow)

/* Signal: "picked": by the user. */

GtkWidget *inb_import_column_row_new       (InbImportFields    *fields,
                                            InbImportTable     *table,
                                            guint               column);
guint      inb_import_column_row_get_field (InbImportColumnRow *self);
void       inb_import_column_row_set_field (InbImportColumnRow *self,
                                            guint               field);
/* Whether another column has the same field. */
void       inb_import_column_row_set_wrong (InbImportColumnRow *self,
                                            gboolean            is_wrong);

G_END_DECLS
