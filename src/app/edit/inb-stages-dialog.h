/* The pipeline's editor: all stages in their order, changed together and kept with one button. Works only while the service is
 * there, as all members have to see the same list; what others change meanwhile is said, never overwritten. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_STAGES_DIALOG (inb_stages_dialog_get_type ())
G_DECLARE_FINAL_TYPE (InbStagesDialog, inb_stages_dialog, INB, STAGES_DIALOG, AdwWindow)

/* @session: knows its stages. */
InbStagesDialog *inb_stages_dialog_new (GtkWindow  *parent,
                                        InbSession *session);

G_END_DECLS
