#define G_LOG_DOMAIN "inb-replica"

#include "inb-local-day.h"

#include "inb-time.h"

/* GDate's number of 1970-01-01. */
#define EPOCH_JULIAN 719163

static void
set_date (GDate *date,
          int    day)
{
  g_date_clear (date, 1);
  g_date_set_julian (date, (guint32) (day + EPOCH_JULIAN));
}

/**
 * inb_local_day_of:
 * @microseconds: an instant
 *
 * Returns: the day that it falls on in @timezone
 */
int
inb_local_day_of (gint64     microseconds,
                  GTimeZone *timezone)
{
  gint64 seconds = microseconds / G_USEC_PER_SEC - (microseconds % G_USEC_PER_SEC < 0);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (seconds);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, timezone);
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (local), (GDateMonth) g_date_time_get_month (local),
                  (GDateYear) g_date_time_get_year (local));

  return (int) g_date_get_julian (&date) - EPOCH_JULIAN;
}

/**
 * inb_local_day_get_start:
 *
 * Returns: the day's first instant in @timezone, microseconds; found from its noon, which every change of the clocks leaves on
 *   the day
 */
gint64
inb_local_day_get_start (int        day,
                         GTimeZone *timezone)
{
  g_autoptr (GDateTime) noon = NULL;
  GDate date;

  set_date (&date, day);
  noon = g_date_time_new (timezone, g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date), 12, 0, 0);

  return inb_time_day_start (g_date_time_to_unix (noon) * G_USEC_PER_SEC, timezone);
}

int
inb_local_day_get_weekday (int day)
{
  GDate date;

  set_date (&date, day);

  return (int) g_date_get_weekday (&date) - 1;
}

int
inb_local_day_get_month (int day)
{
  GDate date;

  set_date (&date, day);

  return day - (g_date_get_day (&date) - 1);
}

/**
 * inb_local_day_format:
 *
 * Returns: (transfer full): YYYY-MM-DD
 */
char *
inb_local_day_format (int day)
{
  GDate date;

  set_date (&date, day);

  return g_strdup_printf ("%04u-%02u-%02u", (guint) g_date_get_year (&date), (guint) g_date_get_month (&date),
                          (guint) g_date_get_day (&date));
}
