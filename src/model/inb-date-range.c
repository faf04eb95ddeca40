#define G_LOG_DOMAIN "inb-model"

#include "inb-date-range.h"

#include "inb-names.h"
#include "inb-time.h"

#include <string.h>

#define LAST_DAY "9999-12-31"

static const char * const names[INB_N_DATE_RANGES] = {
  [INB_DATE_RANGE_ANY] = "any",
  [INB_DATE_RANGE_TODAY] = "today",
  [INB_DATE_RANGE_YESTERDAY] = "yesterday",
  [INB_DATE_RANGE_LAST_7_DAYS] = "last_7_days",
  [INB_DATE_RANGE_LAST_30_DAYS] = "last_30_days",
  [INB_DATE_RANGE_LAST_90_DAYS] = "last_90_days",
  [INB_DATE_RANGE_THIS_WEEK] = "this_week",
  [INB_DATE_RANGE_THIS_MONTH] = "this_month",
  [INB_DATE_RANGE_LAST_MONTH] = "last_month",
  [INB_DATE_RANGE_THIS_YEAR] = "this_year",
};

const char *
inb_date_range_kind_get_name (InbDateRangeKind kind)
{
  g_return_val_if_fail (kind < INB_N_DATE_RANGES, NULL);

  return names[kind];
}

/**
 * inb_date_range_kind_from_name:
 * @kind: (out): what @name means
 *
 * Returns: whether @name is one of a relative range
 */
gboolean
inb_date_range_kind_from_name (const char       *name,
                               InbDateRangeKind *kind)
{
  guint found;

  if (!inb_names_find (names, INB_N_DATE_RANGES, name, &found))
    return FALSE;

  *kind = found;

  return TRUE;
}

/**
 * inb_date_range_set_days:
 * @from: (nullable): the first day, YYYY-MM-DD
 * @to: (nullable): the last day
 *
 * Returns: whether both are dates in their order; else nothing is changed
 */
gboolean
inb_date_range_set_days (InbDateRange *self,
                         const char   *from,
                         const char   *to)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if ((from != NULL && !inb_date_is_valid (from)) || (to != NULL && !inb_date_is_valid (to)) ||
      (from != NULL && to != NULL && strcmp (from, to) > 0))
    return FALSE;

  self->kind = from == NULL && to == NULL ? INB_DATE_RANGE_ANY : INB_DATE_RANGE_DAYS;
  g_strlcpy (self->from, from != NULL ? from : "", sizeof self->from);
  g_strlcpy (self->to, to != NULL ? to : "", sizeof self->to);

  return TRUE;
}

/**
 * inb_date_range_set_times:
 * @since: the first instant in it, microseconds, or %G_MININT64
 * @until: the first one after it, or %G_MAXINT64
 *
 * Returns: whether there is anything between them; else nothing is changed
 */
gboolean
inb_date_range_set_times (InbDateRange *self,
                          gint64        since,
                          gint64        until)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (since >= until)
    return FALSE;

  memset (self, 0, sizeof *self);
  if (since == G_MININT64 && until == G_MAXINT64)
    return TRUE;
  self->kind = INB_DATE_RANGE_TIMES;
  self->since = since;
  self->until = until;

  return TRUE;
}

gboolean
inb_date_range_equal (const InbDateRange *a,
                      const InbDateRange *b)
{
  return a->kind == b->kind &&
         (a->kind != INB_DATE_RANGE_DAYS || (strcmp (a->from, b->from) == 0 && strcmp (a->to, b->to) == 0)) &&
         (a->kind != INB_DATE_RANGE_TIMES || (a->since == b->since && a->until == b->until));
}

/* The local midnight that begins the day @days after the one of @local; zones that change their clocks at midnight begin it
 * later, which inb_time_day_start() knows. */
static gint64
day_start (GDateTime *local,
           int        days,
           GTimeZone *timezone)
{
  g_autoptr (GDate) date = g_date_new_dmy (g_date_time_get_day_of_month (local), g_date_time_get_month (local),
                                           g_date_time_get_year (local));
  g_autoptr (GDateTime) noon = NULL;

  if (days >= 0)
    g_date_add_days (date, days);
  else
    g_date_subtract_days (date, -days);
  noon = g_date_time_new (timezone, g_date_get_year (date), g_date_get_month (date), g_date_get_day (date), 12, 0, 0);

  return inb_time_day_start (g_date_time_to_unix (noon) * G_USEC_PER_SEC, timezone);
}

static gint64
first_of_month (GDateTime *local,
                int        months,
                GTimeZone *timezone)
{
  int count = g_date_time_get_year (local) * 12 + g_date_time_get_month (local) - 1 + months;
  g_autoptr (GDateTime) noon = g_date_time_new (timezone, count / 12, count % 12 + 1, 1, 12, 0, 0);

  return inb_time_day_start (g_date_time_to_unix (noon) * G_USEC_PER_SEC, timezone);
}

static GDateTime *
noon_of (const char *date,
         GTimeZone  *timezone)
{
  int year = (int) g_ascii_strtoll (date, NULL, 10);
  int month = (int) g_ascii_strtoll (date + 5, NULL, 10);
  int day = (int) g_ascii_strtoll (date + 8, NULL, 10);

  return g_date_time_new (timezone, year, month, day, 12, 0, 0);
}

static void
resolve_days (const InbDateRange *self,
              GTimeZone          *timezone,
              gint64             *from,
              gint64             *to)
{
  if (*self->from != '\0')
    {
      g_autoptr (GDateTime) noon = noon_of (self->from, timezone);

      *from = day_start (noon, 0, timezone);
    }
  /* After the last day that can be named there is none. */
  if (*self->to != '\0' && strcmp (self->to, LAST_DAY) != 0)
    {
      g_autoptr (GDateTime) noon = noon_of (self->to, timezone);

      *to = day_start (noon, 1, timezone);
    }
}

/**
 * inb_date_range_resolve:
 * @now: microseconds, what relative ranges are relative to
 * @from: (out): the first instant in it, microseconds, or %G_MININT64
 * @to: (out): the first one after it, or %G_MAXINT64
 */
void
inb_date_range_resolve (const InbDateRange *self,
                        gint64              now,
                        GTimeZone          *timezone,
                        gint64             *from,
                        gint64             *to)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, timezone);

  *from = G_MININT64;
  *to = G_MAXINT64;
  if (self->kind < INB_DATE_RANGE_DAYS && self->kind != INB_DATE_RANGE_ANY)
    *to = day_start (local, 1, timezone);

  switch (self->kind)
    {
    case INB_DATE_RANGE_TODAY:
      *from = day_start (local, 0, timezone);
      break;
    case INB_DATE_RANGE_YESTERDAY:
      *from = day_start (local, -1, timezone);
      *to = day_start (local, 0, timezone);
      break;
    case INB_DATE_RANGE_LAST_7_DAYS:
      *from = day_start (local, -6, timezone);
      break;
    case INB_DATE_RANGE_LAST_30_DAYS:
      *from = day_start (local, -29, timezone);
      break;
    case INB_DATE_RANGE_LAST_90_DAYS:
      *from = day_start (local, -89, timezone);
      break;
    case INB_DATE_RANGE_THIS_WEEK:
      *from = day_start (local, 1 - g_date_time_get_day_of_week (local), timezone);
      break;
    case INB_DATE_RANGE_THIS_MONTH:
      *from = first_of_month (local, 0, timezone);
      break;
    case INB_DATE_RANGE_LAST_MONTH:
      *from = first_of_month (local, -1, timezone);
      *to = first_of_month (local, 0, timezone);
      break;
    case INB_DATE_RANGE_THIS_YEAR:
      *from = first_of_month (local, 1 - g_date_time_get_month (local), timezone);
      break;
    case INB_DATE_RANGE_DAYS:
      resolve_days (self, timezone, from, to);
      break;
    case INB_DATE_RANGE_TIMES:
      *from = self->since;
      *to = self->until;
      break;
    case INB_DATE_RANGE_ANY:
    case INB_N_DATE_RANGES:
    default:
      break;
    }
}
