/* What inb-time.c and inb-time-loose.c share. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Days since 1970-01-01. */
gint64    inb_time_days_from_date (int         year,
                                   int         month,
                                   int         day);
gboolean  inb_time_date_exists    (int         year,
                                   int         month,
                                   int         day);
/* "Z", "+02", "+0200", "+02:00". */
gboolean  inb_time_read_offset    (const char *text,
                                   int        *seconds);

G_END_DECLS
