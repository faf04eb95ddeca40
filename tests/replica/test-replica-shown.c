/* What of the stored rows is listed and counted: not what is deleted, erased, or only a test. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-error.h"
#include "inb-replica-fixture.h"

#define NOW INB_REPLICA_FIXTURE_NOW

static void
assert_seen (InbReplicaFixture *fixture,
             guint              n_listed,
             gint64             total)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbMetrics) metrics = inb_kit_get_metrics (fixture->replica, NOW, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (inb_replica_fixture_count_leads (fixture), ==, n_listed);
  g_assert_cmpint (metrics->total, ==, total);
}

/* A test lead is listed and not counted, a deleted one neither. */
static void
test_hidden (InbReplicaFixture *fixture,
             gconstpointer      data)
{
  g_autoptr (InbRow) lead = inb_sample_make_lead (fixture->sample, NULL, NOW);
  g_autoptr (InbMetrics) metrics = NULL;
  g_autoptr (GError) error = NULL;
  InbLeadSummary *summary;

  inb_row_set_boolean (lead, INB_LEAD_IS_TEST, TRUE);
  inb_replica_fixture_apply_row (fixture, lead);
  assert_seen (fixture, 1, 0);
  summary = inb_replica_fixture_get_summary (fixture);
  g_assert_true (summary->is_test);
  inb_lead_summary_unref (summary);

  inb_row_set_boolean (lead, INB_LEAD_IS_TEST, FALSE);
  inb_sample_touch (fixture->sample, lead);
  inb_replica_fixture_apply_row (fixture, lead);
  assert_seen (fixture, 1, 1);

  inb_row_set_boolean (lead, INB_LEAD_IS_TEST, TRUE);
  inb_sample_touch (fixture->sample, lead);
  inb_replica_fixture_apply_row (fixture, lead);
  assert_seen (fixture, 1, 0);

  inb_row_set_time (lead, INB_LEAD_DELETED_AT, NOW);
  inb_sample_touch (fixture->sample, lead);
  inb_replica_fixture_apply_row (fixture, lead);
  g_assert_cmpuint (inb_replica_fixture_count_leads (fixture), ==, 0);
  metrics = inb_kit_get_metrics (fixture->replica, NOW, &error);
  g_assert_no_error (error);
  g_assert_cmpint (metrics->total, ==, 0);
  g_assert_null (metrics->top_source);
}

/* What is about a contact alone belongs to the timelines of all its leads, and to nobody else's. */
static void
test_contact_activities (InbReplicaFixture *fixture,
                         gconstpointer      data)
{
  g_autoptr (InbRow) contact = inb_sample_make_contact (fixture->sample, NOW);
  g_autoptr (InbRow) other_contact = inb_sample_make_contact (fixture->sample, NOW);
  g_autoptr (InbRow) lead = inb_sample_make_lead (fixture->sample, inb_row_get_key (contact), NOW);
  g_autoptr (InbRow) second = inb_sample_make_lead (fixture->sample, inb_row_get_key (contact), NOW);
  g_autoptr (InbRow) others = inb_sample_make_lead (fixture->sample, inb_row_get_key (other_contact), NOW);
  g_autoptr (InbRow) own = inb_sample_make_activity (fixture->sample, lead);
  g_autoptr (InbRow) about_contact = inb_sample_make_activity (fixture->sample, lead);
  const struct {
    InbRow *lead;
    guint   n_activities;
  } expected[] = { { lead, 2 }, { second, 1 }, { others, 0 } };
  InbRow *rows[] = { contact, other_contact, lead, second, others, own, about_contact };

  inb_row_set (about_contact, INB_ACTIVITY_LEAD_ID, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    inb_replica_fixture_apply_row (fixture, rows[i]);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (InbLeadDetail) detail = inb_kit_get_lead (fixture->replica, inb_row_get_key (expected[i].lead), &error);

      g_assert_no_error (error);
      g_assert_cmpuint (detail->activities->len, ==, expected[i].n_activities);
    }
}

static void
test_tombstones (InbReplicaFixture *fixture,
                 gconstpointer      data)
{
  g_autoptr (InbRow) contact = inb_sample_make_contact (fixture->sample, NOW);
  g_autoptr (InbRow) lead = inb_sample_make_lead (fixture->sample, inb_row_get_key (contact), NOW);
  g_autoptr (InbRow) activity = inb_sample_make_activity (fixture->sample, lead);
  g_autoptr (InbRow) no_contact = NULL;
  g_autoptr (InbRow) no_activity = NULL;
  g_autoptr (InbRow) no_lead = NULL;
  g_autoptr (InbLeadDetail) detail = NULL;
  g_autoptr (GPtrArray) late = inb_kit_new_rows ();
  g_autoptr (GError) error = NULL;
  g_autoptr (InbMetrics) metrics = NULL;
  InbLeadSummary *summary;

  inb_row_set_boolean (lead, INB_LEAD_IS_TEST, FALSE);
  inb_replica_fixture_apply_row (fixture, contact);
  inb_replica_fixture_apply_row (fixture, lead);
  inb_replica_fixture_apply_row (fixture, activity);

  no_contact = inb_sample_make_tombstone (fixture->sample, INB_KIND_CONTACT, inb_row_get_key (contact));
  inb_replica_fixture_apply_row (fixture, no_contact);
  summary = inb_replica_fixture_get_summary (fixture);
  g_assert_cmpstr (summary->name, ==, "");
  g_assert_null (summary->email);
  inb_lead_summary_unref (summary);

  no_activity = inb_sample_make_tombstone (fixture->sample, INB_KIND_ACTIVITY, inb_row_get_key (activity));
  inb_replica_fixture_apply_row (fixture, no_activity);
  detail = inb_kit_get_lead (fixture->replica, inb_row_get_key (lead), &error);
  g_assert_no_error (error);
  g_assert_null (detail->contact);
  g_assert_cmpuint (detail->activities->len, ==, 0);

  no_lead = inb_sample_make_tombstone (fixture->sample, INB_KIND_LEAD, inb_row_get_key (lead));
  inb_replica_fixture_apply_row (fixture, no_lead);
  g_assert_cmpuint (inb_replica_fixture_count_leads (fixture), ==, 0);
  metrics = inb_kit_get_metrics (fixture->replica, NOW, &error);
  g_assert_cmpint (metrics->total, ==, 0);
  g_assert_null (inb_kit_get_lead (fixture->replica, inb_row_get_key (lead), &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* What was fetched before it was erased does not come back. */
  g_ptr_array_add (late, inb_row_ref (lead));
  g_ptr_array_add (late, inb_row_ref (contact));
  inb_kit_store (fixture->replica, late, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (inb_replica_fixture_count_leads (fixture), ==, 0);
}

/* What came before is told apart from what is new by it; a deleted lead is not what came last. */
static void
test_newest (InbReplicaFixture *fixture,
             gconstpointer      data)
{
  g_autoptr (InbRow) contact = inb_sample_make_contact (fixture->sample, 1000);
  g_autoptr (InbRow) lead = inb_sample_make_lead (fixture->sample, inb_row_get_key (contact), 2000);
  g_autoptr (InbRow) older = inb_sample_make_lead (fixture->sample, inb_row_get_key (contact), 1500);
  g_autoptr (InbLeadDetail) detail = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (inb_replica_get_newest (fixture->replica), ==, INB_TIME_NONE);
  inb_replica_fixture_apply_row (fixture, contact);
  g_assert_cmpint (inb_replica_get_newest (fixture->replica), ==, INB_TIME_NONE);
  detail = inb_kit_get_contact (fixture->replica, inb_row_get_key (contact), &error);
  g_assert_no_error (error);
  g_assert_null (detail->lead);
  inb_lead_detail_free (g_steal_pointer (&detail));

  inb_replica_fixture_apply_row (fixture, lead);
  inb_replica_fixture_apply_row (fixture, older);
  g_assert_cmpint (inb_replica_get_newest (fixture->replica), ==, 2000);
  detail = inb_kit_get_contact (fixture->replica, inb_row_get_key (contact), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (inb_row_get_key (detail->lead), ==, inb_row_get_key (lead));

  inb_row_set_time (lead, INB_LEAD_DELETED_AT, 3000);
  inb_sample_touch (fixture->sample, lead);
  inb_replica_fixture_apply_row (fixture, lead);
  g_assert_cmpint (inb_replica_get_newest (fixture->replica), ==, 1500);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) \
  g_test_add ("/replica/" path, InbReplicaFixture, NULL, inb_replica_fixture_set_up, test, inb_replica_fixture_tear_down)
  ADD ("contact-activities", test_contact_activities);
  ADD ("hidden", test_hidden);
  ADD ("newest", test_newest);
  ADD ("tombstones", test_tombstones);
#undef ADD

  return g_test_run ();
}
