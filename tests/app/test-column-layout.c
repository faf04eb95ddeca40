/* The table's columns as the settings have them: whatever is in there, the layout is one that can be shown. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-column-layout.h"

static void
assert_valid (InbColumnLayout *layout)
{
  gboolean seen[INB_N_LEAD_SORTS] = { FALSE };
  gboolean any = FALSE;

  for (guint i = 0; i < INB_N_LEAD_SORTS; i++)
    {
      g_assert_cmpuint (layout->places[i].column, <, INB_N_LEAD_SORTS);
      g_assert_false (seen[layout->places[i].column]);
      seen[layout->places[i].column] = TRUE;
      any = any || layout->places[i].visible;
    }
  g_assert_true (any);
  g_assert_cmpuint (layout->sort, <, INB_N_LEAD_SORTS);
}

static void
test_round_trip (void)
{
  InbColumnLayout layout;
  InbColumnLayout again;
  InbColumnPlace first;
  g_auto (GStrv) none = NULL;
  g_auto (GStrv) words = NULL;

  inb_column_layout_init (&layout);
  assert_valid (&layout);
  none = inb_column_layout_format (&layout);
  g_assert_cmpuint (g_strv_length (none), ==, 0);

  first = layout.places[0];
  layout.places[0] = layout.places[3];
  layout.places[3] = first;
  inb_column_layout_find (&layout, INB_LEAD_SORT_EMAIL)->visible = FALSE;
  inb_column_layout_find (&layout, INB_LEAD_SORT_OWNER)->visible = TRUE;
  inb_column_layout_find (&layout, INB_LEAD_SORT_PHONE)->width = 141;
  layout.sort = INB_LEAD_SORT_VALUE;
  layout.descending = FALSE;
  words = inb_column_layout_format (&layout);
  inb_column_layout_parse (&again, (const char * const *) words);
  for (guint i = 0; i < INB_N_LEAD_SORTS; i++)
    {
      g_assert_cmpuint (again.places[i].column, ==, layout.places[i].column);
      g_assert_cmpint (again.places[i].visible, ==, layout.places[i].visible);
      g_assert_cmpint (again.places[i].width, ==, layout.places[i].width);
    }
  g_assert_cmpuint (again.sort, ==, INB_LEAD_SORT_VALUE);
  g_assert_false (again.descending);
}

static void
test_nonsense (void)
{
  const char * const words[] = { "", "name", "+", "+nothing", "-mail", "+mail", "+phone:-3", "+score:99999999", "+stage:x",
                                 "sort", "sort::", "sort:nothing:down", "sort:stage:down:up", "\xff", "+company:90", NULL };
  const char * const sorted[] = { "sort:stage:sideways", NULL };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) hidden = NULL;
  InbColumnLayout layout;

  inb_column_layout_parse (&layout, words);
  assert_valid (&layout);
  g_assert_cmpuint (layout.places[0].column, ==, INB_LEAD_SORT_EMAIL);
  g_assert_false (layout.places[0].visible);
  g_assert_cmpint (inb_column_layout_find (&layout, INB_LEAD_SORT_PHONE)->width, ==, INB_COLUMN_LAYOUT_AUTOMATIC);
  g_assert_cmpint (inb_column_layout_find (&layout, INB_LEAD_SORT_SCORE)->width, ==, INB_COLUMN_LAYOUT_AUTOMATIC);
  g_assert_cmpint (inb_column_layout_find (&layout, INB_LEAD_SORT_COMPANY)->width, ==, 90);
  g_assert_cmpuint (layout.sort, ==, INB_LEAD_SORT_CREATED);
  g_assert_true (layout.descending);

  inb_column_layout_parse (&layout, sorted);
  g_assert_cmpuint (layout.sort, ==, INB_LEAD_SORT_STAGE);
  inb_column_layout_parse (&layout, NULL);
  assert_valid (&layout);

  /* Every column hidden is no table. */
  for (guint i = 0; i < INB_N_LEAD_SORTS; i++)
    {
      g_autofree char *word = g_strconcat ("-", inb_lead_column_get_info ((InbLeadSort) i)->key, NULL);

      g_strv_builder_add (builder, word);
    }
  hidden = g_strv_builder_end (builder);
  inb_column_layout_parse (&layout, (const char * const *) hidden);
  assert_valid (&layout);
  g_assert_true (inb_column_layout_find (&layout, INB_LEAD_SORT_NAME)->visible);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/column-layout/round-trip", test_round_trip);
  g_test_add_func ("/column-layout/nonsense", test_nonsense);

  return g_test_run ();
}
