/* What the app says: numbers, times, reasons, and bursts of arrivals. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-activity-text.h"
#include "inb-arrivals.h"
#include "inb-decision-text.h"
#include "inb-filter-text.h"
#include "inb-format.h"
#include "inb-known-person.h"
#include "inb-replica-kit.h"
#include "inb-time.h"

#include <string.h>

#define MINUTE (60 * INB_TIME_SECOND)

static gint64
at (const char *text)
{
  gint64 time;

  g_assert_true (inb_time_parse (text, &time));

  return time;
}

static void
test_relative (void)
{
  static const struct {
    const char *time;
    const char *text;
    const char *in_sentence;
  } cases[] = {
    { "2026-03-10T12:00:00Z", "Just now", "just now" },
    { "2026-03-10T11:59:01Z", "Just now", "just now" },
    { "2026-03-10T12:00:20Z", "Just now", "just now" },
    { "2026-03-10T11:58:00Z", "2 min ago", "2 min ago" },
    { "2026-03-10T11:00:01Z", "59 min ago", "59 min ago" },
    { "2026-03-10T11:00:00Z", "1 h ago", "1 h ago" },
    { "2026-03-09T12:00:01Z", "23 h ago", "23 h ago" },
    { "2026-03-09T12:00:00Z", "9 Mar", "on 9 Mar" },
    { "2025-12-31T23:30:00Z", "1 Jan", "on 1 Jan" },
    { "2025-12-31T22:30:00Z", "31 Dec 2025", "on 31 Dec 2025" },
    { "2026-03-10T14:30:00Z", "10 Mar 2026, 15:30", "on 10 Mar 2026, 15:30" },
  };
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = inb_format_relative (at (cases[i].time), at ("2026-03-10T12:00:00Z"), berlin);
      g_autofree char *in_sentence = inb_format_when (at (cases[i].time), at ("2026-03-10T12:00:00Z"), berlin);

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpstr (in_sentence, ==, cases[i].in_sentence);
    }
}

/* Days and instants that leads were made between; the tests' zone is not known, so two instants of one minute do. */
static void
test_range (void)
{
  InbDateRange range = { 0 };
  g_autofree char *days = NULL;
  g_autofree char *since = NULL;
  g_autofree char *minute = NULL;

  g_assert_true (inb_date_range_set_days (&range, "2026-03-09", "2026-03-10"));
  days = inb_filter_text_get_range (&range);
  g_assert_nonnull (strstr (days, " – "));
  g_assert_true (inb_date_range_set_times (&range, at ("2026-03-10T12:00:00Z"), G_MAXINT64));
  since = inb_filter_text_get_range (&range);
  g_assert_true (g_str_has_prefix (since, "from "));
  g_assert_nonnull (strstr (since, " Mar 2026, "));
  g_assert_true (inb_date_range_set_times (&range, at ("2026-03-10T12:00:00Z"), at ("2026-03-10T12:00:59Z")));
  minute = inb_filter_text_get_range (&range);
  g_assert_cmpstr (minute, ==, since + strlen ("from "));
}

static void
test_day (void)
{
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  gint64 now = at ("2026-03-30T10:00:00Z");   /* the day after the clocks went forward */
  g_autofree char *today = inb_format_day (at ("2026-03-29T22:00:00Z"), now, berlin);
  g_autofree char *yesterday = inb_format_day (at ("2026-03-28T23:00:00Z"), now, berlin);
  g_autofree char *before = inb_format_day (at ("2026-03-28T22:59:59Z"), now, berlin);
  g_autofree char *last_year = inb_format_day (at ("2025-03-28T12:00:00Z"), now, berlin);

  g_assert_cmpstr (today, ==, "Today");
  g_assert_cmpstr (yesterday, ==, "Yesterday");
  g_assert_cmpstr (before, ==, "Saturday, 28 March");
  g_assert_cmpstr (last_year, ==, "Friday, 28 March 2025");
}

static void
test_numbers (void)
{
  g_autofree char *share = inb_format_share (152, 1000);
  g_autofree char *nothing = inb_format_share (0, 0);
  g_autofree char *money = inb_format_money ("-0.50", "EUR");
  g_autofree char *large = inb_format_money ("9007199254740993.07", NULL);
  g_autofree char *key = inb_format_key ("österreich_web-form");
  g_autofree char *empty = inb_format_key ("");

  g_assert_cmpstr (share, ==, "15.2\u202f%");
  g_assert_cmpstr (nothing, ==, "–");
  g_assert_cmpstr (money, ==, "-0.50\u00a0EUR");
  g_assert_cmpstr (large, ==, "9007199254740993.07");
  g_assert_cmpstr (key, ==, "Österreich web form");
  g_assert_cmpstr (empty, ==, "");
}

static void
test_reason (void)
{
  g_autofree char *text = inb_decision_text_describe (
    "{\"webhook\":{\"id\":\"x\",\"source\":\"Landing page\"},\"decision\":{\"rule\":\"updated_only_lead\","
    "\"matched_by\":\"phone\",\"status_word\":\"won\","
    "\"conflicts\":[{\"key\":\"email\",\"value\":\"a@b.c\",\"contact_id\":\"y\"},{\"key\":null},7]}}");
  g_autofree char *newer = inb_decision_text_describe ("{\"decision\":{\"rule\":\"created_by_magic\"}}");
  g_autofree char *by_hand = inb_decision_text_describe ("{\"decision\":{\"rule\":\"manual\"}}");
  g_autofree char *imported = inb_decision_text_describe ("{\"import\":{\"id\":\"x\",\"file\":\"fair.csv\",\"line\":12},"
                                                          "\"decision\":{\"rule\":\"created_no_open_lead\",\"matched_by\":\"none\"}}");

  g_assert_cmpstr (by_hand, ==, "It was made by hand.");
  g_assert_true (g_str_has_prefix (imported, "It was imported from line 12 of the file fair.csv.\n"));
  g_assert_nonnull (strstr (text, "Landing page"));
  g_assert_nonnull (strstr (text, "known by its phone number"));
  g_assert_nonnull (strstr (text, "only open lead"));
  g_assert_nonnull (strstr (text, "“won”"));
  g_assert_nonnull (strstr (text, "mail address a@b.c"));
  g_assert_cmpstr (newer, ==, "Created by magic");
  g_assert_null (inb_decision_text_describe (NULL));
  g_assert_null (inb_decision_text_describe ("not json"));
  g_assert_null (inb_decision_text_describe ("[]"));
  g_assert_null (inb_decision_text_describe ("{\"decision\":\"text\"}"));
}

typedef struct {
  guint n_announced;
  guint count;
  guint contacts;
  char *lead_id;
} Told;

static void
on_announce (InbArrivals      *arrivals,
             const InbArrival *arrival,
             gpointer          user_data)
{
  Told *told = user_data;

  told->n_announced++;
  told->count = arrival->count;
  told->contacts = arrival->contacts;
  g_free (told->lead_id);
  told->lead_id = g_strdup (arrival->lead_id);
}

static gboolean
has_hundred (gpointer data)
{
  return ((Told *) data)->count == 100;
}

static gboolean
is_over (gpointer data)
{
  return g_get_monotonic_time () > *(gint64 *) data;
}

static gboolean
keep_turning (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* A hundred at once: told at once, and once more with the count; the next one after a pause is one again. */
static void
test_burst (void)
{
  g_autoptr (InbArrivals) arrivals = inb_arrivals_new (&(InbArrivalPace) { 50, 50, 50, 200 });
  Told told = { 0 };
  guint turning;
  gint64 pause;

  g_signal_connect (arrivals, "announce", G_CALLBACK (on_announce), &told);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      inb_arrivals_add (arrivals, id, "Name", "Source", (gint64) 1000 - i);
      if (i == 0)
        g_assert_cmpuint (told.n_announced, ==, 1);
    }
  inb_kit_wait (has_hundred, &told);
  g_assert_cmpuint (told.n_announced, <=, 3);
  g_assert_cmpstr (told.lead_id, ==, "99");
  g_assert_cmpuint (told.contacts, ==, 0);

  turning = g_timeout_add (10, keep_turning, NULL);
  pause = g_get_monotonic_time () + 300 * 1000;
  inb_kit_wait (is_over, &pause);
  g_source_remove (turning);
  inb_arrivals_add (arrivals, NULL, "Name", NULL, 2000);
  g_assert_cmpuint (told.count, ==, 1);
  g_assert_cmpuint (told.contacts, ==, 1);
  g_assert_null (told.lead_id);
  g_free (told.lead_id);
}

/* One number in its ways to be written, and what only looks like it. */
static void
test_known_person (void)
{
  static const struct {
    const char *typed;
    gboolean    is_known;
  } numbers[] = {
    { "+49 171 1234500", TRUE },
    { "0171/1234500", TRUE },
    { "0049 171 123 45 00", TRUE },
    { "1234500", FALSE },
    { "234500", FALSE },
    { "4500", FALSE },
    { "+49 171 1234501", FALSE },
    { "+43 171 1234500", FALSE },
  };
  InbLeadSummary summary = { .phone = (char *) "+49 171 1234500", .email = (char *) "ada@example.org" };
  InbLeadSummary nobody = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_assert_cmpint (inb_known_person_is (&summary, INB_CONTACT_PHONE, numbers[i].typed), ==, numbers[i].is_known);
  g_assert_true (inb_known_person_is (&summary, INB_CONTACT_EMAIL, "Ada@Example.org"));
  g_assert_false (inb_known_person_is (&summary, INB_CONTACT_EMAIL, "ada@example.com"));
  g_assert_false (inb_known_person_is (&nobody, INB_CONTACT_PHONE, "+49 171 1234500"));
}

/* What the log wrote in English is said from the field and its values. */
static void
test_activity (void)
{
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  InbFieldContext context = { .zone = berlin, .currency = "EUR" };
  g_autoptr (InbRow) change = inb_row_new (INB_KIND_ACTIVITY);
  g_autoptr (InbRow) call = inb_row_new (INB_KIND_ACTIVITY);
  g_autofree char *title = NULL;
  g_autofree char *nothing = NULL;
  g_autofree char *call_title = NULL;
  g_autofree char *details = NULL;

  inb_row_set (change, INB_ACTIVITY_LEAD_ID, "x");
  inb_row_set (change, INB_ACTIVITY_ACTIVITY_TYPE, "field_updated");
  inb_row_set (change, INB_ACTIVITY_TITLE, "Estimated value: 5.00 → 1250.50");
  inb_row_set (change, INB_ACTIVITY_FIELD_NAME, "estimated_value");
  inb_row_set (change, INB_ACTIVITY_OLD_VALUE, "\"5.00\"");
  inb_row_set (change, INB_ACTIVITY_NEW_VALUE, "\"1250.50\"");
  title = inb_activity_text_get_title (change, &context);
  nothing = inb_activity_text_get_details (change, &context);
  g_assert_cmpstr (title, ==, "Estimated value: 5.00\u00a0EUR → 1250.50\u00a0EUR");
  g_assert_null (nothing);

  inb_row_set (call, INB_ACTIVITY_ACTIVITY_TYPE, "call");
  inb_row_set (call, INB_ACTIVITY_TITLE, "Call: Roof");
  inb_row_set (call, INB_ACTIVITY_DIRECTION, "inbound");
  inb_row_set (call, INB_ACTIVITY_DURATION_SECONDS, "420");
  inb_row_set (call, INB_ACTIVITY_OUTCOME, "no_answer");
  inb_row_set (call, INB_ACTIVITY_STARTS_AT, "2026-11-24T13:15:00Z");
  call_title = inb_activity_text_get_title (call, &context);
  details = inb_activity_text_get_details (call, &context);
  g_assert_cmpstr (call_title, ==, "Call: Roof");
  g_assert_cmpstr (details, ==, "Incoming · 24 Nov 2026, 14:15 · 7 min · No answer");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/relative", test_relative);
  g_test_add_func ("/words/day", test_day);
  g_test_add_func ("/words/range", test_range);
  g_test_add_func ("/words/numbers", test_numbers);
  g_test_add_func ("/words/reason", test_reason);
  g_test_add_func ("/words/burst", test_burst);
  g_test_add_func ("/words/known-person", test_known_person);
  g_test_add_func ("/words/activity", test_activity);

  return g_test_run ();
}
