/* Which follow-ups are due, and which one is the next. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-replica-kit.h"
#include "inb-sample.h"
#include "inb-time.h"

#define EPOCH "epoch"
#define NOW G_GINT64_CONSTANT (1795369826000000)
#define HOUR (3600 * INB_TIME_SECOND)

/* (transfer full): the follow-ups' hours from NOW, separated by spaces. */
static char *
read_hours (InbReplica *replica,
            const char *owner,
            gint64      after,
            gint64      until,
            guint       max)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  GString *text = g_string_new (NULL);

  found = inb_kit_get_follow_ups (replica, owner, after, until, max, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < found->len; i++)
    {
      const InbFollowUp *follow_up = g_ptr_array_index (found, i);

      g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "", (follow_up->at - NOW) / HOUR);
    }

  return g_string_free (text, FALSE);
}

static void
assert_hours (InbReplica *replica,
              const char *owner,
              gint64      after,
              gint64      until,
              guint       max,
              const char *expected)
{
  g_autofree char *hours = read_hours (replica, owner, after, until, max);

  g_assert_cmpstr (hours, ==, expected);
}

static void
add_lead (InbSample  *sample,
          GPtrArray  *rows,
          int         hour,
          const char *owner,
          guint       flag)
{
  InbRow *contact = inb_sample_make_contact (sample, NOW - INB_TIME_DAY);
  InbRow *lead = inb_sample_make_lead (sample, inb_row_get_key (contact), NOW - INB_TIME_DAY);

  inb_row_set_time (lead, INB_LEAD_NEXT_FOLLOW_UP_AT, NOW + hour * HOUR);
  inb_row_set (lead, INB_LEAD_ASSIGNED_TO, owner);
  inb_row_set_boolean (lead, INB_LEAD_IS_TEST, FALSE);
  inb_row_set_boolean (lead, INB_LEAD_IS_CONVERTED, FALSE);
  inb_row_set (lead, INB_LEAD_LOST_AT, NULL);
  if (flag == INB_LEAD_LOST_AT)
    inb_row_set_time (lead, flag, NOW);
  else if (flag != INB_LEAD_ID)
    inb_row_set_boolean (lead, flag, TRUE);
  g_ptr_array_add (rows, contact);
  g_ptr_array_add (rows, lead);
}

static void
test_follow_ups (void)
{
  g_autofree char *folder = inb_kit_make_folder ();
  g_autoptr (InbSample) sample = inb_sample_new (7);
  g_autoptr (GError) error = NULL;
  InbReplica *replica = inb_kit_new (folder);
  GPtrArray *rows = inb_kit_new_rows ();

  inb_sample_add_small (sample, rows);
  add_lead (sample, rows, 5, "ann", INB_LEAD_ID);
  add_lead (sample, rows, -3, "ann", INB_LEAD_ID);
  add_lead (sample, rows, -2, "bob", INB_LEAD_ID);
  add_lead (sample, rows, -1, NULL, INB_LEAD_ID);
  add_lead (sample, rows, 0, "ann", INB_LEAD_ID);
  add_lead (sample, rows, 9, "ann", INB_LEAD_ID);
  /* None of these waits for anybody. */
  add_lead (sample, rows, -2, "ann", INB_LEAD_IS_TEST);
  add_lead (sample, rows, -2, "ann", INB_LEAD_IS_CONVERTED);
  add_lead (sample, rows, -2, "ann", INB_LEAD_LOST_AT);
  inb_kit_apply (replica, inb_kit_make_changes (replica, EPOCH, rows, sample->seq), &error);
  g_assert_no_error (error);

  assert_hours (replica, NULL, G_MININT64, NOW, 100, "-3 -2 -1 0");
  assert_hours (replica, "ann", G_MININT64, NOW, 100, "-3 0");
  assert_hours (replica, "ann", NOW - 3 * HOUR, NOW, 100, "0");
  assert_hours (replica, "ann", NOW, G_MAXINT64, 1, "5");
  assert_hours (replica, NULL, G_MININT64, G_MAXINT64, 2, "-3 -2");
  assert_hours (replica, "nobody", G_MININT64, G_MAXINT64, 100, "");

  inb_kit_drop (replica);
  inb_kit_delete_folder (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replica/follow-ups", test_follow_ups);

  return g_test_run ();
}
