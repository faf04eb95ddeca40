/* Local calendar days as numbers: days since 1970-01-01. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int    inb_local_day_of         (gint64     microseconds,
                                 GTimeZone *timezone);
gint64 inb_local_day_get_start  (int        day,
                                 GTimeZone *timezone);
/* 0 = Monday … 6. */
int    inb_local_day_get_weekday (int       day);
/* The first day of the day's month. */
int    inb_local_day_get_month  (int        day);
char  *inb_local_day_format     (int        day);

G_END_DECLS
