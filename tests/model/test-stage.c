/* Status words, the stages of a workspace, and the function that sets a lead's stage. */
#include "inb-json.h"
#include "inb-stage.h"
#include "inb-time.h"

#include <string.h>

#define NOW G_GINT64_CONSTANT (1767225600000000) /* 2026-01-01T00:00:00Z */

typedef struct {
  const char *word;
  const char *key;
} WordCase;

static const WordCase words[] = {
  { "new", "new" }, { "New", "new" }, { " NEW ", "new" }, { "neu", "new" }, { "Nouveau", "new" },
  { "contacted", "contacted" }, { "qualified", "qualified" }, { "QUALIFIED", "qualified" }, { "Qualifié", "qualified" },
  { "proposal", "proposal" }, { "Angebot", "proposal" },
  { "won", "won" }, { "Won", "won" }, { "converted", "won" }, { "closed-won", "won" }, { "Closed_Won", "won" },
  { "closed  won", "won" }, { "Gagné", "won" }, { "gewonnen", "won" },
  { "lost", "lost" }, { "rejected", "lost" }, { "closed lost", "lost" }, { "verloren", "lost" }, { "Perdu", "lost" },
  { "active", NULL }, { "LEAD", NULL }, { "", NULL }, { "   ", NULL }, { NULL, NULL }, { "newer", NULL }, { "💥", NULL },
};

static void
test_words (void)
{
  g_autoptr (InbStageSet) stages = inb_stage_set_new_default ();

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_test_message ("word %s", words[i].word == NULL ? "(none)" : words[i].word);
      g_assert_cmpstr (inb_stage_set_map_word (stages, NULL, words[i].word), ==, words[i].key);
    }
}

static InbRow *
make_stage (int         number,
            const char *key,
            const char *name,
            const char *category,
            const char *status_words)
{
  InbRow *row = inb_row_new (INB_KIND_STAGE);

  inb_row_set_integer (row, INB_STAGE_NUMBER, number);
  inb_row_set_integer (row, INB_STAGE_POSITION, number);
  inb_row_set (row, INB_STAGE_KEY, key);
  inb_row_set (row, INB_STAGE_NAME, name);
  inb_row_set (row, INB_STAGE_CATEGORY, category);
  inb_row_set (row, INB_STAGE_STATUS_WORDS, status_words);

  return row;
}

/* The webhook's table comes before the stages' words, these before the built-in ones; gone stages mean nothing. */
static void
test_precedence (void)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);
  g_autoptr (JsonNode) table = NULL;
  g_autoptr (InbStageSet) stages = NULL;
  const char *json = "{\"Hot Lead\":\"deal\",\"converted\":\"open\",\"rejected\":\"gone\",\"cold\":\"archive\",\"n\":1}";
  InbRow *archived = make_stage (4, "archive", "Archive", "open", "[\"old\"]");

  inb_row_set (archived, INB_STAGE_ARCHIVED_AT, "2026-01-01T00:00:00.000000Z");
  g_ptr_array_add (rows, make_stage (3, "bin", "Papierkorb", "lost", NULL));
  g_ptr_array_add (rows, make_stage (1, "open", "Offen", "open", "[\"Begun\",\"sold\",5]"));
  g_ptr_array_add (rows, make_stage (2, "deal", "Abgeschlossen", "won", "not json"));
  g_ptr_array_add (rows, archived);
  g_ptr_array_add (rows, make_stage (9, "open", "A second of the same key", "won", NULL));
  stages = inb_stage_set_new (rows);
  table = inb_json_parse (json, strlen (json), NULL);

  g_assert_cmpuint (inb_stage_set_get_size (stages), ==, 4);
  g_assert_cmpstr (inb_row_get (inb_stage_set_get (stages, 0), INB_STAGE_KEY), ==, "open");
  g_assert_cmpstr (inb_row_get (inb_stage_set_get (stages, 2), INB_STAGE_KEY), ==, "bin");
  g_assert_cmpint (inb_stage_set_get_category (stages, "deal"), ==, INB_STAGE_CATEGORY_WON);
  g_assert_cmpint (inb_stage_set_get_category (stages, "bin"), ==, INB_STAGE_CATEGORY_LOST);
  g_assert_cmpint (inb_stage_set_get_category (stages, "unheard of"), ==, INB_STAGE_CATEGORY_OPEN);
  g_assert_cmpint (inb_stage_set_get_category (stages, NULL), ==, INB_STAGE_CATEGORY_OPEN);
  g_assert_cmpint (inb_stage_set_get_category (stages, "won"), ==, INB_STAGE_CATEGORY_WON);
  g_assert_cmpint (inb_stage_set_get_category (stages, "lost"), ==, INB_STAGE_CATEGORY_LOST);
  g_assert_null (inb_stage_set_find (stages, NULL));
  g_assert_nonnull (inb_stage_set_find (stages, "archive"));

  g_assert_cmpstr (inb_stage_set_map_word (stages, NULL, "begun"), ==, "open");
  g_assert_cmpstr (inb_stage_set_map_word (stages, NULL, "sold"), ==, "open");
  g_assert_cmpstr (inb_stage_set_map_word (stages, NULL, "converted"), ==, "deal");
  g_assert_cmpstr (inb_stage_set_map_word (stages, NULL, "rejected"), ==, "bin");
  g_assert_cmpstr (inb_stage_set_map_word (stages, NULL, "papierkorb"), ==, "bin");
  g_assert_cmpstr (inb_stage_set_map_word (stages, NULL, "qualified"), ==, NULL);
  g_assert_cmpstr (inb_stage_set_map_word (stages, NULL, "archive"), ==, NULL);
  g_assert_cmpstr (inb_stage_set_map_word (stages, NULL, "old"), ==, NULL);
  g_assert_cmpstr (inb_stage_set_map_word (stages, json_node_get_object (table), "hot-lead"), ==, "deal");
  g_assert_cmpstr (inb_stage_set_map_word (stages, json_node_get_object (table), "converted"), ==, "open");
  g_assert_cmpstr (inb_stage_set_map_word (stages, json_node_get_object (table), "rejected"), ==, "bin");
  g_assert_cmpstr (inb_stage_set_map_word (stages, json_node_get_object (table), "cold"), ==, NULL);
  g_assert_cmpstr (inb_stage_set_map_word (stages, json_node_get_object (table), "n"), ==, NULL);
}

typedef struct {
  const char *from;
  const char *to;
  const char *number;
  gboolean    is_active;
  gboolean    is_converted;
  gboolean    is_lost;
} StageCase;

static const StageCase moves[] = {
  { NULL, "new", "1", TRUE, FALSE, FALSE },
  { NULL, "won", "5", TRUE, TRUE, FALSE },
  { NULL, "lost", "6", FALSE, FALSE, TRUE },
  { "new", "contacted", "2", TRUE, FALSE, FALSE },
  { "new", "won", "5", TRUE, TRUE, FALSE },
  { "new", "lost", "6", FALSE, FALSE, TRUE },
  { "won", "new", "1", TRUE, FALSE, FALSE },
  { "won", "lost", "6", FALSE, FALSE, TRUE },
  { "lost", "won", "5", TRUE, TRUE, FALSE },
  { "lost", "qualified", "3", TRUE, FALSE, FALSE },
};

static void
test_moves (void)
{
  g_autoptr (InbStageSet) stages = inb_stage_set_new_default ();
  g_autofree char *later = inb_time_format (NOW + 5);

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      g_autoptr (InbRow) lead = inb_row_new (INB_KIND_LEAD);

      g_test_message ("%s → %s", moves[i].from == NULL ? "(none)" : moves[i].from, moves[i].to);
      if (moves[i].from != NULL)
        g_assert_true (inb_lead_set_stage (lead, stages, moves[i].from, NOW));
      g_assert_true (inb_lead_set_stage (lead, stages, moves[i].to, NOW + 5));
      g_assert_cmpstr (inb_row_get (lead, INB_LEAD_STAGE), ==, moves[i].to);
      g_assert_cmpstr (inb_row_get (lead, INB_LEAD_PREVIOUS_STAGE), ==, moves[i].from);
      g_assert_cmpstr (inb_row_get (lead, INB_LEAD_LEAD_STATUS_ID), ==, moves[i].number);
      g_assert_cmpstr (inb_row_get (lead, INB_LEAD_IS_ACTIVE), ==, moves[i].is_active ? "true" : "false");
      g_assert_cmpstr (inb_row_get (lead, INB_LEAD_IS_CONVERTED), ==, moves[i].is_converted ? "true" : "false");
      g_assert_cmpstr (inb_row_get (lead, INB_LEAD_CONVERTED_AT), ==, moves[i].is_converted ? later : NULL);
      g_assert_cmpstr (inb_row_get (lead, INB_LEAD_LOST_AT), ==, moves[i].is_lost ? later : NULL);
    }
}

/* Setting the same stage changes nothing, and won and back leaves no trace but previous_stage. */
static void
test_back (void)
{
  g_autoptr (InbStageSet) stages = inb_stage_set_new_default ();
  const char *ends[] = { "won", "lost" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (InbRow) lead = inb_row_new (INB_KIND_LEAD);
      g_autoptr (InbRow) before = NULL;
      g_autoptr (GString) expected = g_string_new (NULL);
      g_autoptr (GString) got = g_string_new (NULL);

      inb_lead_set_stage (lead, stages, "new", NOW);
      inb_lead_set_stage (lead, stages, "qualified", NOW);
      before = inb_row_copy (lead);
      g_assert_false (inb_lead_set_stage (lead, stages, "qualified", NOW + 1));
      inb_row_append_json (before, TRUE, expected);
      inb_row_append_json (lead, TRUE, got);
      g_assert_cmpstr (got->str, ==, expected->str);

      g_assert_true (inb_lead_set_stage (lead, stages, ends[i], NOW + 2));
      g_assert_true (inb_lead_set_stage (lead, stages, "qualified", NOW + 3));
      g_assert_cmpstr (inb_row_get (lead, INB_LEAD_PREVIOUS_STAGE), ==, ends[i]);
      inb_row_set (lead, INB_LEAD_PREVIOUS_STAGE, inb_row_get (before, INB_LEAD_PREVIOUS_STAGE));
      g_string_truncate (got, 0);
      inb_row_append_json (lead, TRUE, got);
      g_assert_cmpstr (got->str, ==, expected->str);
    }
}

/* Between two won stages the conversion keeps its time. */
static void
test_two_won (void)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);
  g_autoptr (InbStageSet) stages = NULL;
  g_autoptr (InbRow) lead = inb_row_new (INB_KIND_LEAD);

  g_ptr_array_add (rows, make_stage (1, "signed", "Signed", "won", NULL));
  g_ptr_array_add (rows, make_stage (2, "paid", "Paid", "won", NULL));
  stages = inb_stage_set_new (rows);
  inb_lead_set_stage (lead, stages, "signed", NOW);
  inb_lead_set_stage (lead, stages, "paid", NOW + 1);

  g_assert_cmpint (inb_row_get_time (lead, INB_LEAD_CONVERTED_AT), ==, NOW);
  g_assert_cmpstr (inb_row_get (lead, INB_LEAD_PREVIOUS_STAGE), ==, "signed");
}

static void
test_default_rows (void)
{
  g_autoptr (GPtrArray) rows = inb_stage_default_rows ("acme", NOW);
  const char *keys[] = { "new", "contacted", "qualified", "proposal", "won", "lost" };

  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (keys));
  for (guint i = 0; i < rows->len; i++)
    {
      const InbRow *row = g_ptr_array_index (rows, i);

      g_assert_cmpstr (inb_row_get (row, INB_STAGE_KEY), ==, keys[i]);
      g_assert_cmpstr (inb_row_get (row, INB_STAGE_WORKSPACE_ID), ==, "acme");
      g_assert_cmpint (inb_row_get_integer (row, INB_STAGE_NUMBER, 0), ==, i + 1);
      g_assert_cmpint (inb_row_get_boolean (row, INB_STAGE_IS_DEFAULT), ==, i == 0);
      g_assert_cmpint (inb_row_get_time (row, INB_STAGE_CREATED_AT), ==, NOW);
      g_assert_nonnull (inb_row_get_key (row));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stage/words", test_words);
  g_test_add_func ("/stage/precedence", test_precedence);
  g_test_add_func ("/stage/moves", test_moves);
  g_test_add_func ("/stage/back", test_back);
  g_test_add_func ("/stage/two-won", test_two_won);
  g_test_add_func ("/stage/default-rows", test_default_rows);

  return g_test_run ();
}
