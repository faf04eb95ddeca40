/* One field of a lead or contact: what it is called, what it says, and on click or Enter an editor in its place. */
#pragma once

#include "inb-field-text.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_FIELD_ROW (inb_field_row_get_type ())
G_DECLARE_FINAL_TYPE (InbFieldRow, inb_field_row, INB, FIELD_ROW, AdwBin)

/* Signals:
 * "edited" (const char *base, const char *value): the user wants @value where he saw @base; both may be NULL.
 * "copied" (const char *what): something was put on the clipboard.
 * Action: "edit.cancel". */

/* @field: must live as long as the row. */
GtkWidget      *inb_field_row_new       (const InbField *field,
                                         InbSession     *session);
const InbField *inb_field_row_get_field (InbFieldRow    *self);
/* While it is being edited, the editor stays and says that the value has changed. @shown: NULL = nothing. */
void            inb_field_row_set_value (InbFieldRow    *self,
                                         const char     *value,
                                         const char     *shown);
/* What the tooltip adds; NULL for nothing. */
void            inb_field_row_set_hint  (InbFieldRow    *self,
                                         const char     *hint);
/* (transfer none) (nullable) */
const char     *inb_field_row_get_shown (InbFieldRow    *self);
/* @reason: why it cannot be edited, or NULL when it can. While it is being edited, the editor stays with what was typed. */
void            inb_field_row_set_locked (InbFieldRow   *self,
                                         gboolean        is_locked,
                                         const char     *reason);
void            inb_field_row_start     (InbFieldRow    *self);
void            inb_field_row_cancel    (InbFieldRow    *self);
gboolean        inb_field_row_is_edited (InbFieldRow    *self);

G_END_DECLS
