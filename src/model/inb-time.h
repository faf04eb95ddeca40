/* Instants are int64 microseconds since 1970 UTC; on the wire RFC 3339 in UTC with six places. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INB_TIME_NONE G_MININT64
#define INB_TIME_SECOND G_TIME_SPAN_SECOND
#define INB_TIME_DAY G_TIME_SPAN_DAY

gint64    inb_time_now          (void);
/* "2026-11-22T17:50:26.123456Z" */
char     *inb_time_format       (gint64       microseconds);
void      inb_time_append       (GString     *text,
                                 gint64       microseconds);
/* Any RFC 3339 / ISO 8601 instant with offset or Z, 0–9 decimals, 'T' or ' ' between. FALSE for anything else. */
gboolean  inb_time_parse        (const char  *text,
                                 gint64      *microseconds);
/* PostgreSQL's ISO output under TimeZone=UTC, "2026-11-22 17:50:26.1+00", to wire form; NULL if it is not that. */
char     *inb_time_from_postgres (const char *text);
/* A sender's own words for an appointment: RFC 3339, "2025-10-20 10:00AM", "2025-10-20T10:00", "20.10.2025 10:00",
 * "10/20/2025 10:00 PM", "May 21, 2026 11:08 am", epoch seconds or milliseconds, "… UTC"; without a zone it is read in
 * @timezone. FALSE when unreadable or ambiguous. A date alone is that day at 00:00 of the zone. */
gboolean  inb_time_parse_loose  (const char  *text,
                                 GTimeZone   *timezone,
                                 gint64      *microseconds);
/* The zone of that name, such as "Europe/Berlin"; UTC for NULL and for a name that this system does not know. (transfer full) */
GTimeZone *inb_time_zone_new    (const char  *name);
/* The local calendar day that the instant falls on, "2026-11-22". */
char     *inb_time_get_day      (gint64       microseconds,
                                 GTimeZone   *timezone);
/* The instant of the last local midnight at or before @microseconds, and of the next one after it; right across DST. */
gint64    inb_time_day_start    (gint64       microseconds,
                                 GTimeZone   *timezone);
gint64    inb_time_next_day     (gint64       microseconds,
                                 GTimeZone   *timezone);
/* Whether the text is a full date, YYYY-MM-DD, of a day that exists. */
gboolean  inb_date_is_valid     (const char  *text);

G_END_DECLS
