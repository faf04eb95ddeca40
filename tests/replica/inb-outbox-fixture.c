#define G_LOG_DOMAIN "inb-tests"

#include "inb-outbox-fixture.h"

#include "inb-replica-kit.h"

void
inb_outbox_fixture_open_replica (InbOutboxFixture *fixture)
{
  fixture->replica = inb_kit_new (fixture->folder);
  inb_kit_settle (fixture->replica);
}

void
inb_outbox_fixture_reopen (InbOutboxFixture *fixture)
{
  inb_kit_drop (fixture->replica);
  inb_outbox_fixture_open_replica (fixture);
}

void
inb_outbox_fixture_set_up (InbOutboxFixture *fixture,
                           gconstpointer     data)
{
  g_autoptr (GPtrArray) rows = inb_kit_new_rows ();

  fixture->folder = inb_kit_make_folder ();
  fixture->sample = inb_sample_new (3);
  fixture->lead_ids = g_ptr_array_new_with_free_func (g_free);
  fixture->contact_ids = g_ptr_array_new_with_free_func (g_free);
  inb_sample_add_small (fixture->sample, rows);
  for (guint i = 0; i < INB_OUTBOX_FIXTURE_LEADS; i++)
    inb_sample_add_lead (fixture->sample, rows, INB_OUTBOX_FIXTURE_NOW + i * INB_TIME_SECOND);
  for (guint i = 0; i < rows->len; i++)
    {
      InbRow *row = g_ptr_array_index (rows, i);

      if (inb_row_get_kind (row) != INB_KIND_LEAD)
        continue;
      inb_row_set (row, INB_LEAD_STAGE, "new");
      inb_row_set (row, INB_LEAD_IS_CONVERTED, NULL);
      inb_row_set (row, INB_LEAD_CONVERTED_AT, NULL);
      inb_row_set (row, INB_LEAD_TEMPERATURE, "cold");
      g_ptr_array_add (fixture->lead_ids, g_strdup (inb_row_get_key (row)));
      g_ptr_array_add (fixture->contact_ids, g_strdup (inb_row_get (row, INB_LEAD_CONTACT_ID)));
    }
  fixture->server = inb_model_server_new (rows, INB_OUTBOX_FIXTURE_EPOCH);
  inb_outbox_fixture_open_replica (fixture);
  inb_replica_set_actor (fixture->replica, INB_KIT_USER, "Me", INB_ROLE_MANAGER);
  inb_kit_pull (fixture->replica, fixture->server, INB_OUTBOX_FIXTURE_ALL);
}

void
inb_outbox_fixture_tear_down (InbOutboxFixture *fixture,
                              gconstpointer     data)
{
  inb_kit_drop (fixture->replica);
  inb_model_server_free (fixture->server);
  inb_sample_free (fixture->sample);
  g_ptr_array_unref (fixture->lead_ids);
  g_ptr_array_unref (fixture->contact_ids);
  inb_kit_delete_folder (fixture->folder);
  g_free (fixture->folder);
}

const char *
inb_outbox_fixture_get_lead_id (InbOutboxFixture *fixture,
                                guint             number)
{
  return g_ptr_array_index (fixture->lead_ids, number);
}

InbLeadDetail *
inb_outbox_fixture_get_detail (InbOutboxFixture *fixture,
                               const char       *lead_id)
{
  g_autoptr (GError) error = NULL;
  InbLeadDetail *detail = inb_kit_get_lead (fixture->replica, lead_id, &error);

  g_assert_no_error (error);

  return detail;
}

void
inb_outbox_fixture_assert_shown (InbOutboxFixture *fixture,
                                 const char       *lead_id,
                                 guint             column,
                                 const char       *value)
{
  g_autoptr (InbLeadDetail) detail = inb_outbox_fixture_get_detail (fixture, lead_id);

  g_assert_cmpstr (inb_row_get (detail->lead, column), ==, value);
}

void
inb_outbox_fixture_assert_counts (InbOutboxFixture *fixture,
                                  guint             n_waiting,
                                  guint             n_conflicts,
                                  guint             n_rejected)
{
  InbOutboxCounts counts = inb_replica_get_outbox_counts (fixture->replica);

  g_assert_cmpuint (counts.n_waiting, ==, n_waiting);
  g_assert_cmpuint (counts.n_conflicts, ==, n_conflicts);
  g_assert_cmpuint (counts.n_rejected, ==, n_rejected);
}

/* All is sent and has come back: the replica is as the server, and nothing is left. */
void
inb_outbox_fixture_assert_done (InbOutboxFixture *fixture)
{
  inb_kit_push (fixture->replica, fixture->server);
  inb_kit_pull (fixture->replica, fixture->server, INB_OUTBOX_FIXTURE_ALL);
  inb_kit_assert_equal (fixture->replica, fixture->folder, fixture->server);
  inb_outbox_fixture_assert_counts (fixture, 0, 0, 0);
}

GArray *
inb_outbox_fixture_get_rowids (InbOutboxFixture *fixture)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autoptr (GError) error = NULL;
  GArray *rowids = inb_kit_query (fixture->replica, query, &error);

  g_assert_no_error (error);

  return rowids;
}

/* A contact, its lead and a note, made without a connection; one after the other, each in need of the one before. */
char *
inb_outbox_fixture_create_person (InbOutboxFixture *fixture)
{
  g_autoptr (InbEdit) edit = inb_edit_new ("New lead");
  g_autoptr (InbMutation) contact = inb_mutation_new (INB_MUTATION_CREATE, INB_KIND_CONTACT, NULL, INB_OUTBOX_FIXTURE_NOW);
  g_autoptr (InbMutation) lead = inb_mutation_new (INB_MUTATION_CREATE, INB_KIND_LEAD, NULL, INB_OUTBOX_FIXTURE_NOW);
  g_autoptr (InbMutation) note = inb_mutation_new (INB_MUTATION_CREATE, INB_KIND_ACTIVITY, NULL, INB_OUTBOX_FIXTURE_NOW);
  g_autoptr (GError) error = NULL;
  g_autofree char *group = NULL;

  inb_mutation_add_change (contact, INB_CONTACT_FIRSTNAME, NULL, "Ada");
  inb_mutation_add_change (contact, INB_CONTACT_EMAIL, NULL, "ada@example.org");
  inb_mutation_add_change (lead, INB_LEAD_CONTACT_ID, NULL, contact->entity_id);
  inb_mutation_add_change (lead, INB_LEAD_PRODUCT_INTEREST, NULL, "Solar");
  inb_mutation_add_change (note, INB_ACTIVITY_ACTIVITY_TYPE, NULL, "note");
  inb_mutation_add_change (note, INB_ACTIVITY_LEAD_ID, NULL, lead->entity_id);
  inb_mutation_add_change (note, INB_ACTIVITY_BODY, NULL, "Call her.");
  inb_edit_add (edit, contact);
  inb_edit_add (edit, lead);
  inb_edit_add (edit, note);
  group = inb_kit_edit (fixture->replica, edit, &error);
  g_assert_no_error (error);

  return g_strdup (lead->entity_id);
}
