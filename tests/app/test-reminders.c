/* Follow-ups and snoozed leads: told once, in time, over restarts. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-app-kit.h"
#include "inb-reminders.h"
#include "inb-time.h"

#define MINUTE (60 * INB_TIME_SECOND)
#define HOUR (60 * MINUTE)

static gint64 the_time;

static gint64
now (void)
{
  return the_time;
}

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
  g_autofree char *folder = inb_kit_make_folder ();
  g_autofree char *path = g_build_filename (folder, "notices.ini", NULL);
  g_autoptr (InbWorld) world = inb_world_new (NULL, 12);
  g_autoptr (GString) told = g_string_new (NULL);
  Reminding self = { .world = world, .told = told };
  g_autofree char *both = NULL;
  g_autofree char *again = NULL;
  g_autofree char *snoozed = NULL;
  g_autofree char *late = NULL;
  const char *first, *second, *third;

  the_time = inb_app_kit_at ("2026-03-10T12:00:00Z");
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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reminders/told", test_reminders);

  return g_test_run ();
}
