/* Which lead an event makes or updates, and by which rule. */
#include "inb-decision-kit.h"

#include "inb-error.h"
#include "inb-json.h"

#include <string.h>

typedef struct {
  const char   *name;
  const char   *rules;    /* JSON, or NULL */
  const char   *status;
  const char   *product;
  const char   *notes;
  gboolean      is_test;
  DecisionLead  leads[DECISION_KIT_LEADS];
  int           updated;  /* which of them, or -1: a lead is created, -2: none at all */
  const char   *rule;
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

static char *
get_rule (const char *reason)
{
  g_autoptr (JsonNode) node = inb_json_parse (reason, strlen (reason), NULL);

  g_assert_nonnull (node);

  return g_strdup (inb_json_get_string (json_node_get_object (node), "rule"));
}

static void
test_rules (DecisionKit   *fixture,
            gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      const RuleCase *expected = &rules[i];
      g_autoptr (InbIntake) intake = decision_kit_make_intake (expected->status, expected->product, expected->notes);
      g_autoptr (GPtrArray) leads = decision_kit_make_leads (fixture, expected->leads);
      g_autoptr (InbRow) contact = decision_kit_make_contact ();
      g_autoptr (InbDecision) decision = NULL;
      g_autofree char *rule = NULL;

      g_test_message ("%s", expected->name);
      inb_lead_rules_free (fixture->rules);
      fixture->rules = inb_lead_rules_new (expected->rules, NULL);
      intake->is_test = expected->is_test;
      decision = decision_kit_decide (fixture, intake, contact, leads);
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
          g_assert_cmpstr (inb_row_get (decision->lead, INB_LEAD_CONTACT_ID), ==, DECISION_KIT_CONTACT);
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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/decision-rules/all", DecisionKit, NULL, decision_kit_set_up, test_rules, decision_kit_tear_down);
  g_test_add_func ("/decision-rules/refused", test_rules_refused);

  return g_test_run ();
}
