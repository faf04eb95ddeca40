/* What notices say, what is kept of them from start to start, and the alarm that waits for their time. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-alarm.h"
#include "inb-app-kit.h"
#include "inb-lead-notices.h"
#include "inb-notice-store.h"
#include "inb-time.h"

#include <glib/gstdio.h>

#define HOUR (3600 * INB_TIME_SECOND)

static gint64 the_time;

static gint64
now (void)
{
  return the_time;
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

  the_time = inb_app_kit_at ("2026-03-10T12:00:00Z");
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

/* --- words -------------------------------------------------------------------------------------------------------------- */

static void
test_notices (void)
{
  InbArrival one = { 1, 1000, "id", "Ann", "Website" };
  InbArrival many = { 1234, 1000, "id", "Ann", NULL };
  InbArrival contact = { 1, 1000, NULL, "Ann", "Website", 1 };
  InbArrival contacts = { 3, 1000, NULL, "Ann", "Website", 3 };
  InbArrival mixed = { 3, 1000, NULL, "Ann", "Website", 1 };
  g_autoptr (InbNotice) hot = inb_lead_notices_arrival (&one, "hot", 900);
  g_autoptr (InbNotice) cold = inb_lead_notices_arrival (&one, "cold", 30);
  g_autoptr (InbNotice) burst = inb_lead_notices_arrival (&many, NULL, 900);
  g_autoptr (InbNotice) person = inb_lead_notices_arrival (&contact, NULL, 900);
  g_autoptr (InbNotice) people = inb_lead_notices_arrival (&contacts, NULL, 900);
  g_autoptr (InbNotice) both = inb_lead_notices_arrival (&mixed, NULL, 900);
  g_autoptr (InbNotice) summary = inb_lead_notices_summary (7, 1000, 5000);
  g_autoptr (InbNotice) away = inb_lead_notices_away (&many, "hot", 900);
  g_autoptr (InbNotice) away_one = inb_lead_notices_away (&one, NULL, 900);
  g_autofree char *toast = inb_lead_notices_get_away_toast (&one);
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
  g_assert_cmpstr (people->title, ==, "3 new contacts");
  g_assert_cmpstr (people->click.target, ==, "");
  g_assert_cmpstr (both->title, ==, "2 new leads, 1 new contact");
  g_assert_cmpstr (both->click.action, ==, "show-leads");

  g_assert_cmpstr (away->title, ==, "1234 new leads while you were away");
  g_assert_cmpstr (away->click.action, ==, "show-leads");
  g_assert_cmpint (away->urgency, ==, INB_NOTICE_HIGH);
  g_assert_cmpstr (away_one->click.action, ==, "open-lead");
  g_assert_cmpstr (toast, ==, "1 new lead while you were away: Ann · Website");

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

  g_test_add_func ("/notices/alarm", test_alarm);
  g_test_add_func ("/notices/store", test_store);
  g_test_add_func ("/notices/store-damaged", test_store_damaged);
  g_test_add_func ("/notices/words", test_notices);

  return g_test_run ();
}
