/* The window's sense of time: "tick" twice a minute, for relative times, and "day-changed" at midnight of the workspace's
 * zone, also when the computer slept through it. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define INB_TYPE_CLOCK (inb_clock_get_type ())
G_DECLARE_FINAL_TYPE (InbClock, inb_clock, INB, CLOCK, GObject)

/* Signals: "tick", "day-changed". */

InbClock  *inb_clock_new          (void);
/* The workspace's zone, in which all times are shown and days are counted, so that members of it speak of the same hour wherever they
 * are; until it is known, the computer's. */
void       inb_clock_set_timezone (InbClock  *self,
                                   GTimeZone *timezone);
GTimeZone *inb_clock_get_timezone (InbClock  *self);
/* For a tooltip: the instant in full, with the computer's own time where that is another. (transfer full) */
char      *inb_clock_describe     (InbClock  *self,
                                   gint64     microseconds);

G_END_DECLS
