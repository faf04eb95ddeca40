#define G_LOG_DOMAIN "inb-app"

#include "inb-quiet-hours.h"

#define MINUTES_OF_DAY 1440
/* Periods that follow on each other without a gap are one; after so many days it is told anyway. */
#define MAX_DAYS 8

/* The instant of a wall clock's time, microseconds; in the hour that is skipped in spring: when that hour is over. */
static gint64
get_instant (const GDate *date,
             int          minutes,
             GTimeZone   *timezone)
{
  g_autoptr (GDateTime) local = g_date_time_new (timezone, g_date_get_year (date), g_date_get_month (date), g_date_get_day (date),
                                                 minutes / 60, minutes % 60, 0);

  return g_date_time_to_unix (local) * G_USEC_PER_SEC;
}

/* The period that begins on the local day @offset days after that of @now. */
static gboolean
get_period (const InbQuietHours *self,
            gint64               now,
            int                  offset,
            GTimeZone           *timezone,
            gint64              *since,
            gint64              *until)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, timezone);
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (local), (GDateMonth) g_date_time_get_month (local),
                  (GDateYear) g_date_time_get_year (local));
  g_date_set_julian (&date, (guint32) ((int) g_date_get_julian (&date) + offset));
  if ((self->days & (1u << (g_date_get_weekday (&date) - G_DATE_MONDAY))) == 0)
    return FALSE;

  *since = get_instant (&date, self->from, timezone);
  if (self->to <= self->from)
    g_date_add_days (&date, 1);
  *until = get_instant (&date, self->to, timezone);

  return TRUE;
}

/**
 * inb_quiet_hours_contain:
 * @now: microseconds
 * @timezone: the computer's
 * @since: (out) (optional): when the quiet hours began that @now is in
 * @until: (out) (optional): the first instant after them
 *
 * Returns: whether it is quiet at @now
 */
gboolean
inb_quiet_hours_contain (const InbQuietHours *self,
                         gint64               now,
                         GTimeZone           *timezone,
                         gint64              *since,
                         gint64              *until)
{
  gint64 from = G_MAXINT64;
  gint64 to = now;

  g_return_val_if_fail (self != NULL && timezone != NULL, FALSE);

  if (!self->enabled || self->from < 0 || self->from >= MINUTES_OF_DAY || self->to < 0 || self->to >= MINUTES_OF_DAY)
    return FALSE;

  for (int offset = -1; offset < MAX_DAYS; offset++)
    {
      gint64 begin, end;

      if (get_period (self, now, offset, timezone, &begin, &end) && begin <= to && to < end)
        {
          from = MIN (from, begin);
          to = end;
        }
    }
  if (to == now)
    return FALSE;

  if (since != NULL)
    *since = from;
  if (until != NULL)
    *until = to;

  return TRUE;
}
