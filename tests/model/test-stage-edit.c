/* The list of stages as it is sent and edited: what is refused and why, what is written, and what follows for leads. */
#include "inb-error.h"
#include "inb-json.h"
#include "inb-key.h"
#include "inb-stage-edit.h"
#include "inb-time.h"

#include <string.h>

#define NOW G_GINT64_CONSTANT (1767225600000000) /* 2026-01-01T00:00:00Z */
#define LATER (NOW + INB_TIME_DAY)
#define USER "40000000-0000-4000-8000-000000000001"
#define OTHERS "{\"key\":\"contacted\"},{\"key\":\"qualified\"},{\"key\":\"proposal\"}"
#define ENDS "{\"key\":\"won\"},{\"key\":\"lost\"}"

static InbStageEdit *
parse (InbStageSet *stages,
       const char  *text,
       GError     **error)
{
  g_autoptr (JsonNode) node = inb_json_parse (text, strlen (text), NULL);

  g_assert_nonnull (node);

  return inb_stage_edit_new_from_json (json_node_get_object (node), stages, error);
}

static GPtrArray *
apply (InbStageSet *stages,
       const char  *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbStageEdit) edit = parse (stages, text, &error);

  g_assert_no_error (error);
  g_assert_true (inb_stage_edit_check (edit, stages, &error));
  g_assert_no_error (error);

  return inb_stage_edit_apply (edit, stages, "demo", USER, LATER);
}

typedef struct {
  const char *body;
  const char *message; /* a part of what is said */
} Refusal;

static const Refusal refusals[] = {
  { "{}", "stages must be the whole list" },
  { "{\"stages\":[1]}", "stages[0] must be an object" },
  { "{\"stages\":[{\"key\":\"new\"}," OTHERS "]}", "“won” is missing" },
  { "{\"stages\":[{\"key\":\"new\"}," OTHERS "," ENDS ",{\"key\":\"won\"}]}", "twice" },
  { "{\"stages\":[{\"key\":\"nowhere\"}," OTHERS "," ENDS "]}", "stages[0].key is no stage" },
  { "{\"stages\":[{\"id\":\"40000000-0000-4000-8000-000000000001\",\"key\":\"new\"}," OTHERS "," ENDS "]}", "keys never change" },
  { "{\"stages\":[{\"key\":\"new\",\"wings\":2}," OTHERS "," ENDS "]}", "stages[0].wings is nothing" },
  { "{\"stages\":[{\"key\":\"new\",\"name\":\"\"}," OTHERS "," ENDS "]}", "stages[0].name must have" },
  { "{\"stages\":[{\"key\":\"new\",\"name\":7}," OTHERS "," ENDS "]}", "stages[0].name must be text" },
  { "{\"stages\":[{\"key\":\"new\",\"name\":\"WÖN\"}," OTHERS ",{\"key\":\"won\",\"name\":\"won\"},{\"key\":\"lost\"}]}", "is called" },
  { "{\"stages\":[{\"key\":\"new\",\"color\":\"red\"}," OTHERS "," ENDS "]}", "stages[0].color" },
  { "{\"stages\":[{\"key\":\"new\",\"category\":\"maybe\"}," OTHERS "," ENDS "]}", "stages[0].category" },
  { "{\"stages\":[{\"key\":\"new\",\"category\":\"won\"}," OTHERS "," ENDS "]}", "where leads arrive" },
  { "{\"stages\":[{\"key\":\"new\",\"is_hidden\":true}," OTHERS "," ENDS "]}", "where leads arrive" },
  { "{\"stages\":[{\"key\":\"new\",\"is_default\":false}," OTHERS "," ENDS "]}", "exactly one must be the default, not 0" },
  { "{\"stages\":[{\"key\":\"new\"},{\"key\":\"contacted\",\"is_default\":true},{\"key\":\"qualified\"},{\"key\":\"proposal\"}," ENDS "]}",
    "not 2" },
  { "{\"stages\":[{\"key\":\"new\"}," OTHERS ",{\"key\":\"won\",\"category\":\"open\"},{\"key\":\"lost\"}]}", "must be won" },
  { "{\"stages\":[{\"key\":\"new\"}," OTHERS ",{\"key\":\"won\"},{\"key\":\"lost\",\"is_hidden\":true}]}", "must be lost" },
  { "{\"stages\":[{\"key\":\"new\",\"probability\":101}," OTHERS "," ENDS "]}", "from 0 to 100" },
  { "{\"stages\":[{\"key\":\"new\",\"probability\":\"50\"}," OTHERS "," ENDS "]}", "a whole number" },
  { "{\"stages\":[{\"key\":\"new\",\"stale_after_days\":0}," OTHERS "," ENDS "]}", "from 1 to" },
  { "{\"stages\":[{\"key\":\"new\",\"sets_temperature\":\"mild\"}," OTHERS "," ENDS "]}", "hot, warm, cold" },
  { "{\"stages\":[{\"key\":\"new\",\"status_words\":[\"\"]}," OTHERS "," ENDS "]}", "status_words" },
  { "{\"stages\":[{\"key\":\"new\",\"status_words\":[3]}," OTHERS "," ENDS "]}", "status_words" },
  { "{\"stages\":[{\"key\":\"new\",\"status_words\":{}}," OTHERS "," ENDS "]}", "a list of words" },
  { "{\"stages\":[{\"key\":\"new\",\"status_words\":[\"Fresh Lead\"]}," OTHERS ",{\"key\":\"won\",\"status_words\":[\"fresh_lead\"]},"
    "{\"key\":\"lost\"}]}", "means the stage “New”" },
  { "{\"stages\":[" OTHERS "," ENDS "],\"archive\":{\"new\":\"contacted\"}}", "leads arrive in this stage" },
  { "{\"stages\":[{\"key\":\"new\"}," OTHERS "," ENDS "],\"archive\":{\"contacted\":null}}", "in the list of stages as well" },
  { "{\"stages\":[{\"key\":\"new\"}," OTHERS "," ENDS "],\"archive\":{\"nowhere\":null}}", "is no stage in use" },
  { "{\"stages\":[{\"key\":\"new\"}," OTHERS "," ENDS "],\"archive\":[]}", "archive must be an object" },
  { "{\"stages\":[{\"key\":\"new\"},{\"key\":\"contacted\"},{\"key\":\"qualified\"}," ENDS "],\"archive\":{\"proposal\":\"gone\"}}",
    "that its leads could go to" },
  { "{\"stages\":[{\"key\":\"new\"},{\"key\":\"contacted\"},{\"key\":\"qualified\"}," ENDS "],\"archive\":{\"proposal\":1}}",
    "archive.proposal must be" },
};

static void
test_refusals (void)
{
  g_autoptr (InbStageSet) stages = inb_stage_set_new_default ();

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (InbStageEdit) edit = parse (stages, refusals[i].body, &error);

      g_test_message ("%s", refusals[i].body);
      g_assert_true (edit == NULL || !inb_stage_edit_check (edit, stages, &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE);
      g_test_message ("→ %s", error->message);
      g_assert_nonnull (strstr (error->message, refusals[i].message));
    }
}

static void
test_nothing (void)
{
  g_autoptr (InbStageSet) stages = inb_stage_set_new_default ();
  g_autoptr (InbStageEdit) edit = inb_stage_edit_new (stages);
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) sent = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (inb_stage_edit_check (edit, stages, &error));
  g_assert_no_error (error);
  rows = inb_stage_edit_apply (edit, stages, "demo", USER, LATER);
  g_assert_cmpuint (rows->len, ==, 0);

  /* What the editor sends says the same. Only what a stage lacked is filled in. */
  inb_stage_edit_append_json (edit, 7, json);
  sent = apply (stages, json->str);
  for (guint i = 0; i < sent->len; i++)
    {
      InbRow *row = g_ptr_array_index (sent, i);

      g_assert_cmpstr (inb_row_get (row, INB_STAGE_STATUS_WORDS), ==, "[]");
      g_assert_cmpstr (inb_row_get (inb_stage_set_find (stages, inb_row_get (row, INB_STAGE_KEY)), INB_STAGE_STATUS_WORDS), ==, NULL);
    }
}

static void
test_changes (void)
{
  g_autoptr (InbStageSet) stages = inb_stage_set_new_default ();
  g_autoptr (GPtrArray) rows = NULL;
  const InbRow *row;

  rows = apply (stages,
                "{\"stages\":[{\"key\":\"new\",\"status_words\":[],\"name\":\" Neu \"},{\"name\":\"Rückruf  nötig!\",\"status_words\":[\"callback\"]},"
                "{\"name\":\"新\"},{\"name\":\"Contacted (2)\"},{\"key\":\"contacted\",\"status_words\":[]},{\"key\":\"qualified\",\"status_words\":[]},"
                ENDS "],\"archive\":{\"proposal\":\"qualified\"}}");
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (inb_row_get (row, INB_STAGE_NAME), ==, "Neu");
  g_assert_cmpstr (inb_row_get (row, INB_STAGE_KEY), ==, "new");
  g_assert_cmpint (inb_row_get_integer (row, INB_STAGE_NUMBER, 0), ==, 1);
  row = g_ptr_array_index (rows, 1);
  g_assert_cmpstr (inb_row_get (row, INB_STAGE_KEY), ==, "ruckruf_notig");
  g_assert_cmpint (inb_row_get_integer (row, INB_STAGE_NUMBER, 0), ==, 7);
  g_assert_cmpint (inb_row_get_integer (row, INB_STAGE_POSITION, 0), ==, 20);
  g_assert_cmpstr (inb_row_get (row, INB_STAGE_CATEGORY), ==, "open");
  g_assert_cmpstr (inb_row_get (row, INB_STAGE_CREATED_BY), ==, USER);
  g_assert_cmpint (inb_row_get_time (row, INB_STAGE_CREATED_AT), ==, LATER);
  row = g_ptr_array_index (rows, 2);
  g_assert_cmpstr (inb_row_get (row, INB_STAGE_KEY), ==, "stage");
  row = g_ptr_array_index (rows, 3);
  g_assert_cmpstr (inb_row_get (row, INB_STAGE_KEY), ==, "contacted_2");
  row = g_ptr_array_index (rows, rows->len - 1);
  g_assert_cmpstr (inb_row_get (row, INB_STAGE_KEY), ==, "proposal");
  g_assert_cmpint (inb_row_get_time (row, INB_STAGE_ARCHIVED_AT), ==, LATER);
}

/* An archived stage keeps its key, and comes back under it. */
static void
test_archived (void)
{
  g_autoptr (GPtrArray) defaults = inb_stage_default_rows ("demo", NOW);
  g_autoptr (InbStageSet) stages = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  inb_row_set_time (g_ptr_array_index (defaults, 3), INB_STAGE_ARCHIVED_AT, NOW);
  for (guint i = 0; i < defaults->len; i++)
    {
      inb_row_set (g_ptr_array_index (defaults, i), INB_STAGE_STATUS_WORDS, "[]");
      inb_row_set_integer (g_ptr_array_index (defaults, i), INB_STAGE_CHANGE_SEQ, 20 - (gint64) i);
    }
  stages = inb_stage_set_new (defaults);
  g_assert_cmpint (inb_stage_set_get_seq (stages), ==, 20);

  rows = apply (stages, "{\"stages\":[{\"key\":\"new\"},{\"key\":\"contacted\"},{\"key\":\"qualified\"},{\"name\":\"Proposal 1\"}," ENDS "]}");
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpstr (inb_row_get (g_ptr_array_index (rows, 0), INB_STAGE_KEY), ==, "proposal_1");
  g_clear_pointer (&rows, g_ptr_array_unref);

  rows = apply (stages, "{\"stages\":[{\"key\":\"new\"},{\"key\":\"contacted\"},{\"key\":\"qualified\"},{\"key\":\"proposal\"}," ENDS "]}");
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_null (inb_row_get (g_ptr_array_index (rows, 0), INB_STAGE_ARCHIVED_AT));
}

static void
test_keys (void)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  static const char * const names[][2] = {
    { "North", "north" }, { "NORTH ", "north_2" }, { "Süd-West", "sud_west" }, { "--", "team" }, { "東", "team_2" },
    { "a name that is much longer than any key may be, as people do", "a_name_that_is_much_longer_than_any_key" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      char *key = inb_key_make (names[i][0], "team", taken);

      g_assert_cmpstr (key, ==, names[i][1]);
      g_hash_table_add (taken, key);
    }
}

static void
test_followers (void)
{
  g_autoptr (GPtrArray) defaults = inb_stage_default_rows ("demo", NOW);
  g_autoptr (InbRow) lead = inb_row_new (INB_KIND_LEAD);
  g_autoptr (InbStageSet) stages = inb_stage_set_new (defaults);
  g_autoptr (InbStageSet) won = NULL;
  g_autoptr (InbStageSet) lost = NULL;

  g_assert_true (inb_lead_set_stage (lead, stages, "proposal", NOW));
  g_assert_false (inb_lead_follow_stage (lead, stages, LATER));

  inb_row_set (g_ptr_array_index (defaults, 3), INB_STAGE_CATEGORY, "won");
  won = inb_stage_set_new (defaults);
  g_assert_true (inb_lead_follow_stage (lead, won, LATER));
  g_assert_true (inb_row_get_boolean (lead, INB_LEAD_IS_CONVERTED));
  g_assert_cmpint (inb_row_get_time (lead, INB_LEAD_CONVERTED_AT), ==, LATER);
  g_assert_cmpstr (inb_row_get (lead, INB_LEAD_STAGE), ==, "proposal");
  g_assert_null (inb_row_get (lead, INB_LEAD_PREVIOUS_STAGE));
  g_assert_false (inb_lead_follow_stage (lead, won, LATER + 1));

  inb_row_set (g_ptr_array_index (defaults, 3), INB_STAGE_CATEGORY, "lost");
  lost = inb_stage_set_new (defaults);
  g_assert_true (inb_lead_follow_stage (lead, lost, LATER));
  g_assert_false (inb_row_get_boolean (lead, INB_LEAD_IS_CONVERTED));
  g_assert_false (inb_row_get_boolean (lead, INB_LEAD_IS_ACTIVE));
  g_assert_null (inb_row_get (lead, INB_LEAD_CONVERTED_AT));
  g_assert_cmpint (inb_row_get_time (lead, INB_LEAD_LOST_AT), ==, LATER);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stage-edit/refusals", test_refusals);
  g_test_add_func ("/stage-edit/nothing", test_nothing);
  g_test_add_func ("/stage-edit/changes", test_changes);
  g_test_add_func ("/stage-edit/archived", test_archived);
  g_test_add_func ("/stage-edit/keys", test_keys);
  g_test_add_func ("/stage-edit/followers", test_followers);

  return g_test_run ();
}
