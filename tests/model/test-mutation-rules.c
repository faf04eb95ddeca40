/* What becomes of rows when somebody works on them: checks, what follows, and what the timeline tells. */
#include "inb-mutation-kit.h"

#include "inb-time.h"

#include <string.h>

#define LEAD INB_KIND_LEAD
#define CONTACT INB_KIND_CONTACT
#define ACTIVITY INB_KIND_ACTIVITY

typedef MutationKit Kit;

static void
test_stage (void)
{
  Kit *kit = mutation_kit_new ();
  InbMutation *mutation = mutation_kit_update (kit, LEAD, 1, INB_LEAD_STAGE, "new", "won");
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
  g_assert_cmpint (mutation_kit_apply (kit, mutation_kit_update (kit, LEAD, 1, INB_LEAD_STAGE, "won", "lost")), ==, INB_MUTATION_APPLIED);
  g_assert_cmpint (mutation_kit_undo (kit, LEAD, 1, record), ==, INB_MUTATION_CONFLICT);
  g_assert_cmpuint (kit->result->conflicts->len, ==, 1);
  g_assert_cmpuint (((InbFieldConflict *) kit->result->conflicts->pdata[0])->column, ==, INB_LEAD_STAGE);
  g_assert_cmpstr (mutation_kit_get (kit, LEAD, 1, INB_LEAD_STAGE), ==, "lost");
  g_assert_nonnull (mutation_kit_get (kit, LEAD, 1, INB_LEAD_LOST_AT));
  g_assert_null (mutation_kit_get (kit, LEAD, 1, INB_LEAD_CONVERSION_VALUE));
  g_assert_nonnull (mutation_kit_get (kit, LEAD, 1, INB_LEAD_FIRST_RESPONSE_AT));

  mutation_kit_assert_rejected (kit, mutation_kit_update (kit, LEAD, 1, INB_LEAD_STAGE, "lost", "nowhere"),
                                INB_ERROR_UNPROCESSABLE, "nowhere");
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
  mutation_kit_assert_rejected (kit, mutation_kit_update (kit, LEAD, 1, INB_LEAD_STAGE, "new", "lost"),
                                INB_ERROR_UNPROCESSABLE, "lead.lost_reason");
  mutation = mutation_kit_update (kit, LEAD, 1, INB_LEAD_STAGE, "new", "lost");
  inb_mutation_add_change (mutation, INB_LEAD_LOST_REASON, NULL, "Too dear");
  g_assert_cmpint (mutation_kit_apply (kit, mutation), ==, INB_MUTATION_APPLIED);
  g_assert_cmpstr (mutation_kit_get (kit, LEAD, 1, INB_LEAD_IS_ACTIVE), ==, "false");

  replace_stages (kit, "won", INB_STAGE_REQUIRES_VALUE, "true");
  mutation_kit_assert_rejected (kit, mutation_kit_update (kit, LEAD, 2, INB_LEAD_STAGE, "new", "won"),
                                INB_ERROR_UNPROCESSABLE, "lead.conversion_value");
  replace_stages (kit, "proposal", INB_STAGE_REQUIRES_VALUE, "true");
  mutation_kit_assert_rejected (kit, mutation_kit_update (kit, LEAD, 2, INB_LEAD_STAGE, "new", "proposal"), INB_ERROR_UNPROCESSABLE,
                                "lead.estimated_value");
  mutation_kit_set (kit, LEAD, 2, INB_LEAD_ESTIMATED_VALUE, "5.00");
  g_assert_cmpint (mutation_kit_apply (kit, mutation_kit_update (kit, LEAD, 2, INB_LEAD_STAGE, "new", "proposal")), ==,
                   INB_MUTATION_APPLIED);

  replace_stages (kit, "contacted", INB_STAGE_ARCHIVED_AT, "2026-01-01T00:00:00.000000Z");
  mutation_kit_assert_rejected (kit, mutation_kit_update (kit, LEAD, 3, INB_LEAD_STAGE, "new", "contacted"),
                                INB_ERROR_UNPROCESSABLE, "archived");
  mutation_kit_free (kit);
}

static void
test_references (void)
{
  Kit *kit = mutation_kit_new ();
  const char *unknown = mutation_kit_id (INB_KIND_VIEW, 77);

  mutation_kit_assert_rejected (kit, mutation_kit_update (kit, LEAD, 1, INB_LEAD_ASSIGNED_TO, NULL, unknown),
                                INB_ERROR_UNPROCESSABLE, "lead.assigned_to");
  mutation_kit_assert_rejected (kit, mutation_kit_update (kit, LEAD, 1, INB_LEAD_ASSIGNED_TO, NULL, KIT_GONE),
                                INB_ERROR_UNPROCESSABLE, "member");
  mutation_kit_assert_rejected (kit, mutation_kit_update (kit, LEAD, 1, INB_LEAD_TEAM_ID, NULL, "south"),
                                INB_ERROR_UNPROCESSABLE, "lead.team_id");
  mutation_kit_assert_rejected (kit, mutation_kit_update (kit, CONTACT, 1, INB_CONTACT_OWNER_ID, NULL, unknown), INB_ERROR_UNPROCESSABLE,
                                "contact.owner_id");
  g_assert_cmpint (mutation_kit_apply (kit, mutation_kit_update (kit, LEAD, 1, INB_LEAD_ASSIGNED_TO, NULL, KIT_BEN)), ==,
                   INB_MUTATION_APPLIED);
  g_assert_cmpstr (inb_row_get (mutation_kit_find_log (kit, "assigned", "assigned_to"), INB_ACTIVITY_TITLE), ==, "Assigned to Ben");
  g_assert_cmpint (mutation_kit_apply (kit, mutation_kit_update (kit, LEAD, 1, INB_LEAD_TEAM_ID, NULL, "north")), ==, INB_MUTATION_APPLIED);
  g_assert_cmpstr (inb_row_get (mutation_kit_find_log (kit, "assigned", "team_id"), INB_ACTIVITY_TITLE), ==, "Team: North");

  /* A desktop that does not know somebody yet leaves it to the server. */
  kit->context.checks_references = FALSE;
  g_assert_cmpint (mutation_kit_apply (kit, mutation_kit_update (kit, LEAD, 2, INB_LEAD_ASSIGNED_TO, NULL, unknown)), ==,
                   INB_MUTATION_APPLIED);

  mutation_kit_set (kit, CONTACT, 2, INB_CONTACT_CRM_ID, "C-1");
  mutation_kit_assert_rejected (kit, mutation_kit_update (kit, CONTACT, 1, INB_CONTACT_CRM_ID, NULL, "C-1"),
                                INB_ERROR_UNPROCESSABLE, "Grace Hopper");
  mutation_kit_free (kit);
}

static void
test_refused (void)
{
  Kit *kit = mutation_kit_new ();
  InbMutation *mutation;

  mutation_kit_assert_rejected (kit, mutation_kit_update (kit, LEAD, 1, INB_LEAD_PROBABILITY, NULL, "101"),
                                INB_ERROR_UNPROCESSABLE, "lead.probability");
  mutation_kit_assert_rejected (kit, mutation_kit_update (kit, LEAD, 1, INB_LEAD_CONTACT_ID, NULL, KIT_ANNA),
                                INB_ERROR_UNPROCESSABLE, "lead.contact_id");
  mutation_kit_assert_rejected (kit, mutation_kit_update (kit, LEAD, 9, INB_LEAD_TERRITORY, NULL, "x"),
                                INB_ERROR_NOT_FOUND, "no such lead");
  mutation_kit_assert_rejected (kit, mutation_kit_update (kit, ACTIVITY, 2, INB_ACTIVITY_BODY, NULL, "x"),
                                INB_ERROR_UNPROCESSABLE, "what happened");
  mutation_kit_assert_rejected (kit, mutation_kit_make (kit, INB_MUTATION_DELETE, ACTIVITY, 2), INB_ERROR_UNPROCESSABLE, "what happened");
  g_assert_cmpint (mutation_kit_apply (kit, mutation_kit_update (kit, ACTIVITY, 2, INB_ACTIVITY_IS_PINNED, "false", "true")), ==,
                   INB_MUTATION_APPLIED);
  g_assert_cmpuint (mutation_kit_count_logs (kit), ==, 0);

  /* One wrong field, and none is written. */
  mutation = mutation_kit_update (kit, LEAD, 1, INB_LEAD_TERRITORY, NULL, "North");
  inb_mutation_add_change (mutation, INB_LEAD_LEAD_SCORE, NULL, "1000");
  mutation_kit_assert_rejected (kit, mutation, INB_ERROR_UNPROCESSABLE, "lead.lead_score");
  g_assert_null (mutation_kit_get (kit, LEAD, 1, INB_LEAD_TERRITORY));

  g_assert_cmpint (mutation_kit_apply (kit, mutation_kit_make (kit, INB_MUTATION_DELETE, LEAD, 1)), ==, INB_MUTATION_APPLIED);
  mutation_kit_be (kit, KIT_BEN, INB_ROLE_AGENT);
  mutation_kit_assert_rejected (kit, mutation_kit_update (kit, LEAD, 1, INB_LEAD_TERRITORY, NULL, "x"),
                                INB_ERROR_NOT_FOUND, "deleted by Anna");

  mutation_kit_be (kit, KIT_BEN, INB_ROLE_VIEWER);
  mutation_kit_assert_rejected (kit, mutation_kit_update (kit, LEAD, 2, INB_LEAD_TERRITORY, NULL, "x"), INB_ERROR_FORBIDDEN, "agent");
  mutation_kit_be (kit, KIT_BEN, INB_ROLE_AGENT);
  mutation_kit_assert_rejected (kit, mutation_kit_merge (kit, 1, 2), INB_ERROR_FORBIDDEN, "manager");
  mutation_kit_free (kit);
}

static void
test_create (void)
{
  Kit *kit = mutation_kit_new ();
  InbMutation *mutation = mutation_kit_create (kit, CONTACT, 10);
  g_autofree char *contact_record = NULL;
  g_autofree char *lead_record = NULL;

  inb_mutation_add_blind_change (mutation, INB_CONTACT_COMPANY, "ACME");
  mutation_kit_assert_rejected (kit, mutation, INB_ERROR_IDENTITY_MISSING, "phone number");

  mutation = mutation_kit_create (kit, CONTACT, 10);
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
  mutation = mutation_kit_create (kit, CONTACT, 10);
  inb_mutation_add_blind_change (mutation, INB_CONTACT_FIRSTNAME, "Zoë");
  mutation_kit_assert_rejected (kit, mutation, INB_ERROR_CONFLICT, "already");

  mutation = mutation_kit_create (kit, LEAD, 10);
  inb_mutation_add_blind_change (mutation, INB_LEAD_PRODUCT_INTEREST, "Solar");
  mutation_kit_assert_rejected (kit, mutation, INB_ERROR_UNPROCESSABLE, "lead.contact_id");
  mutation = mutation_kit_create (kit, LEAD, 10);
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

  mutation = mutation_kit_create (kit, LEAD, 11);
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
  InbMutation *mutation = mutation_kit_create (kit, ACTIVITY, number);

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
  g_assert_cmpint (mutation_kit_apply (kit, mutation_kit_update (kit, ACTIVITY, 11, INB_ACTIVITY_BODY, "Line 1\nLine 2", "New")), ==,
                   INB_MUTATION_APPLIED);
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
test_views (void)
{
  Kit *kit = mutation_kit_new ();
  InbMutation *mutation = mutation_kit_create (kit, INB_KIND_VIEW, 10);

  inb_mutation_add_blind_change (mutation, INB_VIEW_SORT, "-created_at");
  mutation_kit_assert_rejected (kit, mutation, INB_ERROR_UNPROCESSABLE, "view.name");

  mutation_kit_be (kit, KIT_ANNA, INB_ROLE_AGENT);
  mutation = mutation_kit_create (kit, INB_KIND_VIEW, 10);
  inb_mutation_add_blind_change (mutation, INB_VIEW_NAME, "Hot");
  inb_mutation_add_blind_change (mutation, INB_VIEW_FILTER, "{\"temperature\":[\"hot\"]}");
  g_assert_cmpint (mutation_kit_apply (kit, mutation), ==, INB_MUTATION_APPLIED);
  g_assert_cmpstr (mutation_kit_get (kit, INB_KIND_VIEW, 10, INB_VIEW_USER_ID), ==, KIT_ANNA);
  g_assert_cmpuint (mutation_kit_count_logs (kit), ==, 0);
  g_assert_cmpint (mutation_kit_apply (kit, mutation_kit_update (kit, INB_KIND_VIEW, 1, INB_VIEW_NAME, "Mine", "My own")), ==,
                   INB_MUTATION_APPLIED);
  mutation_kit_assert_rejected (kit, mutation_kit_update (kit, INB_KIND_VIEW, 1, INB_VIEW_IS_SHARED, "false", "true"),
                                INB_ERROR_FORBIDDEN, "manager");
  mutation_kit_assert_rejected (kit, mutation_kit_update (kit, INB_KIND_VIEW, 2, INB_VIEW_NAME, "Mine", "x"),
                                INB_ERROR_FORBIDDEN, "manager");
  mutation_kit_assert_rejected (kit, mutation_kit_update (kit, INB_KIND_VIEW, 3, INB_VIEW_NAME, "Mine", "x"),
                                INB_ERROR_NOT_FOUND, "no such view");

  mutation_kit_be (kit, KIT_ANNA, INB_ROLE_MANAGER);
  g_assert_cmpint (mutation_kit_apply (kit, mutation_kit_update (kit, INB_KIND_VIEW, 2, INB_VIEW_NAME, "Mine", "Ours")), ==,
                   INB_MUTATION_APPLIED);
  g_assert_cmpint (mutation_kit_apply (kit, mutation_kit_make (kit, INB_MUTATION_DELETE, INB_KIND_VIEW, 2)), ==, INB_MUTATION_APPLIED);
  mutation_kit_assert_rejected (kit, mutation_kit_update (kit, INB_KIND_VIEW, 3, INB_VIEW_NAME, "Mine", "x"),
                                INB_ERROR_NOT_FOUND, "no such view");
  mutation_kit_free (kit);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mutation-rules/stage", test_stage);
  g_test_add_func ("/mutation-rules/stage-demands", test_stage_demands);
  g_test_add_func ("/mutation-rules/references", test_references);
  g_test_add_func ("/mutation-rules/refused", test_refused);
  g_test_add_func ("/mutation-rules/create", test_create);
  g_test_add_func ("/mutation-rules/activities", test_activities);
  g_test_add_func ("/mutation-rules/views", test_views);

  return g_test_run ();
}
