/* Changes leads from a popover: what is to change, the popover with its choices, and what is picked goes to the session's edits. */
#pragma once

#include "inb-lead-change.h"
#include "inb-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum {
  INB_LEAD_PICK_STAGE,
  INB_LEAD_PICK_OWNER,        /* or team */
  INB_LEAD_PICK_TEMPERATURE,
  INB_LEAD_PICK_TAG,
  INB_LEAD_PICK_FOLLOW_UP,
  INB_N_LEAD_PICKS
} InbLeadPick;

/* "stage", "owner", …; as actions have it. */
const char *inb_lead_pick_get_key  (InbLeadPick           pick);
gboolean    inb_lead_pick_from_key (const char           *key,
                                    InbLeadPick          *pick);
/* Shows the choices at that place of @widget; it goes by itself when it was closed. @rowids: (element-type gint64): the leads;
 * @lead: (nullable): the one, when it is one. (transfer none) */
GtkWidget  *inb_lead_picker_pop_up (GtkWidget            *widget,
                                    InbSession           *session,
                                    InbLeadPick           pick,
                                    GArray               *rowids,
                                    const InbLeadSummary *lead,
                                    const GdkRectangle   *place,
                                    GtkPositionType       side);

G_END_DECLS
