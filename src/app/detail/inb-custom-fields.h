/* What a form sent that is no column of ours, of a lead or of a contact: one line a member of its custom_fields, to be edited in its
 * place. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_CUSTOM_FIELDS (inb_custom_fields_get_type ())
G_DECLARE_FINAL_TYPE (InbCustomFields, inb_custom_fields, INB, CUSTOM_FIELDS, AdwBin)

/* Signals:
 * "edited" (const char *base, const char *value, const char *label): all of them as they were and as they shall be; which one it was.
 * "copied" (const char *what): something was put on the clipboard. */

/* @kind: INB_KIND_LEAD or INB_KIND_CONTACT. */
GtkWidget *inb_custom_fields_new         (InbSession      *session,
                                          InbKind          kind);
/* @row: whose they are, or NULL; not kept. FALSE when there is nothing to show. What is being edited stays as long as the same row is
 * shown. */
gboolean   inb_custom_fields_show        (InbCustomFields *self,
                                          const InbRow    *row);
/* The first values, for a summary. (transfer full) (nullable) */
char      *inb_custom_fields_dup_summary (InbCustomFields *self);

G_END_DECLS
