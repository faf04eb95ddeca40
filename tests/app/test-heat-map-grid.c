/* The heat map without a screen: order, scale, words, tables, room, and what a pick does to the filter. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-heat-map-kit.h"
#include "inb-heat-map-layout.h"
#include "inb-heat-map-legend.h"
#include "inb-heat-map-picks.h"
#include "inb-heat-map-text.h"

#include <string.h>

static const char *const sources[] = { "Facebook Ads", "", "=Zapier", NULL };
static const char *const products[] = { "Solar", "Battery", NULL };

static InbHeatMapGrid *
make_grid (InbHeatMapMeasure measure,
           InbHeatMapSort    sort)
{
  static const gint64 leads[] = { 900, 100, 30, 4, 0, 1 };

  return inb_heat_map_grid_new (inb_heat_map_kit_new (sources, products, leads, FALSE), measure, sort, "EUR");
}

static void
test_order (void)
{
  g_autoptr (InbHeatMapGrid) by_total = make_grid (INB_HEAT_MAP_LEADS, INB_HEAT_MAP_BY_TOTAL);
  g_autoptr (InbHeatMapGrid) by_name = inb_heat_map_grid_change (by_total, INB_HEAT_MAP_LEADS, INB_HEAT_MAP_BY_NAME, "EUR");

  g_assert_cmpstr (by_total->row_names[0], ==, "Facebook Ads");
  g_assert_cmpstr (by_total->row_names[1], ==, "No source");
  g_assert_cmpstr (by_total->row_names[3], ==, "Total");
  g_assert_cmpstr (by_name->column_names[0], ==, "Battery");
  g_assert_cmpint (inb_heat_map_grid_get_figure (by_name, 3, 0), ==, 105);
  g_assert_cmpint (inb_heat_map_grid_get_figure (by_name, 3, 2), ==, 1035);
  g_assert_cmpstr (inb_heat_map_grid_get_row_key (by_total, 1), ==, "");
  g_assert_null (inb_heat_map_grid_get_row_key (by_total, 3));
}

/* "Other" comes last, however large it is, and stands for no value of its own. */
static void
test_other (void)
{
  static const char *const names[] = { "A", "B", "", NULL };
  static const gint64 leads[] = { 5, 5, 4, 4, 50, 60 };

  for (guint sort = 0; sort < 2; sort++)
    {
      g_autoptr (InbHeatMapGrid) grid = inb_heat_map_grid_new (inb_heat_map_kit_new (names, products, leads, TRUE),
                                                               INB_HEAT_MAP_LEADS, sort, NULL);

      g_assert_cmpstr (grid->row_names[2], ==, "Other");
      g_assert_true (inb_heat_map_grid_is_other_row (grid, 2));
      g_assert_null (inb_heat_map_grid_get_row_key (grid, 2));
      g_assert_false (inb_heat_map_grid_is_other_row (grid, 3));
    }
}

/* Every figure has the step in whose range of the legend it lies, in order, the least the first and the most the last. */
static void
test_scale (void)
{
  static const gint64 samples[][6] = { { 900, 100, 30, 4, 0, 1 }, { 7, 7, 7, 7, 7, 7 }, { 3, 2, 1, 0, 0, 0 },
                                       { 5000000, 1, 1, 1, 1, 1 }, { 60, 61, 62, 63, 64, 59 }, { 0, 0, 0, 0, 0, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (InbHeatMapGrid) grid = inb_heat_map_grid_new (inb_heat_map_kit_new (sources, products, samples[i], FALSE),
                                                               INB_HEAT_MAP_LEADS, INB_HEAT_MAP_BY_TOTAL, NULL);
      gint64 last = 0;

      for (guint step = 0; step < INB_PALETTE_STEPS; step++)
        {
          if (grid->lows[step] == INB_HEAT_MAP_NO_FIGURE)
            continue;
          g_assert_cmpint (grid->lows[step], >, last);
          last = grid->lows[step];
          g_assert_cmpuint (inb_heat_map_grid_get_step (grid, last), ==, step);
        }
      g_assert_cmpint (last, <=, MAX (grid->most, 0));
      g_assert_cmpuint (inb_heat_map_grid_get_step (grid, 0), ==, INB_HEAT_MAP_NO_STEP);
      g_assert_cmpuint (inb_heat_map_grid_get_step (grid, INB_HEAT_MAP_NO_FIGURE), ==, INB_HEAT_MAP_NO_STEP);
    }
}

static void
test_numbers (void)
{
  static const struct {
    InbHeatMapMeasure measure;
    gint64            figure;
    const char       *text;
  } cases[] = {
    { INB_HEAT_MAP_LEADS, 0, "0" },
    { INB_HEAT_MAP_LEADS, 812, "812" },
    { INB_HEAT_MAP_CONVERSION, 152, "15.2\u202f%" },
    { INB_HEAT_MAP_CONVERSION, INB_HEAT_MAP_NO_FIGURE, "–" },
    { INB_HEAT_MAP_VALUE, 99900, "999" },
    { INB_HEAT_MAP_VALUE, 1240000, "12.4\u202fk" },
    { INB_HEAT_MAP_VALUE, 99949999, "999\u202fk" },
    { INB_HEAT_MAP_VALUE, 124000000, "1.2\u202fM" },
    { INB_HEAT_MAP_RESPONSE, 45, "45\u202fs" },
    { INB_HEAT_MAP_RESPONSE, 3599, "59\u202fmin" },
    { INB_HEAT_MAP_RESPONSE, 5400, "1.5\u202fh" },
    { INB_HEAT_MAP_RESPONSE, 3 * 86400, "3\u202fd" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = inb_heat_map_figure_format (cases[i].measure, cases[i].figure);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_words (void)
{
  g_autoptr (InbHeatMapGrid) grid = make_grid (INB_HEAT_MAP_LEADS, INB_HEAT_MAP_BY_TOTAL);
  g_autofree char *name = inb_heat_map_text_get_name (grid, 0, 1);
  g_autofree char *row = inb_heat_map_text_get_name (grid, 2, 2);
  g_autofree char *all = inb_heat_map_text_get_name (grid, 3, 2);
  g_autofree char *details = inb_heat_map_text_get_details (grid, 0, 0, "|");
  g_autofree char *summary = inb_heat_map_text_get_summary (grid);

  g_assert_cmpstr (name, ==, "Facebook Ads, Battery: 100 leads");
  g_assert_cmpstr (row, ==, "=Zapier, all products: 1 lead");
  g_assert_cmpstr (all, ==, "All leads: 1035 leads");
  g_assert_cmpstr (details, ==,
                   "87.0\u202f% of all shown|10.0\u202f% converted|Value 9000.00\u00a0EUR|First response after 1 min (median)|"
                   "450 in the last 30 days, 225 in the 30 before (+100\u202f%)");
  g_assert_nonnull (strstr (summary, "Most: Facebook Ads, Solar: 900 leads."));
}

/* Safe for spreadsheets, with totals, and numbers that programs read. */
static void
test_tables (void)
{
  g_autoptr (InbHeatMapGrid) grid = make_grid (INB_HEAT_MAP_VALUE, INB_HEAT_MAP_BY_TOTAL);
  g_autofree char *tsv = inb_heat_map_text_get_tsv (grid);
  g_autoptr (GBytes) csv = inb_heat_map_text_get_csv (grid);
  g_autofree char *text = g_strndup (g_bytes_get_data (csv, NULL), g_bytes_get_size (csv));

  g_assert_cmpstr (tsv, ==,
                   "Value (EUR)\tSolar\tBattery\tTotal\nFacebook Ads\t9000.00\t1000.00\t10000.00\n"
                   "No source\t300.00\t40.00\t340.00\n'=Zapier\t\t10.00\t10.00\nTotal\t9300.00\t1050.00\t10350.00\n");
  g_assert_nonnull (strstr (text, "\"'=Zapier\",\"\",10.00,10.00\r\n"));
  g_assert_nonnull (strstr (text, "\"Value (EUR)\",\"Solar\",\"Battery\",\"Total\"\r\n"));
}

static void
test_week (void)
{
  g_autoptr (InbHeatMapGrid) grid = inb_heat_map_grid_new (inb_heat_map_kit_new_week (), INB_HEAT_MAP_LEADS,
                                                           INB_HEAT_MAP_BY_NAME, NULL);
  g_autofree char *name = inb_heat_map_text_get_name (grid, 0, 14);
  g_autofree char *last = inb_heat_map_text_get_place (grid, 6, 23);

  g_assert_cmpstr (name, ==, "Monday, 14:00–15:00: 15 leads");
  g_assert_cmpstr (last, ==, "Sunday, 23:00–24:00");
}

/* Every cell is found where it is drawn, and where it is not, nothing is. */
static void
test_layout (void)
{
  static const int widths[] = { 360, 900, 1280 };
  const InbHeatMapTexts texts = { 90, 110, 30, 40, 18, FALSE };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      InbHeatMapLayout layout;
      guint row;
      guint column;
      int x;
      int y;

      inb_heat_map_layout_init (&layout, &texts, 200, 200, widths[i], 500);
      inb_heat_map_layout_reveal (&layout, 150, 120, &x, &y);
      layout.x = x;
      layout.y = y;
      for (guint r = 140; r <= 150; r++)
        {
          graphene_rect_t rect = inb_heat_map_layout_get_cell (&layout, r, 120);
          graphene_rect_t body = inb_heat_map_layout_get_body (&layout);

          if (rect.origin.y < body.origin.y)
            continue;
          g_assert_true (graphene_rect_contains_rect (&body, &rect));
          g_assert_true (inb_heat_map_layout_find (&layout, rect.origin.x + 3, rect.origin.y + 3, &row, &column));
          g_assert_cmpuint (row, ==, r);
          g_assert_cmpuint (column, ==, 120);
        }
      g_assert_true (inb_heat_map_layout_find (&layout, 3, layout.column_header + 3, &row, &column));
      g_assert_cmpuint (column, ==, 200);
      g_assert_false (inb_heat_map_layout_find (&layout, -1, 10, &row, &column));
    }
}

/* A pick narrows the leads and not the map; filters from elsewhere do both. */
static void
test_picks (void)
{
  g_autoptr (InbHeatMapGrid) grid = make_grid (INB_HEAT_MAP_LEADS, INB_HEAT_MAP_BY_TOTAL);
  static const char *const stage[] = { "new", NULL };
  static const char *const others[] = { "X", "Y", NULL };
  InbHeatMapPicks picks;
  g_autoptr (InbLeadFilter) start = inb_lead_filter_new ();
  g_autoptr (InbLeadFilter) one = NULL;
  g_autoptr (InbLeadFilter) two = NULL;
  g_autoptr (InbLeadFilter) three = NULL;

  inb_lead_filter_set_values (start, INB_FILTER_STAGE, stage);
  inb_heat_map_picks_init (&picks);
  inb_heat_map_picks_follow (&picks, start);
  g_assert_false (inb_heat_map_picks_is_any (&picks));

  inb_heat_map_picks_pick (&picks, grid, 0, 1, NULL, NULL, FALSE);
  one = inb_heat_map_picks_combine (&picks);
  g_assert_true (inb_lead_filter_has_value (one, INB_FILTER_STAGE, "new"));
  g_assert_true (inb_lead_filter_has_value (one, INB_FILTER_SOURCE, "Facebook Ads"));
  g_assert_true (inb_lead_filter_has_value (one, INB_FILTER_PRODUCT, "Battery"));
  inb_heat_map_picks_follow (&picks, one);
  g_assert_true (inb_heat_map_picks_is_any (&picks));
  g_assert_true (inb_lead_filter_equal (picks.base, start));

  inb_heat_map_picks_pick (&picks, grid, 1, 0, NULL, NULL, TRUE);
  two = inb_heat_map_picks_combine (&picks);
  g_assert_cmpuint (g_strv_length (two->values[INB_FILTER_SOURCE]), ==, 2);
  g_assert_true (inb_lead_filter_has_value (two, INB_FILTER_SOURCE, ""));

  /* Another stage, with the picks still there: the map follows, the picks stay. */
  inb_lead_filter_set_values (two, INB_FILTER_STAGE, NULL);
  inb_heat_map_picks_follow (&picks, two);
  g_assert_true (inb_heat_map_picks_is_any (&picks));
  g_assert_true (inb_lead_filter_is_empty (picks.base));

  /* A pick taken out elsewhere: the filter is what it is. */
  inb_lead_filter_set_values (two, INB_FILTER_PRODUCT, NULL);
  inb_heat_map_picks_follow (&picks, two);
  g_assert_false (inb_heat_map_picks_is_any (&picks));
  g_assert_true (inb_lead_filter_equal (picks.base, two));

  inb_heat_map_picks_pick (&picks, grid, 3, 0, others, NULL, FALSE);
  three = inb_heat_map_picks_combine (&picks);
  g_assert_cmpuint (g_strv_length (three->values[INB_FILTER_PRODUCT]), ==, 1);
  inb_heat_map_picks_clear (&picks);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heat-map/order", test_order);
  g_test_add_func ("/heat-map/other", test_other);
  g_test_add_func ("/heat-map/scale", test_scale);
  g_test_add_func ("/heat-map/numbers", test_numbers);
  g_test_add_func ("/heat-map/words", test_words);
  g_test_add_func ("/heat-map/tables", test_tables);
  g_test_add_func ("/heat-map/week", test_week);
  g_test_add_func ("/heat-map/layout", test_layout);
  g_test_add_func ("/heat-map/picks", test_picks);

  return g_test_run ();
}
