#define G_LOG_DOMAIN "inb-model"

#include "inb-time.h"

#include "inb-time-private.h"

#include <string.h>

#define SECONDS_PER_DAY 86400
/* 0000-01-01 and the last microsecond of 9999: what four digits can write. */
#define FIRST_SECOND (-G_GINT64_CONSTANT (62167219200))
#define LAST_SECOND G_GINT64_CONSTANT (253402300799)
#define TEXT_LENGTH 27

/* Days since 1970 of a date of the Gregorian calendar, and back; years are counted from March so that the leap day
 * comes last (Howard Hinnant's method). */
gint64
inb_time_days_from_date (int year,
                         int month,
                         int day)
{
  gint64 y = month <= 2 ? year - 1 : year;
  gint64 era = (y >= 0 ? y : y - 399) / 400;
  gint64 year_of_era = y - era * 400;
  gint64 day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  gint64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * 146097 + day_of_era - 719468;
}

static void
date_from_days (gint64  days,
                int    *year,
                int    *month,
                int    *day)
{
  gint64 shifted = days + 719468;
  gint64 era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  gint64 day_of_era = shifted - era * 146097;
  gint64 year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  gint64 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  gint64 month_from_march = (5 * day_of_year + 2) / 153;

  *day = (int) (day_of_year - (153 * month_from_march + 2) / 5 + 1);
  *month = (int) (month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
  *year = (int) (year_of_era + era * 400 + (*month <= 2));
}

static gint64
floor_divide (gint64 value,
              gint64 by)
{
  return value / by - (value % by < 0);
}

gboolean
inb_time_date_exists (int year,
                      int month,
                      int day)
{
  static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

  return year >= 0 && month >= 1 && month <= 12 && day >= 1
         && day <= lengths[month - 1] + (month == 2 && is_leap ? 1 : 0);
}

/**
 * inb_time_now:
 *
 * Returns: microseconds since 1970 UTC
 */
gint64
inb_time_now (void)
{
  return g_get_real_time ();
}

static inline void
put_two (char *out,
         int   value)
{
  out[0] = (char) ('0' + value / 10);
  out[1] = (char) ('0' + value % 10);
}

static void
put_date (char   *out,
          gint64  days)
{
  int year, month, day;

  date_from_days (days, &year, &month, &day);
  put_two (out, year / 100);
  put_two (out + 2, year % 100);
  out[4] = '-';
  put_two (out + 5, month);
  out[7] = '-';
  put_two (out + 8, day);
}

/* Years outside 0–9999 have no RFC 3339 form: the nearest instant that has one stands for them. */
static void
put_time (char   *out,
          gint64  microseconds)
{
  gint64 clamped = CLAMP (microseconds, FIRST_SECOND * G_USEC_PER_SEC, LAST_SECOND * G_USEC_PER_SEC + 999999);
  gint64 seconds = floor_divide (clamped, G_USEC_PER_SEC);
  int fraction = (int) (clamped - seconds * G_USEC_PER_SEC);
  gint64 days = floor_divide (seconds, SECONDS_PER_DAY);
  int of_day = (int) (seconds - days * SECONDS_PER_DAY);

  put_date (out, days);
  out[10] = 'T';
  put_two (out + 11, of_day / 3600);
  out[13] = ':';
  put_two (out + 14, of_day / 60 % 60);
  out[16] = ':';
  put_two (out + 17, of_day % 60);
  out[19] = '.';
  put_two (out + 20, fraction / 10000);
  put_two (out + 22, fraction / 100 % 100);
  put_two (out + 24, fraction % 100);
  out[26] = 'Z';
}

/**
 * inb_time_format:
 * @microseconds: since 1970 UTC
 *
 * Returns: (transfer full): RFC 3339 in UTC with six places
 */
char *
inb_time_format (gint64 microseconds)
{
  char *text = g_malloc (TEXT_LENGTH + 1);

  put_time (text, microseconds);
  text[TEXT_LENGTH] = '\0';

  return text;
}

/**
 * inb_time_append:
 * @microseconds: since 1970 UTC
 *
 * Appends what inb_time_format() returns.
 */
void
inb_time_append (GString *text,
                 gint64   microseconds)
{
  char out[TEXT_LENGTH];

  put_time (out, microseconds);
  g_string_append_len (text, out, sizeof out);
}

/* Moves @text past exactly @n digits. */
static inline gboolean
take_digits (const char **text,
             guint        n,
             int         *value)
{
  const char *c = *text;

  *value = 0;
  for (guint i = 0; i < n; i++, c++)
    {
      if (*c < '0' || *c > '9')
        return FALSE;
      *value = *value * 10 + (*c - '0');
    }
  *text = c;

  return TRUE;
}

static inline gboolean
take_character (const char **text,
                char         character)
{
  if (**text != character)
    return FALSE;
  (*text)++;

  return TRUE;
}

static gboolean
take_date (const char **text,
           gint64      *days)
{
  int year, month, day;

  if (!take_digits (text, 4, &year) || !take_character (text, '-')
      || !take_digits (text, 2, &month) || !take_character (text, '-')
      || !take_digits (text, 2, &day) || !inb_time_date_exists (year, month, day))
    return FALSE;
  *days = inb_time_days_from_date (year, month, day);

  return TRUE;
}

/* One to nine digits behind a point; what is finer than a microsecond is cut off. */
static gboolean
take_fraction (const char **text,
               gint64      *microseconds)
{
  const char *c = *text;
  gint64 value = 0;
  guint n_digits = 0;

  for (; *c >= '0' && *c <= '9'; c++, n_digits++)
    {
      if (n_digits < 6)
        value = value * 10 + (*c - '0');
    }
  if (n_digits == 0 || n_digits > 9)
    return FALSE;
  for (guint i = n_digits; i < 6; i++)
    value *= 10;
  *microseconds = value;
  *text = c;

  return TRUE;
}

/* HH:MM[:SS[.f]], of a day of 24 hours; second 60 is the first of the next minute. */
static gboolean
take_clock (const char **text,
            gboolean     needs_seconds,
            gint64      *microseconds)
{
  int hour, minute, second = 0;
  gint64 fraction = 0;

  if (!take_digits (text, 2, &hour) || !take_character (text, ':') || !take_digits (text, 2, &minute))
    return FALSE;
  if (take_character (text, ':'))
    {
      if (!take_digits (text, 2, &second))
        return FALSE;
      if ((**text == '.' || **text == ',') && ((*text)++, !take_fraction (text, &fraction)))
        return FALSE;
    }
  else if (needs_seconds)
    {
      return FALSE;
    }
  if (hour > 23 || minute > 59 || second > 60)
    return FALSE;
  *microseconds = (hour * 3600 + minute * 60 + second) * (gint64) G_USEC_PER_SEC + fraction;

  return TRUE;
}

/* Z, ±HH, ±HHMM or ±HH:MM, and nothing behind it. */
gboolean
inb_time_read_offset (const char *text,
                      int        *seconds)
{
  int sign, hours, minutes = 0;

  *seconds = 0;
  if ((text[0] == 'Z' || text[0] == 'z') && text[1] == '\0')
    return TRUE;
  if (text[0] != '+' && text[0] != '-')
    return FALSE;

  sign = text[0] == '-' ? -1 : 1;
  text++;
  if (!take_digits (&text, 2, &hours))
    return FALSE;
  if (*text != '\0')
    {
      if (*text == ':')
        text++;
      if (!take_digits (&text, 2, &minutes) || *text != '\0')
        return FALSE;
    }
  if (hours > 23 || minutes > 59)
    return FALSE;
  *seconds = sign * (hours * 3600 + minutes * 60);

  return TRUE;
}

/**
 * inb_time_parse:
 * @text: (nullable): an instant with its offset
 * @microseconds: (out): since 1970 UTC
 *
 * Returns: whether @text is an RFC 3339 or ISO 8601 instant
 */
gboolean
inb_time_parse (const char *text,
                gint64     *microseconds)
{
  gint64 days, of_day;
  int offset;

  g_return_val_if_fail (microseconds != NULL, FALSE);

  if (text == NULL || !take_date (&text, &days))
    return FALSE;
  if (*text != 'T' && *text != 't' && *text != ' ')
    return FALSE;
  text++;
  if (!take_clock (&text, FALSE, &of_day) || !inb_time_read_offset (text, &offset))
    return FALSE;
  *microseconds = (days * SECONDS_PER_DAY - offset) * G_USEC_PER_SEC + of_day;

  return TRUE;
}

/**
 * inb_time_from_postgres:
 * @text: (nullable): a timestamptz as PostgreSQL writes it with TimeZone=UTC and DateStyle=ISO
 *
 * Returns: (transfer full) (nullable): the wire's form; %NULL when @text is something else, infinity or outside the
 *   years 1–9999
 */
char *
inb_time_from_postgres (const char *text)
{
  gint64 days, of_day;

  if (text == NULL || !take_date (&text, &days) || !take_character (&text, ' ') || !take_clock (&text, TRUE, &of_day)
      || strcmp (text, "+00") != 0)
    return NULL;

  return inb_time_format (days * INB_TIME_DAY + of_day);
}

static int
find_interval (GTimeZone *timezone,
               gint64     seconds)
{
  return g_time_zone_find_interval (timezone, G_TIME_TYPE_UNIVERSAL, seconds);
}

static gint64
get_offset (GTimeZone *timezone,
            gint64     seconds)
{
  int interval = find_interval (timezone, seconds);

  return interval < 0 ? 0 : g_time_zone_get_offset (timezone, interval);
}

static gint64
get_local_days (gint64     microseconds,
                GTimeZone *timezone)
{
  gint64 seconds = floor_divide (microseconds, G_USEC_PER_SEC);

  return floor_divide (seconds + get_offset (timezone, seconds), SECONDS_PER_DAY);
}

/* The first second after @after at which a local clock reaches @local. Where it shows that time twice the earlier one
 * counts; where it jumps over it the moment of the jump does. */
static gint64
find_local (gint64     local,
            gint64     after,
            GTimeZone *timezone)
{
  const gint64 offsets[] = {
    get_offset (timezone, local - SECONDS_PER_DAY),
    get_offset (timezone, local),
    get_offset (timezone, local + SECONDS_PER_DAY),
  };
  gint64 best = G_MAXINT64;
  gint64 low, high;

  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      gint64 second = local - offsets[i];

      if (second > after && second < best && get_offset (timezone, second) == offsets[i])
        best = second;
    }
  if (best != G_MAXINT64)
    return best;

  low = local - MAX (MAX (offsets[0], offsets[1]), offsets[2]) - 1;
  high = local - MIN (MIN (offsets[0], offsets[1]), offsets[2]) + 1;
  while (high - low > 1)
    {
      gint64 middle = low + (high - low) / 2;

      if (middle + get_offset (timezone, middle) >= local)
        high = middle;
      else
        low = middle;
    }

  return high;
}

/**
 * inb_time_get_day:
 * @microseconds: since 1970 UTC
 *
 * Returns: (transfer full): the calendar day in @timezone, "2026-11-22"
 */
char *
inb_time_get_day (gint64     microseconds,
                  GTimeZone *timezone)
{
  gint64 days = get_local_days (microseconds, timezone);
  char *text = g_malloc (11);

  put_date (text, CLAMP (days, FIRST_SECOND / SECONDS_PER_DAY, LAST_SECOND / SECONDS_PER_DAY));
  text[10] = '\0';

  return text;
}

/**
 * inb_time_day_start:
 * @microseconds: since 1970 UTC
 *
 * Where the clock skips midnight the day starts with the jump; where it shows midnight twice, with the first.
 *
 * Returns: the instant at which the local day of @microseconds began
 */
gint64
inb_time_day_start (gint64     microseconds,
                    GTimeZone *timezone)
{
  gint64 local = get_local_days (microseconds, timezone) * SECONDS_PER_DAY;

  return find_local (local, G_MININT64, timezone) * G_USEC_PER_SEC;
}

/**
 * inb_time_next_day:
 * @microseconds: since 1970 UTC
 *
 * Returns: the instant, after @microseconds, at which the next local day begins
 */
gint64
inb_time_next_day (gint64     microseconds,
                   GTimeZone *timezone)
{
  gint64 local = (get_local_days (microseconds, timezone) + 1) * SECONDS_PER_DAY;

  return find_local (local, floor_divide (microseconds, G_USEC_PER_SEC), timezone) * G_USEC_PER_SEC;
}

/**
 * inb_time_zone_new:
 * @name: (nullable): an IANA name
 *
 * Returns: (transfer full): the zone; UTC for a name that is not known here
 */
GTimeZone *
inb_time_zone_new (const char *name)
{
  GTimeZone *zone = name != NULL ? g_time_zone_new_identifier (name) : NULL;

  return zone != NULL ? zone : g_time_zone_new_utc ();
}

/**
 * inb_date_is_valid:
 * @text: (nullable): anything
 *
 * Returns: whether it is YYYY-MM-DD, of a day that exists
 */
gboolean
inb_date_is_valid (const char *text)
{
  gint64 days;

  return text != NULL && take_date (&text, &days) && *text == '\0';
}
