/* What the user does: kept, shown at once, sent, and reconciled with what the server says, in whatever order that comes. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-error.h"
#include "inb-outbox-kit.h"
#include "inb-replica-kit.h"
#include "inb-sample.h"
#include "inb-time.h"

#include <glib/gstdio.h>

#define NOW (1780000000 * INB_TIME_SECOND)
#define EPOCH "one"
#define N_LEADS 5
#define ALL 1000

typedef struct {
  char           *folder;
  InbReplica     *replica;
  InbSample      *sample;
  InbModelServer *server;
  GPtrArray      *lead_ids;
  GPtrArray      *contact_ids;
} Fixture;

static void
open_replica (Fixture *fixture)
{
  fixture->replica = inb_kit_new (fixture->folder);
  inb_kit_settle (fixture->replica);
}

static void
reopen (Fixture *fixture)
{
  inb_kit_drop (fixture->replica);
  open_replica (fixture);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GPtrArray) rows = inb_kit_new_rows ();

  fixture->folder = inb_kit_make_folder ();
  fixture->sample = inb_sample_new (3);
  fixture->lead_ids = g_ptr_array_new_with_free_func (g_free);
  fixture->contact_ids = g_ptr_array_new_with_free_func (g_free);
  inb_sample_add_small (fixture->sample, rows);
  for (guint i = 0; i < N_LEADS; i++)
    inb_sample_add_lead (fixture->sample, rows, NOW + i * INB_TIME_SECOND);
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
  fixture->server = inb_model_server_new (rows, EPOCH);
  open_replica (fixture);
  inb_replica_set_actor (fixture->replica, INB_KIT_USER, "Me", INB_ROLE_MANAGER);
  inb_kit_pull (fixture->replica, fixture->server, ALL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  inb_kit_drop (fixture->replica);
  inb_model_server_free (fixture->server);
  inb_sample_free (fixture->sample);
  g_ptr_array_unref (fixture->lead_ids);
  g_ptr_array_unref (fixture->contact_ids);
  inb_kit_delete_folder (fixture->folder);
  g_free (fixture->folder);
}

static const char *
get_lead_id (Fixture *fixture,
             guint    number)
{
  return g_ptr_array_index (fixture->lead_ids, number);
}

static InbLeadDetail *
get_detail (Fixture    *fixture,
            const char *lead_id)
{
  g_autoptr (GError) error = NULL;
  InbLeadDetail *detail = inb_kit_get_lead (fixture->replica, lead_id, &error);

  g_assert_no_error (error);

  return detail;
}

static void
assert_shown (Fixture    *fixture,
              const char *lead_id,
              guint       column,
              const char *value)
{
  g_autoptr (InbLeadDetail) detail = get_detail (fixture, lead_id);

  g_assert_cmpstr (inb_row_get (detail->lead, column), ==, value);
}

static void
assert_counts (Fixture *fixture,
               guint    n_waiting,
               guint    n_conflicts,
               guint    n_rejected)
{
  InbOutboxCounts counts = inb_replica_get_outbox_counts (fixture->replica);

  g_assert_cmpuint (counts.n_waiting, ==, n_waiting);
  g_assert_cmpuint (counts.n_conflicts, ==, n_conflicts);
  g_assert_cmpuint (counts.n_rejected, ==, n_rejected);
}

/* All is sent and has come back: the replica is as the server, and nothing is left. */
static void
assert_done (Fixture *fixture)
{
  inb_kit_push (fixture->replica, fixture->server);
  inb_kit_pull (fixture->replica, fixture->server, ALL);
  inb_kit_assert_equal (fixture->replica, fixture->folder, fixture->server);
  assert_counts (fixture, 0, 0, 0);
}

static GArray *
get_rowids (Fixture *fixture)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autoptr (GError) error = NULL;
  GArray *rowids = inb_kit_query (fixture->replica, query, &error);

  g_assert_no_error (error);

  return rowids;
}

static guint
count_activities (Fixture    *fixture,
                  const char *lead_id)
{
  g_autoptr (InbLeadDetail) detail = get_detail (fixture, lead_id);

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
test_edit (Fixture       *fixture,
           gconstpointer  data)
{
  const char *lead_id = get_lead_id (fixture, 0);
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
  assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
  assert_shown (fixture, lead_id, INB_LEAD_IS_CONVERTED, "true");
  g_assert_cmpuint (count_activities (fixture, lead_id), >, n_activities);
  assert_counts (fixture, 1, 0, 0);
  entries = inb_kit_list_outbox (fixture->replica, lead_id);
  g_assert_cmpuint (entries->len, ==, 1);
  entry = g_ptr_array_index (entries, 0);
  g_assert_cmpstr (entry->mutation->group, ==, group);
  g_assert_cmpstr (entry->label, ==, "Edit");
  g_assert_cmpint (entry->state, ==, INB_OUTBOX_WAITING);
  g_signal_handler_disconnect (fixture->replica, changed);
  g_signal_handler_disconnect (fixture->replica, outbox);

  assert_done (fixture);
  assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
}

/* The feed may bring what was done before the answer to it does, or row by row. */
static void
test_orders (Fixture       *fixture,
             gconstpointer  data)
{
  for (guint i = 0; i < 6; i++)
    {
      const char *lead_id = get_lead_id (fixture, i % N_LEADS);
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
      inb_kit_pull (fixture->replica, fixture->server, i % 3 == 1 ? 1 : ALL);
      assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
      assert_shown (fixture, lead_id, INB_LEAD_TEMPERATURE, "hot");
      if (i % 3 != 0)
        inb_kit_answer (fixture->replica, results);
      assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
      assert_shown (fixture, lead_id, INB_LEAD_TEMPERATURE, "hot");
      assert_counts (fixture, 1, 0, 0);
      if (i == 4)
        reopen (fixture);
      assert_done (fixture);
      assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
    }
}

/* An answer that was lost is asked for again, and changes nothing. */
static void
test_repeat (Fixture       *fixture,
             gconstpointer  data)
{
  const char *lead_id = get_lead_id (fixture, 0);
  g_autofree char *group = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_STAGE, "won");
  g_autoptr (GPtrArray) mutations = inb_kit_peek (fixture->replica, ALL);
  g_autoptr (GPtrArray) lost = inb_model_server_push (fixture->server, mutations, INB_KIT_USER, INB_ROLE_MANAGER);
  gint64 head = inb_model_server_get_head (fixture->server);

  reopen (fixture);
  assert_counts (fixture, 1, 0, 0);
  inb_kit_pull (fixture->replica, fixture->server, ALL);
  assert_done (fixture);
  g_assert_cmpint (inb_model_server_get_head (fixture->server), ==, head);
  /* And an answer may come twice. */
  inb_kit_answer (fixture->replica, lost);
  assert_counts (fixture, 0, 0, 0);
}

static void
test_other_field (Fixture       *fixture,
                  gconstpointer  data)
{
  const char *lead_id = get_lead_id (fixture, 1);
  g_autofree char *group = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_STAGE, "contacted");

  inb_model_server_set (fixture->server, INB_KIND_LEAD, lead_id, INB_LEAD_BUDGET_RANGE, "large");
  inb_kit_pull (fixture->replica, fixture->server, ALL);
  assert_shown (fixture, lead_id, INB_LEAD_STAGE, "contacted");
  assert_shown (fixture, lead_id, INB_LEAD_BUDGET_RANGE, "large");
  assert_done (fixture);
  assert_shown (fixture, lead_id, INB_LEAD_STAGE, "contacted");
  assert_shown (fixture, lead_id, INB_LEAD_BUDGET_RANGE, "large");
}

static const InbOutboxEntry *
get_only_entry (GPtrArray *entries)
{
  g_assert_cmpuint (entries->len, ==, 1);

  return g_ptr_array_index (entries, 0);
}

static void
test_conflict (Fixture       *fixture,
               gconstpointer  data)
{
  gboolean is_mine = GPOINTER_TO_INT (data);
  const char *lead_id = get_lead_id (fixture, 2);
  g_autofree char *group = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_TEMPERATURE, "hot");
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GArray) mine = g_array_new (FALSE, FALSE, sizeof (guint));
  const guint column = INB_LEAD_TEMPERATURE;
  const InbOutboxEntry *entry;
  const InbFieldConflict *conflict;

  inb_model_server_set (fixture->server, INB_KIND_LEAD, lead_id, INB_LEAD_TEMPERATURE, "warm");
  inb_kit_push (fixture->replica, fixture->server);
  inb_kit_pull (fixture->replica, fixture->server, ALL);
  assert_counts (fixture, 0, 1, 0);
  assert_shown (fixture, lead_id, INB_LEAD_TEMPERATURE, "warm");
  g_assert_cmpuint (inb_kit_get_group (fixture->replica, group).n_conflicts, ==, 1);

  reopen (fixture);
  assert_counts (fixture, 0, 1, 0);
  entries = inb_kit_list_outbox (fixture->replica, lead_id);
  entry = get_only_entry (entries);
  g_assert_cmpint (entry->state, ==, INB_OUTBOX_CONFLICT);
  conflict = g_ptr_array_index (entry->result->conflicts, 0);
  g_assert_cmpuint (conflict->column, ==, INB_LEAD_TEMPERATURE);
  g_assert_cmpstr (conflict->mine, ==, "hot");
  g_assert_cmpstr (conflict->theirs, ==, "warm");

  g_array_append_val (mine, column);
  inb_kit_resolve (fixture->replica, entry->mutation->id, is_mine ? mine : NULL);
  assert_shown (fixture, lead_id, INB_LEAD_TEMPERATURE, is_mine ? "hot" : "warm");
  assert_counts (fixture, is_mine ? 1 : 0, 0, 0);
  assert_done (fixture);
  g_assert_cmpstr (inb_row_get (inb_model_server_find (fixture->server, INB_KIND_LEAD, lead_id), INB_LEAD_TEMPERATURE), ==,
                   is_mine ? "hot" : "warm");
}

/* The server refuses what was allowed here when it was done. */
static void
test_rejected (Fixture       *fixture,
               gconstpointer  data)
{
  const char *lead_id = get_lead_id (fixture, 3);
  g_autofree char *group = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_STAGE, "won");
  g_autoptr (GPtrArray) mutations = inb_kit_peek (fixture->replica, ALL);
  g_autoptr (GPtrArray) results = inb_model_server_push (fixture->server, mutations, INB_KIT_USER, INB_ROLE_VIEWER);
  g_autoptr (GPtrArray) entries = NULL;

  inb_kit_answer (fixture->replica, results);
  assert_counts (fixture, 0, 0, 1);
  assert_shown (fixture, lead_id, INB_LEAD_STAGE, "new");
  g_assert_cmpuint (inb_kit_get_group (fixture->replica, group).n_rejected, ==, 1);
  reopen (fixture);
  assert_shown (fixture, lead_id, INB_LEAD_STAGE, "new");
  entries = inb_kit_list_outbox (fixture->replica, NULL);
  g_assert_cmpstr (get_only_entry (entries)->result->code, ==, "forbidden");

  if (data != NULL)
    {
      g_autoptr (GArray) mine = g_array_new (FALSE, FALSE, sizeof (guint));

      /* Once more, as a manager this time. */
      inb_kit_resolve (fixture->replica, get_only_entry (entries)->mutation->id, mine);
      assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
      assert_counts (fixture, 1, 0, 0);
    }
  else
    {
      inb_kit_resolve (fixture->replica, get_only_entry (entries)->mutation->id, NULL);
    }
  assert_done (fixture);
  assert_shown (fixture, lead_id, INB_LEAD_STAGE, data != NULL ? "won" : "new");
}

static void
test_forbidden (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GArray) rowids = get_rowids (fixture);
  g_autoptr (InbEdit) edit = inb_edit_new ("Stage");
  g_autoptr (GError) error = NULL;

  inb_edit_set_rowids (edit, rowids);
  inb_edit_set_value (edit, INB_LEAD_STAGE, "won");
  inb_replica_set_actor (fixture->replica, INB_KIT_USER, "Me", INB_ROLE_AGENT);
  g_assert_null (inb_kit_edit (fixture->replica, edit, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_FORBIDDEN);
  g_clear_error (&error);
  assert_counts (fixture, 0, 0, 0);

  inb_replica_set_actor (fixture->replica, INB_KIT_USER, "Me", INB_ROLE_VIEWER);
  g_assert_cmpint (inb_replica_get_role (fixture->replica), ==, INB_ROLE_VIEWER);
  g_array_set_size (rowids, 1);
  inb_edit_set_rowids (edit, rowids);
  g_assert_null (inb_kit_edit (fixture->replica, edit, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_FORBIDDEN);
  assert_done (fixture);
}

static void
test_unprocessable (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GArray) rowids = get_rowids (fixture);
  g_autoptr (InbEdit) edit = inb_edit_new ("Stage");
  g_autoptr (GError) error = NULL;

  inb_edit_set_rowids (edit, rowids);
  inb_edit_set_value (edit, INB_LEAD_STAGE, "no such stage");
  g_assert_null (inb_kit_edit (fixture->replica, edit, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE);
  assert_counts (fixture, 0, 0, 0);
  assert_done (fixture);
}

/* A contact, its lead and a note, made without a connection; one after the other, each in need of the one before. */
static char *
create_person (Fixture *fixture)
{
  g_autoptr (InbEdit) edit = inb_edit_new ("New lead");
  g_autoptr (InbMutation) contact = inb_mutation_new (INB_MUTATION_CREATE, INB_KIND_CONTACT, NULL, NOW);
  g_autoptr (InbMutation) lead = inb_mutation_new (INB_MUTATION_CREATE, INB_KIND_LEAD, NULL, NOW);
  g_autoptr (InbMutation) note = inb_mutation_new (INB_MUTATION_CREATE, INB_KIND_ACTIVITY, NULL, NOW);
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

static void
test_create (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *lead_id = create_person (fixture);
  g_autofree char *group = NULL;
  g_autoptr (InbLeadDetail) detail = NULL;
  g_autoptr (GArray) rowids = get_rowids (fixture);

  g_assert_cmpuint (rowids->len, ==, N_LEADS + 1);
  detail = get_detail (fixture, lead_id);
  g_assert_cmpstr (inb_row_get (detail->contact, INB_CONTACT_FIRSTNAME), ==, "Ada");
  g_assert_cmpuint (detail->activities->len, >=, 1);
  group = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_STAGE, "contacted");
  reopen (fixture);
  assert_shown (fixture, lead_id, INB_LEAD_STAGE, "contacted");
  assert_counts (fixture, 4, 0, 0);
  assert_done (fixture);
  assert_shown (fixture, lead_id, INB_LEAD_STAGE, "contacted");
}

/* What was made here and refused there is gone again. */
static void
test_create_rejected (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *lead_id = create_person (fixture);
  g_autoptr (GPtrArray) mutations = inb_kit_peek (fixture->replica, ALL);
  g_autoptr (GPtrArray) results = inb_model_server_push (fixture->server, mutations, INB_KIT_USER, INB_ROLE_VIEWER);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GArray) rowids = NULL;

  inb_kit_answer (fixture->replica, results);
  assert_counts (fixture, 0, 0, 3);
  rowids = get_rowids (fixture);
  g_assert_cmpuint (rowids->len, ==, N_LEADS);
  entries = inb_kit_list_outbox (fixture->replica, NULL);
  for (guint i = 0; i < entries->len; i++)
    inb_kit_resolve (fixture->replica, ((InbOutboxEntry *) g_ptr_array_index (entries, i))->mutation->id, NULL);
  assert_done (fixture);
}

static void
test_delete (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GArray) rowids = get_rowids (fixture);
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
  left = get_rowids (fixture);
  g_assert_cmpuint (left->len, ==, N_LEADS - 2);
  if (data != NULL)
    assert_done (fixture);

  undo = inb_kit_undo (fixture->replica, group, &error);
  g_assert_no_error (error);
  back = get_rowids (fixture);
  g_assert_cmpuint (back->len, ==, N_LEADS);
  assert_done (fixture);
  g_assert_cmpuint (inb_kit_get_group (fixture->replica, undo).n_applied, ==, 2);
}

/* Leads that somebody else has changed since stay as they are, and that is told. */
static void
test_bulk_undo (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GArray) rowids = get_rowids (fixture);
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
  for (guint i = 0; i < N_LEADS; i++)
    assert_shown (fixture, get_lead_id (fixture, i), INB_LEAD_STAGE, "won");
  assert_done (fixture);

  inb_model_server_set (fixture->server, INB_KIND_LEAD, get_lead_id (fixture, 1), INB_LEAD_STAGE, "lost");
  undo = inb_kit_undo (fixture->replica, group, &error);
  g_assert_no_error (error);
  assert_shown (fixture, get_lead_id (fixture, 0), INB_LEAD_STAGE, "new");
  assert_shown (fixture, get_lead_id (fixture, 1), INB_LEAD_STAGE, "new");
  assert_done (fixture);
  assert_shown (fixture, get_lead_id (fixture, 0), INB_LEAD_STAGE, "new");
  assert_shown (fixture, get_lead_id (fixture, 0), INB_LEAD_CONVERTED_AT, NULL);
  assert_shown (fixture, get_lead_id (fixture, 1), INB_LEAD_STAGE, "lost");
  outcome = inb_kit_get_group (fixture->replica, undo);
  g_assert_cmpuint (outcome.n_applied, ==, N_LEADS - 1);
  g_assert_cmpuint (outcome.n_conflicts, ==, 1);
  g_assert_null (inb_kit_undo (fixture->replica, "01890000-0000-7000-8000-000000000000", &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_NOT_FOUND);
}

/* What was never sent can be undone as well. */
static void
test_undo_unsent (Fixture       *fixture,
                  gconstpointer  data)
{
  const char *lead_id = get_lead_id (fixture, 0);
  g_autofree char *group = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_STAGE, "won");
  g_autofree char *undo = NULL;
  g_autofree char *redo = NULL;
  g_autoptr (GError) error = NULL;

  reopen (fixture);
  undo = inb_kit_undo (fixture->replica, group, &error);
  g_assert_no_error (error);
  assert_shown (fixture, lead_id, INB_LEAD_STAGE, "new");
  assert_shown (fixture, lead_id, INB_LEAD_IS_CONVERTED, NULL);
  reopen (fixture);
  assert_shown (fixture, lead_id, INB_LEAD_STAGE, "new");
  redo = inb_kit_undo (fixture->replica, undo, &error);
  g_assert_no_error (error);
  assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
  assert_done (fixture);
  assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
}

static void
test_merge (Fixture       *fixture,
            gconstpointer  data)
{
  const char *kept = g_ptr_array_index (fixture->contact_ids, 0);
  const char *gone = g_ptr_array_index (fixture->contact_ids, 1);
  const char *moved = get_lead_id (fixture, 1);
  g_autoptr (InbEdit) edit = inb_edit_new ("Merge");
  g_autoptr (InbMutation) merge = inb_mutation_new (INB_MUTATION_MERGE, INB_KIND_CONTACT, kept, NOW);
  g_autofree char *first = inb_kit_edit_lead (fixture->replica, moved, INB_LEAD_STAGE, "contacted");
  g_autofree char *group = NULL;
  g_autofree char *undo = NULL;
  g_autoptr (GError) error = NULL;

  merge->other_id = g_strdup (gone);
  inb_edit_add (edit, merge);
  group = inb_kit_edit (fixture->replica, edit, &error);
  g_assert_no_error (error);
  assert_shown (fixture, moved, INB_LEAD_CONTACT_ID, kept);
  assert_shown (fixture, moved, INB_LEAD_STAGE, "contacted");

  /* Somebody else edits the lead that is to move, and the feed brings it before the merge is sent. */
  inb_model_server_set (fixture->server, INB_KIND_LEAD, moved, INB_LEAD_BUDGET_RANGE, "large");
  inb_kit_pull (fixture->replica, fixture->server, ALL);
  assert_shown (fixture, moved, INB_LEAD_CONTACT_ID, kept);
  assert_shown (fixture, moved, INB_LEAD_BUDGET_RANGE, "large");
  reopen (fixture);
  assert_shown (fixture, moved, INB_LEAD_CONTACT_ID, kept);
  assert_shown (fixture, moved, INB_LEAD_STAGE, "contacted");
  assert_done (fixture);
  assert_shown (fixture, moved, INB_LEAD_CONTACT_ID, kept);

  undo = inb_kit_undo (fixture->replica, group, &error);
  g_assert_no_error (error);
  assert_shown (fixture, moved, INB_LEAD_CONTACT_ID, gone);
  assert_done (fixture);
  assert_shown (fixture, moved, INB_LEAD_CONTACT_ID, gone);
}

static void
delete_replica (Fixture *fixture)
{
  static const char *const names[] = { "replica.db", "replica.db-wal", "replica.db-shm", "replica.db-note" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);

      g_remove (path);
    }
}

static void
test_replica_lost (Fixture       *fixture,
                   gconstpointer  data)
{
  const char *lead_id = get_lead_id (fixture, 0);
  g_autofree char *group = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_STAGE, "won");
  g_autofree char *created = create_person (fixture);
  InbSnapshotPage *page = inb_snapshot_page_new ();
  g_autoptr (InbChanges) all = inb_model_server_pull (fixture->server, 0, ALL);
  g_autoptr (GError) error = NULL;

  inb_kit_drop (fixture->replica);
  delete_replica (fixture);
  open_replica (fixture);
  assert_counts (fixture, 4, 0, 0);
  assert_shown (fixture, created, INB_LEAD_PRODUCT_INTEREST, "Solar");

  /* The first sync again, page by page: its rows are shown with what waits. */
  page->epoch = g_strdup (EPOCH);
  page->head = inb_model_server_get_head (fixture->server);
  page->position = g_strdup ("more");
  for (guint i = 0; i < all->rows->len; i++)
    {
      if (inb_row_get_kind (g_ptr_array_index (all->rows, i)) == INB_KIND_LEAD)
        g_ptr_array_add (page->rows, inb_row_ref (g_ptr_array_index (all->rows, i)));
    }
  inb_kit_apply_snapshot (fixture->replica, page, &error);
  g_assert_no_error (error);
  assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");

  page = inb_snapshot_page_new ();
  page->epoch = g_strdup (EPOCH);
  page->head = inb_model_server_get_head (fixture->server);
  for (guint i = 0; i < all->rows->len; i++)
    {
      if (inb_row_get_kind (g_ptr_array_index (all->rows, i)) != INB_KIND_LEAD)
        g_ptr_array_add (page->rows, inb_row_ref (g_ptr_array_index (all->rows, i)));
    }
  inb_kit_apply_snapshot (fixture->replica, page, &error);
  g_assert_no_error (error);
  assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
  assert_done (fixture);
}

/* Wiped for a new start while some of it was confirmed by a server that has since been restored from a backup. */
static void
test_restored (Fixture       *fixture,
               gconstpointer  data)
{
  const char *lead_id = get_lead_id (fixture, 0);
  g_autoptr (InbModelServer) backup = inb_model_server_copy (fixture->server, "two");
  g_autofree char *group = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_STAGE, "won");

  inb_kit_push (fixture->replica, fixture->server);
  assert_counts (fixture, 1, 0, 0);
  inb_model_server_free (fixture->server);
  fixture->server = g_steal_pointer (&backup);
  inb_kit_pull (fixture->replica, fixture->server, ALL);
  assert_counts (fixture, 1, 0, 0);
  assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
  g_assert_cmpuint (inb_kit_push (fixture->replica, fixture->server), ==, 1);
  assert_done (fixture);
  assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
}

static void
test_erased (Fixture       *fixture,
             gconstpointer  data)
{
  const char *lead_id = get_lead_id (fixture, 0);
  g_autofree char *group = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_STAGE, "won");
  g_autoptr (GArray) rowids = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = inb_kit_new_rows ();

  fixture->sample->seq = inb_model_server_get_head (fixture->server);
  g_ptr_array_add (rows, inb_sample_make_tombstone (fixture->sample, INB_KIND_LEAD, lead_id));
  inb_kit_apply (fixture->replica, inb_kit_make_changes (fixture->replica, EPOCH, rows, fixture->sample->seq), &error);
  g_assert_no_error (error);
  rowids = get_rowids (fixture);
  g_assert_cmpuint (rowids->len, ==, N_LEADS - 1);
  reopen (fixture);
  g_array_unref (g_steal_pointer (&rowids));
  rowids = get_rowids (fixture);
  g_assert_cmpuint (rowids->len, ==, N_LEADS - 1);
}

/* Another person at this computer: what the first one did waits until she is back. */
static void
test_other_person (Fixture       *fixture,
                   gconstpointer  data)
{
  const char *lead_id = get_lead_id (fixture, 0);
  g_autofree char *group = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_STAGE, "won");
  g_autoptr (GPtrArray) mutations = NULL;

  inb_replica_set_actor (fixture->replica, INB_KIT_OTHER_USER, "Other", INB_ROLE_AGENT);
  mutations = inb_kit_peek (fixture->replica, ALL);
  g_assert_cmpuint (mutations->len, ==, 0);
  inb_kit_settle (fixture->replica);
  assert_counts (fixture, 0, 0, 0);
  assert_shown (fixture, lead_id, INB_LEAD_STAGE, "new");
  reopen (fixture);
  g_assert_cmpstr (inb_replica_get_actor_id (fixture->replica), ==, INB_KIT_OTHER_USER);
  g_assert_cmpint (inb_replica_get_role (fixture->replica), ==, INB_ROLE_AGENT);
  assert_shown (fixture, lead_id, INB_LEAD_STAGE, "new");

  inb_replica_set_actor (fixture->replica, INB_KIT_USER, "Me", INB_ROLE_MANAGER);
  inb_kit_settle (fixture->replica);
  assert_counts (fixture, 1, 0, 0);
  assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
  assert_done (fixture);
}

static void
test_forget (Fixture       *fixture,
             gconstpointer  data)
{
  const char *lead_id = get_lead_id (fixture, 0);
  g_autofree char *sent = inb_kit_edit_lead (fixture->replica, get_lead_id (fixture, 1), INB_LEAD_STAGE, "won");
  g_autofree char *group = NULL;
  g_autoptr (GError) error = NULL;

  inb_kit_push (fixture->replica, fixture->server);
  inb_kit_pull (fixture->replica, fixture->server, ALL);
  group = inb_kit_edit_lead (fixture->replica, lead_id, INB_LEAD_STAGE, "won");
  inb_kit_forget_outbox (fixture->replica, FALSE);
  inb_kit_settle (fixture->replica);
  assert_counts (fixture, 1, 0, 0);
  assert_shown (fixture, lead_id, INB_LEAD_STAGE, "won");
  g_assert_null (inb_kit_undo (fixture->replica, sent, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_NOT_FOUND);

  inb_kit_forget_outbox (fixture->replica, TRUE);
  inb_kit_settle (fixture->replica);
  assert_counts (fixture, 0, 0, 0);
  assert_shown (fixture, lead_id, INB_LEAD_STAGE, "new");
  assert_done (fixture);
}

#define ADD(name, data, function) g_test_add ("/replica/outbox/" name, Fixture, data, set_up, function, tear_down)

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
  ADD ("delete", NULL, test_delete);
  ADD ("delete-sent", "sent", test_delete);
  ADD ("bulk-undo", NULL, test_bulk_undo);
  ADD ("undo-unsent", NULL, test_undo_unsent);
  ADD ("merge", NULL, test_merge);
  ADD ("replica-lost", NULL, test_replica_lost);
  ADD ("restored", NULL, test_restored);
  ADD ("erased", NULL, test_erased);
  ADD ("other-person", NULL, test_other_person);
  ADD ("forget", NULL, test_forget);

  return g_test_run ();
}
