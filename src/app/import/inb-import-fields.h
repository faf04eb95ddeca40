/* What the columns of a file can be imported into: each field once, in the user's words, in the order in which people think of them; and
 * which one a column is likely to be. */
#pragma once

#include "inb-import-table.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define INB_TYPE_IMPORT_FIELDS (inb_import_fields_get_type ())
G_DECLARE_FINAL_TYPE (InbImportFields, inb_import_fields, INB, IMPORT_FIELDS, GObject)

#define INB_IMPORT_FIELDS_IGNORE 0  /* "Do not import" */
#define INB_IMPORT_FIELDS_CUSTOM 1  /* under the column's own name */

InbImportFields *inb_import_fields_new          (void);
/* What is shown: (element-type GtkStringObject). Owned by @self. */
GListModel      *inb_import_fields_get_names    (InbImportFields *self);
const char      *inb_import_fields_get_name     (InbImportFields *self,
                                                 guint            field);
/* As the service calls it; @column: of the file. (transfer full) */
char            *inb_import_fields_dup_target   (InbImportFields *self,
                                                 guint            field,
                                                 const char      *column);
/* Which field each column is taken for, until the user says otherwise; no field twice. (element-type guint) (transfer full) */
GArray          *inb_import_fields_guess        (InbImportFields *self,
                                                 InbImportTable  *table);
/* Whether more than one column may go there. */
gboolean         inb_import_fields_may_repeat   (InbImportFields *self,
                                                 guint            field);
/* Whether the choice says who somebody is: a phone, a mail address, an id. */
gboolean         inb_import_fields_is_identity  (InbImportFields *self,
                                                 guint            field);

G_END_DECLS
