/* What is applied, in one piece with the cursor, and what is told of it. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-error.h"
#include "inb-replica-kit.h"
#include "inb-sample.h"
#include "inb-time.h"

#define NOW (1780000000 * INB_TIME_SECOND)
#define EPOCH "one"

typedef struct {
  char       *folder;
  InbReplica *replica;
  InbSample  *sample;
  GPtrArray  *changed;   /* lead ids told so far */
  guint       n_everything;
  guint       n_stages;
  guint       n_workspace;
} Fixture;

static void
on_changed (InbReplica *replica,
            GPtrArray  *lead_ids,
            gboolean    everything,
            Fixture    *fixture)
{
  for (guint i = 0; i < lead_ids->len; i++)
    g_ptr_array_add (fixture->changed, g_strdup (g_ptr_array_index (lead_ids, i)));
  if (everything)
    fixture->n_everything++;
}

static void
on_counted (InbReplica *replica,
            guint      *count)
{
  (*count)++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = inb_kit_make_folder ();
  fixture->replica = inb_kit_new (fixture->folder);
  fixture->sample = inb_sample_new (11);
  fixture->changed = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (fixture->replica, "changed", G_CALLBACK (on_changed), fixture);
  g_signal_connect (fixture->replica, "stages-changed", G_CALLBACK (on_counted), &fixture->n_stages);
  g_signal_connect (fixture->replica, "workspace-changed", G_CALLBACK (on_counted), &fixture->n_workspace);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  inb_kit_drop (fixture->replica);
  inb_sample_free (fixture->sample);
  g_ptr_array_unref (fixture->changed);
  inb_kit_delete_folder (fixture->folder);
  g_free (fixture->folder);
}

/* (rows: transfer full) */
static void
apply (Fixture   *fixture,
       GPtrArray *rows)
{
  g_autoptr (GError) error = NULL;

  inb_kit_apply (fixture->replica, inb_kit_make_changes (fixture->replica, EPOCH, rows, fixture->sample->seq), &error);
  g_assert_no_error (error);
}

static void
apply_row (Fixture *fixture,
           InbRow  *row)
{
  GPtrArray *rows = inb_kit_new_rows ();

  g_ptr_array_add (rows, inb_row_ref (row));
  apply (fixture, rows);
}

static InbLeadSummary *
get_summary (Fixture *fixture)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = inb_kit_query (fixture->replica, query, &error);
  g_autoptr (GPtrArray) summaries = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (rowids->len, ==, 1);
  summaries = inb_kit_load (fixture->replica, rowids, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (summaries->len, ==, 1);

  return inb_lead_summary_ref (g_ptr_array_index (summaries, 0));
}

static guint
count_leads (Fixture *fixture)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = inb_kit_query (fixture->replica, query, &error);

  g_assert_no_error (error);

  return rowids->len;
}

static void
test_apply (Fixture       *fixture,
            gconstpointer  data)
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
  apply (fixture, rows);
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
test_refusals (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = inb_kit_new_rows ();
  InbChanges *changes;
  gint64 cursor;

  inb_sample_add_lead (fixture->sample, rows, NOW);
  apply (fixture, rows);
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
  g_assert_cmpuint (count_leads (fixture), <=, 1);

  /* A first sync that comes too late. */
  g_assert_false (inb_kit_apply_snapshot (fixture->replica, inb_snapshot_page_new (), &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_RESYNC);
}

static void
test_lead_first (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (InbRow) contact = inb_sample_make_contact (fixture->sample, NOW);
  g_autoptr (InbRow) lead = inb_sample_make_lead (fixture->sample, inb_row_get_key (contact), NOW);
  InbLeadSummary *summary;
  gint64 rowid;

  inb_row_set_boolean (lead, INB_LEAD_IS_TEST, FALSE);
  apply_row (fixture, lead);
  summary = get_summary (fixture);
  rowid = summary->rowid;
  g_assert_cmpstr (summary->name, ==, "");
  g_assert_null (summary->phone);
  inb_lead_summary_unref (summary);

  inb_row_set (contact, INB_CONTACT_FIRSTNAME, "Jörg");
  inb_row_set (contact, INB_CONTACT_LASTNAME, "Groß");
  inb_row_set (contact, INB_CONTACT_PHONE_DISPLAY, "+49 171 1");
  inb_row_set (contact, INB_CONTACT_COMPANY, "Acme");
  inb_sample_touch (fixture->sample, contact);
  apply_row (fixture, contact);
  summary = get_summary (fixture);
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
  apply_row (fixture, contact);
  apply_row (fixture, lead);
  summary = get_summary (fixture);
  g_assert_cmpstr (summary->name, ==, "j@example.org");
  g_assert_cmpint (summary->rowid, ==, rowid);
  inb_lead_summary_unref (summary);
}

static void
assert_seen (Fixture *fixture,
             guint    n_listed,
             gint64   total)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbMetrics) metrics = inb_kit_get_metrics (fixture->replica, NOW, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (count_leads (fixture), ==, n_listed);
  g_assert_cmpint (metrics->total, ==, total);
}

/* A test lead is listed and not counted, a deleted one neither. */
static void
test_hidden (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (InbRow) lead = inb_sample_make_lead (fixture->sample, NULL, NOW);
  g_autoptr (InbMetrics) metrics = NULL;
  g_autoptr (GError) error = NULL;
  InbLeadSummary *summary;

  inb_row_set_boolean (lead, INB_LEAD_IS_TEST, TRUE);
  apply_row (fixture, lead);
  assert_seen (fixture, 1, 0);
  summary = get_summary (fixture);
  g_assert_true (summary->is_test);
  inb_lead_summary_unref (summary);

  inb_row_set_boolean (lead, INB_LEAD_IS_TEST, FALSE);
  inb_sample_touch (fixture->sample, lead);
  apply_row (fixture, lead);
  assert_seen (fixture, 1, 1);

  inb_row_set_boolean (lead, INB_LEAD_IS_TEST, TRUE);
  inb_sample_touch (fixture->sample, lead);
  apply_row (fixture, lead);
  assert_seen (fixture, 1, 0);

  inb_row_set_time (lead, INB_LEAD_DELETED_AT, NOW);
  inb_sample_touch (fixture->sample, lead);
  apply_row (fixture, lead);
  g_assert_cmpuint (count_leads (fixture), ==, 0);
  metrics = inb_kit_get_metrics (fixture->replica, NOW, &error);
  g_assert_no_error (error);
  g_assert_cmpint (metrics->total, ==, 0);
  g_assert_null (metrics->top_source);
}

/* What is about a contact alone belongs to the timelines of all its leads, and to nobody else's. */
static void
test_contact_activities (Fixture       *fixture,
                         gconstpointer  data)
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
    apply_row (fixture, rows[i]);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (InbLeadDetail) detail = inb_kit_get_lead (fixture->replica, inb_row_get_key (expected[i].lead), &error);

      g_assert_no_error (error);
      g_assert_cmpuint (detail->activities->len, ==, expected[i].n_activities);
    }
}

static void
test_tombstones (Fixture       *fixture,
                 gconstpointer  data)
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
  apply_row (fixture, contact);
  apply_row (fixture, lead);
  apply_row (fixture, activity);

  no_contact = inb_sample_make_tombstone (fixture->sample, INB_KIND_CONTACT, inb_row_get_key (contact));
  apply_row (fixture, no_contact);
  summary = get_summary (fixture);
  g_assert_cmpstr (summary->name, ==, "");
  g_assert_null (summary->email);
  inb_lead_summary_unref (summary);

  no_activity = inb_sample_make_tombstone (fixture->sample, INB_KIND_ACTIVITY, inb_row_get_key (activity));
  apply_row (fixture, no_activity);
  detail = inb_kit_get_lead (fixture->replica, inb_row_get_key (lead), &error);
  g_assert_no_error (error);
  g_assert_null (detail->contact);
  g_assert_cmpuint (detail->activities->len, ==, 0);

  no_lead = inb_sample_make_tombstone (fixture->sample, INB_KIND_LEAD, inb_row_get_key (lead));
  apply_row (fixture, no_lead);
  g_assert_cmpuint (count_leads (fixture), ==, 0);
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
  g_assert_cmpuint (count_leads (fixture), ==, 0);
}

static void
test_store (Fixture       *fixture,
            gconstpointer  data)
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
  apply_row (fixture, lead);
  cursor = inb_replica_get_cursor (fixture->replica);

  g_ptr_array_add (rows, inb_row_ref (older));
  g_ptr_array_add (rows, inb_sample_make_activity (fixture->sample, lead));
  inb_kit_store (fixture->replica, rows, &error);
  g_assert_no_error (error);
  g_assert_cmpint (inb_replica_get_cursor (fixture->replica), ==, cursor);
  summary = get_summary (fixture);
  g_assert_cmpstr (summary->stage, ==, "proposal");
  inb_lead_summary_unref (summary);
}

static gboolean
was_told_everything (gpointer data)
{
  return ((Fixture *) data)->n_everything > 0;
}

static void
test_everything (Fixture       *fixture,
                 gconstpointer  data)
{
  GPtrArray *rows = inb_kit_new_rows ();

  for (guint i = 0; i < 300; i++)
    inb_sample_add_lead (fixture->sample, rows, NOW + i * INB_TIME_SECOND);
  apply (fixture, rows);
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
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  gboolean done = FALSE;

  inb_replica_query_async (fixture->replica, query, cancellable, on_cancelled, &done);
  g_cancellable_cancel (cancellable);
  inb_kit_wait (is_true, &done);
}

/* What came before is told apart from what is new by it; a deleted lead is not what came last. */
static void
test_newest (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (InbRow) contact = inb_sample_make_contact (fixture->sample, 1000);
  g_autoptr (InbRow) lead = inb_sample_make_lead (fixture->sample, inb_row_get_key (contact), 2000);
  g_autoptr (InbRow) older = inb_sample_make_lead (fixture->sample, inb_row_get_key (contact), 1500);
  g_autoptr (InbLeadDetail) detail = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (inb_replica_get_newest (fixture->replica), ==, INB_TIME_NONE);
  apply_row (fixture, contact);
  g_assert_cmpint (inb_replica_get_newest (fixture->replica), ==, INB_TIME_NONE);
  detail = inb_kit_get_contact (fixture->replica, inb_row_get_key (contact), &error);
  g_assert_no_error (error);
  g_assert_null (detail->lead);
  inb_lead_detail_free (g_steal_pointer (&detail));

  apply_row (fixture, lead);
  apply_row (fixture, older);
  g_assert_cmpint (inb_replica_get_newest (fixture->replica), ==, 2000);
  detail = inb_kit_get_contact (fixture->replica, inb_row_get_key (contact), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (inb_row_get_key (detail->lead), ==, inb_row_get_key (lead));

  inb_row_set_time (lead, INB_LEAD_DELETED_AT, 3000);
  inb_sample_touch (fixture->sample, lead);
  apply_row (fixture, lead);
  g_assert_cmpint (inb_replica_get_newest (fixture->replica), ==, 1500);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/replica/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("apply", test_apply);
  ADD ("cancel", test_cancel);
  ADD ("contact-activities", test_contact_activities);
  ADD ("everything", test_everything);
  ADD ("hidden", test_hidden);
  ADD ("lead-first", test_lead_first);
  ADD ("newest", test_newest);
  ADD ("refusals", test_refusals);
  ADD ("store", test_store);
  ADD ("tombstones", test_tombstones);
#undef ADD

  return g_test_run ();
}
