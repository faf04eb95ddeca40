/* Who is told, and when: rules and quiet hours. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-app-kit.h"
#include "inb-notification-rules.h"
#include "inb-quiet-hours.h"
#include "inb-time.h"

static void
test_rules (void)
{
  static const struct {
    const char       *rules;
    InbNoticeLead     lead;
    InbNoticeOutcome  outcome;
  } cases[] = {
    { "[]", { "Web", "Solar", "hot", NULL, "me", 100 }, INB_NOTICE_NOTIFY },
    { "[{\"outcome\":\"never\"}]", { NULL, NULL, NULL, NULL, NULL, INB_TIME_NONE }, INB_NOTICE_NEVER },
    { "[{\"source\":\"web\",\"outcome\":\"silent\"}]", { "WEB ", NULL, NULL, NULL, NULL, INB_TIME_NONE }, INB_NOTICE_SILENT },
    { "[{\"source\":\"Web\",\"outcome\":\"silent\"}]", { "Webinar", NULL, NULL, NULL, NULL, INB_TIME_NONE }, INB_NOTICE_NOTIFY },
    { "[{\"source\":\"Web\",\"outcome\":\"silent\"}]", { NULL, NULL, NULL, NULL, NULL, INB_TIME_NONE }, INB_NOTICE_NOTIFY },
    { "[{\"product\":\"SOLAR\",\"temperature\":\"cold\",\"outcome\":\"never\"}]", { NULL, "solar", "cold" }, INB_NOTICE_NEVER },
    { "[{\"product\":\"SOLAR\",\"temperature\":\"cold\",\"outcome\":\"never\"}]", { NULL, "solar", "hot" }, INB_NOTICE_NOTIFY },
    { "[{\"owner\":\"me\",\"outcome\":\"notify\"},{\"outcome\":\"never\"}]", { .owner = "ann", .me = "ann" }, INB_NOTICE_NOTIFY },
    { "[{\"owner\":\"me\",\"outcome\":\"notify\"},{\"outcome\":\"never\"}]", { .owner = "bob", .me = "ann" }, INB_NOTICE_NEVER },
    { "[{\"owner\":\"me\",\"outcome\":\"notify\"},{\"outcome\":\"never\"}]", { .owner = "", .me = "" }, INB_NOTICE_NEVER },
    { "[{\"owner\":\"nobody\",\"outcome\":\"silent\"}]", { .owner = NULL, .me = "ann" }, INB_NOTICE_SILENT },
    { "[{\"owner\":\"nobody\",\"outcome\":\"silent\"}]", { .owner = "ann", .me = "ann" }, INB_NOTICE_NOTIFY },
    { "[{\"owner\":\"someone\",\"outcome\":\"silent\"}]", { .owner = "bob", .me = "ann" }, INB_NOTICE_SILENT },
    { "[{\"owner\":\"someone\",\"outcome\":\"silent\"}]", { .owner = "ann", .me = "ann" }, INB_NOTICE_NOTIFY },
    { "[{\"owner\":\"someone\",\"outcome\":\"silent\"}]", { .owner = "ann", .me = NULL }, INB_NOTICE_SILENT },
    { "[{\"min_value\":100000,\"outcome\":\"notify\"},{\"outcome\":\"silent\"}]", { .value = 100000 }, INB_NOTICE_NOTIFY },
    { "[{\"min_value\":100000,\"outcome\":\"notify\"},{\"outcome\":\"silent\"}]", { .value = 99999 }, INB_NOTICE_SILENT },
    { "[{\"min_value\":100000,\"outcome\":\"notify\"},{\"outcome\":\"silent\"}]", { .value = INB_TIME_NONE }, INB_NOTICE_SILENT },
    /* The first that fits decides. */
    { "[{\"source\":\"Web\",\"outcome\":\"never\"},{\"temperature\":\"hot\",\"outcome\":\"notify\"}]", { "Web", NULL, "hot" },
      INB_NOTICE_NEVER },
    { "[{\"temperature\":\"hot\",\"outcome\":\"notify\"},{\"source\":\"Web\",\"outcome\":\"never\"}]", { "Web", NULL, "hot" },
      INB_NOTICE_NOTIFY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) rules = inb_notification_rules_from_json (cases[i].rules);
      g_autoptr (GPtrArray) again = NULL;
      g_autofree char *json = inb_notification_rules_to_json (rules);

      g_test_message ("case %u", i);
      g_assert_cmpint (inb_notification_rules_decide (rules, &cases[i].lead), ==, cases[i].outcome);
      again = inb_notification_rules_from_json (json);
      g_assert_cmpuint (again->len, ==, rules->len);
      g_assert_cmpint (inb_notification_rules_decide (again, &cases[i].lead), ==, cases[i].outcome);
    }
}

/* A rule that is not understood as a whole is no rule: without its odd condition it would fit too much. */
static void
test_nonsense (void)
{
  static const struct { const char *json; guint n_left; const char *warning; } cases[] = {
    { "", 0, "*not understood*" },
    { "{}", 0, "*not understood*" },
    { "[1]", 0, "*rule 1 is not understood*" },
    { "[{}]", 0, "*rule 1 is not understood*" },
    { "[{\"outcome\":\"never\",\"moon\":\"full\"},{\"outcome\":\"silent\"}]", 1, "*rule 1 is not understood*" },
    { "[{\"outcome\":\"silent\"},{\"outcome\":\"loud\"}]", 1, "*rule 2 is not understood*" },
    { "[{\"outcome\":\"never\",\"min_value\":-1}]", 0, "*rule 1 is not understood*" },
    { "[{\"outcome\":\"never\",\"min_value\":\"5\"}]", 0, "*rule 1 is not understood*" },
    { "[{\"outcome\":\"never\",\"source\":\"\"}]", 0, "*rule 1 is not understood*" },
    { "[{\"outcome\":\"never\",\"owner\":5}]", 0, "*rule 1 is not understood*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) rules = NULL;

      g_test_expect_message ("inb-app", G_LOG_LEVEL_WARNING, cases[i].warning);
      rules = inb_notification_rules_from_json (cases[i].json);
      g_test_assert_expected_messages ();
      g_assert_cmpuint (rules->len, ==, cases[i].n_left);
    }
}

/* --- quiet hours -------------------------------------------------------------------------------------------------------- */

static void
test_quiet_hours (void)
{
  static const struct {
    InbQuietHours  hours;
    const char    *zone;
    const char    *now;
    const char    *since;    /* NULL: it is not quiet */
    const char    *until;
  } cases[] = {
    { { FALSE, 0, 0, 127 }, "Europe/Berlin", "2026-03-10T03:00:00Z", NULL, NULL },
    /* Over midnight. */
    { { TRUE, 1200, 420, 127 }, "Europe/Berlin", "2026-03-10T18:59:59Z", NULL, NULL },
    { { TRUE, 1200, 420, 127 }, "Europe/Berlin", "2026-03-10T19:00:00Z", "2026-03-10T19:00:00Z", "2026-03-11T06:00:00Z" },
    { { TRUE, 1200, 420, 127 }, "Europe/Berlin", "2026-03-11T05:59:59.999999Z", "2026-03-10T19:00:00Z", "2026-03-11T06:00:00Z" },
    { { TRUE, 1200, 420, 127 }, "Europe/Berlin", "2026-03-11T06:00:00Z", NULL, NULL },
    /* Within a day. */
    { { TRUE, 720, 780, 127 }, "Europe/Berlin", "2026-03-10T11:30:00Z", "2026-03-10T11:00:00Z", "2026-03-10T12:00:00Z" },
    /* Fridays (the 13th) and Saturdays only: the day is that of the begin. */
    { { TRUE, 1200, 420, 1 << 4 | 1 << 5 }, "Europe/Berlin", "2026-03-12T20:00:00Z", NULL, NULL },
    { { TRUE, 1200, 420, 1 << 4 | 1 << 5 }, "Europe/Berlin", "2026-03-13T20:00:00Z", "2026-03-13T19:00:00Z", "2026-03-14T06:00:00Z" },
    { { TRUE, 1200, 420, 1 << 4 | 1 << 5 }, "Europe/Berlin", "2026-03-15T05:00:00Z", "2026-03-14T19:00:00Z", "2026-03-15T06:00:00Z" },
    { { TRUE, 1200, 420, 1 << 4 | 1 << 5 }, "Europe/Berlin", "2026-03-15T20:00:00Z", NULL, NULL },
    /* A whole weekend is one period. */
    { { TRUE, 0, 0, 1 << 5 | 1 << 6 }, "Europe/Berlin", "2026-03-14T10:00:00Z", "2026-03-13T23:00:00Z", "2026-03-15T23:00:00Z" },
    /* The night in which the clocks go forward is an hour shorter, the other an hour longer. */
    { { TRUE, 1320, 360, 127 }, "Europe/Berlin", "2026-03-29T01:30:00Z", "2026-03-28T21:00:00Z", "2026-03-29T04:00:00Z" },
    { { TRUE, 1320, 360, 127 }, "Europe/Berlin", "2026-03-29T04:00:00Z", NULL, NULL },
    { { TRUE, 1320, 360, 127 }, "Europe/Berlin", "2026-10-25T04:59:59Z", "2026-10-24T20:00:00Z", "2026-10-25T05:00:00Z" },
    { { TRUE, 1320, 360, 127 }, "Pacific/Auckland", "2026-09-26T13:00:00Z", "2026-09-26T10:00:00Z", "2026-09-26T17:00:00Z" },
    { { TRUE, 1320, 360, 127 }, "Asia/Kolkata", "2026-09-26T16:30:00Z", "2026-09-26T16:30:00Z", "2026-09-27T00:30:00Z" },
    /* Out of the hour that there is not. */
    { { TRUE, 60, 150, 127 }, "Europe/Berlin", "2026-03-29T00:30:00Z", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z" },
    { { TRUE, -5, 150, 127 }, "Europe/Berlin", "2026-03-29T00:30:00Z", NULL, NULL },
    { { TRUE, 60, 1440, 127 }, "Europe/Berlin", "2026-03-29T00:30:00Z", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (cases[i].zone);
      gint64 since = 0;
      gint64 until = 0;
      gboolean quiet = inb_quiet_hours_contain (&cases[i].hours, inb_app_kit_at (cases[i].now), zone, &since, &until);

      g_test_message ("case %u", i);
      g_assert_cmpint (quiet, ==, cases[i].since != NULL);
      if (!quiet)
        continue;
      g_assert_cmpint (since, ==, inb_app_kit_at (cases[i].since));
      g_assert_cmpint (until, ==, inb_app_kit_at (cases[i].until));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/notification-rules/rules", test_rules);
  g_test_add_func ("/notification-rules/nonsense", test_nonsense);
  g_test_add_func ("/notification-rules/quiet-hours", test_quiet_hours);

  return g_test_run ();
}
