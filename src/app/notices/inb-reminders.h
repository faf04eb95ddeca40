/* When a lead wants to be looked at again: those that the user snoozed, and the follow-ups of his leads at their time. Each is
 * told once, also across restarts.
 */
#pragma once

#include "inb-alarm.h"
#include "inb-notice-store.h"
#include "inb-replica.h"

G_BEGIN_DECLS

#define INB_TYPE_REMINDERS (inb_reminders_get_type ())
G_DECLARE_FINAL_TYPE (InbReminders, inb_reminders, INB, REMINDERS, GObject)

/* Signals:
 * "snoozed" (const char *lead_id): its time is over.
 * "follow-ups" (GPtrArray *lead_ids (element-type utf8)): these are due, the earliest first. */

/* @replica: open. @now: NULL for the clock. */
InbReminders *inb_reminders_new            (InbReplica     *replica,
                                            InbNoticeStore *store,
                                            InbNowFunc      now);
/* Whose follow-ups: a user id; NULL or "" for everybody's. */
void          inb_reminders_set_owner      (InbReminders   *self,
                                            const char     *user_id);
/* Whether follow-ups are told; they are not until this is set. */
void          inb_reminders_set_follow_ups (InbReminders   *self,
                                            gboolean        follow_ups);
void          inb_reminders_snooze         (InbReminders   *self,
                                            const char     *lead_id,
                                            guint           seconds);
/* Tells nothing any more. */
void          inb_reminders_stop           (InbReminders   *self);
/* Looks at the clock and at the replica now. */
void          inb_reminders_check          (InbReminders   *self);

G_END_DECLS
