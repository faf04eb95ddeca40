/* What the user does: kept, shown at once, sent, and reconciled with what the server says, in whatever order that comes. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-error.h"
#include "inb-outbox-fixture.h"
#include "inb-replica-kit.h"

static guint
count_activities (InbOutboxFixture *fixture,
                  const char       *lead_id)
{
  g_autoptr (InbLeadDetail) detail = inb_outbox_fixture_get_detail (fixture, lead_id);

  return detail->activities->len;
}

static void
on_counted (InbReplica *replica,
            guint      *count)
{
  (*count)++;
}

static void
on_changed (InbReplica *replica,
            GPtrArray  *lead_ids,
            gboolean    everything,
            guint      *count)
{
  (*count)++;
}

static void
test_edit (InbOutboxFixture *fixture,
           gconstpointer     data)
{
  const char *lead_id = inb_outbox_fixture_get_lead_id (fixture, 0);
  guint n_activities = count_activities (fixture, lead_id);
  guint n_changed = 0, n_outbox = 0;
  g_autofree char *group = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  const InbOutboxEntry *entry;
  gulong changed = g_signal_connect (fixture->replica, "changed", G_CALLBACK (on_changed), &n_changed);
  gulong outbox = g_signal_connect (fixture->replica, "outbox-changed", G_CALLBACK (on_counted), &n_outbox);

  group = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_STAGE, "won");
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpuint (n_outbox, ==, 1);
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_IS_CONVERTED, "true");
  g_assert_cmpuint (count_activities (fixture, lead_id), >, n_activities);
  inb_outbox_fixture_assert_counts (fixture, 1, 0, 0);
  entries = inb_kit_list_outbox (fixture->replica, lead_id);
  g_assert_cmpuint (entries->len, ==, 1);
  entry = g_ptr_array_index (entries, 0);
  g_assert_cmpstr (entry->mutation->group, ==, group);
  g_assert_cmpstr (entry->label, ==, "Edit");
  g_assert_cmpint (entry->state, ==, INB_OUTBOX_WAITING);
  g_signal_handler_disconnect (fixture->replica, changed);
  g_signal_handler_disconnect (fixture->replica, outbox);

  inb_outbox_fixture_assert_done (fixture);
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
}

/* The feed may bring what was done before the answer to it does, or row by row. */
static void
test_orders (InbOutboxFixture *fixture,
             gconstpointer     data)
{
  for (guint i = 0; i < 6; i++)
    {
      const char *lead_id = inb_outbox_fixture_get_lead_id (fixture, i % INB_OUTBOX_FIXTURE_LEADS);
      const char *stage = i % 2 == 0 ? "contacted" : "qualified";
      g_autoptr (GPtrArray) mutations = NULL;
      g_autoptr (GPtrArray) results = NULL;
      g_autofree char *first = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_STAGE, stage);
      g_autofree char *second = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_TEMPERATURE, "hot");
      g_autofree char *third = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_STAGE, "won");

      mutations = inb_kit_peek (fixture->replica, 2);
      g_assert_cmpuint (mutations->len, ==, 2);
      results = inb_model_server_push (fixture->server, mutations, INB_KIT_USER, INB_ROLE_MANAGER);
      if (i % 3 == 0)
        inb_kit_answer (fixture->replica, results);
      inb_kit_pull (fixture->replica, fixture->server, i % 3 == 1 ? 1 : INB_OUTBOX_FIXTURE_ALL);
      inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
      inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_TEMPERATURE, "hot");
      if (i % 3 != 0)
        inb_kit_answer (fixture->replica, results);
      inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
      inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_TEMPERATURE, "hot");
      inb_outbox_fixture_assert_counts (fixture, 1, 0, 0);
      if (i == 4)
        inb_outbox_fixture_reopen (fixture);
      inb_outbox_fixture_assert_done (fixture);
      inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
    }
}

/* An answer that was lost is asked for again, and changes nothing. */
static void
test_repeat (InbOutboxFixture *fixture,
             gconstpointer     data)
{
  const char *lead_id = inb_outbox_fixture_get_lead_id (fixture, 0);
  g_autofree char *group = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_STAGE, "won");
  g_autoptr (GPtrArray) mutations = inb_kit_peek (fixture->replica, INB_OUTBOX_FIXTURE_ALL);
  g_autoptr (GPtrArray) lost = inb_model_server_push (fixture->server, mutations, INB_KIT_USER, INB_ROLE_MANAGER);
  gint64 head = inb_model_server_get_head (fixture->server);

  inb_outbox_fixture_reopen (fixture);
  inb_outbox_fixture_assert_counts (fixture, 1, 0, 0);
  inb_kit_pull (fixture->replica, fixture->server, INB_OUTBOX_FIXTURE_ALL);
  inb_outbox_fixture_assert_done (fixture);
  g_assert_cmpint (inb_model_server_get_head (fixture->server), ==, head);
  /* And an answer may come twice. */
  inb_kit_answer (fixture->replica, lost);
  inb_outbox_fixture_assert_counts (fixture, 0, 0, 0);
}

static void
test_other_field (InbOutboxFixture *fixture,
                  gconstpointer     data)
{
  const char *lead_id = inb_outbox_fixture_get_lead_id (fixture, 1);
  g_autofree char *group = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_STAGE, "contacted");

  inb_model_server_set (fixture->server, INB_KIND_LEAD, lead_id, INB_LEAD_BUDGET_RANGE, "large");
  inb_kit_pull (fixture->replica, fixture->server, INB_OUTBOX_FIXTURE_ALL);
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, "contacted");
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_BUDGET_RANGE, "large");
  inb_outbox_fixture_assert_done (fixture);
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, "contacted");
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_BUDGET_RANGE, "large");
}

static const InbOutboxEntry *
get_only_entry (GPtrArray *entries)
{
  g_assert_cmpuint (entries->len, ==, 1);

  return g_ptr_array_index (entries, 0);
}

static void
test_conflict (InbOutboxFixture *fixture,
               gconstpointer     data)
{
  gboolean is_mine = GPOINTER_TO_INT (data);
  const char *lead_id = inb_outbox_fixture_get_lead_id (fixture, 2);
  g_autofree char *group = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_TEMPERATURE, "hot");
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GArray) mine = g_array_new (FALSE, FALSE, sizeof (guint));
  const guint column = INB_LEAD_TEMPERATURE;
  const InbOutboxEntry *entry;
  const InbFieldConflict *conflict;

  inb_model_server_set (fixture->server, INB_KIND_LEAD, lead_id, INB_LEAD_TEMPERATURE, "warm");
  inb_kit_push (fixture->replica, fixture->server);
  inb_kit_pull (fixture->replica, fixture->server, INB_OUTBOX_FIXTURE_ALL);
  inb_outbox_fixture_assert_counts (fixture, 0, 1, 0);
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_TEMPERATURE, "warm");
  g_assert_cmpuint (inb_kit_get_group (fixture->replica, group).n_conflicts, ==, 1);

  inb_outbox_fixture_reopen (fixture);
  inb_outbox_fixture_assert_counts (fixture, 0, 1, 0);
  entries = inb_kit_list_outbox (fixture->replica, lead_id);
  entry = get_only_entry (entries);
  g_assert_cmpint (entry->state, ==, INB_OUTBOX_CONFLICT);
  conflict = g_ptr_array_index (entry->result->conflicts, 0);
  g_assert_cmpuint (conflict->column, ==, INB_LEAD_TEMPERATURE);
  g_assert_cmpstr (conflict->mine, ==, "hot");
  g_assert_cmpstr (conflict->theirs, ==, "warm");

  g_array_append_val (mine, column);
  inb_kit_resolve (fixture->replica, entry->mutation->id, is_mine ? mine : NULL);
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_TEMPERATURE, is_mine ? "hot" : "warm");
  inb_outbox_fixture_assert_counts (fixture, is_mine ? 1 : 0, 0, 0);
  inb_outbox_fixture_assert_done (fixture);
  g_assert_cmpstr (inb_row_get (inb_model_server_find (fixture->server, INB_KIND_LEAD, lead_id), INB_LEAD_TEMPERATURE), ==,
                   is_mine ? "hot" : "warm");
}

/* The server refuses what was allowed here when it was done. */
static void
test_rejected (InbOutboxFixture *fixture,
               gconstpointer     data)
{
  const char *lead_id = inb_outbox_fixture_get_lead_id (fixture, 3);
  g_autofree char *group = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_STAGE, "won");
  g_autoptr (GPtrArray) mutations = inb_kit_peek (fixture->replica, INB_OUTBOX_FIXTURE_ALL);
  g_autoptr (GPtrArray) results = inb_model_server_push (fixture->server, mutations, INB_KIT_USER, INB_ROLE_VIEWER);
  g_autoptr (GPtrArray) entries = NULL;

  inb_kit_answer (fixture->replica, results);
  inb_outbox_fixture_assert_counts (fixture, 0, 0, 1);
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, "new");
  g_assert_cmpuint (inb_kit_get_group (fixture->replica, group).n_rejected, ==, 1);
  inb_outbox_fixture_reopen (fixture);
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, "new");
  entries = inb_kit_list_outbox (fixture->replica, NULL);
  g_assert_cmpstr (get_only_entry (entries)->result->code, ==, "forbidden");

  if (data != NULL)
    {
      g_autoptr (GArray) mine = g_array_new (FALSE, FALSE, sizeof (guint));

      /* Once more, as a manager this time. */
      inb_kit_resolve (fixture->replica, get_only_entry (entries)->mutation->id, mine);
      inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
      inb_outbox_fixture_assert_counts (fixture, 1, 0, 0);
    }
  else
    {
      inb_kit_resolve (fixture->replica, get_only_entry (entries)->mutation->id, NULL);
    }
  inb_outbox_fixture_assert_done (fixture);
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, data != NULL ? "won" : "new");
}

static void
test_forbidden (InbOutboxFixture *fixture,
                gconstpointer     data)
{
  g_autoptr (GArray) rowids = inb_outbox_fixture_get_rowids (fixture);
  g_autoptr (InbEdit) edit = inb_edit_new ("Stage");
  g_autoptr (GError) error = NULL;

  inb_edit_set_rowids (edit, rowids);
  inb_edit_set_value (edit, INB_LEAD_STAGE, "won");
  inb_replica_set_actor (fixture->replica, INB_KIT_USER, "Me", INB_ROLE_AGENT);
  g_assert_null (inb_kit_edit (fixture->replica, edit, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_FORBIDDEN);
  g_clear_error (&error);
  inb_outbox_fixture_assert_counts (fixture, 0, 0, 0);

  inb_replica_set_actor (fixture->replica, INB_KIT_USER, "Me", INB_ROLE_VIEWER);
  g_assert_cmpint (inb_replica_get_role (fixture->replica), ==, INB_ROLE_VIEWER);
  g_array_set_size (rowids, 1);
  inb_edit_set_rowids (edit, rowids);
  g_assert_null (inb_kit_edit (fixture->replica, edit, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_FORBIDDEN);
  inb_outbox_fixture_assert_done (fixture);
}

static void
test_unprocessable (InbOutboxFixture *fixture,
                    gconstpointer     data)
{
  g_autoptr (GArray) rowids = inb_outbox_fixture_get_rowids (fixture);
  g_autoptr (InbEdit) edit = inb_edit_new ("Stage");
  g_autoptr (GError) error = NULL;

  inb_edit_set_rowids (edit, rowids);
  inb_edit_set_value (edit, INB_LEAD_STAGE, "no such stage");
  g_assert_null (inb_kit_edit (fixture->replica, edit, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE);
  inb_outbox_fixture_assert_counts (fixture, 0, 0, 0);
  inb_outbox_fixture_assert_done (fixture);
}

static void
test_create (InbOutboxFixture *fixture,
             gconstpointer     data)
{
  g_autofree char *lead_id = inb_outbox_fixture_create_person (fixture);
  g_autofree char *group = NULL;
  g_autoptr (InbLeadDetail) detail = NULL;
  g_autoptr (GArray) rowids = inb_outbox_fixture_get_rowids (fixture);

  g_assert_cmpuint (rowids->len, ==, INB_OUTBOX_FIXTURE_LEADS + 1);
  detail = inb_outbox_fixture_get_detail (fixture, lead_id);
  g_assert_cmpstr (inb_row_get (detail->contact, INB_CONTACT_FIRSTNAME), ==, "Ada");
  g_assert_cmpuint (detail->activities->len, >=, 1);
  group = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_STAGE, "contacted");
  inb_outbox_fixture_reopen (fixture);
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, "contacted");
  inb_outbox_fixture_assert_counts (fixture, 4, 0, 0);
  inb_outbox_fixture_assert_done (fixture);
  inb_outbox_fixture_assert_shown (fixture, lead_id, INB_LEAD_STAGE, "contacted");
}

/* What was made here and refused there is gone again. */
static void
test_create_rejected (InbOutboxFixture *fixture,
                      gconstpointer     data)
{
  g_autofree char *lead_id = inb_outbox_fixture_create_person (fixture);
  g_autoptr (GPtrArray) mutations = inb_kit_peek (fixture->replica, INB_OUTBOX_FIXTURE_ALL);
  g_autoptr (GPtrArray) results = inb_model_server_push (fixture->server, mutations, INB_KIT_USER, INB_ROLE_VIEWER);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GArray) rowids = NULL;

  inb_kit_answer (fixture->replica, results);
  inb_outbox_fixture_assert_counts (fixture, 0, 0, 3);
  rowids = inb_outbox_fixture_get_rowids (fixture);
  g_assert_cmpuint (rowids->len, ==, INB_OUTBOX_FIXTURE_LEADS);
  entries = inb_kit_list_outbox (fixture->replica, NULL);
  for (guint i = 0; i < entries->len; i++)
    inb_kit_resolve (fixture->replica, ((InbOutboxEntry *) g_ptr_array_index (entries, i))->mutation->id, NULL);
  inb_outbox_fixture_assert_done (fixture);
}

#define ADD(name, data, function) \
  g_test_add ("/replica/outbox/" name, InbOutboxFixture, data, inb_outbox_fixture_set_up, function, inb_outbox_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("edit", NULL, test_edit);
  ADD ("orders", NULL, test_orders);
  ADD ("repeat", NULL, test_repeat);
  ADD ("other-field", NULL, test_other_field);
  ADD ("conflict-mine", GINT_TO_POINTER (TRUE), test_conflict);
  ADD ("conflict-theirs", GINT_TO_POINTER (FALSE), test_conflict);
  ADD ("rejected-discard", NULL, test_rejected);
  ADD ("rejected-again", "again", test_rejected);
  ADD ("forbidden", NULL, test_forbidden);
  ADD ("unprocessable", NULL, test_unprocessable);
  ADD ("create", NULL, test_create);
  ADD ("create-rejected", NULL, test_create_rejected);

  return g_test_run ();
}
