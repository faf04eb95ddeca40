/* Mutations and their answers on the wire: nothing is lost on the way, and nothing unknown gets in. */
#include "inb-mutation.h"

#include "inb-json.h"
#include "inb-role.h"
#include "inb-time.h"
#include "inb-uuid.h"

#include <string.h>

#define ID "0199f000-0000-7000-8000-000000000001"
#define OTHER "0199f000-0000-7000-8000-000000000002"
#define GROUP "0199f000-0000-7000-8000-000000000003"

static InbMutation *
parse (const char  *text,
       GError     **error)
{
  g_autoptr (JsonNode) node = inb_json_parse (text, strlen (text), error);

  return node == NULL ? NULL : inb_mutation_new_from_json (json_node_get_object (node), error);
}

static char *
to_json (const InbMutation *mutation)
{
  GString *json = g_string_new (NULL);

  inb_mutation_append_json (mutation, json);

  return g_string_free (json, FALSE);
}

static void
assert_same (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbMutation) mutation = parse (text, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  again = to_json (mutation);
  g_assert_cmpstr (again, ==, text);
}

#define HEAD(verb, entity) "{\"id\":\"" ID "\",\"verb\":\"" verb "\",\"entity\":\"" entity "\",\"entity_id\":\"" OTHER "\""
#define TAIL ",\"made_at\":\"2026-11-22T17:50:26.123456Z\""

static void
test_round_trip (void)
{
  assert_same (HEAD ("update", "lead") TAIL ",\"fields\":{\"stage\":{\"base\":\"new\",\"value\":\"won\"}}}");
  assert_same (HEAD ("update", "lead") TAIL ",\"fields\":{\"stage\":{\"value\":\"won\"},\"lead_score\":{\"base\":null,\"value\":7},"
               "\"estimated_value\":{\"base\":\"1.00\",\"value\":\"1250.50\"},\"tags\":{\"base\":[],\"value\":[\"a\",\"é\"]},"
               "\"next_follow_up_at\":{\"base\":null,\"value\":\"2026-12-01T09:00:00.000000Z\"},"
               "\"custom_fields\":{\"base\":{},\"value\":{\"x\":[1,null,true]}},\"lost_reason\":{\"base\":\"x\",\"value\":null}}}");
  assert_same ("{\"id\":\"" ID "\",\"group\":\"" GROUP "\",\"verb\":\"create\",\"entity\":\"activity\",\"entity_id\":\"" OTHER "\"" TAIL
               ",\"fields\":{\"activity_type\":{\"value\":\"call\"},\"lead_id\":{\"value\":\"" OTHER "\"},\"is_pinned\":{\"value\":true},"
               "\"duration_seconds\":{\"value\":62}}}");
  assert_same (HEAD ("delete", "contact") TAIL "}");
  assert_same (HEAD ("merge", "contact") ",\"other_id\":\"" GROUP "\"" TAIL "}");
  assert_same (HEAD ("undo", "lead") ",\"undoes\":\"" GROUP "\"" TAIL "}");
  assert_same (HEAD ("update", "view") TAIL ",\"fields\":{\"filter\":{\"value\":{\"stage\":[\"new\"]}},\"columns\":{\"value\":[\"name\"]}}}");
}

static void
test_clean (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbMutation) mutation = parse (HEAD ("update", "lead") ",\"fields\":{\"estimated_value\":{\"value\":12.5},"
                                            "\"conversion_value\":{\"value\":12},\"temperature\":{\"value\":\"HOT\"},"
                                            "\"territory\":{\"value\":\"  North\\u0007 \"},\"timeline\":{\"value\":\"\"},"
                                            "\"tags\":{\"value\":[\" a \",\"a\"]},\"currency\":{\"value\":\"usd\"},"
                                            "\"next_follow_up_at\":{\"value\":\"2026-12-01 10:00:00+01:00\"}}}", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (inb_mutation_find_change (mutation, INB_LEAD_ESTIMATED_VALUE)->value, ==, "12.50");
  g_assert_cmpstr (inb_mutation_find_change (mutation, INB_LEAD_CONVERSION_VALUE)->value, ==, "12.00");
  g_assert_cmpstr (inb_mutation_find_change (mutation, INB_LEAD_TEMPERATURE)->value, ==, "hot");
  g_assert_cmpstr (inb_mutation_find_change (mutation, INB_LEAD_TERRITORY)->value, ==, "North");
  g_assert_null (inb_mutation_find_change (mutation, INB_LEAD_TIMELINE)->value);
  g_assert_cmpstr (inb_mutation_find_change (mutation, INB_LEAD_TAGS)->value, ==, "[\"a\"]");
  g_assert_cmpstr (inb_mutation_find_change (mutation, INB_LEAD_CURRENCY)->value, ==, "USD");
  g_assert_cmpstr (inb_mutation_find_change (mutation, INB_LEAD_NEXT_FOLLOW_UP_AT)->value, ==, "2026-12-01T09:00:00.000000Z");
  g_assert_null (inb_mutation_find_change (mutation, INB_LEAD_STAGE));
  g_assert_cmpint (ABS (mutation->made_at - inb_time_now ()), <, 60 * INB_TIME_SECOND);
}

typedef struct {
  const char *text;
  const char *named; /* what the message must name */
} Bad;

#define UPDATE(fields) HEAD ("update", "lead") ",\"fields\":{" fields "}}"
#define FIELDS(entity, fields) HEAD ("update", entity) ",\"fields\":{" fields "}}"

static const Bad bad[] = {
  { "{}", "verb" },
  { HEAD ("update", "lead") ",\"fields\":{}}", "fields" },
  { HEAD ("update", "lead") "}", "fields" },
  { HEAD ("update", "lead") ",\"fields\":[]}", "fields" },
  { HEAD ("destroy", "lead") "}", "destroy" },
  { HEAD ("delete", "stage") "}", "stage" },
  { HEAD ("delete", "lead") ",\"colour\":1}", "colour" },
  { HEAD ("delete", "lead") ",\"fields\":{\"stage\":{\"value\":\"won\"}}}", "fields" },
  { HEAD ("delete", "lead") ",\"made_at\":\"yesterday\"}", "made_at" },
  { HEAD ("delete", "lead") ",\"made_at\":5}", "made_at" },
  { HEAD ("delete", "lead") ",\"group\":\"x\"}", "group" },
  { HEAD ("delete", "lead") ",\"undoes\":\"" GROUP "\"}", "undoes" },
  { HEAD ("merge", "lead") ",\"other_id\":\"" GROUP "\"}", "contacts" },
  { HEAD ("merge", "contact") "}", "other_id" },
  { HEAD ("undo", "contact") "}", "undoes" },
  { "{\"id\":\"x\",\"verb\":\"delete\",\"entity\":\"lead\",\"entity_id\":\"" ID "\"}", "id" },
  { "{\"id\":\"" ID "\",\"verb\":\"delete\",\"entity\":\"lead\"}", "entity_id" },
  { UPDATE ("\"colour\":{\"value\":\"red\"}"), "lead.colour" },
  { UPDATE ("\"contact_id\":{\"value\":\"" ID "\"}"), "lead.contact_id" },
  { UPDATE ("\"is_converted\":{\"value\":true}"), "lead.is_converted" },
  { UPDATE ("\"stage\":\"won\""), "lead.stage" },
  { UPDATE ("\"stage\":{\"base\":\"new\"}"), "lead.stage" },
  { UPDATE ("\"stage\":{\"value\":\"won\",\"old\":1}"), "lead.stage" },
  { UPDATE ("\"stage\":{\"value\":5}"), "lead.stage" },
  { UPDATE ("\"stage\":{\"value\":null}"), "lead.stage" },
  { UPDATE ("\"stage\":{\"value\":\" \"}"), "lead.stage" },
  { UPDATE ("\"stage\":{\"base\":5,\"value\":\"won\"}"), "lead.stage" },
  { UPDATE ("\"lead_score\":{\"value\":\"5\"}"), "lead.lead_score" },
  { UPDATE ("\"lead_score\":{\"value\":101}"), "0 to 100" },
  { UPDATE ("\"probability\":{\"value\":-1}"), "lead.probability" },
  { UPDATE ("\"estimated_value\":{\"value\":\"12,50\"}"), "lead.estimated_value" },
  { UPDATE ("\"estimated_value\":{\"value\":12.345}"), "lead.estimated_value" },
  { UPDATE ("\"estimated_value\":{\"value\":-1}"), "lead.estimated_value" },
  { UPDATE ("\"estimated_value\":{\"value\":9223372036854775807}"), "lead.estimated_value" },
  { UPDATE ("\"temperature\":{\"value\":\"lukewarm\"}"), "hot, warm, cold" },
  { UPDATE ("\"currency\":{\"value\":\"EURO\"}"), "lead.currency" },
  { UPDATE ("\"assigned_to\":{\"value\":\"anna\"}"), "lead.assigned_to" },
  { UPDATE ("\"expected_close_date\":{\"value\":\"2026-02-30\"}"), "lead.expected_close_date" },
  { UPDATE ("\"expected_close_date\":{\"value\":\"0001-01-01\"}"), "lead.expected_close_date" },
  { UPDATE ("\"next_follow_up_at\":{\"value\":\"tomorrow\"}"), "lead.next_follow_up_at" },
  { UPDATE ("\"next_follow_up_at\":{\"value\":\"9999-01-01T00:00:00Z\"}"), "lead.next_follow_up_at" },
  { UPDATE ("\"tags\":{\"value\":\"a\"}"), "lead.tags" },
  { UPDATE ("\"tags\":{\"value\":[1]}"), "lead.tags" },
  { UPDATE ("\"tags\":{\"value\":[\"\"]}"), "lead.tags" },
  { UPDATE ("\"custom_fields\":{\"value\":[]}"), "lead.custom_fields" },
  { UPDATE ("\"pain_points\":{\"value\":{}}"), "lead.pain_points" },
  { FIELDS ("contact", "\"email\":{\"value\":\"not a mail\"}"), "contact.email" },
  { FIELDS ("contact", "\"phone\":{\"value\":\"12\"}"), "contact.phone" },
  { FIELDS ("contact", "\"do_not_contact\":{\"value\":\"true\"}"), "contact.do_not_contact" },
  { FIELDS ("contact", "\"lead_source\":{\"value\":\"x\"}"), "contact.lead_source" },
  { FIELDS ("activity", "\"activity_type\":{\"value\":\"note\"}"), "activity.activity_type" },
  { FIELDS ("activity", "\"direction\":{\"value\":\"sideways\"}"), "inbound, outbound" },
  { FIELDS ("activity", "\"duration_seconds\":{\"value\":-5}"), "activity.duration_seconds" },
  { FIELDS ("view", "\"user_id\":{\"value\":\"" ID "\"}"), "view.user_id" },
  { FIELDS ("view", "\"name\":{\"value\":\"\"}"), "view.name" },
  { HEAD ("create", "activity") ",\"fields\":{\"activity_type\":{\"value\":\"lead_created\"}}}", "activity.activity_type" },
};

static void
test_strict (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (InbMutation) mutation = parse (bad[i].text, &error);

      if (mutation != NULL)
        g_error ("taken: %s", bad[i].text);
      g_assert_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE);
      if (strstr (error->message, bad[i].named) == NULL)
        g_error ("“%s” does not name “%s”", error->message, bad[i].named);
    }
}

static void
test_limits (void)
{
  g_autofree char *line = g_strnfill (501, 'a');
  g_autofree char *text = g_strnfill (20001, 'a');
  g_autofree char *too_long = g_strdup_printf (UPDATE ("\"territory\":{\"value\":\"%s\"}"), line);
  g_autofree char *too_much = g_strdup_printf (UPDATE ("\"initial_inquiry\":{\"value\":\"%s\"}"), text);
  g_autofree char *fits = NULL;
  g_autoptr (GString) many = g_string_new ("[");

  g_assert_null (parse (too_long, NULL));
  g_assert_null (parse (too_much, NULL));
  line[500] = '\0';
  fits = g_strdup_printf (UPDATE ("\"territory\":{\"base\":\"%s%s\",\"value\":\"%s\"}"), line, line, line);
  {
    g_autoptr (InbMutation) mutation = parse (fits, NULL);

    g_assert_nonnull (mutation);
    g_assert_cmpuint (strlen (inb_mutation_find_change (mutation, INB_LEAD_TERRITORY)->base), ==, 1000);
  }

  for (guint i = 0; i < 101; i++)
    g_string_append_printf (many, "%s\"tag %u\"", i == 0 ? "" : ",", i);
  {
    g_autofree char *tags = g_strdup_printf (UPDATE ("\"tags\":{\"value\":%s]}"), many->str);

    g_assert_null (parse (tags, NULL));
  }
}

/* Whatever a byte turns into, it is refused or read; and what is read says the same when it is written and read again. */
static void
test_mangled (void)
{
  static const char text[] = HEAD ("update", "lead") TAIL ",\"fields\":{\"stage\":{\"base\":\"new\",\"value\":\"won\"},"
                             "\"tags\":{\"base\":[\"a\"],\"value\":[\"a\",\"b\"]},\"estimated_value\":{\"value\":\"12.50\"}}}";
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);
  guint n_read = 0;

  for (guint round = 0; round < 20000; round++)
    {
      g_autofree char *mangled = g_strdup (text);
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (InbMutation) mutation = NULL;
      g_autoptr (InbMutation) again = NULL;
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;

      for (int n = g_rand_int_range (random, 1, 4); n > 0; n--)
        mangled[g_rand_int_range (random, 0, (int) strlen (text))] = (char) g_rand_int_range (random, 1, 256);
      node = inb_json_parse (mangled, strlen (mangled), NULL);
      if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
        continue;
      mutation = inb_mutation_new_from_json (json_node_get_object (node), NULL);
      if (mutation == NULL)
        continue;
      n_read++;
      first = to_json (mutation);
      again = parse (first, NULL);
      g_assert_nonnull (again);
      second = to_json (again);
      g_assert_cmpstr (first, ==, second);
    }
  g_assert_cmpuint (n_read, >, 100);
}

static void
test_result (void)
{
  g_autoptr (InbMutationResult) result = inb_mutation_result_new (ID, INB_MUTATION_APPLIED);
  g_autoptr (InbMutationResult) again = NULL;
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  result->change_seq = 12;
  inb_mutation_result_add_conflict (result, INB_LEAD_TAGS, NULL, "[\"a\"]", "[]");
  inb_mutation_result_add_conflict (result, INB_LEAD_LEAD_SCORE, "1", "2", "3");
  inb_mutation_result_append_json (result, INB_KIND_LEAD, json);
  g_assert_cmpstr (json->str, ==, "{\"id\":\"" ID "\",\"status\":\"conflict\",\"change_seq\":12,\"conflicts\":["
                   "{\"field\":\"tags\",\"base\":null,\"mine\":[\"a\"],\"theirs\":[]},"
                   "{\"field\":\"lead_score\",\"base\":1,\"mine\":2,\"theirs\":3}]}");

  node = inb_json_parse (json->str, json->len, NULL);
  again = inb_mutation_result_new_from_json (json_node_get_object (node), INB_KIND_LEAD, &error);
  g_assert_no_error (error);
  g_assert_cmpint (again->status, ==, INB_MUTATION_CONFLICT);
  g_assert_cmpuint (again->conflicts->len, ==, 2);
  g_assert_cmpstr (((InbFieldConflict *) again->conflicts->pdata[1])->theirs, ==, "3");

  inb_mutation_result_reject (again, INB_ERROR_NOT_FOUND, "gone");
  g_string_truncate (json, 0);
  inb_mutation_result_append_json (again, INB_KIND_LEAD, json);
  g_assert_cmpstr (json->str, ==, "{\"id\":\"" ID "\",\"status\":\"rejected\",\"change_seq\":12,\"code\":\"not_found\",\"message\":\"gone\"}");

  g_clear_pointer (&node, json_node_unref);
  node = inb_json_parse ("{\"id\":\"" ID "\",\"status\":\"perhaps\"}", -1 + sizeof "{\"id\":\"" ID "\",\"status\":\"perhaps\"}", NULL);
  g_assert_null (inb_mutation_result_new_from_json (json_node_get_object (node), INB_KIND_LEAD, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_PROTOCOL);
}

static void
test_roles (void)
{
  static const char rights[INB_N_RIGHTS][5] = {
    /* viewer, agent, manager, owner */
    [INB_RIGHT_READ] = "yyyy",
    [INB_RIGHT_EDIT] = "-yyy",
    [INB_RIGHT_BULK] = "--yy",
    [INB_RIGHT_IMPORT] = "--yy",
    [INB_RIGHT_EXPORT] = "--yy",
    [INB_RIGHT_SHARE_VIEWS] = "--yy",
    [INB_RIGHT_STAGES] = "--yy",
    [INB_RIGHT_TEAMS] = "--yy",
    [INB_RIGHT_MERGE] = "--yy",
    [INB_RIGHT_WEBHOOKS] = "---y",
    [INB_RIGHT_USERS] = "---y",
    [INB_RIGHT_TOKENS] = "---y",
  };
  InbRole role;

  for (guint right = 0; right < INB_N_RIGHTS; right++)
    {
      g_assert_false (inb_role_may (INB_ROLE_NONE, right));
      for (guint i = INB_ROLE_VIEWER; i <= INB_ROLE_OWNER; i++)
        {
          g_assert_cmpint (inb_role_may (i, right), ==, rights[right][i - INB_ROLE_VIEWER] == 'y');
          g_assert_cmpint (i >= inb_right_get_role (right), ==, inb_role_may (i, right));
        }
    }
  for (guint i = INB_ROLE_VIEWER; i <= INB_ROLE_OWNER; i++)
    {
      g_assert_true (inb_role_from_name (inb_role_get_name (i), &role));
      g_assert_cmpint (role, ==, i);
    }
  g_assert_false (inb_role_from_name ("none", &role));
  g_assert_false (inb_role_from_name (NULL, &role));
  g_assert_cmpint (role, ==, INB_ROLE_NONE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mutation/round-trip", test_round_trip);
  g_test_add_func ("/mutation/clean", test_clean);
  g_test_add_func ("/mutation/strict", test_strict);
  g_test_add_func ("/mutation/limits", test_limits);
  g_test_add_func ("/mutation/mangled", test_mangled);
  g_test_add_func ("/mutation/result", test_result);
  g_test_add_func ("/mutation/roles", test_roles);

  return g_test_run ();
}
