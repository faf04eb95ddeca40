#define G_LOG_DOMAIN "inb-tests"

#include "inb-replica-fixture.h"

static void
on_changed (InbReplica        *replica,
            GPtrArray         *lead_ids,
            gboolean           everything,
            InbReplicaFixture *fixture)
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

void
inb_replica_fixture_set_up (InbReplicaFixture *fixture,
                            gconstpointer      data)
{
  fixture->folder = inb_kit_make_folder ();
  fixture->replica = inb_kit_new (fixture->folder);
  fixture->sample = inb_sample_new (11);
  fixture->changed = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (fixture->replica, "changed", G_CALLBACK (on_changed), fixture);
  g_signal_connect (fixture->replica, "stages-changed", G_CALLBACK (on_counted), &fixture->n_stages);
  g_signal_connect (fixture->replica, "workspace-changed", G_CALLBACK (on_counted), &fixture->n_workspace);
}

void
inb_replica_fixture_tear_down (InbReplicaFixture *fixture,
                               gconstpointer      data)
{
  inb_kit_drop (fixture->replica);
  inb_sample_free (fixture->sample);
  g_ptr_array_unref (fixture->changed);
  inb_kit_delete_folder (fixture->folder);
  g_free (fixture->folder);
}

void
inb_replica_fixture_apply (InbReplicaFixture *fixture,
                           GPtrArray         *rows)
{
  g_autoptr (GError) error = NULL;

  inb_kit_apply (fixture->replica, inb_kit_make_changes (fixture->replica, INB_REPLICA_FIXTURE_EPOCH, rows, fixture->sample->seq), &error);
  g_assert_no_error (error);
}

void
inb_replica_fixture_apply_row (InbReplicaFixture *fixture,
                               InbRow            *row)
{
  GPtrArray *rows = inb_kit_new_rows ();

  g_ptr_array_add (rows, inb_row_ref (row));
  inb_replica_fixture_apply (fixture, rows);
}

InbLeadSummary *
inb_replica_fixture_get_summary (InbReplicaFixture *fixture)
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

guint
inb_replica_fixture_count_leads (InbReplicaFixture *fixture)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = inb_kit_query (fixture->replica, query, &error);

  g_assert_no_error (error);

  return rowids->len;
}
