/* Tells the user what comes in and what is due: toasts in the window, notifications by the rules, reminders; and does what the
 * notifications' buttons say. Adds the application's actions open-lead, show-leads and snooze-lead.
 */
#pragma once

#include "inb-session.h"
#include "inb-window.h"

G_BEGIN_DECLS

#define INB_TYPE_LEAD_ANNOUNCER (inb_lead_announcer_get_type ())
G_DECLARE_FINAL_TYPE (InbLeadAnnouncer, inb_lead_announcer, INB, LEAD_ANNOUNCER, GObject)

/* Signal: "window-wanted": the user chose something that a window shows; a handler makes one and sets it. */

/* @application registered; it outlives the announcer. */
InbLeadAnnouncer *inb_lead_announcer_new         (GApplication     *application,
                                                  GSettings        *settings);
/* NULL: none. Started or not. */
void              inb_lead_announcer_set_session (InbLeadAnnouncer *self,
                                                  InbSession       *session);
/* NULL: it was closed, which is also noticed by itself. */
void              inb_lead_announcer_set_window  (InbLeadAnnouncer *self,
                                                  InbWindow        *window);

G_END_DECLS
