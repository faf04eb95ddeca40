/* Times on the wire, from PostgreSQL, in senders' words, and local days across changes of the clock. */
#include "inb-lead-filter.h"
#include "inb-time.h"

static gint64
parse (const char *text)
{
  gint64 microseconds = 0;

  g_test_message ("%s", text);
  g_assert_true (inb_time_parse (text, &microseconds));

  return microseconds;
}

static GTimeZone *
zone (const char *name)
{
  GTimeZone *timezone = g_time_zone_new_identifier (name);

  g_assert_nonnull (timezone);

  return timezone;
}

static void
test_format (void)
{
  static const struct { gint64 microseconds; const char *text; } cases[] = {
    { 0, "1970-01-01T00:00:00.000000Z" },
    { 1, "1970-01-01T00:00:00.000001Z" },
    { -1, "1969-12-31T23:59:59.999999Z" },
    { G_GINT64_CONSTANT (1795369826123456), "2026-11-22T17:50:26.123456Z" },
    { G_GINT64_CONSTANT (951782400000000), "2000-02-29T00:00:00.000000Z" },
    { G_GINT64_CONSTANT (4107542400000000), "2100-03-01T00:00:00.000000Z" },
    { G_GINT64_CONSTANT (253402300799999999), "9999-12-31T23:59:59.999999Z" },
    { G_GINT64_CONSTANT (-62167219200000000), "0000-01-01T00:00:00.000000Z" },
    { G_MAXINT64, "9999-12-31T23:59:59.999999Z" },
    { G_MININT64, "0000-01-01T00:00:00.000000Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = inb_time_format (cases[i].microseconds);
      g_autoptr (GString) appended = g_string_new ("x");

      g_assert_cmpstr (text, ==, cases[i].text);
      inb_time_append (appended, cases[i].microseconds);
      g_assert_cmpstr (appended->str + 1, ==, cases[i].text);
    }
}

/* The same calendar as GLib's, over 800 years. */
static void
test_calendar (void)
{
  for (gint64 day = -146097; day < 146097; day += 13)
    {
      gint64 seconds = day * 86400 + (day * 7919) % 43200 + 43200;
      g_autoptr (GDateTime) expected = g_date_time_new_from_unix_utc (seconds);
      g_autofree char *expected_text = g_date_time_format (expected, "%Y-%m-%dT%H:%M:%S.000000Z");
      g_autofree char *text = inb_time_format (seconds * G_USEC_PER_SEC);
      gint64 parsed;

      g_assert_cmpstr (text, ==, expected_text);
      g_assert_true (inb_time_parse (text, &parsed));
      g_assert_cmpint (parsed, ==, seconds * G_USEC_PER_SEC);
    }
}

static void
test_parse (void)
{
  static const struct { const char *text; const char *expected; } cases[] = {
    { "2026-11-22T17:50:26.123456Z", "2026-11-22T17:50:26.123456Z" },
    { "2026-11-22T17:50:26Z", "2026-11-22T17:50:26.000000Z" },
    { "2026-11-22t17:50:26z", "2026-11-22T17:50:26.000000Z" },
    { "2026-11-22 17:50:26.1+00:00", "2026-11-22T17:50:26.100000Z" },
    { "2026-11-22T17:50:26.123456789Z", "2026-11-22T17:50:26.123456Z" },
    { "2026-11-22T17:50:26,5Z", "2026-11-22T17:50:26.500000Z" },
    { "2026-11-22T17:50Z", "2026-11-22T17:50:00.000000Z" },
    { "2026-11-22T17:50:26+05:30", "2026-11-22T12:20:26.000000Z" },
    { "2015-02-28T08:49:14+0000", "2015-02-28T08:49:14.000000Z" },
    { "2026-12-31T23:30:00-02", "2027-01-01T01:30:00.000000Z" },
    { "2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000000Z" },
    { "2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000000Z" },
  };
  static const char * const bad[] = {
    "", "x", "2026", "2026-11-22", "2026-11-22T17:50:26", "2026-11-22T17Z", "2026-11-22T17:50:26.Z", "2026-11-22T17:50:26.1234567890Z",
    "2026-11-22T24:00:00Z", "2026-11-22T17:60:00Z", "2026-11-22T17:50:61Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
    "2025-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-11-22T17:50:26Zx", "2026-11-22T17:50:26+24:00",
    "2026-11-22T17:50:26+5", "2026-11-22T17:50:26+05:3", "2026-11-22T17:50:26 Z", " 2026-11-22T17:50:26Z", "2026-11-22_17:50:26Z",
    "26-11-22T17:50:26Z", "12026-11-22T17:50:26Z", "-026-11-22T17:50:26Z", "2026-11-2217:50:26Z", "infinity",
  };
  gint64 microseconds;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = inb_time_format (parse (cases[i].text));

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_false (inb_time_parse (bad[i], &microseconds));
    }
  g_assert_false (inb_time_parse (NULL, &microseconds));
}

static void
test_postgres (void)
{
  static const struct { const char *text; const char *expected; } cases[] = {
    { "2026-11-22 17:50:26.1+00", "2026-11-22T17:50:26.100000Z" },
    { "2026-11-22 17:50:26+00", "2026-11-22T17:50:26.000000Z" },
    { "2026-11-22 17:50:26.123456+00", "2026-11-22T17:50:26.123456Z" },
    { "0001-01-01 00:00:00+00", "0001-01-01T00:00:00.000000Z" },
    { "2026-11-22 17:50:26.1+01", NULL }, { "2026-11-22 17:50:26.1", NULL }, { "2026-11-22 17:50+00", NULL },
    { "2026-11-22T17:50:26.1+00", NULL }, { "infinity", NULL }, { "-infinity", NULL }, { "", NULL }, { NULL, NULL },
    { "10000-01-01 00:00:00+00", NULL }, { "0044-03-15 00:00:00+00 BC", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = inb_time_from_postgres (cases[i].text);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_loose (void)
{
  /* In Berlin: UTC+2 until 26 October 2025, 03:00. */
  static const struct { const char *text; const char *expected; } cases[] = {
    { "2025-10-20 10:00AM", "2025-10-20T08:00:00.000000Z" },
    { "2025-10-20 10:00 PM", "2025-10-20T20:00:00.000000Z" },
    { "2025-10-20T10:00", "2025-10-20T08:00:00.000000Z" },
    { "2025-10-20T10:00:30.5", "2025-10-20T08:00:30.500000Z" },
    { "2025-10-20T10:00:00Z", "2025-10-20T10:00:00.000000Z" },
    { "2025-10-20T10:00:00-05:00", "2025-10-20T15:00:00.000000Z" },
    { "2025-10-20 10:00 UTC", "2025-10-20T10:00:00.000000Z" },
    { "2025-10-20 10:00 -0500", "2025-10-20T15:00:00.000000Z" },
    { "20.10.2025 10:00", "2025-10-20T08:00:00.000000Z" },
    { "20.10.25 9:05", "2025-10-20T07:05:00.000000Z" },
    { "1.2.2025 10:00 Uhr", "2025-02-01T09:00:00.000000Z" },
    { "am 20.10.2025 um 10 Uhr", "2025-10-20T08:00:00.000000Z" },
    { "Montag, 20. Oktober 2025 um 14:30 Uhr", "2025-10-20T12:30:00.000000Z" },
    { "3. März 2025, 08:15", "2025-03-03T07:15:00.000000Z" },
    { "10/20/2025 10:00 PM", "2025-10-20T20:00:00.000000Z" },
    { "20/10/2025 22:00", "2025-10-20T20:00:00.000000Z" },
    { "05/05/2025", "2025-05-04T22:00:00.000000Z" },
    { "2025/10/20 10:00", "2025-10-20T08:00:00.000000Z" },
    { "May 21, 2026 11:08 am", "2026-05-21T09:08:00.000000Z" },
    { "21st of May 2026 at 11 a.m.", "2026-05-21T09:00:00.000000Z" },
    { "20-Oct-2025 10:00", "2025-10-20T08:00:00.000000Z" },
    { "11:08 pm, May 21, 2026", "2026-05-21T21:08:00.000000Z" },
    { "Mon, 20 Oct 2025 10:00:00 GMT", "2025-10-20T10:00:00.000000Z" },
    { "Mon Oct 20 2025 10:00:00 GMT+0200 (Central European Summer Time)", "2025-10-20T08:00:00.000000Z" },
    { "12:00 AM 2025-10-20", "2025-10-19T22:00:00.000000Z" },
    { "12:30pm 2025-10-20", "2025-10-20T10:30:00.000000Z" },
    { "  2025-10-20\t10:00\xc2\xa0" "AM\n", "2025-10-20T08:00:00.000000Z" },
    { "2025-10-20", "2025-10-19T22:00:00.000000Z" },
    { "20251020", "2025-10-19T22:00:00.000000Z" },
    { "2025-12-24", "2025-12-23T23:00:00.000000Z" },
    { "1760954400", "2025-10-20T10:00:00.000000Z" },
    { "1760954400123", "2025-10-20T10:00:00.123000Z" },
    /* The clock jumps from 02:00 to 03:00. */
    { "2025-03-30 02:30", "2025-03-30T01:00:00.000000Z" },

    { "03/04/2025 10:00", NULL }, { "10/20/25", NULL }, { "20.13.2025", NULL }, { "31.4.2025", NULL }, { "2025-02-29", NULL },
    { "", NULL }, { "   ", NULL }, { "tomorrow", NULL }, { "next Monday at 10", NULL }, { "10:00", NULL }, { "May 2026", NULL },
    { "2025-10-20 25:00", NULL }, { "2025-10-20 10:60", NULL }, { "2025-10-20 13:00 PM", NULL }, { "2025-10-20 10:00 EST", NULL },
    { "2025-10-20 10:00 11:00", NULL }, { "2025-10-20 2025-10-21", NULL }, { "20.10.2025 10:00 +02:00 +03:00", NULL }, { "12", NULL },
    { "99999999999999999999", NULL }, { "2025-10-20 ?", NULL }, { "Oct Nov 20 2025", NULL }, { "2025-10-20 10:00 \xff", NULL },
    { "1-2-3-4", NULL }, { "--", NULL }, { "+", NULL }, { "10:", NULL }, { "2025-10", NULL }, { "2025-10-", NULL },
  };
  g_autoptr (GTimeZone) berlin = zone ("Europe/Berlin");
  gint64 microseconds;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean read = inb_time_parse_loose (cases[i].text, berlin, &microseconds);
      g_autofree char *text = read ? inb_time_format (microseconds) : NULL;

      g_test_message ("case %u: %s", i, text != NULL ? text : "none");
      g_assert_cmpstr (text, ==, cases[i].expected);
    }
  g_assert_false (inb_time_parse_loose (NULL, berlin, &microseconds));
}

static void
test_days (void)
{
  static const struct { const char *zone; const char *instant; const char *day; const char *start; const char *next; } cases[] = {
    { "UTC", "2026-11-22T17:50:26Z", "2026-11-22", "2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z" },
    { "UTC", "2026-11-22T00:00:00Z", "2026-11-22", "2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z" },
    { "UTC", "1969-12-31T23:59:59.999999Z", "1969-12-31", "1969-12-31T00:00:00Z", "1970-01-01T00:00:00Z" },
    { "Europe/Berlin", "2026-11-22T23:30:00Z", "2026-11-23", "2026-11-22T23:00:00Z", "2026-11-23T23:00:00Z" },
    /* A day of 23 hours, and one of 25. */
    { "Europe/Berlin", "2025-03-30T12:00:00Z", "2025-03-30", "2025-03-29T23:00:00Z", "2025-03-30T22:00:00Z" },
    { "Europe/Berlin", "2025-10-26T00:30:00Z", "2025-10-26", "2025-10-25T22:00:00Z", "2025-10-26T23:00:00Z" },
    { "Europe/Berlin", "2025-10-26T01:30:00Z", "2025-10-26", "2025-10-25T22:00:00Z", "2025-10-26T23:00:00Z" },
    { "America/New_York", "2025-11-02T03:59:59Z", "2025-11-01", "2025-11-01T04:00:00Z", "2025-11-02T04:00:00Z" },
    { "Asia/Kolkata", "2025-06-01T18:29:59Z", "2025-06-01", "2025-05-31T18:30:00Z", "2025-06-01T18:30:00Z" },
    { "Pacific/Kiritimati", "2025-06-01T10:00:00Z", "2025-06-02", "2025-06-01T10:00:00Z", "2025-06-02T10:00:00Z" },
    /* Midnight is jumped over: the day starts at 01:00. */
    { "America/Sao_Paulo", "2018-11-04T12:00:00Z", "2018-11-04", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z" },
    { "America/Sao_Paulo", "2018-11-04T02:59:59Z", "2018-11-03", "2018-11-03T03:00:00Z", "2018-11-04T03:00:00Z" },
    /* 23:00 to 24:00 twice. */
    { "America/Sao_Paulo", "2018-02-18T02:30:00Z", "2018-02-17", "2018-02-17T02:00:00Z", "2018-02-18T03:00:00Z" },
    /* 00:00 to 01:00 twice. */
    { "America/Havana", "2025-11-02T05:30:00Z", "2025-11-02", "2025-11-02T04:00:00Z", "2025-11-03T05:00:00Z" },
    /* A day that never was. */
    { "Pacific/Apia", "2011-12-30T09:00:00Z", "2011-12-29", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) timezone = zone (cases[i].zone);
      gint64 instant = parse (cases[i].instant);
      g_autofree char *day = inb_time_get_day (instant, timezone);

      g_test_message ("%s %s", cases[i].zone, cases[i].instant);
      g_assert_cmpstr (day, ==, cases[i].day);
      g_assert_cmpint (inb_time_day_start (instant, timezone), ==, parse (cases[i].start));
      g_assert_cmpint (inb_time_next_day (instant, timezone), ==, parse (cases[i].next));
    }
}

/* Whatever the zone does, days follow each other without a gap. */
static void
test_days_are_seamless (void)
{
  static const char * const zones[] = {
    "Europe/Berlin", "America/New_York", "America/Havana", "America/Santiago", "America/Sao_Paulo", "Africa/Cairo", "Asia/Beirut",
    "Asia/Gaza", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Tehran", "Africa/Casablanca", "America/Nuuk", "Asia/Kathmandu",
  };

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (GTimeZone) timezone = zone (zones[i]);
      gint64 start = parse ("2010-01-01T12:00:00Z");
      gint64 end = parse ("2030-01-01T12:00:00Z");

      start = inb_time_day_start (start, timezone);
      while (start < end)
        {
          gint64 next = inb_time_next_day (start, timezone);

          g_assert_cmpint (next - start, >=, 22 * G_TIME_SPAN_HOUR);
          g_assert_cmpint (next - start, <=, 26 * G_TIME_SPAN_HOUR);
          g_assert_cmpint (inb_time_day_start (next - 1, timezone), ==, start);
          g_assert_cmpint (inb_time_next_day (next - 1, timezone), ==, next);
          start = next;
        }
    }
}

static void
test_date (void)
{
  static const struct { const char *text; gboolean valid; } cases[] = {
    { "2026-11-22", TRUE }, { "2024-02-29", TRUE }, { "0001-01-01", TRUE }, { "2025-02-29", FALSE }, { "2026-11-31", FALSE },
    { "2026-1-1", FALSE }, { "2026-11-22 ", FALSE }, { "2026-11-22T", FALSE }, { "", FALSE }, { NULL, FALSE }, { "22.11.2026", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (inb_date_is_valid (cases[i].text), ==, cases[i].valid);
}

static void
test_now (void)
{
  gint64 before = g_get_real_time ();
  gint64 now = inb_time_now ();

  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, g_get_real_time ());
}

/* A span between two instants is kept to the microsecond, also in a filter's JSON. */
static void
test_range_of_times (void)
{
  g_autoptr (InbLeadFilter) filter = inb_lead_filter_new ();
  g_autoptr (InbLeadFilter) again = NULL;
  g_autoptr (InbLeadFilter) open = NULL;
  g_autoptr (GTimeZone) auckland = zone ("Pacific/Auckland");
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  gint64 since = parse ("2026-03-29T00:59:59.999999Z");
  gint64 until = parse ("2026-03-29T01:00:00.000001Z");
  gint64 from, to;

  g_assert_true (inb_date_range_set_times (&filter->created, since, until));
  json = inb_lead_filter_to_json (filter);
  g_assert_cmpstr (json, ==,
                   "{\"created\":{\"since\":\"2026-03-29T00:59:59.999999Z\",\"until\":\"2026-03-29T01:00:00.000001Z\"}}");
  again = inb_lead_filter_new_from_json (json, &error);
  g_assert_no_error (error);
  g_assert_true (inb_lead_filter_equal (filter, again));
  inb_date_range_resolve (&again->created, 0, auckland, &from, &to);
  g_assert_cmpint (from, ==, since);
  g_assert_cmpint (to, ==, until);
  again->created.until++;
  g_assert_false (inb_lead_filter_equal (filter, again));

  open = inb_lead_filter_new_from_json ("{\"created\":{\"since\":\"2026-03-29T00:59:59.999999Z\"}}", &error);
  g_assert_no_error (error);
  inb_date_range_resolve (&open->created, 0, auckland, &from, &to);
  g_assert_cmpint (from, ==, since);
  g_assert_cmpint (to, ==, G_MAXINT64);

  g_assert_false (inb_date_range_set_times (&open->created, until, since));
  g_assert_cmpint (open->created.since, ==, since);
  g_assert_null (inb_lead_filter_new_from_json ("{\"created\":{\"since\":\"yesterday\"}}", &error));
  g_assert_nonnull (error);
}

static void
test_zones (void)
{
  static const char * const cases[][2] = {
    { "Europe/Berlin", "2026-07-02" }, { "UTC", "2026-07-01" }, { "Europe/Nowhere", "2026-07-01" }, { NULL, "2026-07-01" },
  };
  gint64 instant;

  g_assert_true (inb_time_parse ("2026-07-01T22:30:00Z", &instant));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) zone = inb_time_zone_new (cases[i][0]);
      g_autofree char *day = inb_time_get_day (instant, zone);

      g_assert_cmpstr (day, ==, cases[i][1]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/time/format", test_format);
  g_test_add_func ("/time/calendar", test_calendar);
  g_test_add_func ("/time/parse", test_parse);
  g_test_add_func ("/time/postgres", test_postgres);
  g_test_add_func ("/time/loose", test_loose);
  g_test_add_func ("/time/days", test_days);
  g_test_add_func ("/time/days-are-seamless", test_days_are_seamless);
  g_test_add_func ("/time/date", test_date);
  g_test_add_func ("/time/now", test_now);
  g_test_add_func ("/time/range-of-times", test_range_of_times);
  g_test_add_func ("/time/zones", test_zones);

  return g_test_run ();
}
