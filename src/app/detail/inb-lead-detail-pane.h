/* All about one lead, or one contact without a lead: who, what, why, and what happened. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_LEAD_DETAIL_PANE (inb_lead_detail_pane_get_type ())
G_DECLARE_FINAL_TYPE (InbLeadDetailPane, inb_lead_detail_pane, INB, LEAD_DETAIL_PANE, AdwBin)

/* Signal: "copied" (const char *what): something was put on the clipboard, or why not. */

void        inb_lead_detail_pane_set_session (InbLeadDetailPane *self,
                                              InbSession        *session);
/* NULL shows nothing. */
void        inb_lead_detail_pane_set_lead    (InbLeadDetailPane *self,
                                              const char        *lead_id);
/* NULL while nothing or a contact is shown. */
const char *inb_lead_detail_pane_get_lead    (InbLeadDetailPane *self);
void        inb_lead_detail_pane_set_contact (InbLeadDetailPane *self,
                                              const char        *contact_id);
/* NULL while nothing or a lead is shown. */
const char *inb_lead_detail_pane_get_contact (InbLeadDetailPane *self);
void        inb_lead_detail_pane_copy_phone  (InbLeadDetailPane *self);
/* The menus of what is shown, and its composer when it is there; without a lead nothing happens. */
void        inb_lead_detail_pane_open_stage  (InbLeadDetailPane *self);
void        inb_lead_detail_pane_open_owner  (InbLeadDetailPane *self);
void        inb_lead_detail_pane_write_note  (InbLeadDetailPane *self);

G_END_DECLS
