/* How numbers, money and times read to people, by the locale. Pure: the present instant is a parameter. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "3,229" */
char *inb_format_count    (gint64      count);
/* "15.2 %", one decimal; "–" when @whole is 0. */
char *inb_format_share    (gint64      part,
                           gint64      whole);
/* "45 s", "4 min", "2 h 30 min", "14 h", "3 days". */
char *inb_format_duration (gint64      seconds);
/* From the wire's "1234.50": "1,234.50 EUR". */
char *inb_format_money    (const char *amount,
                           const char *currency);
/* "Just now", "2 min ago", "3 h ago", then the date; for the future the date and time. */
char *inb_format_relative (gint64      microseconds,
                           gint64      now,
                           GTimeZone  *timezone);
/* In a sentence: "just now", "2 min ago", "on 22 Nov". */
char *inb_format_when     (gint64      microseconds,
                           gint64      now,
                           GTimeZone  *timezone);
/* "22 Nov 2026, 10:02" */
char *inb_format_moment   (gint64      microseconds,
                           GTimeZone  *timezone);
/* Full date, time to the second and zone, for tooltips. */
char *inb_format_absolute (gint64      microseconds,
                           GTimeZone  *timezone);
/* "10:02" */
char *inb_format_clock    (gint64      microseconds,
                           GTimeZone  *timezone);
/* "Today", "Yesterday", "Monday, 22 November", with the year when it is another one. */
char *inb_format_day      (gint64      microseconds,
                           gint64      now,
                           GTimeZone  *timezone);
/* A date column, "2026-11-22", by the locale. */
char *inb_format_date     (const char *date);
/* The same with the month abbreviated. */
char *inb_format_short_date (const char *date);
/* "lead_created", "facebook-ads" → "Lead created", "Facebook ads": for keys that have no name of their own. */
char *inb_format_key      (const char *key);

G_END_DECLS
