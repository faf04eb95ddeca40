/* Who is told of what, and when: rules, quiet hours, what is kept from start to start, reminders, words. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-alarm.h"
#include "inb-app-kit.h"
#include "inb-lead-notices.h"
#include "inb-notice-store.h"
#include "inb-notification-rules.h"
#include "inb-quiet-hours.h"
#include "inb-reminders.h"
#include "inb-time.h"

#include <glib/gstdio.h>

#define MINUTE (60 * INB_TIME_SECOND)
#define HOUR (60 * MINUTE)

static gint64 the_time;

static gint64
now (void)
{
  return the_time;
}

static gint64
at (const char *text)
{
  gint64 time;

  g_assert_true (inb_time_parse (text, &time));

  return time;
}

/* --- rules -------------------------------------------------------------------------------------------------------------- */

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
      gboolean quiet = inb_quiet_hours_contain (&cases[i].hours, at (cases[i].now), zone, &since, &until);

      g_test_message ("case %u", i);
      g_assert_cmpint (quiet, ==, cases[i].since != NULL);
      if (!quiet)
        continue;
      g_assert_cmpint (since, ==, at (cases[i].since));
      g_assert_cmpint (until, ==, at (cases[i].until));
    }
}

/* --- alarm -------------------------------------------------------------------------------------------------------------- */

static void
count (guint *n)
{
  (*n)++;
}

static gboolean
is_one (gpointer n)
{
  return *(guint *) n == 1;
}

static void
test_alarm (void)
{
  g_autoptr (InbAlarm) alarm = inb_alarm_new (now);
  guint n_due = 0;

  the_time = at ("2026-03-10T12:00:00Z");
  g_signal_connect_swapped (alarm, "due", G_CALLBACK (count), &n_due);
  inb_alarm_set (alarm, the_time + HOUR);
  inb_alarm_check (alarm);
  g_assert_cmpuint (n_due, ==, 0);
  /* The computer slept, or its clock was set. */
  the_time += 2 * HOUR;
  inb_alarm_check (alarm);
  inb_alarm_check (alarm);
  g_assert_cmpuint (n_due, ==, 1);
  g_assert_cmpint (inb_alarm_get (alarm), ==, INB_TIME_NONE);

  /* What has passed is due at once, but not before the caller returned. */
  n_due = 0;
  inb_alarm_set (alarm, the_time - HOUR);
  g_assert_cmpuint (n_due, ==, 0);
  inb_kit_wait (is_one, &n_due);
}

/* --- store -------------------------------------------------------------------------------------------------------------- */

static char *
make_store_path (char **folder)
{
  *folder = inb_kit_make_folder ();

  return g_build_filename (*folder, "notices.ini", NULL);
}

static void
test_store (void)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = make_store_path (&folder);
  g_autoptr (InbNoticeStore) store = inb_notice_store_new (path);
  g_autofree char *user_id = NULL;
  g_auto (GStrv) due = NULL;
  GStatBuf status;
  gint64 since;

  g_assert_cmpint (inb_notice_store_get_next_snooze (store), ==, INB_TIME_NONE);
  inb_notice_store_snooze (store, "a", 3000);
  inb_notice_store_snooze (store, "b", 2000);
  inb_notice_store_snooze (store, "a", 1000);
  g_assert_false (inb_notice_store_tell (store, "c", 10));
  g_assert_false (inb_notice_store_tell (store, "d", 20));
  inb_notice_store_set_user_id (store, "ann");
  inb_notice_store_add_quiet (store, 500);
  inb_notice_store_add_quiet (store, 400);
  g_assert_cmpint (inb_notice_store_get_first (store, 77), ==, 77);

  /* The next start of the program. */
  g_assert_finalize_object (g_steal_pointer (&store));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  store = inb_notice_store_new (path);
  g_assert_cmpint (inb_notice_store_get_next_snooze (store), ==, 1000);
  due = inb_notice_store_take_snoozed (store, 1500);
  g_assert_cmpuint (g_strv_length (due), ==, 1);
  g_assert_cmpstr (due[0], ==, "a");
  g_assert_cmpint (inb_notice_store_get_next_snooze (store), ==, 2000);
  g_assert_true (inb_notice_store_tell (store, "c", 10));
  g_assert_false (inb_notice_store_tell (store, "c", 11));
  inb_notice_store_forget_told (store, 20);
  g_assert_false (inb_notice_store_tell (store, "c", 11));
  g_assert_true (inb_notice_store_tell (store, "d", 20));
  user_id = inb_notice_store_get_user_id (store);
  g_assert_cmpstr (user_id, ==, "ann");
  g_assert_cmpuint (inb_notice_store_get_quiet (store, &since), ==, 2);
  g_assert_cmpint (since, ==, 400);
  inb_notice_store_clear_quiet (store);
  g_assert_cmpuint (inb_notice_store_get_quiet (store, &since), ==, 0);
  g_assert_cmpint (inb_notice_store_get_first (store, 99), ==, 77);

  g_clear_object (&store);
  inb_kit_delete_folder (folder);
}

static void
test_store_damaged (void)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = make_store_path (&folder);
  InbNoticeStore *store;

  g_assert_true (g_file_set_contents (path, "\x01\x02 no key file", -1, NULL));
  g_test_expect_message ("inb-app", G_LOG_LEVEL_WARNING, "*Reading kept reminders*");
  store = inb_notice_store_new (path);
  g_test_assert_expected_messages ();
  inb_notice_store_snooze (store, "a", 1000);
  g_object_unref (store);
  store = inb_notice_store_new (path);
  g_assert_cmpint (inb_notice_store_get_next_snooze (store), ==, 1000);
  g_object_unref (store);
  inb_kit_delete_folder (folder);
}

/* --- reminders ---------------------------------------------------------------------------------------------------------- */

typedef struct {
  InbWorld       *world;
  InbNoticeStore *store;
  InbReminders   *reminders;
  GString        *told;       /* "s:" snoozed, "f:" follow-ups, then ids */
} Reminding;

static void
on_snoozed (Reminding  *self,
            const char *lead_id)
{
  g_string_append_printf (self->told, "s:%s ", lead_id);
}

static void
on_follow_ups (Reminding *self,
               GPtrArray *lead_ids)
{
  g_string_append (self->told, "f:");
  for (guint i = 0; i < lead_ids->len; i++)
    g_string_append_printf (self->told, "%s ", (const char *) g_ptr_array_index (lead_ids, i));
}

static void
start (Reminding  *self,
       const char *path)
{
  self->store = inb_notice_store_new (path);
  self->reminders = inb_reminders_new (self->world->replica, self->store, now);
  g_signal_connect_swapped (self->reminders, "snoozed", G_CALLBACK (on_snoozed), self);
  g_signal_connect_swapped (self->reminders, "follow-ups", G_CALLBACK (on_follow_ups), self);
  inb_reminders_set_owner (self->reminders, "ann");
  inb_reminders_set_follow_ups (self->reminders, TRUE);
}

static gboolean
is_alone (gpointer object)
{
  return G_OBJECT (object)->ref_count == 1;
}

/* Looks under way hold a reference. */
static void
stop (Reminding *self)
{
  inb_reminders_stop (self->reminders);
  inb_kit_wait (is_alone, self->reminders);
  g_assert_finalize_object (self->reminders);
  g_assert_finalize_object (self->store);
}

static void
assert_told (Reminding  *self,
             const char *expected)
{
  inb_reminders_check (self->reminders);
  inb_kit_wait (is_alone, self->reminders);
  g_assert_cmpstr (self->told->str, ==, expected);
  g_string_truncate (self->told, 0);
}

/* (transfer none): the lead's id. */
static const char *
set_follow_up (Reminding  *self,
               guint       index,
               const char *owner,
               gint64      time)
{
  InbRow *lead = g_ptr_array_index (self->world->leads, index);

  inb_row_set (lead, INB_LEAD_ASSIGNED_TO, owner);
  inb_row_set_boolean (lead, INB_LEAD_IS_CONVERTED, FALSE);
  inb_row_set (lead, INB_LEAD_LOST_AT, NULL);
  if (time == INB_TIME_NONE)
    inb_row_set (lead, INB_LEAD_NEXT_FOLLOW_UP_AT, NULL);
  else
    inb_row_set_time (lead, INB_LEAD_NEXT_FOLLOW_UP_AT, time);
  inb_world_change (self->world, lead);

  return inb_row_get_key (lead);
}

static void
test_reminders (void)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = make_store_path (&folder);
  g_autoptr (InbWorld) world = inb_world_new (NULL, 12);
  g_autoptr (GString) told = g_string_new (NULL);
  Reminding self = { .world = world, .told = told };
  g_autofree char *both = NULL;
  g_autofree char *again = NULL;
  g_autofree char *snoozed = NULL;
  g_autofree char *late = NULL;
  const char *first, *second, *third;

  the_time = at ("2026-03-10T12:00:00Z");
  for (guint i = 0; i < world->leads->len; i++)
    set_follow_up (&self, i, NULL, INB_TIME_NONE);
  set_follow_up (&self, 0, "ann", the_time - HOUR);    /* before the first start: no news */
  first = set_follow_up (&self, 1, "ann", the_time + HOUR);
  second = set_follow_up (&self, 2, "ann", the_time + HOUR + 1);
  set_follow_up (&self, 3, "bob", the_time + HOUR);    /* somebody else's */
  third = set_follow_up (&self, 4, "ann", the_time + 3 * HOUR);
  start (&self, path);
  assert_told (&self, "");

  the_time += HOUR + MINUTE;
  both = g_strdup_printf ("f:%s %s ", first, second);
  assert_told (&self, both);
  assert_told (&self, "");

  /* A restart tells nothing twice, and what became due meanwhile once. */
  stop (&self);
  the_time += 50 * HOUR;
  start (&self, path);
  late = g_strdup_printf ("f:%s ", third);
  assert_told (&self, late);
  assert_told (&self, "");

  /* The same lead at another time. */
  set_follow_up (&self, 1, "ann", the_time + MINUTE);
  assert_told (&self, "");
  the_time += MINUTE;
  again = g_strdup_printf ("f:%s ", first);
  assert_told (&self, again);

  /* Set for a time that has passed when we hear of it. */
  second = set_follow_up (&self, 5, "ann", the_time - HOUR);
  g_free (late);
  late = g_strdup_printf ("f:%s ", second);
  assert_told (&self, late);

  /* Snoozed, over a restart. */
  inb_reminders_snooze (self.reminders, "lead", 900);
  the_time += 899 * INB_TIME_SECOND;
  assert_told (&self, "");
  stop (&self);
  start (&self, path);
  assert_told (&self, "");
  the_time += INB_TIME_SECOND;
  assert_told (&self, "s:lead ");
  assert_told (&self, "");

  inb_reminders_set_follow_ups (self.reminders, FALSE);
  set_follow_up (&self, 6, "ann", the_time + HOUR);
  the_time += 2 * HOUR;
  assert_told (&self, "");

  stop (&self);
  inb_kit_delete_folder (folder);
}

/* --- words -------------------------------------------------------------------------------------------------------------- */

static void
test_notices (void)
{
  InbArrival one = { 1, 1000, "id", "Ann", "Website" };
  InbArrival many = { 1234, 1000, "id", "Ann", NULL };
  InbArrival contact = { 1, 1000, NULL, "Ann", "Website" };
  g_autoptr (InbNotice) hot = inb_lead_notices_arrival (&one, "hot", 900);
  g_autoptr (InbNotice) cold = inb_lead_notices_arrival (&one, "cold", 30);
  g_autoptr (InbNotice) burst = inb_lead_notices_arrival (&many, NULL, 900);
  g_autoptr (InbNotice) person = inb_lead_notices_arrival (&contact, NULL, 900);
  g_autoptr (InbNotice) summary = inb_lead_notices_summary (7, 1000, 5000);
  g_autoptr (InbNotice) due = inb_lead_notices_follow_ups (12, "ann");
  g_autoptr (InbLeadFilter) filter = NULL;
  g_autoptr (InbLeadFilter) due_filter = NULL;

  g_assert_cmpstr (hot->title, ==, "New hot lead");
  g_assert_cmpstr (hot->body, ==, "Ann · Website");
  g_assert_cmpint (hot->urgency, ==, INB_NOTICE_HIGH);
  g_assert_cmpstr (hot->click.action, ==, "open-lead");
  g_assert_cmpstr (hot->click.target, ==, "id");
  g_assert_cmpuint (hot->n_buttons, ==, 2);
  g_assert_cmpstr (hot->buttons[1].label, ==, "Snooze 15 min");
  g_assert_cmpstr (hot->buttons[1].action, ==, "snooze-lead");
  g_assert_cmpint (cold->urgency, ==, INB_NOTICE_LOW);
  g_assert_cmpstr (cold->buttons[1].label, ==, "Snooze");
  g_assert_cmpstr (burst->id, ==, hot->id);
  g_assert_cmpstr (burst->title, ==, "1234 new leads");
  g_assert_cmpstr (burst->body, ==, "Ann");
  g_assert_cmpstr (burst->click.action, ==, "show-leads");
  g_assert_cmpint (burst->urgency, ==, INB_NOTICE_NORMAL);
  g_assert_cmpstr (person->title, ==, "New contact");
  g_assert_cmpstr (person->click.target, ==, "");

  g_assert_cmpstr (summary->title, ==, "7 leads came in during quiet hours");
  filter = inb_lead_filter_new_from_json (summary->click.target, NULL);
  g_assert_nonnull (filter);
  g_assert_cmpint (filter->created.since, ==, 1000);
  g_assert_cmpint (filter->created.until, ==, 5000);
  g_assert_cmpstr (due->title, ==, "12 follow-ups are due");
  due_filter = inb_lead_filter_new_from_json (due->click.target, NULL);
  g_assert_nonnull (due_filter);
  g_assert_cmpint (due_filter->flags, ==, INB_FILTER_FOLLOW_UP_DUE);
  g_assert_true (inb_lead_filter_has_value (due_filter, INB_FILTER_OWNER, "ann"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/notices/rules", test_rules);
  g_test_add_func ("/notices/nonsense", test_nonsense);
  g_test_add_func ("/notices/quiet-hours", test_quiet_hours);
  g_test_add_func ("/notices/alarm", test_alarm);
  g_test_add_func ("/notices/store", test_store);
  g_test_add_func ("/notices/store-damaged", test_store_damaged);
  g_test_add_func ("/notices/reminders", test_reminders);
  g_test_add_func ("/notices/words", test_notices);

  return g_test_run ();
}
