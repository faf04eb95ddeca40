/* What becomes of rows when somebody works on them: checks, merges, what follows, and what the timeline tells. */
#include "inb-mutation-kit.h"

#include "inb-time.h"
#include "inb-value.h"

#include <string.h>

#define LEAD INB_KIND_LEAD
#define CONTACT INB_KIND_CONTACT
#define ACTIVITY INB_KIND_ACTIVITY

typedef MutationKit Kit;

static InbMutation *
update (Kit        *kit,
        InbKind     kind,
        guint       number,
        guint       column,
        const char *base,
        const char *value)
{
  InbMutation *mutation = mutation_kit_make (kit, INB_MUTATION_UPDATE, kind, number);

  inb_mutation_add_change (mutation, column, base, value);

  return mutation;
}

static InbMutation *
create (Kit     *kit,
        InbKind  kind,
        guint    number)
{
  return mutation_kit_make (kit, INB_MUTATION_CREATE, kind, number);
}

/* Columns with so few values that "a third one" may not exist. */
static gboolean
has_three_values (InbKind kind,
                  guint   column)
{
  InbType type = inb_kind_get_columns (kind, NULL)[column].type;

  return type != INB_TYPE_BOOLEAN && !(kind == LEAD && column == INB_LEAD_TEAM_ID);
}

/* The value that is none: for columns that may not be empty it is another one. */
static char *
sample_third (InbKind kind,
              guint   column)
{
  if (inb_kind_get_columns (kind, NULL)[column].type == INB_TYPE_UUID || (kind == ACTIVITY && column == INB_ACTIVITY_DIRECTION))
    return NULL;

  return mutation_kit_sample (kind, column, 2);
}

static void
check_column (InbKind kind,
              guint   column)
{
  Kit *kit = mutation_kit_new ();
  g_autofree char *base = mutation_kit_sample (kind, column, 0);
  g_autofree char *mine = mutation_kit_sample (kind, column, 1);
  g_autofree char *theirs = sample_third (kind, column);
  const InbFieldConflict *conflict;

  /* As the user saw it. */
  mutation_kit_set (kit, kind, 1, column, base);
  g_assert_cmpint (mutation_kit_apply (kit, update (kit, kind, 1, column, base, mine)), ==, INB_MUTATION_APPLIED);
  g_assert_true (inb_column_equal (kind, column, mutation_kit_get (kit, kind, 1, column), mine));
  g_assert_nonnull (kit->undo);

  /* Already what the user wants: nothing is written. */
  g_assert_cmpint (mutation_kit_apply (kit, update (kit, kind, 1, column, base, mine)), ==, INB_MUTATION_APPLIED);
  g_assert_null (kit->undo);
  g_assert_cmpuint (mutation_kit_count_logs (kit), ==, 0);

  /* Whatever it is. */
  if (has_three_values (kind, column))
    {
      InbMutation *blind = mutation_kit_make (kit, INB_MUTATION_UPDATE, kind, 1);

      inb_mutation_add_blind_change (blind, column, base);
      g_assert_cmpint (mutation_kit_apply (kit, blind), ==, INB_MUTATION_APPLIED);
      g_assert_true (inb_column_equal (kind, column, mutation_kit_get (kit, kind, 1, column), base));
    }

  /* Somebody else's, which stays, while what was changed along with it is written. */
  if (has_three_values (kind, column))
    {
      guint along = kind == LEAD ? INB_LEAD_TERRITORY : kind == CONTACT ? (guint) INB_CONTACT_CITY : (guint) INB_ACTIVITY_LOCATION;
      InbMutation *mutation;

      mutation_kit_set (kit, kind, 1, column, theirs);
      mutation = update (kit, kind, 1, column, base, mine);
      if (along != column)
        inb_mutation_add_change (mutation, along, NULL, "Berlin");
      g_assert_cmpint (mutation_kit_apply (kit, mutation), ==, INB_MUTATION_CONFLICT);
      g_assert_cmpuint (kit->result->conflicts->len, ==, 1);
      conflict = kit->result->conflicts->pdata[0];
      g_assert_cmpuint (conflict->column, ==, column);
      g_assert_cmpstr (conflict->base, ==, base);
      g_assert_true (inb_column_equal (kind, column, conflict->mine, mine));
      g_assert_cmpstr (conflict->theirs, ==, theirs);
      g_assert_true (inb_column_equal (kind, column, mutation_kit_get (kit, kind, 1, column), theirs));
      if (along != column)
        g_assert_cmpstr (mutation_kit_get (kit, kind, 1, along), ==, "Berlin");
    }
  mutation_kit_free (kit);
}

static void
test_conflicts (void)
{
  static const InbKind kinds[] = { LEAD, CONTACT, ACTIVITY };
  guint n_checked = 0;

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      guint n_columns;
      const InbColumn *columns = inb_kind_get_columns (kinds[k], &n_columns);

      for (guint i = 0; i < n_columns; i++)
        {
          if ((columns[i].flags & INB_COLUMN_EDITABLE) == 0 || inb_column_is_set (kinds[k], i))
            continue;
          check_column (kinds[k], i);
          n_checked++;
        }
    }
  g_assert_cmpuint (n_checked, >, 90);
}

static void
test_equal (void)
{
  g_assert_true (inb_value_equal (INB_TYPE_MONEY, "12.5", "12.50"));
  g_assert_false (inb_value_equal (INB_TYPE_MONEY, "12.5", "12.51"));
  g_assert_true (inb_value_equal (INB_TYPE_INTEGER, "07", "7"));
  g_assert_true (inb_value_equal (INB_TYPE_TIME, "2026-11-22T10:00:00Z", "2026-11-22T11:00:00.000000+01:00"));
  g_assert_true (inb_value_equal (INB_TYPE_JSON, "{\"a\":1,\"b\":[1.0,null]}", "{ \"b\": [1, null], \"a\": 1 }"));
  g_assert_false (inb_value_equal (INB_TYPE_JSON, "[1,2]", "[2,1]"));
  g_assert_false (inb_value_equal (INB_TYPE_JSON, "{\"a\":null}", "{}"));
  g_assert_false (inb_value_equal (INB_TYPE_JSON, "\"1\"", "1"));
  g_assert_true (inb_value_equal (INB_TYPE_TEXT, "", NULL));
  g_assert_false (inb_value_equal (INB_TYPE_TEXT, "a", "A"));
  g_assert_false (inb_value_equal (INB_TYPE_TEXT, "a", NULL));
  g_assert_true (inb_column_equal (LEAD, INB_LEAD_TAGS, NULL, "[ ]"));
  g_assert_true (inb_column_equal (CONTACT, INB_CONTACT_DO_NOT_CONTACT, NULL, "false"));
  g_assert_false (inb_column_equal (CONTACT, INB_CONTACT_CONSENT_EMAIL, NULL, "false"));
}

typedef struct {
  const char *stored, *base, *value, *merged;
} Merge;

static void
test_sets (void)
{
  static const Merge merges[] = {
    { NULL, NULL, NULL, "[]" },
    { "[]", "[]", "[\"a\"]", "[\"a\"]" },
    { "[\"x\"]", "[]", "[\"a\"]", "[\"x\",\"a\"]" },
    { "[\"a\",\"x\"]", "[\"a\"]", "[]", "[\"x\"]" },
    { "[\"a\",\"b\"]", "[\"a\",\"b\"]", "[\"b\",\"c\"]", "[\"b\",\"c\"]" },
    { "[\"b\"]", "[\"a\",\"b\"]", "[\"a\",\"b\",\"c\"]", "[\"b\",\"c\"]" }, /* the other's removal stays */
    { "[\"c\"]", "[]", "[\"c\"]", "[\"c\"]" },
    { "[\"é\\\"\"]", NULL, "[\"\\\\\"]", "[\"é\\\"\",\"\\\\\"]" },
  };
  Kit *kit = mutation_kit_new ();

  for (guint i = 0; i < G_N_ELEMENTS (merges); i++)
    {
      g_autofree char *merged = inb_value_merge_set (merges[i].stored, merges[i].base, merges[i].value);

      g_assert_cmpstr (merged, ==, merges[i].merged);
    }

  mutation_kit_set (kit, LEAD, 1, INB_LEAD_TAGS, "[\"vip\",\"old\"]");
  g_assert_cmpint (mutation_kit_apply (kit, update (kit, LEAD, 1, INB_LEAD_TAGS, "[\"old\"]", "[\"new\"]")), ==, INB_MUTATION_APPLIED);
  g_assert_cmpstr (mutation_kit_get (kit, LEAD, 1, INB_LEAD_TAGS), ==, "[\"vip\",\"new\"]");
  g_assert_nonnull (mutation_kit_find_log (kit, "tags_updated", "tags"));

  /* Taken back with what others have added since kept. */
  {
    g_autofree char *record = g_strdup (kit->undo);

    mutation_kit_set (kit, LEAD, 1, INB_LEAD_TAGS, "[\"vip\",\"new\",\"late\"]");
    g_assert_cmpint (mutation_kit_undo (kit, LEAD, 1, record), ==, INB_MUTATION_APPLIED);
    g_assert_cmpstr (mutation_kit_get (kit, LEAD, 1, INB_LEAD_TAGS), ==, "[\"vip\",\"late\",\"old\"]");
  }
  mutation_kit_free (kit);
}

static void
test_stage (void)
{
  Kit *kit = mutation_kit_new ();
  InbMutation *mutation = update (kit, LEAD, 1, INB_LEAD_STAGE, "new", "won");
  g_autofree char *record = NULL;
  g_autofree char *activity_id = NULL;
  InbRow *log;

  mutation->group = g_strdup (mutation_kit_id (INB_KIND_VIEW, 50));
  inb_mutation_add_change (mutation, INB_LEAD_CONVERSION_VALUE, NULL, "1250.00");
  activity_id = inb_mutation_get_activity_id (mutation, "status_updated stage " "x");
  g_assert_cmpint (mutation_kit_apply (kit, mutation), ==, INB_MUTATION_APPLIED);
  g_assert_cmpstr (mutation_kit_get (kit, LEAD, 1, INB_LEAD_STAGE), ==, "won");
  g_assert_cmpstr (mutation_kit_get (kit, LEAD, 1, INB_LEAD_PREVIOUS_STAGE), ==, "new");
  g_assert_cmpstr (mutation_kit_get (kit, LEAD, 1, INB_LEAD_IS_CONVERTED), ==, "true");
  g_assert_nonnull (mutation_kit_get (kit, LEAD, 1, INB_LEAD_CONVERTED_AT));
  g_assert_nonnull (mutation_kit_get (kit, LEAD, 1, INB_LEAD_FIRST_RESPONSE_AT));
  g_assert_cmpstr (mutation_kit_get (kit, LEAD, 1, INB_LEAD_UPDATED_BY), ==, KIT_ANNA);
  g_assert_cmpint (inb_row_get_time (mutation_kit_find (kit, LEAD, 1), INB_LEAD_LAST_ACTIVITY_AT), ==, kit->context.now);

  log = mutation_kit_find_log (kit, "status_updated", "stage");
  g_assert_cmpstr (inb_row_get (log, INB_ACTIVITY_TITLE), ==, "Status: new → won");
  g_assert_cmpstr (inb_row_get (log, INB_ACTIVITY_OLD_VALUE), ==, "\"new\"");
  g_assert_cmpstr (inb_row_get (log, INB_ACTIVITY_NEW_VALUE), ==, "\"won\"");
  g_assert_cmpstr (inb_row_get (log, INB_ACTIVITY_CREATED_BY), ==, KIT_ANNA);
  g_assert_cmpstr (inb_row_get (log, INB_ACTIVITY_ACTOR_NAME), ==, "Anna");
  g_assert_cmpstr (inb_row_get (log, INB_ACTIVITY_GROUP_ID), ==, mutation_kit_id (INB_KIND_VIEW, 50));
  g_assert_cmpstr (inb_row_get (log, INB_ACTIVITY_LEAD_ID), ==, mutation_kit_id (LEAD, 1));
  g_assert_cmpstr (inb_row_get (log, INB_ACTIVITY_CONTACT_ID), ==, mutation_kit_id (CONTACT, 1));
  g_assert_cmpstr (inb_row_get (log, INB_ACTIVITY_IS_AUTOMATED), ==, "false");
  g_assert_cmpstr (inb_row_get (mutation_kit_find_log (kit, "lead_converted", NULL), INB_ACTIVITY_OUTCOME), ==, "converted");
  g_assert_cmpstr (inb_row_get (mutation_kit_find_log (kit, "field_updated", "conversion_value"), INB_ACTIVITY_TITLE), ==,
                   "Conversion value: – → 1250.00");
  g_assert_cmpuint (mutation_kit_count_logs (kit), ==, 3);
  g_assert_cmpstr (inb_row_get (log, INB_ACTIVITY_ID), !=, activity_id);

  /* Somebody else goes on to lost; Anna's undo keeps that and its derived columns, and takes back the amount. */
  record = g_strdup (kit->undo);
  mutation_kit_be (kit, KIT_BEN, INB_ROLE_AGENT);
  g_assert_cmpint (mutation_kit_apply (kit, update (kit, LEAD, 1, INB_LEAD_STAGE, "won", "lost")), ==, INB_MUTATION_APPLIED);
  g_assert_cmpint (mutation_kit_undo (kit, LEAD, 1, record), ==, INB_MUTATION_CONFLICT);
  g_assert_cmpuint (kit->result->conflicts->len, ==, 1);
  g_assert_cmpuint (((InbFieldConflict *) kit->result->conflicts->pdata[0])->column, ==, INB_LEAD_STAGE);
  g_assert_cmpstr (mutation_kit_get (kit, LEAD, 1, INB_LEAD_STAGE), ==, "lost");
  g_assert_nonnull (mutation_kit_get (kit, LEAD, 1, INB_LEAD_LOST_AT));
  g_assert_null (mutation_kit_get (kit, LEAD, 1, INB_LEAD_CONVERSION_VALUE));
  g_assert_nonnull (mutation_kit_get (kit, LEAD, 1, INB_LEAD_FIRST_RESPONSE_AT));

  mutation_kit_assert_rejected (kit, update (kit, LEAD, 1, INB_LEAD_STAGE, "lost", "nowhere"), INB_ERROR_UNPROCESSABLE, "nowhere");
  mutation_kit_free (kit);
}

static void
replace_stages (Kit        *kit,
                const char *key,
                guint       column,
                const char *value)
{
  g_autoptr (GPtrArray) rows = inb_stage_default_rows ("demo", 0);

  for (guint i = 0; i < rows->len; i++)
    {
      if (strcmp (inb_row_get (rows->pdata[i], INB_STAGE_KEY), key) == 0)
        inb_row_set (rows->pdata[i], column, value);
    }
  inb_stage_set_unref (kit->stages);
  kit->context.stages = kit->stages = inb_stage_set_new (rows);
}

static void
test_stage_demands (void)
{
  Kit *kit = mutation_kit_new ();
  InbMutation *mutation;

  replace_stages (kit, "lost", INB_STAGE_REQUIRES_LOST_REASON, "true");
  mutation_kit_assert_rejected (kit, update (kit, LEAD, 1, INB_LEAD_STAGE, "new", "lost"), INB_ERROR_UNPROCESSABLE, "lead.lost_reason");
  mutation = update (kit, LEAD, 1, INB_LEAD_STAGE, "new", "lost");
  inb_mutation_add_change (mutation, INB_LEAD_LOST_REASON, NULL, "Too dear");
  g_assert_cmpint (mutation_kit_apply (kit, mutation), ==, INB_MUTATION_APPLIED);
  g_assert_cmpstr (mutation_kit_get (kit, LEAD, 1, INB_LEAD_IS_ACTIVE), ==, "false");

  replace_stages (kit, "won", INB_STAGE_REQUIRES_VALUE, "true");
  mutation_kit_assert_rejected (kit, update (kit, LEAD, 2, INB_LEAD_STAGE, "new", "won"), INB_ERROR_UNPROCESSABLE, "lead.conversion_value");
  replace_stages (kit, "proposal", INB_STAGE_REQUIRES_VALUE, "true");
  mutation_kit_assert_rejected (kit, update (kit, LEAD, 2, INB_LEAD_STAGE, "new", "proposal"), INB_ERROR_UNPROCESSABLE,
                                "lead.estimated_value");
  mutation_kit_set (kit, LEAD, 2, INB_LEAD_ESTIMATED_VALUE, "5.00");
  g_assert_cmpint (mutation_kit_apply (kit, update (kit, LEAD, 2, INB_LEAD_STAGE, "new", "proposal")), ==, INB_MUTATION_APPLIED);

  replace_stages (kit, "contacted", INB_STAGE_ARCHIVED_AT, "2026-01-01T00:00:00.000000Z");
  mutation_kit_assert_rejected (kit, update (kit, LEAD, 3, INB_LEAD_STAGE, "new", "contacted"), INB_ERROR_UNPROCESSABLE, "archived");
  mutation_kit_free (kit);
}

static void
test_references (void)
{
  Kit *kit = mutation_kit_new ();
  const char *unknown = mutation_kit_id (INB_KIND_VIEW, 77);

  mutation_kit_assert_rejected (kit, update (kit, LEAD, 1, INB_LEAD_ASSIGNED_TO, NULL, unknown), INB_ERROR_UNPROCESSABLE, "lead.assigned_to");
  mutation_kit_assert_rejected (kit, update (kit, LEAD, 1, INB_LEAD_ASSIGNED_TO, NULL, KIT_GONE), INB_ERROR_UNPROCESSABLE, "member");
  mutation_kit_assert_rejected (kit, update (kit, LEAD, 1, INB_LEAD_TEAM_ID, NULL, "south"), INB_ERROR_UNPROCESSABLE, "lead.team_id");
  mutation_kit_assert_rejected (kit, update (kit, CONTACT, 1, INB_CONTACT_OWNER_ID, NULL, unknown), INB_ERROR_UNPROCESSABLE,
                                "contact.owner_id");
  g_assert_cmpint (mutation_kit_apply (kit, update (kit, LEAD, 1, INB_LEAD_ASSIGNED_TO, NULL, KIT_BEN)), ==, INB_MUTATION_APPLIED);
  g_assert_cmpstr (inb_row_get (mutation_kit_find_log (kit, "assigned", "assigned_to"), INB_ACTIVITY_TITLE), ==, "Assigned to Ben");
  g_assert_cmpint (mutation_kit_apply (kit, update (kit, LEAD, 1, INB_LEAD_TEAM_ID, NULL, "north")), ==, INB_MUTATION_APPLIED);
  g_assert_cmpstr (inb_row_get (mutation_kit_find_log (kit, "assigned", "team_id"), INB_ACTIVITY_TITLE), ==, "Team: North");

  /* A desktop that does not know somebody yet leaves it to the server. */
  kit->context.checks_references = FALSE;
  g_assert_cmpint (mutation_kit_apply (kit, update (kit, LEAD, 2, INB_LEAD_ASSIGNED_TO, NULL, unknown)), ==, INB_MUTATION_APPLIED);

  mutation_kit_set (kit, CONTACT, 2, INB_CONTACT_CRM_ID, "C-1");
  mutation_kit_assert_rejected (kit, update (kit, CONTACT, 1, INB_CONTACT_CRM_ID, NULL, "C-1"), INB_ERROR_UNPROCESSABLE, "Grace Hopper");
  mutation_kit_free (kit);
}

static void
test_refused (void)
{
  Kit *kit = mutation_kit_new ();
  InbMutation *mutation;

  mutation_kit_assert_rejected (kit, update (kit, LEAD, 1, INB_LEAD_PROBABILITY, NULL, "101"), INB_ERROR_UNPROCESSABLE, "lead.probability");
  mutation_kit_assert_rejected (kit, update (kit, LEAD, 1, INB_LEAD_CONTACT_ID, NULL, KIT_ANNA), INB_ERROR_UNPROCESSABLE, "lead.contact_id");
  mutation_kit_assert_rejected (kit, update (kit, LEAD, 9, INB_LEAD_TERRITORY, NULL, "x"), INB_ERROR_NOT_FOUND, "no such lead");
  mutation_kit_assert_rejected (kit, update (kit, ACTIVITY, 2, INB_ACTIVITY_BODY, NULL, "x"), INB_ERROR_UNPROCESSABLE, "what happened");
  mutation_kit_assert_rejected (kit, mutation_kit_make (kit, INB_MUTATION_DELETE, ACTIVITY, 2), INB_ERROR_UNPROCESSABLE, "what happened");
  g_assert_cmpint (mutation_kit_apply (kit, update (kit, ACTIVITY, 2, INB_ACTIVITY_IS_PINNED, "false", "true")), ==, INB_MUTATION_APPLIED);
  g_assert_cmpuint (mutation_kit_count_logs (kit), ==, 0);

  /* One wrong field, and none is written. */
  mutation = update (kit, LEAD, 1, INB_LEAD_TERRITORY, NULL, "North");
  inb_mutation_add_change (mutation, INB_LEAD_LEAD_SCORE, NULL, "1000");
  mutation_kit_assert_rejected (kit, mutation, INB_ERROR_UNPROCESSABLE, "lead.lead_score");
  g_assert_null (mutation_kit_get (kit, LEAD, 1, INB_LEAD_TERRITORY));

  g_assert_cmpint (mutation_kit_apply (kit, mutation_kit_make (kit, INB_MUTATION_DELETE, LEAD, 1)), ==, INB_MUTATION_APPLIED);
  mutation_kit_be (kit, KIT_BEN, INB_ROLE_AGENT);
  mutation_kit_assert_rejected (kit, update (kit, LEAD, 1, INB_LEAD_TERRITORY, NULL, "x"), INB_ERROR_NOT_FOUND, "deleted by Anna");

  mutation_kit_be (kit, KIT_BEN, INB_ROLE_VIEWER);
  mutation_kit_assert_rejected (kit, update (kit, LEAD, 2, INB_LEAD_TERRITORY, NULL, "x"), INB_ERROR_FORBIDDEN, "agent");
  mutation_kit_be (kit, KIT_BEN, INB_ROLE_AGENT);
  mutation = mutation_kit_make (kit, INB_MUTATION_MERGE, CONTACT, 1);
  mutation->other_id = g_strdup (mutation_kit_id (CONTACT, 2));
  mutation_kit_assert_rejected (kit, mutation, INB_ERROR_FORBIDDEN, "manager");
  mutation_kit_free (kit);
}

static void
test_create (void)
{
  Kit *kit = mutation_kit_new ();
  InbMutation *mutation = create (kit, CONTACT, 10);
  g_autofree char *contact_record = NULL;
  g_autofree char *lead_record = NULL;

  inb_mutation_add_blind_change (mutation, INB_CONTACT_COMPANY, "ACME");
  mutation_kit_assert_rejected (kit, mutation, INB_ERROR_IDENTITY_MISSING, "phone number");

  mutation = create (kit, CONTACT, 10);
  inb_mutation_add_blind_change (mutation, INB_CONTACT_FIRSTNAME, " Zoë ");
  inb_mutation_add_blind_change (mutation, INB_CONTACT_EMAIL, "Zoe@Example.org");
  g_assert_cmpint (mutation_kit_apply (kit, mutation), ==, INB_MUTATION_APPLIED);
  contact_record = g_strdup (kit->undo);
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 10, INB_CONTACT_FIRSTNAME), ==, "Zoë");
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 10, INB_CONTACT_NAME_FOLDED), ==, "zoe");
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 10, INB_CONTACT_EMAIL_NORM), ==, "zoe@example.org");
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 10, INB_CONTACT_LEAD_SOURCE), ==, "manual");
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 10, INB_CONTACT_CREATED_BY), ==, KIT_ANNA);
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 10, INB_CONTACT_TAGS), ==, "[]");
  g_assert_nonnull (mutation_kit_find_log (kit, "contact_created", NULL));
  mutation = create (kit, CONTACT, 10);
  inb_mutation_add_blind_change (mutation, INB_CONTACT_FIRSTNAME, "Zoë");
  mutation_kit_assert_rejected (kit, mutation, INB_ERROR_CONFLICT, "already");

  mutation = create (kit, LEAD, 10);
  inb_mutation_add_blind_change (mutation, INB_LEAD_PRODUCT_INTEREST, "Solar");
  mutation_kit_assert_rejected (kit, mutation, INB_ERROR_UNPROCESSABLE, "lead.contact_id");
  mutation = create (kit, LEAD, 10);
  inb_mutation_add_blind_change (mutation, INB_LEAD_CONTACT_ID, mutation_kit_id (CONTACT, 10));
  g_assert_cmpint (mutation_kit_apply (kit, mutation), ==, INB_MUTATION_APPLIED);
  lead_record = g_strdup (kit->undo);
  g_assert_cmpstr (mutation_kit_get (kit, LEAD, 10, INB_LEAD_STAGE), ==, "new");
  g_assert_cmpstr (mutation_kit_get (kit, LEAD, 10, INB_LEAD_LEAD_STATUS_ID), ==, "1");
  g_assert_cmpstr (mutation_kit_get (kit, LEAD, 10, INB_LEAD_CURRENCY), ==, "EUR");
  g_assert_cmpstr (mutation_kit_get (kit, LEAD, 10, INB_LEAD_LEAD_SOURCE), ==, "manual");
  g_assert_cmpstr (mutation_kit_get (kit, LEAD, 10, INB_LEAD_IS_ACTIVE), ==, "true");
  g_assert_null (mutation_kit_get (kit, LEAD, 10, INB_LEAD_FIRST_RESPONSE_AT));
  g_assert_cmpstr (inb_row_get (mutation_kit_find_log (kit, "lead_created", NULL), INB_ACTIVITY_DESCRIPTION), ==, "Lead created by hand");

  /* A person with a lead cannot be taken back before the lead is. */
  g_assert_cmpint (mutation_kit_undo (kit, CONTACT, 10, contact_record), ==, INB_MUTATION_CONFLICT);
  g_assert_null (mutation_kit_get (kit, CONTACT, 10, INB_CONTACT_DELETED_AT));
  g_assert_cmpint (mutation_kit_undo (kit, LEAD, 10, lead_record), ==, INB_MUTATION_APPLIED);
  g_assert_nonnull (mutation_kit_get (kit, LEAD, 10, INB_LEAD_DELETED_AT));
  g_assert_cmpint (mutation_kit_undo (kit, CONTACT, 10, contact_record), ==, INB_MUTATION_APPLIED);
  g_assert_nonnull (mutation_kit_get (kit, CONTACT, 10, INB_CONTACT_DELETED_AT));

  mutation = create (kit, LEAD, 11);
  inb_mutation_add_blind_change (mutation, INB_LEAD_CONTACT_ID, mutation_kit_id (CONTACT, 10));
  mutation_kit_assert_rejected (kit, mutation, INB_ERROR_NOT_FOUND, "deleted");
  mutation_kit_free (kit);
}

static InbMutation *
activity (Kit        *kit,
          guint       number,
          const char *type,
          guint       lead)
{
  InbMutation *mutation = create (kit, ACTIVITY, number);

  inb_mutation_add_blind_change (mutation, INB_ACTIVITY_ACTIVITY_TYPE, type);
  inb_mutation_add_blind_change (mutation, INB_ACTIVITY_LEAD_ID, mutation_kit_id (LEAD, lead));

  return mutation;
}

static void
test_activities (void)
{
  Kit *kit = mutation_kit_new ();
  InbMutation *mutation;
  g_autofree char *call_record = NULL;
  g_autofree char *note_record = NULL;
  gint64 called_at;

  mutation_kit_assert_rejected (kit, activity (kit, 10, "note", 1), INB_ERROR_UNPROCESSABLE, "activity.body");
  mutation_kit_assert_rejected (kit, activity (kit, 10, "appointment_scheduled", 1), INB_ERROR_UNPROCESSABLE, "activity.starts_at");
  mutation_kit_assert_rejected (kit, activity (kit, 10, "call", 9), INB_ERROR_NOT_FOUND, "lead");
  mutation_kit_assert_rejected (kit, activity (kit, 10, "lead_created", 1), INB_ERROR_UNPROCESSABLE, "activity.activity_type");

  mutation = activity (kit, 10, "call", 1);
  called_at = mutation->made_at;
  kit->context.now += INB_TIME_DAY; /* it waited in an outbox */
  inb_mutation_add_blind_change (mutation, INB_ACTIVITY_DURATION_SECONDS, "62");
  inb_mutation_add_blind_change (mutation, INB_ACTIVITY_DIRECTION, "outbound");
  g_assert_cmpint (mutation_kit_apply (kit, mutation), ==, INB_MUTATION_APPLIED);
  call_record = g_strdup (kit->undo);
  g_assert_cmpstr (mutation_kit_get (kit, ACTIVITY, 10, INB_ACTIVITY_TITLE), ==, "Call");
  g_assert_cmpstr (mutation_kit_get (kit, ACTIVITY, 10, INB_ACTIVITY_CONTACT_ID), ==, mutation_kit_id (CONTACT, 1));
  g_assert_cmpstr (mutation_kit_get (kit, ACTIVITY, 10, INB_ACTIVITY_ACTOR_NAME), ==, "Anna");
  g_assert_cmpint (inb_row_get_time (mutation_kit_find (kit, ACTIVITY, 10), INB_ACTIVITY_OCCURRED_AT), ==, called_at);
  g_assert_cmpint (inb_row_get_time (mutation_kit_find (kit, LEAD, 1), INB_LEAD_FIRST_RESPONSE_AT), ==, called_at);
  g_assert_cmpint (inb_row_get_time (mutation_kit_find (kit, LEAD, 1), INB_LEAD_LAST_ACTIVITY_AT), ==, kit->context.now);
  g_assert_cmpint (inb_row_get_time (mutation_kit_find (kit, CONTACT, 1), INB_CONTACT_LAST_ACTIVITY_AT), ==, kit->context.now);
  g_assert_cmpstr (mutation_kit_get (kit, LEAD, 1, INB_LEAD_FOLLOW_UP_COUNT), ==, "1");
  g_assert_cmpuint (mutation_kit_count_logs (kit), ==, 1);

  mutation = activity (kit, 11, "note", 1);
  inb_mutation_add_blind_change (mutation, INB_ACTIVITY_BODY, "Line 1\nLine 2");
  mutation_kit_be (kit, KIT_BEN, INB_ROLE_AGENT);
  g_assert_cmpint (mutation_kit_apply (kit, mutation), ==, INB_MUTATION_APPLIED);
  note_record = g_strdup (kit->undo);
  g_assert_cmpstr (mutation_kit_get (kit, ACTIVITY, 11, INB_ACTIVITY_DESCRIPTION), ==, "Line 1\nLine 2");
  g_assert_cmpstr (mutation_kit_get (kit, LEAD, 1, INB_LEAD_FOLLOW_UP_COUNT), ==, "1");
  g_assert_cmpint (mutation_kit_apply (kit, update (kit, ACTIVITY, 11, INB_ACTIVITY_BODY, "Line 1\nLine 2", "New")), ==, INB_MUTATION_APPLIED);
  g_assert_cmpstr (mutation_kit_get (kit, ACTIVITY, 11, INB_ACTIVITY_DESCRIPTION), ==, "New");

  /* Ben has answered too, so that Anna's call taken back does not leave the lead unanswered; an edited note stays. */
  g_assert_cmpint (mutation_kit_undo (kit, ACTIVITY, 10, call_record), ==, INB_MUTATION_APPLIED);
  g_assert_nonnull (mutation_kit_get (kit, ACTIVITY, 10, INB_ACTIVITY_DELETED_AT));
  g_assert_nonnull (mutation_kit_get (kit, LEAD, 1, INB_LEAD_FIRST_RESPONSE_AT));
  g_assert_cmpstr (mutation_kit_get (kit, LEAD, 1, INB_LEAD_FOLLOW_UP_COUNT), ==, "0");
  g_assert_cmpint (mutation_kit_undo (kit, ACTIVITY, 11, note_record), ==, INB_MUTATION_CONFLICT);
  g_assert_null (mutation_kit_get (kit, ACTIVITY, 11, INB_ACTIVITY_DELETED_AT));

  mutation = activity (kit, 12, "meeting", 2);
  inb_mutation_add_blind_change (mutation, INB_ACTIVITY_STARTS_AT, "2026-12-01T10:00:00.000000Z");
  inb_mutation_add_blind_change (mutation, INB_ACTIVITY_ENDS_AT, "2026-12-01T09:00:00.000000Z");
  mutation_kit_assert_rejected (kit, mutation, INB_ERROR_UNPROCESSABLE, "activity.ends_at");
  mutation = activity (kit, 12, "appointment_scheduled", 2);
  inb_mutation_add_blind_change (mutation, INB_ACTIVITY_STARTS_AT, "2026-12-01T10:00:00.000000Z");
  inb_mutation_add_blind_change (mutation, INB_ACTIVITY_SUBJECT, "Roof");
  g_assert_cmpint (mutation_kit_apply (kit, mutation), ==, INB_MUTATION_APPLIED);
  g_assert_cmpstr (mutation_kit_get (kit, ACTIVITY, 12, INB_ACTIVITY_DUE_AT), ==, "2026-12-01T10:00:00.000000Z");
  g_assert_cmpstr (mutation_kit_get (kit, ACTIVITY, 12, INB_ACTIVITY_TITLE), ==, "Appointment: Roof");
  g_assert_cmpstr (mutation_kit_get (kit, ACTIVITY, 12, INB_ACTIVITY_STATUS), ==, "scheduled");
  g_assert_cmpint (mutation_kit_apply (kit, mutation_kit_make (kit, INB_MUTATION_DELETE, ACTIVITY, 12)), ==, INB_MUTATION_APPLIED);
  g_assert_cmpstr (inb_row_get (mutation_kit_find_log (kit, "deleted", NULL), INB_ACTIVITY_TITLE), ==, "Appointment: Roof deleted");
  mutation_kit_free (kit);
}

static void
test_delete (void)
{
  Kit *kit = mutation_kit_new ();
  g_autofree char *record = NULL;
  g_autofree char *again = NULL;

  g_assert_cmpint (mutation_kit_apply (kit, mutation_kit_make (kit, INB_MUTATION_DELETE, CONTACT, 1)), ==, INB_MUTATION_APPLIED);
  record = g_strdup (kit->undo);
  g_assert_nonnull (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_DELETED_AT));
  g_assert_nonnull (mutation_kit_get (kit, LEAD, 1, INB_LEAD_DELETED_AT));
  g_assert_nonnull (mutation_kit_get (kit, LEAD, 2, INB_LEAD_DELETED_AT));
  g_assert_null (mutation_kit_get (kit, LEAD, 3, INB_LEAD_DELETED_AT));
  g_assert_cmpuint (mutation_kit_count_logs (kit), ==, 3);

  g_assert_cmpint (mutation_kit_undo (kit, CONTACT, 1, record), ==, INB_MUTATION_APPLIED);
  again = g_strdup (kit->undo);
  g_assert_null (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_DELETED_AT));
  g_assert_null (mutation_kit_get (kit, LEAD, 1, INB_LEAD_DELETED_AT));
  g_assert_null (mutation_kit_get (kit, LEAD, 2, INB_LEAD_DELETED_AT));
  g_assert_nonnull (mutation_kit_find_log (kit, "restored", NULL));

  /* And done again: undo of an undo. */
  g_assert_cmpint (mutation_kit_undo (kit, CONTACT, 1, again), ==, INB_MUTATION_APPLIED);
  g_assert_nonnull (mutation_kit_get (kit, LEAD, 2, INB_LEAD_DELETED_AT));

  g_assert_cmpint (mutation_kit_apply (kit, mutation_kit_make (kit, INB_MUTATION_DELETE, LEAD, 3)), ==, INB_MUTATION_APPLIED);
  g_free (record);
  record = g_strdup (kit->undo);
  g_assert_null (mutation_kit_get (kit, CONTACT, 2, INB_CONTACT_DELETED_AT));
  g_assert_cmpint (mutation_kit_apply (kit, mutation_kit_make (kit, INB_MUTATION_DELETE, CONTACT, 2)), ==, INB_MUTATION_APPLIED);
  g_assert_cmpint (mutation_kit_undo (kit, LEAD, 3, record), ==, INB_MUTATION_CONFLICT);
  g_assert_nonnull (mutation_kit_get (kit, LEAD, 3, INB_LEAD_DELETED_AT));
  g_assert_cmpint (mutation_kit_undo (kit, LEAD, 3, NULL), ==, INB_MUTATION_REJECTED);
  g_assert_cmpstr (kit->result->code, ==, "not_found");
  g_assert_cmpint (mutation_kit_undo (kit, LEAD, 1, record), ==, INB_MUTATION_REJECTED);
  mutation_kit_free (kit);
}

/* What several mutations wrote as one record, as an import's line leaves it. */
static char *
join_records (const char *first,
              const char *second)
{
  const char *rows = strchr (second, '[') + 1;

  return g_strdup_printf ("%.*s,%s", (int) (strlen (first) - strlen ("]}")), first, rows);
}

static void
test_undo_together (void)
{
  for (guint used = 0; used < 2; used++)
    {
      Kit *kit = mutation_kit_new ();
      InbMutation *mutation = create (kit, CONTACT, 10);
      g_autofree char *contact = NULL;
      g_autofree char *both = NULL;

      inb_mutation_add_blind_change (mutation, INB_CONTACT_FIRSTNAME, "Zoë");
      g_assert_cmpint (mutation_kit_apply (kit, mutation), ==, INB_MUTATION_APPLIED);
      contact = g_strdup (kit->undo);
      mutation = create (kit, LEAD, 10);
      inb_mutation_add_blind_change (mutation, INB_LEAD_CONTACT_ID, mutation_kit_id (CONTACT, 10));
      g_assert_cmpint (mutation_kit_apply (kit, mutation), ==, INB_MUTATION_APPLIED);
      both = join_records (contact, kit->undo);
      if (used)
        mutation_kit_set (kit, CONTACT, 10, INB_CONTACT_CITY, "Rome");

      g_assert_cmpint (mutation_kit_undo (kit, LEAD, 10, both), ==, INB_MUTATION_APPLIED);
      g_assert_nonnull (mutation_kit_get (kit, LEAD, 10, INB_LEAD_DELETED_AT));
      g_assert_cmpint (mutation_kit_get (kit, CONTACT, 10, INB_CONTACT_DELETED_AT) == NULL, ==, used);
      mutation_kit_free (kit);
    }
}

static InbMutation *
merge (Kit   *kit,
       guint  kept,
       guint  other)
{
  InbMutation *mutation = mutation_kit_make (kit, INB_MUTATION_MERGE, CONTACT, kept);

  mutation->other_id = g_strdup (mutation_kit_id (CONTACT, other));

  return mutation;
}

static void
test_merge (void)
{
  Kit *kit = mutation_kit_new ();
  g_autofree char *record = NULL;
  InbMutation *mutation;
  g_autofree char *conflicts = NULL;

  conflicts = g_strdup_printf ("[{\"key\":\"email\",\"value\":\"a@b.c\",\"contact_id\":\"%s\"},"
                               "{\"key\":\"phone\",\"value\":\"+49\",\"contact_id\":\"%s\"}]",
                               mutation_kit_id (CONTACT, 2), mutation_kit_id (CONTACT, 3));
  mutation_kit_set (kit, CONTACT, 1, INB_CONTACT_IDENTITY_CONFLICTS, conflicts);
  mutation_kit_set (kit, CONTACT, 1, INB_CONTACT_TAGS, "[\"a\"]");
  mutation_kit_set (kit, CONTACT, 2, INB_CONTACT_TAGS, "[\"b\",\"a\"]");
  mutation_kit_set (kit, CONTACT, 2, INB_CONTACT_CRM_ID, "C-2");
  mutation_kit_set (kit, CONTACT, 2, INB_CONTACT_CITY, "Berlin");
  mutation_kit_set (kit, CONTACT, 2, INB_CONTACT_DO_NOT_CONTACT, "true");
  mutation_kit_set (kit, CONTACT, 2, INB_CONTACT_CUSTOM_FIELDS, "{\"x\":1}");

  mutation_kit_assert_rejected (kit, merge (kit, 1, 1), INB_ERROR_UNPROCESSABLE, "itself");
  mutation_kit_assert_rejected (kit, merge (kit, 1, 9), INB_ERROR_NOT_FOUND, "merge with");

  mutation = merge (kit, 1, 2);
  inb_mutation_add_change (mutation, INB_CONTACT_LASTNAME, "Lovelace", "Hopper");
  g_assert_cmpint (mutation_kit_apply (kit, mutation), ==, INB_MUTATION_APPLIED);
  record = g_strdup (kit->undo);
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 2, INB_CONTACT_MERGED_INTO), ==, mutation_kit_id (CONTACT, 1));
  g_assert_nonnull (mutation_kit_get (kit, CONTACT, 2, INB_CONTACT_DELETED_AT));
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_LASTNAME), ==, "Hopper");
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_FIRSTNAME), ==, "Ada");
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_NAME_FOLDED), ==, "ada hopper");
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_CITY), ==, "Berlin");
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_CRM_ID), ==, "C-2");
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_DO_NOT_CONTACT), ==, "true");
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_CUSTOM_FIELDS), ==, "{\"x\":1}");
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_TAGS), ==, "[\"a\",\"b\"]");
  g_assert_null (strstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_IDENTITY_CONFLICTS), "email"));
  g_assert_nonnull (strstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_IDENTITY_CONFLICTS), "phone"));
  g_assert_cmpstr (mutation_kit_get (kit, LEAD, 3, INB_LEAD_CONTACT_ID), ==, mutation_kit_id (CONTACT, 1));
  g_assert_cmpstr (mutation_kit_get (kit, ACTIVITY, 3, INB_ACTIVITY_CONTACT_ID), ==, mutation_kit_id (CONTACT, 1));
  g_assert_cmpstr (inb_row_get (mutation_kit_find_log (kit, "merged", NULL), INB_ACTIVITY_TITLE), ==, "Merged with Grace Hopper");

  mutation_kit_assert_rejected (kit, update (kit, CONTACT, 2, INB_CONTACT_CITY, NULL, "x"), INB_ERROR_NOT_FOUND, "merged into");

  /* Parted again; what somebody has changed since stays. */
  mutation_kit_set (kit, CONTACT, 1, INB_CONTACT_CITY, "Hamburg");
  g_assert_cmpint (mutation_kit_undo (kit, CONTACT, 1, record), ==, INB_MUTATION_CONFLICT);
  g_assert_cmpuint (kit->result->conflicts->len, ==, 1);
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_CITY), ==, "Hamburg");
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_LASTNAME), ==, "Lovelace");
  g_assert_null (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_CRM_ID));
  g_assert_null (mutation_kit_get (kit, CONTACT, 2, INB_CONTACT_DELETED_AT));
  g_assert_null (mutation_kit_get (kit, CONTACT, 2, INB_CONTACT_MERGED_INTO));
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 2, INB_CONTACT_CRM_ID), ==, "C-2");
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_IDENTITY_CONFLICTS), ==, conflicts);
  g_assert_cmpstr (mutation_kit_get (kit, LEAD, 3, INB_LEAD_CONTACT_ID), ==, mutation_kit_id (CONTACT, 2));
  g_assert_cmpstr (mutation_kit_get (kit, ACTIVITY, 3, INB_ACTIVITY_CONTACT_ID), ==, mutation_kit_id (CONTACT, 2));
  g_assert_nonnull (mutation_kit_find_log (kit, "unmerged", NULL));

  g_assert_cmpint (mutation_kit_apply (kit, merge (kit, 1, 2)), ==, INB_MUTATION_APPLIED);
  g_free (record);
  record = g_strdup (kit->undo);
  mutation_kit_be (kit, KIT_BEN, INB_ROLE_AGENT);
  g_assert_cmpint (mutation_kit_undo (kit, CONTACT, 1, record), ==, INB_MUTATION_REJECTED);
  g_assert_cmpstr (kit->result->code, ==, "forbidden");
  mutation_kit_free (kit);
}

static void
test_views (void)
{
  Kit *kit = mutation_kit_new ();
  InbMutation *mutation = create (kit, INB_KIND_VIEW, 10);

  inb_mutation_add_blind_change (mutation, INB_VIEW_SORT, "-created_at");
  mutation_kit_assert_rejected (kit, mutation, INB_ERROR_UNPROCESSABLE, "view.name");

  mutation_kit_be (kit, KIT_ANNA, INB_ROLE_AGENT);
  mutation = create (kit, INB_KIND_VIEW, 10);
  inb_mutation_add_blind_change (mutation, INB_VIEW_NAME, "Hot");
  inb_mutation_add_blind_change (mutation, INB_VIEW_FILTER, "{\"temperature\":[\"hot\"]}");
  g_assert_cmpint (mutation_kit_apply (kit, mutation), ==, INB_MUTATION_APPLIED);
  g_assert_cmpstr (mutation_kit_get (kit, INB_KIND_VIEW, 10, INB_VIEW_USER_ID), ==, KIT_ANNA);
  g_assert_cmpuint (mutation_kit_count_logs (kit), ==, 0);
  g_assert_cmpint (mutation_kit_apply (kit, update (kit, INB_KIND_VIEW, 1, INB_VIEW_NAME, "Mine", "My own")), ==, INB_MUTATION_APPLIED);
  mutation_kit_assert_rejected (kit, update (kit, INB_KIND_VIEW, 1, INB_VIEW_IS_SHARED, "false", "true"), INB_ERROR_FORBIDDEN, "manager");
  mutation_kit_assert_rejected (kit, update (kit, INB_KIND_VIEW, 2, INB_VIEW_NAME, "Mine", "x"), INB_ERROR_FORBIDDEN, "manager");
  mutation_kit_assert_rejected (kit, update (kit, INB_KIND_VIEW, 3, INB_VIEW_NAME, "Mine", "x"), INB_ERROR_NOT_FOUND, "no such view");

  mutation_kit_be (kit, KIT_ANNA, INB_ROLE_MANAGER);
  g_assert_cmpint (mutation_kit_apply (kit, update (kit, INB_KIND_VIEW, 2, INB_VIEW_NAME, "Mine", "Ours")), ==, INB_MUTATION_APPLIED);
  g_assert_cmpint (mutation_kit_apply (kit, mutation_kit_make (kit, INB_MUTATION_DELETE, INB_KIND_VIEW, 2)), ==, INB_MUTATION_APPLIED);
  mutation_kit_assert_rejected (kit, update (kit, INB_KIND_VIEW, 3, INB_VIEW_NAME, "Mine", "x"), INB_ERROR_NOT_FOUND, "no such view");
  mutation_kit_free (kit);
}

static void
add_phone (InbRow   *contact,
           gpointer  user_data)
{
  inb_row_set (contact, INB_CONTACT_PHONE_E164, inb_row_get (contact, INB_CONTACT_PHONE) == NULL ? NULL : "+49301234");
}

static void
test_derived (void)
{
  Kit *kit = mutation_kit_new ();
  g_autofree char *record = NULL;

  kit->context.derive = add_phone;
  g_assert_cmpint (mutation_kit_apply (kit, update (kit, CONTACT, 1, INB_CONTACT_PHONE, NULL, "030 1234")), ==, INB_MUTATION_APPLIED);
  record = g_strdup (kit->undo);
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_PHONE_E164), ==, "+49301234");
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_PHONE_DISPLAY), ==, "030 1234");
  g_assert_cmpint (mutation_kit_undo (kit, CONTACT, 1, record), ==, INB_MUTATION_APPLIED);
  g_assert_null (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_PHONE_E164));
  g_assert_null (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_PHONE_DISPLAY));
  mutation_kit_free (kit);
}

static void
test_needs (void)
{
  Kit *kit = mutation_kit_new ();
  GHashTable *ids[INB_N_KINDS];
  g_autoptr (GHashTable) contacts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) crm_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (InbMutation) one = merge (kit, 1, 2);
  g_autoptr (InbMutation) two = update (kit, LEAD, 1, INB_LEAD_ASSIGNED_TO, NULL, KIT_BEN);
  g_autofree char *record = NULL;

  for (guint i = 0; i < INB_N_KINDS; i++)
    ids[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  mutation_kit_set (kit, CONTACT, 2, INB_CONTACT_CRM_ID, "C-2");
  inb_mutation_list_needs (one, NULL, ids, contacts);
  g_assert_cmpuint (g_hash_table_size (ids[CONTACT]), ==, 2);
  g_assert_true (g_hash_table_contains (contacts, mutation_kit_id (CONTACT, 2)));
  g_assert_cmpuint (g_hash_table_size (contacts), ==, 1);
  inb_mutation_list_needs (two, NULL, ids, contacts);
  g_assert_true (g_hash_table_contains (ids[LEAD], mutation_kit_id (LEAD, 1)));
  g_assert_true (g_hash_table_contains (ids[INB_KIND_MEMBER], KIT_BEN));

  g_assert_cmpint (mutation_kit_apply (kit, inb_mutation_ref (one)), ==, INB_MUTATION_APPLIED);
  record = g_strdup (kit->undo);
  inb_mutation_list_needs (one, record, ids, contacts);
  g_assert_true (g_hash_table_contains (ids[LEAD], mutation_kit_id (LEAD, 3)));
  g_assert_true (g_hash_table_contains (ids[ACTIVITY], mutation_kit_id (ACTIVITY, 3)));
  inb_mutation_add_blind_change (two, INB_LEAD_TERRITORY, "x");
  inb_mutation_list_crm_ids (two, NULL, crm_ids);
  g_assert_cmpuint (g_hash_table_size (crm_ids), ==, 0);
  inb_mutation_add_blind_change (one, INB_CONTACT_CRM_ID, "C-9");
  inb_mutation_list_crm_ids (one, NULL, crm_ids);
  g_assert_true (g_hash_table_contains (crm_ids, "C-9"));

  for (guint i = 0; i < INB_N_KINDS; i++)
    g_hash_table_unref (ids[i]);
  mutation_kit_free (kit);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mutation-rules/equal", test_equal);
  g_test_add_func ("/mutation-rules/conflicts", test_conflicts);
  g_test_add_func ("/mutation-rules/sets", test_sets);
  g_test_add_func ("/mutation-rules/stage", test_stage);
  g_test_add_func ("/mutation-rules/stage-demands", test_stage_demands);
  g_test_add_func ("/mutation-rules/references", test_references);
  g_test_add_func ("/mutation-rules/refused", test_refused);
  g_test_add_func ("/mutation-rules/create", test_create);
  g_test_add_func ("/mutation-rules/activities", test_activities);
  g_test_add_func ("/mutation-rules/delete", test_delete);
  g_test_add_func ("/mutation-rules/undo-together", test_undo_together);
  g_test_add_func ("/mutation-rules/merge", test_merge);
  g_test_add_func ("/mutation-rules/views", test_views);
  g_test_add_func ("/mutation-rules/derived", test_derived);
  g_test_add_func ("/mutation-rules/needs", test_needs);

  return g_test_run ();
}
