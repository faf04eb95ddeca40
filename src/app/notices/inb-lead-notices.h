/* The words and actions of each notification. */
#pragma once

#include "inb-arrivals.h"
#include "inb-notice.h"
#include "inb-replica.h"

G_BEGIN_DECLS

/* Their ids; a reminder's is the prefix and the lead's id. */
#define INB_NOTICE_ARRIVALS "arrivals"
#define INB_NOTICE_AWAY "while-away"
#define INB_NOTICE_SUMMARY "quiet-summary"
#define INB_NOTICE_FOLLOW_UPS "follow-ups"
#define INB_NOTICE_REMINDER_PREFIX "reminder-"

/* All (transfer full). @temperature of one lead, or the hottest of a burst; may be NULL. */
InbNotice *inb_lead_notices_arrival   (const InbArrival    *arrival,
                                       const char          *temperature,
                                       guint                snooze_seconds);
/* "12 new leads while you were away"; @temperature: the hottest. */
InbNotice *inb_lead_notices_away      (const InbArrival    *arrival,
                                       const char          *temperature,
                                       guint                snooze_seconds);
/* "7 leads came in during quiet hours"; @since, @until: microseconds, when they were made. */
InbNotice *inb_lead_notices_summary   (guint                count,
                                       gint64               since,
                                       gint64               until);
/* @is_snoozed: else it is a follow-up. */
InbNotice *inb_lead_notices_reminder  (const InbLeadDetail *detail,
                                       gboolean             is_snoozed,
                                       guint                snooze_seconds);
/* Many follow-ups at one time. @owner: user id, or NULL for everybody's. */
InbNotice *inb_lead_notices_follow_ups (guint               count,
                                       const char          *owner);
/* Of one lead: a button that gives it to the user. */
void       inb_lead_notices_offer_assign (InbNotice         *notice,
                                          const char        *lead_id);
/* "2 new leads: Ann · Website" */
char      *inb_lead_notices_get_toast (const InbArrival    *arrival);
char      *inb_lead_notices_get_away_toast (const InbArrival *arrival);
/* 0 none, 1 cold, 2 warm, 3 hot. */
int        inb_temperature_get_rank   (const char          *temperature);

G_END_DECLS
