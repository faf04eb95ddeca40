/* What a row says where nothing was said, in columns that cannot be without a value. */
#pragma once

#include "inb-row.h"

G_BEGIN_DECLS

/* "{}", "[]", "false", "0"; NULL where a column may be without one, or has to be given. */
const char *inb_column_get_default (InbKind  kind,
                                    guint    column);
/* A new row becomes complete. */
void        inb_row_fill_defaults  (InbRow  *row);

G_END_DECLS
