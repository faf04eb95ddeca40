/* Makes one contact of several: who stays, whose value each field gets, and what happens to their leads. It works offline: what is
 * done waits in the outbox. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_MERGE_DIALOG (inb_merge_dialog_get_type ())
G_DECLARE_FINAL_TYPE (InbMergeDialog, inb_merge_dialog, INB, MERGE_DIALOG, AdwWindow)

/* @contact_ids: NULL-terminated, two or more. */
GtkWidget *inb_merge_dialog_new (GtkWindow           *parent,
                                 InbSession          *session,
                                 const char * const  *contact_ids);

G_END_DECLS
