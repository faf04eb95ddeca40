#define G_LOG_DOMAIN "inb-replica"

#include "inb-local-days.h"

#define SECONDS_PER_DAY 86400
#define SECONDS_PER_HOUR 3600
#define N_DAYS 1024 /* kept, a power of two: about three years */
#define THURSDAY 3  /* 1970-01-01, counted from Monday */

typedef struct {
  gint64   utc_day;
  gint32   offset;     /* seconds */
  gboolean is_whole;   /* it is the offset of the whole day */
} Day;

struct _InbLocalDays {
  /* Owned */
  GTimeZone *timezone;
  Day        days[N_DAYS];
};

static gint64
floor_divide (gint64 number,
              gint64 divisor)
{
  return number / divisor - (number % divisor < 0);
}

static gint32
get_offset (GTimeZone *timezone,
            gint64     seconds)
{
  int interval = g_time_zone_find_interval (timezone, G_TIME_TYPE_UNIVERSAL, seconds);

  return interval < 0 ? 0 : g_time_zone_get_offset (timezone, interval);
}

InbLocalDays *
inb_local_days_new (GTimeZone *timezone)
{
  InbLocalDays *self = g_new0 (InbLocalDays, 1);

  self->timezone = g_time_zone_ref (timezone);
  for (guint i = 0; i < N_DAYS; i++)
    self->days[i].utc_day = G_MININT64;

  return self;
}

void
inb_local_days_free (InbLocalDays *self)
{
  if (self == NULL)
    return;

  g_time_zone_unref (self->timezone);
  g_free (self);
}

static const Day *
look_up (InbLocalDays *self,
         gint64        utc_day)
{
  Day *day = &self->days[(guint64) utc_day % N_DAYS];
  gint64 start = utc_day * SECONDS_PER_DAY;

  if (day->utc_day == utc_day)
    return day;

  day->utc_day = utc_day;
  day->offset = get_offset (self->timezone, start);
  day->is_whole = g_time_zone_find_interval (self->timezone, G_TIME_TYPE_UNIVERSAL, start) ==
                  g_time_zone_find_interval (self->timezone, G_TIME_TYPE_UNIVERSAL, start + SECONDS_PER_DAY - 1);

  return day;
}

/**
 * inb_local_days_get:
 * @day: (out): the local day, days since 1970-01-01
 * @week_hour: (out): weekday (0 = Monday) × 24 + hour
 */
void
inb_local_days_get (InbLocalDays *self,
                    gint64        microseconds,
                    gint32       *day,
                    guint8       *week_hour)
{
  gint64 seconds = floor_divide (microseconds, G_USEC_PER_SEC);
  const Day *utc_day = look_up (self, floor_divide (seconds, SECONDS_PER_DAY));
  gint64 local = seconds + (utc_day->is_whole ? utc_day->offset : get_offset (self->timezone, seconds));
  gint64 local_day = floor_divide (local, SECONDS_PER_DAY);
  gint64 weekday = (local_day + THURSDAY) % 7;

  *day = (gint32) local_day;
  *week_hour = (guint8) ((weekday < 0 ? weekday + 7 : weekday) * 24 + (local - local_day * SECONDS_PER_DAY) / SECONDS_PER_HOUR);
}
