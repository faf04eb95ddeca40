/* Spans of local days in zones that change their clocks in the small hours, at midnight, by half hours, or never. */
#include "inb-date-range.h"
#include "inb-time.h"

#include <string.h>

static const char * const zones[] = {
  "UTC", "Europe/Berlin", "Pacific/Auckland", "Asia/Kolkata", "America/Los_Angeles", "America/Havana", "Africa/Cairo",
  "Australia/Lord_Howe", "America/Sao_Paulo",
};

static gint64
parse (const char *text)
{
  gint64 microseconds = 0;

  g_assert_true (inb_time_parse (text, &microseconds));

  return microseconds;
}

/* Days on which the clocks change, as the zone database of another program has them. */
static void
test_changes (void)
{
  static const struct { const char *zone; const char *day; const char *from; const char *to; } cases[] = {
    { "Pacific/Auckland", "2026-04-05", "2026-04-04T11:00:00Z", "2026-04-05T12:00:00Z" },
    { "Pacific/Auckland", "2026-09-27", "2026-09-26T12:00:00Z", "2026-09-27T11:00:00Z" },
    { "America/Los_Angeles", "2026-03-08", "2026-03-08T08:00:00Z", "2026-03-09T07:00:00Z" },
    { "America/Los_Angeles", "2026-11-01", "2026-11-01T07:00:00Z", "2026-11-02T08:00:00Z" },
    { "Asia/Kolkata", "2026-03-29", "2026-03-28T18:30:00Z", "2026-03-29T18:30:00Z" },
    { "Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z" },
    { "Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z" },
    { "America/Havana", "2026-03-08", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z" }, /* begins at one */
    { "America/Havana", "2026-11-01", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z" }, /* has midnight twice */
    { "Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z" },
    { "Africa/Cairo", "2026-10-30", "2026-10-29T22:00:00Z", "2026-10-30T22:00:00Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) timezone = g_time_zone_new_identifier (cases[i].zone);
      gint64 day_from = parse (cases[i].from);
      gint64 day_to = parse (cases[i].to);
      InbDateRange range = { INB_DATE_RANGE_ANY };
      gint64 from, to;

      g_test_message ("%s %s", cases[i].zone, cases[i].day);
      g_assert_nonnull (timezone);
      g_assert_true (inb_date_range_set_days (&range, cases[i].day, cases[i].day));
      inb_date_range_resolve (&range, 0, timezone, &from, &to);
      g_assert_cmpint (from, ==, day_from);
      g_assert_cmpint (to, ==, day_to);

      /* "Today", asked at its first and its last moment and on the day after. */
      range.kind = INB_DATE_RANGE_TODAY;
      inb_date_range_resolve (&range, day_from, timezone, &from, &to);
      g_assert_cmpint (from, ==, day_from);
      g_assert_cmpint (to, ==, day_to);
      inb_date_range_resolve (&range, day_to - 1, timezone, &from, &to);
      g_assert_cmpint (from, ==, day_from);
      g_assert_cmpint (to, ==, day_to);
      range.kind = INB_DATE_RANGE_YESTERDAY;
      inb_date_range_resolve (&range, day_to, timezone, &from, &to);
      g_assert_cmpint (from, ==, day_from);
      g_assert_cmpint (to, ==, day_to);
    }
}

/* The first day of the range, and the first one after it. */
static void
find_days (InbDateRangeKind  kind,
           const GDate      *today,
           GDate            *first,
           GDate            *after)
{
  *first = *today;
  *after = *today;
  g_date_add_days (after, 1);
  switch (kind)
    {
    case INB_DATE_RANGE_YESTERDAY:
      g_date_subtract_days (first, 1);
      g_date_subtract_days (after, 1);
      break;
    case INB_DATE_RANGE_LAST_7_DAYS:
      g_date_subtract_days (first, 6);
      break;
    case INB_DATE_RANGE_LAST_30_DAYS:
      g_date_subtract_days (first, 29);
      break;
    case INB_DATE_RANGE_LAST_90_DAYS:
      g_date_subtract_days (first, 89);
      break;
    case INB_DATE_RANGE_THIS_WEEK:
      g_date_subtract_days (first, g_date_get_weekday (today) - 1);
      break;
    case INB_DATE_RANGE_THIS_MONTH:
      g_date_set_day (first, 1);
      break;
    case INB_DATE_RANGE_LAST_MONTH:
      g_date_set_day (first, 1);
      *after = *first;
      g_date_subtract_months (first, 1);
      break;
    case INB_DATE_RANGE_THIS_YEAR:
      g_date_set_dmy (first, 1, G_DATE_JANUARY, g_date_get_year (today));
      break;
    default:
      break;
    }
}

static void
check_starts (gint64       instant,
              const GDate *date,
              GTimeZone   *timezone)
{
  g_autofree char *day = inb_time_get_day (instant, timezone);
  g_autofree char *before = inb_time_get_day (instant - 1, timezone);
  char expected[16];

  g_date_strftime (expected, sizeof expected, "%Y-%m-%d", date);
  g_assert_cmpstr (day, ==, expected);
  g_assert_cmpstr (before, <, expected);
}

/* Every relative range, asked every seven hours of two years: it begins and ends where its local days do. */
static void
test_relative (gconstpointer data)
{
  const char *zone = data;
  g_autoptr (GTimeZone) timezone = g_time_zone_new_identifier (zone);
  gint64 start = parse ("2025-12-30T00:17:00Z");

  g_assert_nonnull (timezone);
  for (gint64 hour = 0; hour < 2 * 366 * 24; hour += 7)
    {
      gint64 now = start + hour * 3600 * INB_TIME_SECOND;
      g_autofree char *day = inb_time_get_day (now, timezone);
      GDate today;

      g_date_clear (&today, 1);
      g_date_set_parse (&today, day);
      g_assert_true (g_date_valid (&today));
      for (guint kind = INB_DATE_RANGE_TODAY; kind < INB_DATE_RANGE_DAYS; kind++)
        {
          InbDateRange range = { kind };
          GDate first, after;
          gint64 from, to;

          find_days (kind, &today, &first, &after);
          inb_date_range_resolve (&range, now, timezone, &from, &to);
          check_starts (from, &first, timezone);
          check_starts (to, &after, timezone);
        }
    }
}

static void
test_open (void)
{
  g_autoptr (GTimeZone) timezone = g_time_zone_new_identifier ("Asia/Kolkata");
  InbDateRange range = { INB_DATE_RANGE_ANY };
  gint64 from, to;

  inb_date_range_resolve (&range, 0, timezone, &from, &to);
  g_assert_cmpint (from, ==, G_MININT64);
  g_assert_cmpint (to, ==, G_MAXINT64);
  g_assert_true (inb_date_range_set_days (&range, "2026-02-28", NULL));
  inb_date_range_resolve (&range, 0, timezone, &from, &to);
  g_assert_cmpint (from, ==, parse ("2026-02-27T18:30:00Z"));
  g_assert_cmpint (to, ==, G_MAXINT64);
  g_assert_true (inb_date_range_set_days (&range, NULL, "2026-02-28"));
  inb_date_range_resolve (&range, 0, timezone, &from, &to);
  g_assert_cmpint (from, ==, G_MININT64);
  g_assert_cmpint (to, ==, parse ("2026-02-28T18:30:00Z"));
}

static void
test_refusals (void)
{
  static const struct { const char *from; const char *to; } refused[] = {
    { "2026-02-29", NULL }, { NULL, "2026-13-01" }, { "2026-3-1", NULL }, { "", NULL }, { "2026-03-02", "2026-03-01" },
    { "2026-03-02x", NULL },
  };
  InbDateRange range = { INB_DATE_RANGE_ANY };
  InbDateRangeKind kind;

  g_assert_true (inb_date_range_set_days (&range, "2026-03-01", "2026-03-01"));
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      InbDateRange before = range;

      g_assert_false (inb_date_range_set_days (&range, refused[i].from, refused[i].to));
      g_assert_true (inb_date_range_equal (&before, &range));
    }
  g_assert_true (inb_date_range_set_days (&range, NULL, NULL));
  g_assert_cmpint (range.kind, ==, INB_DATE_RANGE_ANY);

  g_assert_false (inb_date_range_kind_from_name ("next_week", &kind));
  g_assert_false (inb_date_range_kind_from_name (NULL, &kind));
  for (guint i = 0; i < INB_DATE_RANGE_DAYS; i++)
    {
      g_assert_true (inb_date_range_kind_from_name (inb_date_range_kind_get_name (i), &kind));
      g_assert_cmpint (kind, ==, i);
    }
  g_assert_null (inb_date_range_kind_get_name (INB_DATE_RANGE_DAYS));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/date-range/changes", test_changes);
  g_test_add_func ("/date-range/open", test_open);
  g_test_add_func ("/date-range/refusals", test_refusals);
  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autofree char *path = g_strconcat ("/date-range/relative/", zones[i], NULL);

      g_test_add_data_func (path, zones[i], test_relative);
    }

  return g_test_run ();
}
