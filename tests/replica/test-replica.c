/* What is applied, in one piece with the cursor, and what is told of it. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-error.h"
#include "inb-replica-fixture.h"

#define NOW INB_REPLICA_FIXTURE_NOW
#define EPOCH INB_REPLICA_FIXTURE_EPOCH

static void
test_apply (InbReplicaFixture *fixture,
            gconstpointer      data)
{
  GPtrArray *rows = inb_kit_new_rows ();
  g_autoptr (GPtrArray) stages = NULL;
  g_autoptr (InbLeadDetail) detail = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *lead_id = NULL;
  g_autoptr (GPtrArray) kept = NULL;

  inb_sample_add_small (fixture->sample, rows);
  inb_sample_add_lead (fixture->sample, rows, NOW);
  kept = g_ptr_array_ref (rows);
  inb_replica_fixture_apply (fixture, rows);
  g_assert_cmpint (inb_replica_get_cursor (fixture->replica), ==, fixture->sample->seq);
  g_assert_cmpstr (inb_replica_get_epoch (fixture->replica), ==, EPOCH);
  g_assert_cmpuint (fixture->n_stages, ==, 1);
  g_assert_cmpuint (fixture->n_workspace, ==, 1);
  g_assert_cmpuint (fixture->changed->len, ==, 1);

  /* Every column comes back as it went in. */
  lead_id = g_strdup (g_ptr_array_index (fixture->changed, 0));
  detail = inb_kit_get_lead (fixture->replica, lead_id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (detail->activities->len, ==, 1);
  for (guint i = 0; i < INB_N_LEAD_COLUMNS; i++)
    g_assert_cmpstr (inb_row_get (detail->lead, i), ==, inb_row_get (g_ptr_array_index (kept, kept->len - 2), i));
  for (guint i = 0; i < INB_N_CONTACT_COLUMNS; i++)
    g_assert_cmpstr (inb_row_get (detail->contact, i), ==, inb_row_get (g_ptr_array_index (kept, kept->len - 3), i));

  stages = inb_kit_list (fixture->replica, INB_KIND_STAGE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (stages->len, >=, 6);
  g_assert_cmpstr (inb_row_get (g_ptr_array_index (stages, 0), INB_STAGE_KEY), ==, "new");
}

static void
test_refusals (InbReplicaFixture *fixture,
               gconstpointer      data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = inb_kit_new_rows ();
  InbChanges *changes;
  gint64 cursor;

  inb_sample_add_lead (fixture->sample, rows, NOW);
  inb_replica_fixture_apply (fixture, rows);
  cursor = inb_replica_get_cursor (fixture->replica);

  /* A gap. */
  changes = inb_kit_make_changes (fixture->replica, EPOCH, inb_kit_new_rows (), cursor + 9);
  changes->from = cursor + 1;
  g_assert_false (inb_kit_apply (fixture->replica, changes, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_CONFLICT);
  g_clear_error (&error);

  /* Another epoch. */
  g_assert_false (inb_kit_apply (fixture->replica,
                                 inb_kit_make_changes (fixture->replica, "two", inb_kit_new_rows (), cursor + 1), &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_RESYNC);
  g_clear_error (&error);

  /* A row without a key: nothing of its page is kept, nor of its numbers. */
  rows = inb_kit_new_rows ();
  inb_sample_add_lead (fixture->sample, rows, NOW);
  g_ptr_array_add (rows, inb_row_new (INB_KIND_LEAD));
  g_assert_false (inb_kit_apply (fixture->replica, inb_kit_make_changes (fixture->replica, EPOCH, rows, cursor + 4), &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_PROTOCOL);
  g_clear_error (&error);
  g_assert_cmpint (inb_replica_get_cursor (fixture->replica), ==, cursor);
  g_assert_cmpuint (inb_replica_fixture_count_leads (fixture), <=, 1);

  /* A first sync that comes too late. */
  g_assert_false (inb_kit_apply_snapshot (fixture->replica, inb_snapshot_page_new (), &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_RESYNC);
}

static void
test_lead_first (InbReplicaFixture *fixture,
                 gconstpointer      data)
{
  g_autoptr (InbRow) contact = inb_sample_make_contact (fixture->sample, NOW);
  g_autoptr (InbRow) lead = inb_sample_make_lead (fixture->sample, inb_row_get_key (contact), NOW);
  InbLeadSummary *summary;
  gint64 rowid;

  inb_row_set_boolean (lead, INB_LEAD_IS_TEST, FALSE);
  inb_replica_fixture_apply_row (fixture, lead);
  summary = inb_replica_fixture_get_summary (fixture);
  rowid = summary->rowid;
  g_assert_cmpstr (summary->name, ==, "");
  g_assert_null (summary->phone);
  inb_lead_summary_unref (summary);

  inb_row_set (contact, INB_CONTACT_FIRSTNAME, "Jörg");
  inb_row_set (contact, INB_CONTACT_LASTNAME, "Groß");
  inb_row_set (contact, INB_CONTACT_PHONE_DISPLAY, "+49 171 1");
  inb_row_set (contact, INB_CONTACT_COMPANY, "Acme");
  inb_sample_touch (fixture->sample, contact);
  inb_replica_fixture_apply_row (fixture, contact);
  summary = inb_replica_fixture_get_summary (fixture);
  g_assert_cmpstr (summary->name, ==, "Jörg Groß");
  g_assert_cmpstr (summary->phone, ==, "+49 171 1");
  g_assert_cmpstr (summary->company, ==, "Acme");
  g_assert_cmpint (summary->rowid, ==, rowid);
  inb_lead_summary_unref (summary);
  g_assert_cmpuint (fixture->changed->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (fixture->changed, 1), ==, inb_row_get_key (lead));

  /* The mail stands in for the name; the row id stays. */
  inb_row_set (contact, INB_CONTACT_FIRSTNAME, NULL);
  inb_row_set (contact, INB_CONTACT_LASTNAME, NULL);
  inb_row_set (contact, INB_CONTACT_EMAIL, "j@example.org");
  inb_sample_touch (fixture->sample, contact);
  inb_sample_touch (fixture->sample, lead);
  inb_replica_fixture_apply_row (fixture, contact);
  inb_replica_fixture_apply_row (fixture, lead);
  summary = inb_replica_fixture_get_summary (fixture);
  g_assert_cmpstr (summary->name, ==, "j@example.org");
  g_assert_cmpint (summary->rowid, ==, rowid);
  inb_lead_summary_unref (summary);
}

static void
test_store (InbReplicaFixture *fixture,
            gconstpointer      data)
{
  g_autoptr (InbRow) lead = inb_sample_make_lead (fixture->sample, NULL, NOW);
  g_autoptr (InbRow) older = NULL;
  g_autoptr (GPtrArray) rows = inb_kit_new_rows ();
  g_autoptr (GError) error = NULL;
  InbLeadSummary *summary;
  gint64 cursor;

  inb_row_set_boolean (lead, INB_LEAD_IS_TEST, FALSE);
  older = inb_row_copy (lead);
  inb_row_set (older, INB_LEAD_STAGE, "lost");
  inb_row_set (lead, INB_LEAD_STAGE, "proposal");
  inb_sample_touch (fixture->sample, lead);
  inb_replica_fixture_apply_row (fixture, lead);
  cursor = inb_replica_get_cursor (fixture->replica);

  g_ptr_array_add (rows, inb_row_ref (older));
  g_ptr_array_add (rows, inb_sample_make_activity (fixture->sample, lead));
  inb_kit_store (fixture->replica, rows, &error);
  g_assert_no_error (error);
  g_assert_cmpint (inb_replica_get_cursor (fixture->replica), ==, cursor);
  summary = inb_replica_fixture_get_summary (fixture);
  g_assert_cmpstr (summary->stage, ==, "proposal");
  inb_lead_summary_unref (summary);
}

static gboolean
was_told_everything (gpointer data)
{
  return ((InbReplicaFixture *) data)->n_everything > 0;
}

static void
test_everything (InbReplicaFixture *fixture,
                 gconstpointer      data)
{
  GPtrArray *rows = inb_kit_new_rows ();

  for (guint i = 0; i < 300; i++)
    inb_sample_add_lead (fixture->sample, rows, NOW + i * INB_TIME_SECOND);
  inb_replica_fixture_apply (fixture, rows);
  inb_kit_wait (was_told_everything, fixture);
  g_assert_cmpuint (fixture->changed->len, ==, 0);
}

static void
on_cancelled (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (inb_replica_query_finish (INB_REPLICA (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static void
test_cancel (InbReplicaFixture *fixture,
             gconstpointer      data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  gboolean done = FALSE;

  inb_replica_query_async (fixture->replica, query, cancellable, on_cancelled, &done);
  g_cancellable_cancel (cancellable);
  inb_kit_wait (is_true, &done);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) \
  g_test_add ("/replica/" path, InbReplicaFixture, NULL, inb_replica_fixture_set_up, test, inb_replica_fixture_tear_down)
  ADD ("apply", test_apply);
  ADD ("cancel", test_cancel);
  ADD ("everything", test_everything);
  ADD ("lead-first", test_lead_first);
  ADD ("refusals", test_refusals);
  ADD ("store", test_store);
#undef ADD

  return g_test_run ();
}
