/* What the announcer's parts share: inb-lead-announcer.c follows settings, session and quiet hours,
 * inb-lead-announcer-arrivals.c tells of leads that come in, inb-lead-announcer-away.c of those that came in while nobody could
 * be told, inb-lead-announcer-reminders.c of those that are due, inb-lead-announcer-actions.c does what the notifications' buttons say.
 */
#pragma once

#include "inb-alarm.h"
#include "inb-arrivals.h"
#include "inb-catch-up.h"
#include "inb-lead-announcer.h"
#include "inb-notice-settings.h"
#include "inb-notifier.h"
#include "inb-reminders.h"

G_BEGIN_DECLS

struct _InbLeadAnnouncer {
  GObject            parent_instance;

  /* Owned */
  InbNoticeSettings *settings;
  InbNotifier       *notifier;
  InbArrivals       *toasts;
  InbArrivals       *arrivals;
  GHashTable        *unseen;      /* lead ids of the burst that is being told; NULL key never */
  InbSession        *session;
  InbNoticeStore    *store;       /* NULL until the session is open */
  InbReminders      *reminders;
  InbCatchUp        *catch_up;
  InbAlarm          *quiet_end;
  GCancellable      *cancellable; /* of what is asked for the session */
  char              *to_open;     /* leads that were chosen before the session was open */
  char              *to_snooze;
  char              *to_assign;

  /* Borrowed */
  GApplication      *application;
  InbWindow         *window;      /* weak */

  const char        *hottest;     /* of the burst; static */
  gboolean           was_told;    /* of the burst: the sound is heard once */
};

/* (notice: transfer full) */
void     inb_lead_announcer_show              (InbLeadAnnouncer *self,
                                               InbNotice        *notice);
/* @until: (out) (optional): the end of the quiet hours, us. */
gboolean inb_lead_announcer_is_quiet          (InbLeadAnnouncer *self,
                                               gint64           *until);
/* Tells what came in, when the quiet hours are over. */
void     inb_lead_announcer_check_quiet       (InbLeadAnnouncer *self);
/* Emits "window-wanted". */
void     inb_lead_announcer_want_window       (InbLeadAnnouncer *self);

void     inb_lead_announcer_init_arrivals     (InbLeadAnnouncer *self);
void     inb_lead_announcer_follow_arrivals   (InbLeadAnnouncer *self);
void     inb_lead_announcer_follow_window     (InbLeadAnnouncer *self);
gboolean inb_lead_announcer_is_window_active  (InbLeadAnnouncer *self);
/* Nothing more of this session is told. */
void     inb_lead_announcer_forget_arrivals   (InbLeadAnnouncer *self);
/* What the rules say of it; who the user is, is known here. */
InbNoticeOutcome
         inb_lead_announcer_decide            (InbLeadAnnouncer    *self,
                                               const InbNoticeLead *lead);

void     inb_lead_announcer_start_catching_up (InbLeadAnnouncer *self);
void     inb_lead_announcer_stop_catching_up  (InbLeadAnnouncer *self);

void     inb_lead_announcer_start_reminders   (InbLeadAnnouncer *self);
void     inb_lead_announcer_stop_reminders    (InbLeadAnnouncer *self);

void     inb_lead_announcer_add_actions       (InbLeadAnnouncer *self);
/* On a notice of one lead, if the user may have it. */
void     inb_lead_announcer_offer_assign      (InbLeadAnnouncer *self,
                                               InbNotice        *notice,
                                               const InbArrival *arrival);
/* What was chosen before the session was open. */
void     inb_lead_announcer_do_chosen         (InbLeadAnnouncer *self);

G_END_DECLS
