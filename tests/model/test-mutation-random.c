/* Sequences of mutations that nobody thought of: undone in reverse order they leave no trace, two desktops come to the same rows, and
 * nobody's undo takes away what somebody else has written.
 */
#include "inb-mutation-kit.h"

#include "inb-time.h"
#include "inb-undo-record.h"
#include "inb-value.h"

#include <string.h>

#define N_SEEDS 400
#define N_STEPS 14

typedef MutationKit Kit;

/* What was done, to be undone. */
typedef struct {
  InbKind  kind;
  guint    number;
  char    *record;
} Done;

static void
done_free (gpointer data)
{
  Done *self = data;

  g_free (self->record);
  g_free (self);
}

static const InbKind kinds[] = { INB_KIND_LEAD, INB_KIND_CONTACT, INB_KIND_ACTIVITY, INB_KIND_VIEW };

static guint
count_rows (InbKind kind)
{
  return kind == INB_KIND_LEAD ? 4 : kind == INB_KIND_VIEW ? 2 : 3;
}

static guint
pick_column (GRand   *random,
             InbKind  kind)
{
  guint n_columns;
  const InbColumn *columns = inb_kind_get_columns (kind, &n_columns);
  guint column;

  do
    column = (guint) g_rand_int_range (random, 0, (int) n_columns);
  while ((columns[column].flags & INB_COLUMN_EDITABLE) == 0);

  return column;
}

static InbMutation *
make_update (Kit   *kit,
             GRand *random)
{
  InbKind kind = kinds[g_rand_int_range (random, 0, G_N_ELEMENTS (kinds))];
  guint number = (guint) g_rand_int_range (random, 1, (int) count_rows (kind) + 1);
  InbMutation *mutation = mutation_kit_make (kit, INB_MUTATION_UPDATE, kind, number);

  for (int n = g_rand_int_range (random, 1, 5); n > 0; n--)
    {
      guint column = kind == INB_KIND_LEAD && n == 1 ? INB_LEAD_STAGE : pick_column (random, kind);
      g_autofree char *value = mutation_kit_sample (kind, column, g_rand_int_range (random, 0, 90));

      inb_mutation_add_change (mutation, column, mutation_kit_get (kit, kind, number, column), value);
    }

  return mutation;
}

static InbMutation *
make_activity (Kit   *kit,
               GRand *random,
               guint  number)
{
  static const char * const types[] = { "note", "call", "email", "sms", "meeting" };
  InbMutation *mutation = mutation_kit_make (kit, INB_MUTATION_CREATE, INB_KIND_ACTIVITY, number);
  guint lead = (guint) g_rand_int_range (random, 1, 5);

  inb_mutation_add_blind_change (mutation, INB_ACTIVITY_ACTIVITY_TYPE, types[g_rand_int_range (random, 0, 5)]);
  inb_mutation_add_blind_change (mutation, INB_ACTIVITY_LEAD_ID, mutation_kit_id (INB_KIND_LEAD, lead));
  inb_mutation_add_blind_change (mutation, INB_ACTIVITY_BODY, "Body");

  return mutation;
}

static InbMutation *
make_lead (Kit   *kit,
           GRand *random,
           guint  number)
{
  InbMutation *mutation = mutation_kit_make (kit, INB_MUTATION_CREATE, INB_KIND_LEAD, number);

  inb_mutation_add_blind_change (mutation, INB_LEAD_CONTACT_ID,
                                 mutation_kit_id (INB_KIND_CONTACT, (guint) g_rand_int_range (random, 1, 4)));
  inb_mutation_add_blind_change (mutation, INB_LEAD_STAGE, g_rand_boolean (random) ? "won" : "qualified");

  return mutation;
}

static InbMutation *
make_merge (Kit   *kit,
            GRand *random)
{
  guint kept = (guint) g_rand_int_range (random, 1, 4);
  InbMutation *mutation = mutation_kit_make (kit, INB_MUTATION_MERGE, INB_KIND_CONTACT, kept);

  mutation->other_id = g_strdup (mutation_kit_id (INB_KIND_CONTACT, 1 + kept % 3));
  inb_mutation_add_change (mutation, INB_CONTACT_CITY, mutation_kit_get (kit, INB_KIND_CONTACT, kept, INB_CONTACT_CITY), "Rome");

  return mutation;
}

static InbMutation *
make_any (Kit   *kit,
          GRand *random,
          guint  number)
{
  InbKind kind;

  switch (g_rand_int_range (random, 0, 12))
    {
    case 0:
      return make_lead (kit, random, number);
    case 1:
    case 2:
      return make_activity (kit, random, number);
    case 3:
      return make_merge (kit, random);
    case 4:
      kind = kinds[g_rand_int_range (random, 0, G_N_ELEMENTS (kinds))];
      return mutation_kit_make (kit, INB_MUTATION_DELETE, kind, (guint) g_rand_int_range (random, 1, (int) count_rows (kind) + 1));
    default:
      return make_update (kit, random);
    }
}

static guint
get_number (const char *id)
{
  return (guint) g_ascii_strtoull (id + strlen (id) - 2, NULL, 10);
}

static void
assert_same_content (const InbRow *a,
                     const InbRow *b)
{
  InbKind kind = inb_row_get_kind (a);
  guint n_columns;
  const InbColumn *columns = inb_kind_get_columns (kind, &n_columns);

  for (guint i = 0; i < n_columns; i++)
    {
      if (inb_undo_column_is_content (kind, i) && !inb_column_equal (kind, i, inb_row_get (a, i), inb_row_get (b, i)))
        g_error ("%s %s.%s: “%s” is not “%s”", inb_row_get_key (a), inb_kind_get_name (kind), columns[i].name,
                 inb_row_get (a, i), inb_row_get (b, i));
    }
}

static gboolean
is_deleted (const InbRow *row)
{
  return inb_row_get (row, (guint) inb_kind_find_column (inb_row_get_kind (row), "deleted_at")) != NULL;
}

static gboolean
is_log (const InbRow *row)
{
  return inb_row_get_kind (row) == INB_KIND_ACTIVITY && !g_str_has_prefix (inb_row_get_key (row), "0199f000-0000-7000-8000");
}

static void
test_undo_all (void)
{
  guint n_undone = 0;

  for (guint seed = 0; seed < N_SEEDS; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (GPtrArray) done = g_ptr_array_new_with_free_func (done_free);
      g_autoptr (GPtrArray) changed = NULL;
      Kit *kit = mutation_kit_new ();

      for (guint step = 0; step < N_STEPS; step++)
        {
          g_autoptr (InbMutation) mutation = make_any (kit, random, 20 + step);
          InbMutationStatus status = mutation_kit_apply (kit, inb_mutation_ref (mutation));
          Done *one;

          g_assert_cmpint (status, !=, INB_MUTATION_CONFLICT);
          if (kit->undo == NULL)
            continue;
          one = g_new (Done, 1);
          one->kind = mutation->kind;
          one->number = get_number (mutation->entity_id);
          one->record = g_strdup (kit->undo);
          g_ptr_array_add (done, one);
        }
      for (guint i = done->len; i > 0; i--)
        {
          const Done *one = g_ptr_array_index (done, i - 1);
          InbMutationStatus status = mutation_kit_undo (kit, one->kind, one->number, one->record);

          if (status != INB_MUTATION_APPLIED)
            g_error ("seed %u: %s", seed, kit->result->message);
          n_undone++;
        }

      changed = inb_row_set_get_changed (kit->rows);
      for (guint i = 0; i < changed->len; i++)
        {
          const InbRow *row = g_ptr_array_index (changed, i);
          const InbRow *original = inb_row_set_find_original (kit->rows, inb_row_get_kind (row), inb_row_get_key (row));

          if (original != NULL)
            assert_same_content (row, original);
          else
            g_assert_true (is_log (row) || is_deleted (row));
        }
      mutation_kit_free (kit);
    }
  g_assert_cmpuint (n_undone, >, N_SEEDS * N_STEPS / 2);
}

static void
test_same_on_both_sides (void)
{
  for (guint seed = 0; seed < N_SEEDS; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (GPtrArray) ours = NULL;
      g_autoptr (GPtrArray) theirs = NULL;
      Kit *desktop = mutation_kit_new ();
      Kit *server = mutation_kit_copy (desktop);

      for (guint step = 0; step < N_STEPS; step++)
        {
          g_autoptr (InbMutation) mutation = make_any (desktop, random, 20 + step);

          g_assert_cmpint (mutation_kit_apply (desktop, inb_mutation_ref (mutation)), ==,
                           mutation_kit_apply (server, inb_mutation_ref (mutation)));
          g_assert_cmpstr (desktop->undo, ==, server->undo);
        }

      ours = inb_row_set_get_changed (desktop->rows);
      theirs = inb_row_set_get_changed (server->rows);
      g_assert_cmpuint (ours->len, ==, theirs->len);
      for (guint i = 0; i < ours->len; i++)
        {
          g_autoptr (GString) one = g_string_new (NULL);
          g_autoptr (GString) other = g_string_new (NULL);

          inb_row_append_json (ours->pdata[i], FALSE, one);
          inb_row_append_json (theirs->pdata[i], FALSE, other);
          g_assert_cmpstr (one->str, ==, other->str);
        }
      mutation_kit_free (desktop);
      mutation_kit_free (server);
    }
}

/* Anna changes leads, Ben changes some of their fields after her, Anna takes hers back: each field is as it was before Anna, but where
 * Ben wrote, it is Ben's. */
static void
test_undo_keeps_others (void)
{
  guint n_kept = 0;

  for (guint seed = 0; seed < N_SEEDS; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (InbMutation) annas = NULL;
      g_autoptr (InbMutation) bens = NULL;
      g_autofree char *record = NULL;
      Kit *kit = mutation_kit_new ();
      guint n_expected = 0;

      do
        {
          g_clear_pointer (&annas, inb_mutation_unref);
          annas = make_update (kit, random);
        }
      while (annas->kind != INB_KIND_LEAD);
      g_assert_cmpint (mutation_kit_apply (kit, inb_mutation_ref (annas)), ==, INB_MUTATION_APPLIED);
      record = g_strdup (kit->undo);

      mutation_kit_be (kit, KIT_BEN, INB_ROLE_AGENT);
      bens = mutation_kit_make (kit, INB_MUTATION_UPDATE, INB_KIND_LEAD, get_number (annas->entity_id));
      for (guint i = 0; i < annas->changes->len; i++)
        {
          const InbFieldChange *change = g_ptr_array_index (annas->changes, i);
          g_autofree char *value = mutation_kit_sample (INB_KIND_LEAD, change->column, g_rand_int_range (random, 0, 90));

          if (g_rand_boolean (random) && !inb_column_is_set (INB_KIND_LEAD, change->column))
            inb_mutation_add_blind_change (bens, change->column, value);
        }
      mutation_kit_apply (kit, inb_mutation_ref (bens));
      mutation_kit_be (kit, KIT_ANNA, INB_ROLE_AGENT);
      mutation_kit_undo (kit, INB_KIND_LEAD, get_number (annas->entity_id), record);
      g_assert_cmpint (kit->result->status, !=, INB_MUTATION_REJECTED);

      for (guint i = 0; i < annas->changes->len; i++)
        {
          const InbFieldChange *change = g_ptr_array_index (annas->changes, i);
          const InbFieldChange *theirs = inb_mutation_find_change (bens, change->column);
          const InbRow *original = inb_row_set_find_original (kit->rows, INB_KIND_LEAD, annas->entity_id);
          const char *now = mutation_kit_get (kit, INB_KIND_LEAD, get_number (annas->entity_id), change->column);
          gboolean is_bens = theirs != NULL && !inb_column_equal (INB_KIND_LEAD, change->column, theirs->value, change->value);

          if (is_bens)
            g_assert_true (inb_column_equal (INB_KIND_LEAD, change->column, now, theirs->value));
          else
            g_assert_true (inb_column_equal (INB_KIND_LEAD, change->column, now, inb_row_get (original, change->column)));
          /* What was as Anna wanted it before she came was not written by her. */
          n_expected += is_bens && !inb_column_equal (INB_KIND_LEAD, change->column, now, inb_row_get (original, change->column)) &&
                        !inb_column_equal (INB_KIND_LEAD, change->column, change->value, inb_row_get (original, change->column));
        }
      g_assert_cmpuint (kit->result->conflicts->len, ==, n_expected);
      n_kept += n_expected;
      mutation_kit_free (kit);
    }
  g_assert_cmpuint (n_kept, >, N_SEEDS / 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mutation-random/undo-all", test_undo_all);
  g_test_add_func ("/mutation-random/same-on-both-sides", test_same_on_both_sides);
  g_test_add_func ("/mutation-random/undo-keeps-others", test_undo_keeps_others);

  return g_test_run ();
}
