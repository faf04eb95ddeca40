/* Tells when a wall clock's time has come, also when the computer slept through it or its clock was set meanwhile: timers stand
 * still during sleep, so none is ever awaited for longer than half a minute.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Microseconds since 1970; inb_time_now() but in tests. */
typedef gint64 (*InbNowFunc) (void);

#define INB_TYPE_ALARM (inb_alarm_get_type ())
G_DECLARE_FINAL_TYPE (InbAlarm, inb_alarm, INB, ALARM, GObject)

/* Signal: "due": the time that was set has come; it is not set any more. */

/* @now: NULL for inb_time_now(). */
InbAlarm *inb_alarm_new   (InbNowFunc  now);
/* @at: microseconds, replaces the time that was set; INB_TIME_NONE: never. */
void      inb_alarm_set   (InbAlarm   *self,
                           gint64      at);
gint64    inb_alarm_get   (InbAlarm   *self);
/* Looks at the clock now. */
void      inb_alarm_check (InbAlarm   *self);
gint64    inb_alarm_now   (InbAlarm   *self);

G_END_DECLS
