/* Contacts that may be one person, in the list of them: who, why, and what can be done. */
#pragma once

#include "inb-duplicate.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_DUPLICATE_ROW (inb_duplicate_row_get_type ())
G_DECLARE_FINAL_TYPE (InbDuplicateRow, inb_duplicate_row, INB, DUPLICATE_ROW, AdwActionRow)

/* Signals: "compare", "dismiss". */

/* @duplicate: (transfer full). */
GtkWidget          *inb_duplicate_row_new           (InbDuplicate    *duplicate);
/* The same contacts, read again. (transfer full) */
void                inb_duplicate_row_set_duplicate (InbDuplicateRow *self,
                                                     InbDuplicate    *duplicate);
const InbDuplicate *inb_duplicate_row_get_duplicate (InbDuplicateRow *self);
/* Of the contacts, as inb_duplicate_dup_id() tells it. */
const char         *inb_duplicate_row_get_id        (InbDuplicateRow *self);

G_END_DECLS
