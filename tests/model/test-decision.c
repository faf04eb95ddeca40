/* What an event does: the rows it writes, and the reason it gives. Which lead it makes or updates: test-decision-rules.c. */
#include "inb-decision-kit.h"

#include <string.h>

#define WEBHOOK "{\"id\":\"0b1e5a3c-0000-4000-8000-000000000001\",\"source\":\"Facebook Ads\"," \
                "\"timestamp\":\"2026-01-01T00:00:00.000000Z\"}"

static void
assert_activity (const InbDecision *decision,
                 guint              index,
                 const char        *type,
                 const char        *title)
{
  const InbRow *row = g_ptr_array_index (decision->activities, index);

  g_assert_cmpstr (inb_row_get (row, INB_ACTIVITY_ACTIVITY_TYPE), ==, type);
  g_assert_cmpstr (inb_row_get (row, INB_ACTIVITY_TITLE), ==, title);
  g_assert_cmpstr (inb_row_get (row, INB_ACTIVITY_METADATA), ==, "{\"webhook\":" WEBHOOK "}");
  g_assert_cmpstr (inb_row_get (row, INB_ACTIVITY_IS_AUTOMATED), ==, "true");
  g_assert_cmpstr (inb_row_get (row, INB_ACTIVITY_WORKSPACE_ID), ==, "acme");
  g_assert_cmpstr (inb_row_get (row, INB_ACTIVITY_LEAD_ID), ==, inb_row_get (decision->lead, INB_LEAD_ID));
  g_assert_cmpstr (inb_row_get (row, INB_ACTIVITY_CONTACT_ID), ==, inb_row_get (decision->contact, INB_CONTACT_ID));
  g_assert_cmpstr (inb_row_get (row, INB_ACTIVITY_WEBHOOK_ID), ==, "0b1e5a3c-0000-4000-8000-000000000001");
  g_assert_cmpstr (inb_row_get (row, INB_ACTIVITY_DELIVERY_ID), ==, "00000000-0000-7000-8000-0000000000dd");
  g_assert_cmpstr (inb_row_get (row, INB_ACTIVITY_SOURCE), ==, "webhook");
  g_assert_cmpint (inb_row_get_time (row, INB_ACTIVITY_OCCURRED_AT), ==, DECISION_KIT_NOW);
  g_assert_cmpint (inb_row_get_time (row, INB_ACTIVITY_CREATED_AT), ==, DECISION_KIT_NOW + index);
  g_assert_nonnull (inb_row_get_key (row));
}

/* The reference's payloads one after the other: new, qualified, converted with an appointment. */
static void
test_sequence (DecisionKit   *fixture,
               gconstpointer  data)
{
  g_autoptr (InbIntake) seed = decision_kit_make_intake ("new", "Product A", "Test lead from API");
  g_autoptr (InbIntake) qualified = decision_kit_make_intake ("qualified", "Product A", "Test lead from API");
  g_autoptr (InbIntake) converted = decision_kit_make_intake ("converted", "Product A", NULL);
  g_autoptr (GPtrArray) leads = g_ptr_array_new ();
  g_autoptr (InbDecision) first = NULL;
  g_autoptr (InbDecision) second = NULL;
  g_autoptr (InbDecision) third = NULL;
  const InbRow *row;

  first = decision_kit_decide (fixture, seed, NULL, NULL);
  g_assert_true (first->contact_created && first->lead_created);
  g_assert_cmpint (first->matched_by, ==, INB_MATCH_NONE);
  g_assert_null (first->stage_before);
  g_assert_cmpstr (first->message, ==, "Contact and lead created");
  g_assert_cmpstr (first->reason, ==, "{\"rule\":\"created_no_open_lead\",\"matched_by\":\"none\",\"conflicts\":[],"
                   "\"contact_created\":true,\"status_word\":\"new\",\"stage\":\"new\"}");
  g_assert_cmpuint (first->activities->len, ==, 1);
  assert_activity (first, 0, "lead_created", "🆕 New Lead Created");
  row = g_ptr_array_index (first->activities, 0);
  g_assert_cmpstr (inb_row_get (row, INB_ACTIVITY_DESCRIPTION), ==, "Lead created from webhook submission");
  g_assert_cmpstr (inb_row_get (first->contact, INB_CONTACT_STATUS), ==, "active");
  g_assert_cmpstr (inb_row_get (first->contact, INB_CONTACT_LEAD_SOURCE), ==, "Facebook Ads");
  g_assert_cmpstr (inb_row_get (first->contact, INB_CONTACT_WEBHOOK_NAME), ==, "Landing page");
  g_assert_cmpstr (inb_row_get (first->contact, INB_CONTACT_NAME_FOLDED), ==, "test lead");
  g_assert_cmpstr (inb_row_get (first->contact, INB_CONTACT_NOTES), ==, "Test lead from API");
  g_assert_cmpint (inb_row_get_time (first->contact, INB_CONTACT_LAST_ACTIVITY_AT), ==, DECISION_KIT_NOW);
  g_assert_cmpstr (inb_row_get (first->lead, INB_LEAD_STAGE), ==, "new");
  g_assert_cmpstr (inb_row_get (first->lead, INB_LEAD_LEAD_STATUS_ID), ==, "1");
  g_assert_cmpstr (inb_row_get (first->lead, INB_LEAD_IS_ACTIVE), ==, "true");
  g_assert_cmpstr (inb_row_get (first->lead, INB_LEAD_IS_CONVERTED), ==, "false");
  g_assert_cmpstr (inb_row_get (first->lead, INB_LEAD_IS_TEST), ==, "false");
  g_assert_cmpstr (inb_row_get (first->lead, INB_LEAD_CURRENCY), ==, "EUR");
  g_assert_cmpstr (inb_row_get (first->lead, INB_LEAD_FOLLOW_UP_COUNT), ==, "0");
  g_assert_cmpstr (inb_row_get (first->lead, INB_LEAD_INITIAL_INQUIRY), ==, "Test lead from API");
  g_assert_cmpstr (inb_row_get (first->lead, INB_LEAD_LEAD_SOURCE), ==, "Facebook Ads");
  g_assert_null (inb_row_get (first->lead, INB_LEAD_QUALIFICATION_STATUS));
  g_assert_null (inb_row_get (first->lead, INB_LEAD_PREVIOUS_STAGE));
  g_assert_null (inb_row_get (first->lead, INB_LEAD_CHANGE_SEQ));

  g_ptr_array_add (leads, first->lead);
  second = decision_kit_decide (fixture, qualified, first->contact, leads);
  g_assert_false (second->contact_created || second->lead_created);
  g_assert_cmpint (second->matched_by, ==, INB_MATCH_PHONE);
  g_assert_cmpstr (inb_row_get_key (second->lead), ==, inb_row_get_key (first->lead));
  g_assert_cmpstr (inb_row_get (first->lead, INB_LEAD_STAGE), ==, "new");
  g_assert_cmpstr (inb_row_get (second->lead, INB_LEAD_STAGE), ==, "qualified");
  g_assert_cmpstr (inb_row_get (second->lead, INB_LEAD_PREVIOUS_STAGE), ==, "new");
  g_assert_cmpstr (second->stage_before, ==, "new");
  g_assert_cmpuint (second->activities->len, ==, 2);
  assert_activity (second, 0, "status_updated", "Status: new → qualified");
  row = g_ptr_array_index (second->activities, 0);
  g_assert_cmpstr (inb_row_get (row, INB_ACTIVITY_FIELD_NAME), ==, "stage");
  g_assert_cmpstr (inb_row_get (row, INB_ACTIVITY_OLD_VALUE), ==, "\"new\"");
  g_assert_cmpstr (inb_row_get (row, INB_ACTIVITY_NEW_VALUE), ==, "\"qualified\"");
  assert_activity (second, 1, "note", "Note");
  row = g_ptr_array_index (second->activities, 1);
  g_assert_cmpstr (inb_row_get (row, INB_ACTIVITY_BODY), ==, "Test lead from API");
  g_assert_cmpstr (inb_row_get (row, INB_ACTIVITY_DESCRIPTION), ==, "Test lead from API");

  g_ptr_array_index (leads, 0) = second->lead;
  converted->appointment = g_strdup ("2025-10-20 10:00AM");
  third = decision_kit_decide (fixture, converted, second->contact, leads);
  g_assert_false (third->lead_created);
  g_assert_cmpstr (third->message, ==, "Lead updated");
  g_assert_cmpstr (inb_row_get (third->lead, INB_LEAD_STAGE), ==, "won");
  g_assert_cmpstr (inb_row_get (third->lead, INB_LEAD_IS_CONVERTED), ==, "true");
  g_assert_cmpint (inb_row_get_time (third->lead, INB_LEAD_CONVERTED_AT), ==, DECISION_KIT_NOW);
  g_assert_cmpuint (third->activities->len, ==, 3);
  assert_activity (third, 0, "status_updated", "Status: qualified → won");
  assert_activity (third, 1, "appointment_scheduled", "Appointment: 2025-10-20 10:00AM");
  row = g_ptr_array_index (third->activities, 1);
  g_assert_cmpstr (inb_row_get (row, INB_ACTIVITY_DUE_TEXT), ==, "2025-10-20 10:00AM");
  g_assert_cmpstr (inb_row_get (row, INB_ACTIVITY_DUE_AT), ==, "2025-10-20T08:00:00.000000Z");
  g_assert_cmpstr (inb_row_get (row, INB_ACTIVITY_STARTS_AT), ==, "2025-10-20T08:00:00.000000Z");
  assert_activity (third, 2, "lead_converted", "🎉 Lead Converted to Won");
  row = g_ptr_array_index (third->activities, 2);
  g_assert_cmpstr (inb_row_get (row, INB_ACTIVITY_OUTCOME), ==, "converted");
}

/* A stranger who comes in as won, with an appointment that cannot be read. */
static void
test_create_won (DecisionKit   *fixture,
                 gconstpointer  data)
{
  g_autoptr (InbIntake) intake = decision_kit_make_intake ("Converted", "Product A", "Hello");
  g_autoptr (InbDecision) decision = NULL;

  intake->appointment = g_strdup ("next week, maybe");
  decision = decision_kit_decide (fixture, intake, NULL, NULL);
  g_assert_cmpuint (decision->activities->len, ==, 3);
  assert_activity (decision, 0, "lead_created", "🆕 New Lead Created");
  assert_activity (decision, 1, "appointment_scheduled", "Appointment: next week, maybe");
  g_assert_null (inb_row_get (g_ptr_array_index (decision->activities, 1), INB_ACTIVITY_DUE_AT));
  assert_activity (decision, 2, "lead_converted", "🎉 Lead Converted to Won");
  g_assert_cmpstr (inb_row_get (decision->lead, INB_LEAD_STAGE), ==, "won");
  g_assert_cmpint (inb_row_get_time (decision->lead, INB_LEAD_CONVERTED_AT), ==, DECISION_KIT_NOW);
}

static void
test_contact_only (DecisionKit   *fixture,
                   gconstpointer  data)
{
  g_autoptr (InbIntake) intake = decision_kit_make_intake (NULL, NULL, NULL);
  g_autoptr (InbDecision) decision = NULL;

  intake->custom_fields = g_strdup ("{\"color\":\"red\"}");
  intake->appointment = g_strdup ("2025-10-20 10:00AM");
  decision = decision_kit_decide (fixture, intake, NULL, NULL);
  g_assert_null (decision->lead);
  g_assert_true (decision->contact_created);
  g_assert_cmpuint (decision->activities->len, ==, 0);
  g_assert_cmpstr (decision->outcome, ==, "contact_created");
  g_assert_cmpstr (inb_row_get (decision->contact, INB_CONTACT_CUSTOM_FIELDS), ==, "{\"color\":\"red\"}");
  g_assert_null (inb_row_get (intake->contact, INB_CONTACT_ID));
}

static void
test_unknown_word (DecisionKit   *fixture,
                   gconstpointer  data)
{
  g_autoptr (InbIntake) intake = decision_kit_make_intake ("in progress", "A", NULL);
  g_autoptr (InbDecision) decision = decision_kit_decide (fixture, intake, NULL, NULL);

  g_assert_cmpstr (inb_row_get (decision->lead, INB_LEAD_STAGE), ==, "new");
  g_assert_cmpstr (inb_row_get (decision->lead, INB_LEAD_QUALIFICATION_STATUS), ==, "in progress");
  g_assert_cmpstr (inb_row_get (decision->lead, INB_LEAD_METADATA), ==,
                   "{\"webhook\":" WEBHOOK ",\"decision\":{\"rule\":\"created_no_open_lead\",\"matched_by\":\"none\","
                   "\"conflicts\":[],\"contact_created\":true,\"status_word\":\"in progress\",\"stage\":null},"
                   "\"status_word\":\"in progress\"}");
}

typedef struct {
  guint       column;
  const char *stored;
  const char *incoming;
  const char *updated;
} UpdateCase;

static const UpdateCase updates[] = {
  { INB_LEAD_UTM_SOURCE, "google", "bing", "google" },
  { INB_LEAD_UTM_SOURCE, NULL, "bing", "bing" },
  { INB_LEAD_LEAD_SOURCE, "Facebook Ads", "Google", "Facebook Ads" },
  { INB_LEAD_ESTIMATED_VALUE, "100.00", "250.00", "250.00" },
  { INB_LEAD_ESTIMATED_VALUE, "100.00", NULL, "100.00" },
  { INB_LEAD_LEAD_SCORE, "10", "90", "90" },
  { INB_LEAD_TEMPERATURE, "cold", "hot", "hot" },
  { INB_LEAD_TEMPERATURE, "cold", "", "cold" },
  { INB_LEAD_INITIAL_INQUIRY, "First", "Second", "First" },
  { INB_LEAD_CUSTOM_FIELDS, "{\"a\":\"1\"}", "{\"b\":\"2\"}", "{\"a\":\"1\",\"b\":\"2\"}" },
  { INB_LEAD_ASSIGNED_TO, DECISION_KIT_CONTACT, NULL, DECISION_KIT_CONTACT },
};

static void
test_update_columns (DecisionKit   *fixture,
                     gconstpointer  data)
{
  const DecisionLead one[DECISION_KIT_LEADS] = { { "A", "new", 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (updates); i++)
    {
      g_autoptr (InbIntake) intake = decision_kit_make_intake ("qualified", "A", NULL);
      g_autoptr (InbRow) contact = decision_kit_make_contact ();
      g_autoptr (GPtrArray) leads = decision_kit_make_leads (fixture, one);
      g_autoptr (InbDecision) decision = NULL;
      InbRow *lead = g_ptr_array_index (leads, 0);

      g_test_message ("case %u", i);
      inb_row_set (lead, updates[i].column, updates[i].stored);
      inb_row_set (lead, INB_LEAD_METADATA, "{\"own\":{\"x\":1},\"webhook\":\"old\"}");
      inb_row_set (intake->lead, updates[i].column, updates[i].incoming);
      decision = decision_kit_decide (fixture, intake, contact, leads);
      g_assert_cmpstr (inb_row_get (decision->lead, updates[i].column), ==, updates[i].updated);
      g_assert_true (g_str_has_prefix (inb_row_get (decision->lead, INB_LEAD_METADATA), "{\"own\":{\"x\":1},\"webhook\":{"));
      g_assert_nonnull (strstr (decision->reason, "\"lead_age_days\":1"));
    }
}

/* The same status again leaves no trace in the timeline, but a note does. */
static void
test_same_stage (DecisionKit   *fixture,
                 gconstpointer  data)
{
  const DecisionLead one[DECISION_KIT_LEADS] = { { "A", "qualified", 1 } };
  g_autoptr (InbIntake) intake = decision_kit_make_intake ("qualified", "A", "Called back");
  g_autoptr (InbRow) contact = decision_kit_make_contact ();
  g_autoptr (GPtrArray) leads = decision_kit_make_leads (fixture, one);
  g_autoptr (InbDecision) decision = decision_kit_decide (fixture, intake, contact, leads);

  g_assert_cmpuint (decision->activities->len, ==, 1);
  assert_activity (decision, 0, "note", "Note");
  g_assert_null (inb_row_get (decision->lead, INB_LEAD_PREVIOUS_STAGE));
  g_assert_cmpint (inb_row_get_time (decision->lead, INB_LEAD_UPDATED_AT), ==, DECISION_KIT_NOW);
}

static void
test_sources (DecisionKit   *fixture,
              gconstpointer  data)
{
  g_autoptr (InbIntake) intake = decision_kit_make_intake (NULL, "A", NULL);
  g_autoptr (InbDecision) constant = NULL;
  g_autoptr (InbDecision) own = NULL;

  fixture->rules->source_is_constant = TRUE;
  constant = decision_kit_decide (fixture, intake, NULL, NULL);
  g_assert_cmpstr (inb_row_get (constant->lead, INB_LEAD_LEAD_SOURCE), ==, "webhook");
  inb_row_set (intake->lead, INB_LEAD_LEAD_SOURCE, "Google Ads");
  inb_row_set (intake->lead, INB_LEAD_CURRENCY, "USD");
  own = decision_kit_decide (fixture, intake, NULL, NULL);
  g_assert_cmpstr (inb_row_get (own->lead, INB_LEAD_LEAD_SOURCE), ==, "Google Ads");
  g_assert_cmpstr (inb_row_get (own->contact, INB_CONTACT_LEAD_SOURCE), ==, "Google Ads");
  g_assert_cmpstr (inb_row_get (own->lead, INB_LEAD_CURRENCY), ==, "USD");
}

static void
test_conflict_reason (DecisionKit   *fixture,
                      gconstpointer  data)
{
  g_autoptr (InbIntake) intake = decision_kit_make_intake (NULL, "A", NULL);
  g_autoptr (InbRow) by_phone = decision_kit_make_contact ();
  g_autoptr (InbRow) by_email = inb_row_new (INB_KIND_CONTACT);
  g_autoptr (InbDecision) decision = NULL;

  inb_row_set (by_email, INB_CONTACT_ID, DECISION_KIT_OTHER);
  inb_row_set (intake->contact, INB_CONTACT_EMAIL, "a@example.com");
  inb_row_set (intake->contact, INB_CONTACT_EMAIL_NORM, "a@example.com");
  decision = inb_decide (intake, &fixture->origin, fixture->rules, fixture->stages, NULL, by_phone, by_email, NULL);
  g_assert_nonnull (strstr (decision->reason, "\"matched_by\":\"phone\",\"conflicts\":[{\"key\":\"email\","
                                              "\"value\":\"a@example.com\",\"contact_id\":\"" DECISION_KIT_OTHER "\"}]"));
  g_assert_null (inb_row_get (decision->contact, INB_CONTACT_EMAIL));
  g_assert_nonnull (inb_row_get (decision->contact, INB_CONTACT_IDENTITY_CONFLICTS));
}

/* Printed only: what one decision costs, apart from the database. */
static void
test_speed (DecisionKit   *fixture,
            gconstpointer  data)
{
  const guint n_rounds = 20000;
  g_autoptr (InbIntake) intake = decision_kit_make_intake ("new", "Product A", "Test lead from API");
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < n_rounds; i++)
    {
      g_autoptr (InbDecision) decision = decision_kit_decide (fixture, intake, NULL, NULL);

      g_assert_true (decision->lead_created);
    }
  g_test_message ("inb_decide, a new lead: %.2f us", (g_get_monotonic_time () - start) / (double) n_rounds);
}

#define ADD(path, func) g_test_add (path, DecisionKit, NULL, decision_kit_set_up, func, decision_kit_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/decision/sequence", test_sequence);
  ADD ("/decision/create-won", test_create_won);
  ADD ("/decision/contact-only", test_contact_only);
  ADD ("/decision/unknown-word", test_unknown_word);
  ADD ("/decision/update-columns", test_update_columns);
  ADD ("/decision/same-stage", test_same_stage);
  ADD ("/decision/sources", test_sources);
  ADD ("/decision/conflict-reason", test_conflict_reason);
  ADD ("/decision/speed", test_speed);

  return g_test_run ();
}
