/* Edits of one row, as its editors make them. */
#pragma once

#include "inb-edit.h"

G_BEGIN_DECLS

/* @label: what undo calls it. (transfer full) */
InbEdit *inb_row_edit_new_update (InbKind     kind,
                                  const char *id,
                                  guint       column,
                                  const char *base,
                                  const char *value,
                                  const char *label);
InbEdit *inb_row_edit_new_delete (InbKind     kind,
                                  const char *id,
                                  const char *label);

G_END_DECLS
