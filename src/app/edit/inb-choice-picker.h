/* A popover with one value to pick out of a list: a stage, an owner, a temperature. Long lists can be searched. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_CHOICE_PICKER (inb_choice_picker_get_type ())
G_DECLARE_FINAL_TYPE (InbChoicePicker, inb_choice_picker, INB, CHOICE_PICKER, GtkPopover)

/* Signal: "picked" (const char *value): by the user; NULL for none. The popover is shut by then. */

/* @name: what is picked, for assistive technology. */
GtkWidget  *inb_choice_picker_new            (const char      *name);
void        inb_choice_picker_clear          (InbChoicePicker *self);
/* @widget: what stands for it, NULL for a label with @name; @value NULL = none. */
void        inb_choice_picker_add            (InbChoicePicker *self,
                                              const char      *value,
                                              const char      *name,
                                              GtkWidget       *widget);
/* What is added from now on is under the heading. */
void        inb_choice_picker_begin          (InbChoicePicker *self,
                                              const char      *heading);
/* Which one has the mark. */
void        inb_choice_picker_set_value      (InbChoicePicker *self,
                                              const char      *value);
/* What the session has of them, instead of what was listed; to be called each time the popover is about to open. */
void        inb_choice_picker_list_stages    (InbChoicePicker *self,
                                              InbSession      *session);
/* Members by name, and nobody. */
void        inb_choice_picker_list_members   (InbChoicePicker *self,
                                              InbSession      *session);
void        inb_choice_picker_list_teams     (InbChoicePicker *self,
                                              InbSession      *session);
void        inb_choice_picker_list_temperatures (InbChoicePicker *self);

G_END_DECLS
