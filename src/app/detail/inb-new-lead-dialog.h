/* A contact and its lead, made by hand; says when the number or the address is somebody's already. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_NEW_LEAD_DIALOG (inb_new_lead_dialog_get_type ())
G_DECLARE_FINAL_TYPE (InbNewLeadDialog, inb_new_lead_dialog, INB, NEW_LEAD_DIALOG, AdwWindow)

/* Signal: "open" (const char *lead_id): the new lead, or the one that was there before. */

GtkWidget *inb_new_lead_dialog_new (GtkWindow  *parent,
                                    InbSession *session);

G_END_DECLS
