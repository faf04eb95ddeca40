/* Where a value is typed: one line or several, with what is wrong with it below. */
#pragma once

#include "inb-field-text.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_FIELD_EDITOR (inb_field_editor_get_type ())
G_DECLARE_FINAL_TYPE (InbFieldEditor, inb_field_editor, INB, FIELD_EDITOR, AdwBin)

/* Signals: "saved" (const char *value): Enter, Save, or the focus went elsewhere, and it is valid; "cancelled". */

/* @name: for assistive technology. @typed: what it begins with. */
GtkWidget *inb_field_editor_new      (InbKind         kind,
                                      guint           column,
                                      const char     *name,
                                      const char     *typed);
void       inb_field_editor_set_note (InbFieldEditor *self,
                                      const char     *note);
/* @reason: why it cannot be saved any more, as a tooltip has it, or NULL when it can. What was typed stays. */
void       inb_field_editor_set_refusal (InbFieldEditor *self,
                                         const char     *reason);
void       inb_field_editor_focus    (InbFieldEditor *self);

G_END_DECLS
