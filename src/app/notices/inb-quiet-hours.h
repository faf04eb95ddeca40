/* When nobody wants to be told: from one time of the day to another, over midnight where that is earlier, on chosen days. A plain
 * value; times are those of the wall clock, so a night on which the clocks change is an hour longer or shorter.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INB_QUIET_EVERY_DAY 0x7f

typedef struct {
  gboolean enabled;
  int      from;      /* minutes from midnight, 0–1439 */
  int      to;        /* the same as from: a whole day */
  guint    days;      /* on which it begins: bit 0 = Monday … bit 6 = Sunday */
} InbQuietHours;

/* Whether @now is in it; then @since and @until (each may be NULL) say from when to when. */
gboolean inb_quiet_hours_contain (const InbQuietHours *self,
                                  gint64               now,
                                  GTimeZone           *timezone,
                                  gint64              *since,
                                  gint64              *until);

G_END_DECLS
