/* All contacts that may be one person, to be compared and merged, or told apart for good. Follows what changes meanwhile; found in the
 * replica, and therefore there offline. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_DUPLICATES_DIALOG (inb_duplicates_dialog_get_type ())
G_DECLARE_FINAL_TYPE (InbDuplicatesDialog, inb_duplicates_dialog, INB, DUPLICATES_DIALOG, AdwWindow)

GtkWidget *inb_duplicates_dialog_new (GtkWindow  *parent,
                                      InbSession *session);

G_END_DECLS
