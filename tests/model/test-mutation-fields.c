/* What becomes of single fields: which values are the same, conflicts of each column, sets that go together, what follows. */
#include "inb-mutation-kit.h"

#include "inb-value.h"

#define LEAD INB_KIND_LEAD
#define CONTACT INB_KIND_CONTACT
#define ACTIVITY INB_KIND_ACTIVITY

typedef MutationKit Kit;

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
  g_assert_cmpint (mutation_kit_apply (kit, mutation_kit_update (kit, kind, 1, column, base, mine)), ==, INB_MUTATION_APPLIED);
  g_assert_true (inb_column_equal (kind, column, mutation_kit_get (kit, kind, 1, column), mine));
  g_assert_nonnull (kit->undo);

  /* Already what the user wants: nothing is written. */
  g_assert_cmpint (mutation_kit_apply (kit, mutation_kit_update (kit, kind, 1, column, base, mine)), ==, INB_MUTATION_APPLIED);
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
      mutation = mutation_kit_update (kit, kind, 1, column, base, mine);
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
  g_assert_cmpint (mutation_kit_apply (kit, mutation_kit_update (kit, LEAD, 1, INB_LEAD_TAGS, "[\"old\"]", "[\"new\"]")), ==,
                   INB_MUTATION_APPLIED);
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
  g_assert_cmpint (mutation_kit_apply (kit, mutation_kit_update (kit, CONTACT, 1, INB_CONTACT_PHONE, NULL, "030 1234")), ==,
                   INB_MUTATION_APPLIED);
  record = g_strdup (kit->undo);
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_PHONE_E164), ==, "+49301234");
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_PHONE_DISPLAY), ==, "030 1234");
  g_assert_cmpint (mutation_kit_undo (kit, CONTACT, 1, record), ==, INB_MUTATION_APPLIED);
  g_assert_null (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_PHONE_E164));
  g_assert_null (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_PHONE_DISPLAY));
  mutation_kit_free (kit);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mutation-fields/equal", test_equal);
  g_test_add_func ("/mutation-fields/conflicts", test_conflicts);
  g_test_add_func ("/mutation-fields/sets", test_sets);
  g_test_add_func ("/mutation-fields/derived", test_derived);

  return g_test_run ();
}
