/* What local days and hours are where the clocks change. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-figures-world.h"

/* Leads at instants that were worked out by hand. */
typedef struct {
  InbFiguresZone        zone;
  const char *created_at[12];
  gint64      today;
  gint64      this_week;
  struct {
    int    weekday;
    int    hour;
    gint64 leads;
  } cells[5];
} Change;

static const Change changes[] = {
  /* Sunday, 5 April 2026 has 25 hours: 02:30 comes twice. It begins at 11:00 UTC the day before. */
  { { "Pacific/Auckland", "2026-04-05T00:00:00Z" },
    { "2026-04-04T10:59:59Z", "2026-04-04T11:00:00Z", "2026-04-04T13:30:00Z", "2026-04-04T14:30:00Z", "2026-04-04T15:00:00Z",
      "2026-03-29T11:00:00Z", "2026-03-29T10:59:59Z" },
    4, 6, { { 7, 2, 2 }, { 7, 3, 1 }, { 7, 0, 1 }, { 6, 23, 1 }, { 7, 23, 1 } } },
  /* Sunday, 8 March 2026 has 23 hours: there is no 02:30. */
  { { "America/Los_Angeles", "2026-03-08T20:00:00Z" },
    { "2026-03-08T07:59:59Z", "2026-03-08T08:00:00Z", "2026-03-08T09:59:59Z", "2026-03-08T10:00:00Z", "2026-03-08T19:59:59Z",
      "2026-03-02T08:00:00Z", "2026-03-02T07:59:59Z" },
    4, 6, { { 7, 1, 1 }, { 7, 2, 0 }, { 7, 3, 1 }, { 6, 23, 1 }, { 1, 0, 1 } } },
  /* Half an hour beside the others, and no change. */
  { { "Asia/Kolkata", "2026-04-05T06:00:00Z" },
    { "2026-04-04T18:29:59Z", "2026-04-04T18:30:00Z", "2026-04-05T05:59:59Z", "2026-03-29T18:30:00Z", "2026-03-29T18:29:59Z" },
    2, 4, { { 6, 23, 1 }, { 7, 0, 1 }, { 7, 11, 1 }, { 1, 0, 1 }, { 7, 23, 1 } } },
};

static void
test_change (gconstpointer data)
{
  const Change *change = data;
  InbFiguresWorld world = { NULL };
  g_autoptr (InbSample) sample = inb_sample_new (42);
  g_autoptr (InbLeadFilter) filter = inb_lead_filter_new ();
  g_autoptr (InbMetrics) metrics = NULL;
  g_autoptr (InbMetrics) week = NULL;
  g_autoptr (InbHeatMap) map = NULL;
  g_autoptr (InbTrends) trends = NULL;
  g_autoptr (GError) error = NULL;
  InbDateRange this_week = { INB_DATE_RANGE_THIS_WEEK };
  GPtrArray *rows = inb_kit_new_rows ();

  inb_figures_world_init (&world, &change->zone);
  inb_figures_world_add_setup (&world, sample, rows);
  for (guint i = 0; change->created_at[i] != NULL; i++)
    {
      guint first = rows->len;

      inb_sample_add_lead (sample, rows, inb_figures_world_parse_time (change->created_at[i]));
      inb_row_set_boolean (g_ptr_array_index (rows, first + 1), INB_LEAD_IS_TEST, FALSE);
    }
  inb_figures_world_store (&world, sample, rows);
  inb_kit_wait_for_facts (world.replica);

  metrics = inb_figures_world_get_metrics (&world, filter);
  g_assert_cmpint (metrics->today, ==, change->today);
  g_assert_cmpint (metrics->days[INB_METRICS_DAYS - 1].leads, ==, change->today);
  map = inb_kit_get_heat_map (world.replica, filter, INB_HEAT_MAP_WEEKDAY_HOUR, world.now, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (change->cells); i++)
    g_assert_cmpint (map->cells[(change->cells[i].weekday - 1) * 24 + change->cells[i].hour].leads, ==, change->cells[i].leads);

  trends = inb_figures_world_get_trends (&world, filter, &this_week, INB_TREND_WEEK);
  g_assert_cmpuint (trends->n_steps, ==, 1);
  filter->created.kind = INB_DATE_RANGE_THIS_WEEK;
  week = inb_figures_world_get_metrics (&world, filter);
  g_assert_cmpint (week->total, ==, change->this_week);
  inb_figures_world_clear (&world);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/replica/clocks/%s", changes[i].zone.timezone);

      g_test_add_data_func (path, &changes[i], test_change);
    }

  return g_test_run ();
}
