/* What the user did is taken back: deleted, changed in bulk, merged, sent or not. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-error.h"
#include "inb-outbox-fixture.h"
#include "inb-replica-kit.h"

static void
test_delete (InbOutboxFixture *fixture,
             gconstpointer     data)
{
  g_autoptr (GArray) rowids = inb_outbox_fixture_get_rowids (fixture);
  g_autoptr (GArray) left = NULL;
  g_autoptr (GArray) back = NULL;
  g_autoptr (InbEdit) edit = inb_edit_new ("Delete");
  g_autoptr (GError) error = NULL;
  g_autofree char *group = NULL;
  g_autofree char *undo = NULL;

  g_array_set_size (rowids, 2);
  inb_edit_set_rowids (edit, rowids);
  inb_edit_set_deletes (edit);
  group = inb_kit_edit (fixture->replica, edit, &error);
  g_assert_no_error (error);
  left = inb_outbox_fixture_get_rowids (fixture);
  g_assert_cmpuint (left->len, ==, INB_OUTBOX_FIXTURE_LEADS - 2);
  if (data != NULL)
    inb_outbox_fixture_assert_done (fixture);

  undo = inb_kit_undo (fixture->replica, group, &error);
  g_assert_no_error (error);
  back = inb_outbox_fixture_get_rowids (fixture);
  g_assert_cmpuint (back->len, ==, INB_OUTBOX_FIXTURE_LEADS);
  inb_outbox_fixture_assert_done (fixture);
  g_assert_cmpuint (inb_kit_get_group (fixture->replica, undo).n_applied, ==, 2);
}

/* Leads that somebody else has changed since stay as they are, and that is told. */
static void
test_bulk_undo (InbOutboxFixture *fixture,
                gconstpointer     data)
{
  g_autoptr (GArray) rowids = inb_outbox_fixture_get_rowids (fixture);
  g_autoptr (InbEdit) edit = inb_edit_new ("Stage");
  g_autoptr (GError) error = NULL;
  g_autofree char *group = NULL;
  g_autofree char *undo = NULL;
  InbGroupOutcome outcome;

  inb_edit_set_rowids (edit, rowids);
  inb_edit_set_value (edit, INB_LEAD_STAGE, "won");
  inb_edit_add_tag (edit, "fair");
  group = inb_kit_edit (fixture->replica, edit, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < INB_OUTBOX_FIXTURE_LEADS; i++)
    inb_outbox_fixture_assert_shown (fixture, inb_outbox_fixture_get_lead_id (fixture, i), INB_LEAD_STAGE, "won");
  inb_outbox_fixture_assert_done (fixture);

  inb_model_server_set (fixture->server, INB_KIND_LEAD, inb_outbox_fixture_get_lead_id (fixture, 1), INB_LEAD_STAGE, "lost");
  undo = inb_kit_undo (fixture->replica, group, &error);
  g_assert_no_error (error);
  inb_outbox_fixture_assert_shown (fixture, inb_outbox_fixture_get_lead_id (fixture, 0), INB_LEAD_STAGE, "new");
  inb_outbox_fixture_assert_shown (fixture, inb_outbox_fixture_get_lead_id (fixture, 1), INB_LEAD_STAGE, "new");
  inb_outbox_fixture_assert_done (fixture);
  inb_outbox_fixture_assert_shown (fixture, inb_outbox_fixture_get_lead_id (fixture, 0), INB_LEAD_STAGE, "new");
  inb_outbox_fixture_assert_shown (fixture, inb_outbox_fixture_get_lead_id (fixture, 0), INB_LEAD_CONVERTED_AT, NULL);
  inb_outbox_fixture_assert_shown (fixture, inb_outbox_fixture_get_lead_id (fixture, 1), INB_LEAD_STAGE, "lost");
  outcome = inb_kit_get_group (fixture->replica, undo);
  g_assert_cmpuint (outcome.n_applied, ==, INB_OUTBOX_FIXTURE_LEADS - 1);
  g_assert_cmpuint (outcome.n_conflicts, ==, 1);
  g_assert_null (inb_kit_undo (fixture->replica, "01890000-0000-7000-8000-000000000000", &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_NOT_FOUND);
}

/* What was never sent can be undone as well. */
static void
test_undo_unsent (InbOutboxFixture *fixture,
                  gconstpointer     data)
{
  const char *lead_id = inb_outbox_fixture_get_lead_id (fixture, 0);
  g_autofree char *group = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_STAGE, "won");
  g_autofree char *undo = NULL;
  g_autofree char *redo = NULL;
  g_autoptr (GError) error = NULL;

  inb_outbox_fixture_reopen (fixture);
  undo = inb_kit_undo (fixture->replica, group, &error);
  g_assert_no_error (error);
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, "new");
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_IS_CONVERTED, NULL);
  inb_outbox_fixture_reopen (fixture);
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, "new");
  redo = inb_kit_undo (fixture->replica, undo, &error);
  g_assert_no_error (error);
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
  inb_outbox_fixture_assert_done (fixture);
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
}

static void
test_merge (InbOutboxFixture *fixture,
            gconstpointer     data)
{
  const char *kept = g_ptr_array_index (fixture->contact_ids, 0);
  const char *gone = g_ptr_array_index (fixture->contact_ids, 1);
  const char *moved = inb_outbox_fixture_get_lead_id (fixture, 1);
  g_autoptr (InbEdit) edit = inb_edit_new ("Merge");
  g_autoptr (InbMutation) merge = inb_mutation_new (INB_MUTATION_MERGE, INB_KIND_CONTACT, kept, INB_OUTBOX_FIXTURE_NOW);
  g_autofree char *first = inb_kit_edit_lead (fixture->replica, moved, INB_LEAD_STAGE, "contacted");
  g_autofree char *group = NULL;
  g_autofree char *undo = NULL;
  g_autoptr (GError) error = NULL;

  merge->other_id = g_strdup (gone);
  inb_edit_add (edit, merge);
  group = inb_kit_edit (fixture->replica, edit, &error);
  g_assert_no_error (error);
  inb_outbox_fixture_assert_shown (fixture, moved, INB_LEAD_CONTACT_ID, kept);
  inb_outbox_fixture_assert_shown (fixture, moved, INB_LEAD_STAGE, "contacted");

  /* Somebody else edits the lead that is to move, and the feed brings it before the merge is sent. */
  inb_model_server_set (fixture->server, INB_KIND_LEAD, moved, INB_LEAD_BUDGET_RANGE, "large");
  inb_kit_pull (fixture->replica, fixture->server, INB_OUTBOX_FIXTURE_ALL);
  inb_outbox_fixture_assert_shown (fixture, moved, INB_LEAD_CONTACT_ID, kept);
  inb_outbox_fixture_assert_shown (fixture, moved, INB_LEAD_BUDGET_RANGE, "large");
  inb_outbox_fixture_reopen (fixture);
  inb_outbox_fixture_assert_shown (fixture, moved, INB_LEAD_CONTACT_ID, kept);
  inb_outbox_fixture_assert_shown (fixture, moved, INB_LEAD_STAGE, "contacted");
  inb_outbox_fixture_assert_done (fixture);
  inb_outbox_fixture_assert_shown (fixture, moved, INB_LEAD_CONTACT_ID, kept);

  undo = inb_kit_undo (fixture->replica, group, &error);
  g_assert_no_error (error);
  inb_outbox_fixture_assert_shown (fixture, moved, INB_LEAD_CONTACT_ID, gone);
  inb_outbox_fixture_assert_done (fixture);
  inb_outbox_fixture_assert_shown (fixture, moved, INB_LEAD_CONTACT_ID, gone);
}

#define ADD(name, data, function) \
  g_test_add ("/replica/outbox/undo/" name, InbOutboxFixture, data, inb_outbox_fixture_set_up, function, inb_outbox_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("delete", NULL, test_delete);
  ADD ("delete-sent", "sent", test_delete);
  ADD ("bulk", NULL, test_bulk_undo);
  ADD ("unsent", NULL, test_undo_unsent);
  ADD ("merge", NULL, test_merge);

  return g_test_run ();
}
