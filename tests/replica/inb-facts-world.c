#define G_LOG_DOMAIN "inb-tests"

#include "inb-facts-world.h"

#include <string.h>

void
inb_facts_world_init (InbFactsWorld *world,
                      guint          round)
{
  InbFactsKitShape shape = { 1500, 14, 9, round % 2 == 0 ? "Europe/Berlin" : "Pacific/Auckland", INB_FACTS_NOW, 100 };

  world->rand = g_rand_new_with_seed (round);
  world->facts = inb_facts_kit_new (round, &shape);
  world->wanted = inb_facts_kit_choose (world->facts, world->rand, round == 0 ? 1.0 : g_rand_double (world->rand));
}

void
inb_facts_world_clear (InbFactsWorld *world)
{
  inb_facts_kit_free (world->facts);
  g_free (world->wanted);
  g_rand_free (world->rand);
}

const char *
inb_facts_world_get_stage (InbFactsWorld *world,
                           guint32        row)
{
  return inb_facts_kit_get_text (world->facts, INB_FILTER_STAGE, row);
}

gboolean
inb_facts_world_is_open (InbFactsWorld *world,
                         guint32        row)
{
  return !g_str_equal (inb_facts_world_get_stage (world, row), "won") && !g_str_equal (inb_facts_world_get_stage (world, row), "lost");
}

gboolean
inb_facts_world_is_wanted (InbFactsWorld *world,
                           guint32        row)
{
  return inb_facts_kit_has (world->wanted, row);
}

int
inb_facts_world_get_today (InbFactsWorld *world)
{
  g_autofree char *text = inb_time_get_day (INB_FACTS_NOW, world->facts->timezone);
  g_auto (GStrv) parts = g_strsplit (text, "-", 3);
  g_autoptr (GDate) date = g_date_new_dmy ((GDateDay) atoi (parts[2]), (GDateMonth) atoi (parts[1]), (GDateYear) atoi (parts[0]));

  return (int) g_date_get_julian (date) - 719163;
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

gint64
inb_facts_world_sorted_quantile (GArray *values,
                                 guint   percent)
{
  if (values->len == 0)
    return -1;
  g_array_sort (values, compare_numbers);

  return g_array_index (values, gint64, (values->len * percent + 99) / 100 - 1);
}

static int
compare_named (gconstpointer a,
               gconstpointer b)
{
  const InbFactsNamed *first = a;
  const InbFactsNamed *second = b;

  return first->leads != second->leads ? (first->leads > second->leads ? -1 : 1) : strcmp (first->name, second->name);
}

gboolean
inb_facts_world_holds_always (InbFactsWorld *world,
                              guint32        row,
                              gpointer       data)
{
  return TRUE;
}

/* The field's values, most leads first. */
GArray *
inb_facts_world_list_values (InbFactsWorld     *world,
                             InbFilterField     field,
                             gboolean           with_none,
                             InbFactsCondition  condition,
                             gpointer           data)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (InbFactsNamed));
  const GPtrArray *texts = world->facts->values[field].texts;

  for (guint i = with_none ? 0 : 1; i < texts->len; i++)
    {
      InbFactsNamed named = { g_ptr_array_index (texts, i), 0 };

      for (guint32 row = 0; row < world->facts->n_rows; row++)
        {
          if (inb_facts_world_is_wanted (world, row) && condition (world, row, data) &&
              g_str_equal (inb_facts_kit_get_text (world->facts, field, row), named.name))
            named.leads++;
        }
      if (named.leads > 0)
        g_array_append_val (list, named);
    }
  g_array_sort (list, compare_named);

  return list;
}

void
inb_facts_world_check_names (GArray  *list,
                             char   **names,
                             guint    n_names,
                             gboolean has_other,
                             guint    limit)
{
  g_assert_cmpuint (n_names, ==, limit == 0 ? list->len : MIN (list->len, limit + 1));
  g_assert_cmpint (has_other, ==, limit != 0 && list->len > limit);
  g_assert_cmpuint (g_strv_length (names), ==, n_names);
  for (guint i = 0; i < n_names - (has_other ? 1 : 0); i++)
    g_assert_cmpstr (names[i], ==, g_array_index (list, InbFactsNamed, i).name);
}
