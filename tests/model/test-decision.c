/* What an event does: which lead it makes or updates, the rows it writes, and the reason it gives. */
#include "inb-decision.h"
#include "inb-error.h"
#include "inb-json.h"
#include "inb-time.h"

#include <string.h>

#define NOW G_GINT64_CONSTANT (1767225600000000) /* 2026-01-01T00:00:00Z */
#define WEBHOOK "{\"id\":\"0b1e5a3c-0000-4000-8000-000000000001\",\"source\":\"Facebook Ads\"," \
                "\"timestamp\":\"2026-01-01T00:00:00.000000Z\"}"
#define CONTACT "00000000-0000-7000-8000-00000000000a"
#define OTHER "00000000-0000-7000-8000-00000000000b"

typedef struct {
  InbStageSet  *stages;
  InbLeadRules *rules;
  GTimeZone    *timezone;
  InbOrigin     origin;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->stages = inb_stage_set_new_default ();
  fixture->rules = inb_lead_rules_new (NULL, NULL);
  fixture->timezone = g_time_zone_new_identifier ("Europe/Berlin");
  fixture->origin = (InbOrigin) {
    .workspace_id = "acme",
    .webhook_id = "0b1e5a3c-0000-4000-8000-000000000001",
    .webhook_name = "Landing page",
    .source_label = "Facebook Ads",
    .delivery_id = "00000000-0000-7000-8000-0000000000dd",
    .currency = "EUR",
    .timezone = fixture->timezone,
    .received_at = NOW,
  };
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  inb_stage_set_unref (fixture->stages);
  inb_lead_rules_free (fixture->rules);
  g_time_zone_unref (fixture->timezone);
}

static InbIntake *
make_intake (const char *status,
             const char *product,
             const char *notes)
{
  InbIntake *intake = inb_intake_new ();

  inb_row_set (intake->contact, INB_CONTACT_FIRSTNAME, "Test");
  inb_row_set (intake->contact, INB_CONTACT_LASTNAME, "Lead");
  inb_row_set (intake->contact, INB_CONTACT_PHONE, "+1234567890");
  inb_row_set (intake->contact, INB_CONTACT_PHONE_E164, "+1234567890");
  inb_row_set (intake->lead, INB_LEAD_PRODUCT_INTEREST, product);
  intake->status = g_strdup (status);
  intake->notes = g_strdup (notes);

  return intake;
}

static InbDecision *
decide (Fixture         *fixture,
        const InbIntake *intake,
        InbRow          *by_phone,
        GPtrArray       *leads)
{
  return inb_decide (intake, &fixture->origin, fixture->rules, fixture->stages, NULL, by_phone, NULL, leads);
}

static InbRow *
make_contact (void)
{
  InbRow *row = inb_row_new (INB_KIND_CONTACT);

  inb_row_set (row, INB_CONTACT_ID, CONTACT);
  inb_row_set (row, INB_CONTACT_WORKSPACE_ID, "acme");
  inb_row_set (row, INB_CONTACT_PHONE_E164, "+1234567890");

  return row;
}

/* One lead of the contact in a line of the table below. */
typedef struct {
  const char *product;
  const char *stage;
  int         age_days;
  const char *flag; /* "test", "deleted", "inactive", "other" */
} LeadCase;

typedef struct {
  const char *name;
  const char *rules; /* JSON, or NULL */
  const char *status;
  const char *product;
  const char *notes;
  gboolean    is_test;
  LeadCase    leads[4]; /* newest first, up to one without a stage */
  int         updated;  /* which of them, or -1: a lead is created, -2: none at all */
  const char *rule;
} RuleCase;

static const RuleCase rules[] = {
  { "nothing to say", NULL, NULL, NULL, NULL, FALSE, { }, -2, "no_lead_no_content" },
  { "blank is nothing", NULL, "", "", "", FALSE, { }, -2, "no_lead_no_content" },
  { "content not required", "{\"require_content\":false}", NULL, NULL, NULL, FALSE, { }, -1, "created_no_open_lead" },
  { "notes alone", NULL, NULL, NULL, "Hi", FALSE, { }, -1, "created_no_open_lead" },
  { "product alone", NULL, NULL, "A", NULL, FALSE, { }, -1, "created_no_open_lead" },
  { "status alone", NULL, "new", NULL, NULL, FALSE, { }, -1, "created_no_open_lead" },
  { "keyword of a stranger", NULL, "qualified", "A", NULL, FALSE, { }, -1, "created_no_open_lead" },
  { "no keyword", NULL, NULL, "A", NULL, FALSE, { { "A", "new", 1 } }, -1, "created_no_status_keyword" },
  { "new is no keyword", NULL, "new", "A", NULL, FALSE, { { "A", "new", 1 } }, -1, "created_no_status_keyword" },
  { "an unknown word is none", NULL, "active", "A", NULL, FALSE, { { "A", "new", 1 } }, -1, "created_no_status_keyword" },
  { "same product", NULL, "qualified", "A", NULL, FALSE, { { "A", "new", 1 } }, 0, "updated_same_product" },
  { "folded product", NULL, "qualified", "  solar PANEL ", NULL, FALSE, { { "Solar Panel", "new", 1 } }, 0, "updated_same_product" },
  { "newest of two", NULL, "qualified", "A", NULL, FALSE, { { "A", "new", 1 }, { "A", "new", 2 } }, 0, "updated_same_product" },
  { "product among others", NULL, "lost", "A", NULL, FALSE, { { "B", "new", 1 }, { "A", "new", 2 } }, 1, "updated_same_product" },
  { "other product", NULL, "lost", "C", NULL, FALSE, { { "B", "new", 1 } }, -1, "created_other_product" },
  { "product against none", NULL, "lost", "C", NULL, FALSE, { { NULL, "new", 1 } }, -1, "created_other_product" },
  { "none against none", NULL, "lost", NULL, NULL, FALSE, { { "B", "new", 1 }, { NULL, "new", 2 } }, 1, "updated_same_product" },
  { "only lead", NULL, "won", NULL, NULL, FALSE, { { "B", "new", 1 } }, 0, "updated_only_lead" },
  { "several leads", NULL, "won", NULL, NULL, FALSE, { { "B", "new", 1 }, { "C", "new", 2 } }, -1, "created_several_open_leads" },
  { "one open beside a converted", NULL, "won", NULL, NULL, FALSE, { { "B", "won", 1 }, { "C", "new", 2 } }, 1, "updated_only_lead" },
  { "only lead is converted", NULL, "lost", NULL, NULL, FALSE, { { "B", "won", 1 } }, -1, "created_lead_converted" },
  { "several converted", NULL, "lost", NULL, NULL, FALSE, { { "B", "won", 1 }, { "C", "won", 2 } }, -1, "created_lead_converted" },
  { "several to update", "{\"update_converted\":true}", "lost", NULL, NULL, FALSE, { { "B", "won", 1 }, { "C", "won", 2 } }, -1,
    "created_several_open_leads" },
  { "29 days", NULL, "won", "A", NULL, FALSE, { { "A", "new", 29 } }, 0, "updated_same_product" },
  { "30 days", NULL, "won", "A", NULL, FALSE, { { "A", "new", 30 } }, -1, "created_lead_too_old" },
  { "from the future", NULL, "won", "A", NULL, FALSE, { { "A", "new", -1 } }, 0, "updated_same_product" },
  { "converted", NULL, "lost", "A", NULL, FALSE, { { "A", "won", 1 }, { "A", "new", 2 } }, -1, "created_lead_converted" },
  { "lost is not active", NULL, "qualified", "A", NULL, FALSE, { { "A", "lost", 1 } }, -1, "created_no_open_lead" },
  { "deleted", NULL, "qualified", "A", NULL, FALSE, { { "A", "new", 1, "deleted" }, { "A", "new", 2 } }, 1, "updated_same_product" },
  { "inactive", NULL, "qualified", "A", NULL, FALSE, { { "A", "new", 1, "inactive" } }, -1, "created_no_open_lead" },
  { "a test lead", NULL, "qualified", "A", NULL, FALSE, { { "A", "new", 1, "test" } }, -1, "created_no_open_lead" },
  { "a test", NULL, "qualified", "A", NULL, TRUE, { { "A", "new", 1 }, { "A", "new", 2, "test" } }, 1, "updated_same_product" },
  { "somebody else's", NULL, "qualified", "A", NULL, FALSE, { { "A", "new", 1, "other" } }, -1, "created_no_open_lead" },
  { "updates off", "{\"update_on_status\":false}", "won", "A", NULL, FALSE, { { "A", "new", 1 } }, -1, "created_updates_off" },
  { "any product", "{\"update_same_product\":false}", "won", "A", NULL, FALSE, { { "B", "new", 1 }, { "A", "new", 2 } }, 0,
    "updated_newest_lead" },
  { "not the only lead", "{\"update_only_lead\":false}", "won", NULL, NULL, FALSE, { { "B", "new", 1 } }, -1, "created_other_product" },
  { "also converted", "{\"update_converted\":true}", "lost", "A", NULL, FALSE, { { "A", "won", 1 } }, 0, "updated_same_product" },
  { "an hour only", "{\"update_max_age\":3600000000}", "won", "A", NULL, FALSE, { { "A", "new", 1 } }, -1, "created_lead_too_old" },
  { "another default", "{\"default_stage\":\"contacted\"}", "contacted", "A", NULL, FALSE, { { "A", "new", 1 } }, -1,
    "created_no_status_keyword" },
  { "new may be a keyword", "{\"default_stage\":\"contacted\"}", "new", "A", NULL, FALSE, { { "A", "contacted", 1 } }, 0,
    "updated_same_product" },
  { "own words", "{\"status_words\":{\"heiß\":\"qualified\"}}", "HEISS", "A", NULL, FALSE, { { "A", "new", 1 } }, 0,
    "updated_same_product" },
};

static GPtrArray *
make_leads (Fixture        *fixture,
            const LeadCase *cases)
{
  GPtrArray *leads = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);

  for (guint i = 0; i < 4 && cases[i].stage != NULL; i++)
    {
      InbRow *lead = inb_row_new (INB_KIND_LEAD);
      const char *flag = cases[i].flag;
      gint64 created_at = NOW - cases[i].age_days * INB_TIME_DAY;

      inb_row_take (lead, INB_LEAD_ID, g_strdup_printf ("00000000-0000-7000-8000-00000000010%u", i));
      inb_row_set (lead, INB_LEAD_CONTACT_ID, g_strcmp0 (flag, "other") == 0 ? OTHER : CONTACT);
      inb_row_set (lead, INB_LEAD_PRODUCT_INTEREST, cases[i].product);
      inb_row_set_time (lead, INB_LEAD_CREATED_AT, created_at);
      inb_lead_set_stage (lead, fixture->stages, cases[i].stage, created_at);
      if (g_strcmp0 (flag, "test") == 0)
        inb_row_set_boolean (lead, INB_LEAD_IS_TEST, TRUE);
      if (g_strcmp0 (flag, "inactive") == 0)
        inb_row_set_boolean (lead, INB_LEAD_IS_ACTIVE, FALSE);
      if (g_strcmp0 (flag, "deleted") == 0)
        inb_row_set_time (lead, INB_LEAD_DELETED_AT, NOW);
      g_ptr_array_add (leads, lead);
    }

  return leads;
}

static char *
get_rule (const char *reason)
{
  g_autoptr (JsonNode) node = inb_json_parse (reason, strlen (reason), NULL);

  g_assert_nonnull (node);

  return g_strdup (inb_json_get_string (json_node_get_object (node), "rule"));
}

static void
test_rules (Fixture       *fixture,
            gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      const RuleCase *expected = &rules[i];
      g_autoptr (InbIntake) intake = make_intake (expected->status, expected->product, expected->notes);
      g_autoptr (GPtrArray) leads = make_leads (fixture, expected->leads);
      g_autoptr (InbRow) contact = make_contact ();
      g_autoptr (InbDecision) decision = NULL;
      g_autofree char *rule = NULL;

      g_test_message ("%s", expected->name);
      inb_lead_rules_free (fixture->rules);
      fixture->rules = inb_lead_rules_new (expected->rules, NULL);
      intake->is_test = expected->is_test;
      decision = decide (fixture, intake, contact, leads);
      rule = get_rule (decision->reason);

      g_assert_cmpstr (rule, ==, expected->rule);
      g_assert_false (decision->contact_created);
      if (expected->updated == -2)
        {
          g_assert_null (decision->lead);
          g_assert_cmpuint (decision->activities->len, ==, 0);
          g_assert_cmpstr (decision->outcome, ==, "contact_updated");
        }
      else if (expected->updated == -1)
        {
          g_assert_true (decision->lead_created);
          g_assert_cmpstr (decision->outcome, ==, "lead_created");
          g_assert_cmpstr (inb_row_get (decision->lead, INB_LEAD_CONTACT_ID), ==, CONTACT);
          g_assert_cmpstr (inb_row_get (decision->lead, INB_LEAD_IS_TEST), ==, expected->is_test ? "true" : "false");
        }
      else
        {
          const InbRow *before = g_ptr_array_index (leads, expected->updated);

          g_assert_false (decision->lead_created);
          g_assert_cmpstr (decision->outcome, ==, "lead_updated");
          g_assert_cmpstr (inb_row_get (decision->lead, INB_LEAD_ID), ==, inb_row_get (before, INB_LEAD_ID));
          g_assert_cmpstr (decision->stage_before, ==, inb_row_get (before, INB_LEAD_STAGE));
        }
    }
}

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
  g_assert_cmpint (inb_row_get_time (row, INB_ACTIVITY_OCCURRED_AT), ==, NOW);
  g_assert_cmpint (inb_row_get_time (row, INB_ACTIVITY_CREATED_AT), ==, NOW + index);
  g_assert_nonnull (inb_row_get_key (row));
}

/* The reference's payloads one after the other: new, qualified, converted with an appointment. */
static void
test_sequence (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (InbIntake) seed = make_intake ("new", "Product A", "Test lead from API");
  g_autoptr (InbIntake) qualified = make_intake ("qualified", "Product A", "Test lead from API");
  g_autoptr (InbIntake) converted = make_intake ("converted", "Product A", NULL);
  g_autoptr (GPtrArray) leads = g_ptr_array_new ();
  g_autoptr (InbDecision) first = NULL;
  g_autoptr (InbDecision) second = NULL;
  g_autoptr (InbDecision) third = NULL;
  const InbRow *row;

  first = decide (fixture, seed, NULL, NULL);
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
  g_assert_cmpint (inb_row_get_time (first->contact, INB_CONTACT_LAST_ACTIVITY_AT), ==, NOW);
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
  second = decide (fixture, qualified, first->contact, leads);
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
  third = decide (fixture, converted, second->contact, leads);
  g_assert_false (third->lead_created);
  g_assert_cmpstr (third->message, ==, "Lead updated");
  g_assert_cmpstr (inb_row_get (third->lead, INB_LEAD_STAGE), ==, "won");
  g_assert_cmpstr (inb_row_get (third->lead, INB_LEAD_IS_CONVERTED), ==, "true");
  g_assert_cmpint (inb_row_get_time (third->lead, INB_LEAD_CONVERTED_AT), ==, NOW);
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
test_create_won (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (InbIntake) intake = make_intake ("Converted", "Product A", "Hello");
  g_autoptr (InbDecision) decision = NULL;

  intake->appointment = g_strdup ("next week, maybe");
  decision = decide (fixture, intake, NULL, NULL);
  g_assert_cmpuint (decision->activities->len, ==, 3);
  assert_activity (decision, 0, "lead_created", "🆕 New Lead Created");
  assert_activity (decision, 1, "appointment_scheduled", "Appointment: next week, maybe");
  g_assert_null (inb_row_get (g_ptr_array_index (decision->activities, 1), INB_ACTIVITY_DUE_AT));
  assert_activity (decision, 2, "lead_converted", "🎉 Lead Converted to Won");
  g_assert_cmpstr (inb_row_get (decision->lead, INB_LEAD_STAGE), ==, "won");
  g_assert_cmpint (inb_row_get_time (decision->lead, INB_LEAD_CONVERTED_AT), ==, NOW);
}

static void
test_contact_only (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (InbIntake) intake = make_intake (NULL, NULL, NULL);
  g_autoptr (InbDecision) decision = NULL;

  intake->custom_fields = g_strdup ("{\"color\":\"red\"}");
  intake->appointment = g_strdup ("2025-10-20 10:00AM");
  decision = decide (fixture, intake, NULL, NULL);
  g_assert_null (decision->lead);
  g_assert_true (decision->contact_created);
  g_assert_cmpuint (decision->activities->len, ==, 0);
  g_assert_cmpstr (decision->outcome, ==, "contact_created");
  g_assert_cmpstr (inb_row_get (decision->contact, INB_CONTACT_CUSTOM_FIELDS), ==, "{\"color\":\"red\"}");
  g_assert_null (inb_row_get (intake->contact, INB_CONTACT_ID));
}

static void
test_unknown_word (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (InbIntake) intake = make_intake ("in progress", "A", NULL);
  g_autoptr (InbDecision) decision = decide (fixture, intake, NULL, NULL);

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
  { INB_LEAD_ASSIGNED_TO, CONTACT, NULL, CONTACT },
};

static void
test_update_columns (Fixture       *fixture,
                     gconstpointer  data)
{
  const LeadCase one[4] = { { "A", "new", 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (updates); i++)
    {
      g_autoptr (InbIntake) intake = make_intake ("qualified", "A", NULL);
      g_autoptr (InbRow) contact = make_contact ();
      g_autoptr (GPtrArray) leads = make_leads (fixture, one);
      g_autoptr (InbDecision) decision = NULL;
      InbRow *lead = g_ptr_array_index (leads, 0);

      g_test_message ("case %u", i);
      inb_row_set (lead, updates[i].column, updates[i].stored);
      inb_row_set (lead, INB_LEAD_METADATA, "{\"own\":{\"x\":1},\"webhook\":\"old\"}");
      inb_row_set (intake->lead, updates[i].column, updates[i].incoming);
      decision = decide (fixture, intake, contact, leads);
      g_assert_cmpstr (inb_row_get (decision->lead, updates[i].column), ==, updates[i].updated);
      g_assert_true (g_str_has_prefix (inb_row_get (decision->lead, INB_LEAD_METADATA), "{\"own\":{\"x\":1},\"webhook\":{"));
      g_assert_nonnull (strstr (decision->reason, "\"lead_age_days\":1"));
    }
}

/* The same status again leaves no trace in the timeline, but a note does. */
static void
test_same_stage (Fixture       *fixture,
                 gconstpointer  data)
{
  const LeadCase one[4] = { { "A", "qualified", 1 } };
  g_autoptr (InbIntake) intake = make_intake ("qualified", "A", "Called back");
  g_autoptr (InbRow) contact = make_contact ();
  g_autoptr (GPtrArray) leads = make_leads (fixture, one);
  g_autoptr (InbDecision) decision = decide (fixture, intake, contact, leads);

  g_assert_cmpuint (decision->activities->len, ==, 1);
  assert_activity (decision, 0, "note", "Note");
  g_assert_null (inb_row_get (decision->lead, INB_LEAD_PREVIOUS_STAGE));
  g_assert_cmpint (inb_row_get_time (decision->lead, INB_LEAD_UPDATED_AT), ==, NOW);
}

static void
test_sources (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (InbIntake) intake = make_intake (NULL, "A", NULL);
  g_autoptr (InbDecision) constant = NULL;
  g_autoptr (InbDecision) own = NULL;

  fixture->rules->source_is_constant = TRUE;
  constant = decide (fixture, intake, NULL, NULL);
  g_assert_cmpstr (inb_row_get (constant->lead, INB_LEAD_LEAD_SOURCE), ==, "webhook");
  inb_row_set (intake->lead, INB_LEAD_LEAD_SOURCE, "Google Ads");
  inb_row_set (intake->lead, INB_LEAD_CURRENCY, "USD");
  own = decide (fixture, intake, NULL, NULL);
  g_assert_cmpstr (inb_row_get (own->lead, INB_LEAD_LEAD_SOURCE), ==, "Google Ads");
  g_assert_cmpstr (inb_row_get (own->contact, INB_CONTACT_LEAD_SOURCE), ==, "Google Ads");
  g_assert_cmpstr (inb_row_get (own->lead, INB_LEAD_CURRENCY), ==, "USD");
}

static void
test_conflict_reason (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (InbIntake) intake = make_intake (NULL, "A", NULL);
  g_autoptr (InbRow) by_phone = make_contact ();
  g_autoptr (InbRow) by_email = inb_row_new (INB_KIND_CONTACT);
  g_autoptr (InbDecision) decision = NULL;

  inb_row_set (by_email, INB_CONTACT_ID, OTHER);
  inb_row_set (intake->contact, INB_CONTACT_EMAIL, "a@example.com");
  inb_row_set (intake->contact, INB_CONTACT_EMAIL_NORM, "a@example.com");
  decision = inb_decide (intake, &fixture->origin, fixture->rules, fixture->stages, NULL, by_phone, by_email, NULL);
  g_assert_nonnull (strstr (decision->reason, "\"matched_by\":\"phone\",\"conflicts\":[{\"key\":\"email\","
                                              "\"value\":\"a@example.com\",\"contact_id\":\"" OTHER "\"}]"));
  g_assert_null (inb_row_get (decision->contact, INB_CONTACT_EMAIL));
  g_assert_nonnull (inb_row_get (decision->contact, INB_CONTACT_IDENTITY_CONFLICTS));
}

static void
test_rules_refused (void)
{
  const char *bad[] = {
    "", "[]", "{", "{\"update_max_age\":\"1\"}", "{\"update_max_age\":-1}", "{\"update_on_status\":1}",
    "{\"default_stage\":\"\"}", "{\"default_stage\":1}", "{\"status_words\":[]}", "{\"status_words\":{\"a\":1}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_null (inb_lead_rules_new (bad[i], &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT);
    }
}

/* Printed only: what one decision costs, apart from the database. */
static void
test_speed (Fixture       *fixture,
            gconstpointer  data)
{
  const guint n_rounds = 20000;
  g_autoptr (InbIntake) intake = make_intake ("new", "Product A", "Test lead from API");
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < n_rounds; i++)
    {
      g_autoptr (InbDecision) decision = decide (fixture, intake, NULL, NULL);

      g_assert_true (decision->lead_created);
    }
  g_test_message ("inb_decide, a new lead: %.2f us", (g_get_monotonic_time () - start) / (double) n_rounds);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/decision/rules", test_rules);
  ADD ("/decision/sequence", test_sequence);
  ADD ("/decision/create-won", test_create_won);
  ADD ("/decision/contact-only", test_contact_only);
  ADD ("/decision/unknown-word", test_unknown_word);
  ADD ("/decision/update-columns", test_update_columns);
  ADD ("/decision/same-stage", test_same_stage);
  ADD ("/decision/sources", test_sources);
  ADD ("/decision/conflict-reason", test_conflict_reason);
  ADD ("/decision/speed", test_speed);
  g_test_add_func ("/decision/rules-refused", test_rules_refused);

  return g_test_run ();
}
