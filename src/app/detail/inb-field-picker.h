/* The popover in which a field's value is picked rather than typed: a person, a word out of a few, a time. */
#pragma once

#include "inb-field-text.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @value: in the column's text form; NULL = none. */
typedef void (*InbFieldPicked) (gpointer    owner,
                                const char *value);

/* Whether there is one for the field. */
gboolean   inb_field_picker_has (const InbField *field);
/* @value: what it is now. @owner: must outlive the popover. */
GtkWidget *inb_field_picker_new (const InbField *field,
                                 InbSession     *session,
                                 const char     *value,
                                 InbFieldPicked  picked,
                                 gpointer        owner);

G_END_DECLS
