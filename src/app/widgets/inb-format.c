#define G_LOG_DOMAIN "inb-app"

#include "inb-format.h"

#include "inb-time.h"

#include <glib/gi18n.h>
#include <string.h>

#define MINUTE (60 * G_TIME_SPAN_SECOND)
#define HOUR (60 * MINUTE)

static GDateTime *
local_time (gint64     microseconds,
            GTimeZone *timezone)
{
  gint64 seconds = microseconds / G_TIME_SPAN_SECOND;
  g_autoptr (GDateTime) utc = NULL;

  if (microseconds < 0 && microseconds % G_TIME_SPAN_SECOND != 0)
    seconds--;
  utc = g_date_time_new_from_unix_utc (seconds);

  return utc != NULL ? g_date_time_to_timezone (utc, timezone) : NULL;
}

static char *
format_time (gint64      microseconds,
             GTimeZone  *timezone,
             const char *format)
{
  g_autoptr (GDateTime) time = local_time (microseconds, timezone);

  return time != NULL ? g_date_time_format (time, format) : g_strdup ("");
}

/**
 * inb_format_count:
 *
 * Returns: (transfer full): @count with the locale's grouping
 */
char *
inb_format_count (gint64 count)
{
  return g_strdup_printf ("%'" G_GINT64_FORMAT, count);
}

/**
 * inb_format_share:
 *
 * Returns: (transfer full): @part of @whole as a percentage with one decimal
 */
char *
inb_format_share (gint64 part,
                  gint64 whole)
{
  g_autofree char *number = NULL;

  if (whole <= 0)
    return g_strdup ("–");

  number = g_strdup_printf ("%.1f", (double) part * 100.0 / (double) whole);

  /* Translators: a percentage, for example "15.2 %"; between them a narrow no-break space. */
  return g_strdup_printf (_("%s\u202f%%"), number);
}

/**
 * inb_format_duration:
 * @seconds: 0 or more
 *
 * Returns: (transfer full): the time in its one or two largest units
 */
char *
inb_format_duration (gint64 seconds)
{
  int minutes = (int) (seconds / 60 % 60);
  int hours = (int) (seconds / 3600);
  g_autofree char *days = NULL;

  if (seconds < 60)
    return g_strdup_printf (_("%d s"), (int) MAX (seconds, 0));
  if (seconds < 3600)
    return g_strdup_printf (_("%d min"), minutes);
  if (seconds < 10 * 3600 && minutes > 0)
    return g_strdup_printf (_("%d h %d min"), hours, minutes);
  if (seconds < 48 * 3600)
    return g_strdup_printf (_("%d h"), hours);

  days = inb_format_count (seconds / (24 * 3600));

  return g_strdup_printf (_("%s days"), days);
}

/**
 * inb_format_money:
 * @amount: decimal text with two places
 * @currency: (nullable): ISO 4217 code
 *
 * Returns: (transfer full): the amount with grouping and its currency
 */
char *
inb_format_money (const char *amount,
                  const char *currency)
{
  const char *point = strchr (amount, '.');
  g_autofree char *whole = g_strndup (amount, point != NULL ? (gsize) (point - amount) : strlen (amount));
  g_autofree char *sample = g_strdup_printf ("%.1f", 0.5);
  g_autofree char *grouped = NULL;
  gboolean small_negative;
  gint64 number;

  if (!g_ascii_string_to_signed (whole, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return g_strdup (amount);

  /* The locale's decimal separator is whatever stands between the digits of 0.5. */
  sample[strlen (sample) - 1] = '\0';
  small_negative = number == 0 && *amount == '-';
  grouped = inb_format_count (number);

  return g_strdup_printf ("%s%s%s%s%s%s", small_negative ? "-" : "", grouped, point != NULL ? sample + 1 : "",
                          point != NULL ? point + 1 : "", currency != NULL ? "\u00a0" : "",
                          currency != NULL ? currency : "");
}

/**
 * inb_format_relative:
 * @now: the present instant in microseconds
 *
 * Returns: (transfer full): how long ago, or the date
 */
char *
inb_format_relative (gint64     microseconds,
                     gint64     now,
                     GTimeZone *timezone)
{
  gint64 age = now - microseconds;
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (GDateTime) today = NULL;

  /* Clocks of two computers differ a little: slightly in the future is now. */
  if (age > -MINUTE && age < MINUTE)
    return g_strdup (_("Just now"));
  if (age > 0 && age < HOUR)
    return g_strdup_printf (_("%d min ago"), (int) (age / MINUTE));
  if (age > 0 && age < 24 * HOUR)
    return g_strdup_printf (_("%d h ago"), (int) (age / HOUR));

  time = local_time (microseconds, timezone);
  today = local_time (now, timezone);
  if (time == NULL || today == NULL)
    return g_strdup ("");
  if (age < 0)
    return g_date_time_format (time, _("%-d %b %Y, %H:%M"));
  if (g_date_time_get_year (time) == g_date_time_get_year (today))
    return g_date_time_format (time, _("%-d %b"));

  return g_date_time_format (time, _("%-d %b %Y"));
}

/**
 * inb_format_when:
 * @now: the present instant in microseconds
 *
 * Returns: (transfer full): the same as inb_format_relative(), to be put behind a verb
 */
char *
inb_format_when (gint64     microseconds,
                 gint64     now,
                 GTimeZone *timezone)
{
  gint64 age = now - microseconds;
  g_autofree char *relative = NULL;

  if (age > -MINUTE && age < MINUTE)
    return g_strdup (_("just now"));

  relative = inb_format_relative (microseconds, now, timezone);
  if (age > 0 && age < 24 * HOUR)
    return g_steal_pointer (&relative);

  /* Translators: "%s" is a date: "last seen on 22 Nov". */
  return g_strdup_printf (_("on %s"), relative);
}

char *
inb_format_moment (gint64     microseconds,
                   GTimeZone *timezone)
{
  return format_time (microseconds, timezone, _("%-d %b %Y, %H:%M"));
}

char *
inb_format_absolute (gint64     microseconds,
                     GTimeZone *timezone)
{
  return format_time (microseconds, timezone, _("%A, %-d %B %Y, %H:%M:%S %Z"));
}

char *
inb_format_clock (gint64     microseconds,
                  GTimeZone *timezone)
{
  return format_time (microseconds, timezone, _("%H:%M"));
}

/**
 * inb_format_day:
 * @now: the present instant in microseconds
 *
 * Returns: (transfer full): the day as a heading
 */
char *
inb_format_day (gint64     microseconds,
                gint64     now,
                GTimeZone *timezone)
{
  gint64 today = inb_time_day_start (now, timezone);
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (GDateTime) present = NULL;

  if (microseconds >= today && microseconds < inb_time_next_day (now, timezone))
    return g_strdup (_("Today"));
  if (microseconds < today && microseconds >= inb_time_day_start (today - 1, timezone))
    return g_strdup (_("Yesterday"));

  time = local_time (microseconds, timezone);
  present = local_time (now, timezone);
  if (time == NULL || present == NULL)
    return g_strdup ("");
  if (g_date_time_get_year (time) == g_date_time_get_year (present))
    return g_date_time_format (time, _("%A, %-d %B"));

  return g_date_time_format (time, _("%A, %-d %B %Y"));
}

static char *
format_date (const char *date,
             const char *format)
{
  g_autofree char *instant = g_strconcat (date, "T00:00:00Z", NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (instant, NULL);

  return time != NULL ? g_date_time_format (time, format) : g_strdup (date);
}

char *
inb_format_date (const char *date)
{
  return format_date (date, _("%-d %B %Y"));
}

char *
inb_format_short_date (const char *date)
{
  return format_date (date, _("%-d %b %Y"));
}

/**
 * inb_format_key:
 * @key: lower case words with underscores or hyphens
 *
 * Returns: (transfer full): the words, the first one capitalized
 */
char *
inb_format_key (const char *key)
{
  g_autofree char *words = g_strdelimit (g_strdup (key), "_-", ' ');
  g_autofree char *head = NULL;
  g_autofree char *upper = NULL;
  const char *rest;

  if (*words == '\0')
    return g_steal_pointer (&words);

  rest = g_utf8_next_char (words);
  head = g_strndup (words, (gsize) (rest - words));
  upper = g_utf8_strup (head, -1);

  return g_strconcat (upper, rest, NULL);
}
