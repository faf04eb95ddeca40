/* Filters and the sorts of every column against a plain reference over the rows, on random rows and random changes. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-world.h"

#include <locale.h>
#include <string.h>

#define N_LEADS 700
#define N_ROUNDS 8
#define N_FILTERS 60

static const char * const zones[] = {
  "Europe/Berlin", "Pacific/Auckland", "Asia/Kolkata", "America/Los_Angeles", "America/Havana", "Africa/Cairo",
};
static const char * const words[] = {
  "mull", "GROSS", "straße", "strasse", "call", "nord", "example", "beisst", "ana", "solar", "o'neill", "é", "z", "lead", "roof please",
  "acme key", "nothing has this",
};

static guint
check (InbWorld           *world,
       const InbLeadQuery *query)
{
  g_autoptr (GPtrArray) expected = inb_world_list_expected (world, query);
  g_autoptr (GPtrArray) summaries = inb_world_load (world, query);
  g_autofree char *json = inb_lead_filter_to_json (query->filter);

  if (summaries->len != expected->len)
    g_error ("%u leads, not %u, of %s", summaries->len, expected->len, json);
  for (guint i = 0; i < expected->len; i++)
    {
      const InbLeadSummary *summary = g_ptr_array_index (summaries, i);

      if (g_strcmp0 (summary->id, g_ptr_array_index (expected, i)) != 0)
        g_error ("another order at %u of %u, sort %u, %s", i, expected->len, query->sort, json);
    }

  return expected->len;
}

static void
randomize_range (InbWorld     *world,
                 InbDateRange *range)
{
  InbDateRangeKind kind = g_rand_int_range (world->sample->rand, INB_DATE_RANGE_TODAY, INB_DATE_RANGE_DAYS + 1);
  gint64 one = inb_world_random_time (world, 400);
  g_autofree char *from = inb_time_get_day (one, world->timezone);
  g_autofree char *to = inb_time_get_day (one + 20 * INB_TIME_DAY, world->timezone);

  if (kind == INB_DATE_RANGE_DAYS)
    g_assert_true (inb_date_range_set_days (range, inb_world_chance (world, 80) ? from : NULL, inb_world_chance (world, 80) ? to : NULL));
  else
    range->kind = kind;
}

static void
randomize_values (InbWorld      *world,
                  InbLeadFilter *filter,
                  InbFilterField field)
{
  for (int i = g_rand_int_range (world->sample->rand, 1, 4); i > 0; i--)
    {
      const InbRow *lead = g_ptr_array_index (world->leads, (guint) g_rand_int_range (world->sample->rand, 0, (gint32) world->leads->len));
      const char *value = inb_row_get (lead, inb_world_field_columns[field]);

      if (inb_world_chance (world, 10))
        value = inb_world_chance (world, 50) ? "no such value" : "";
      if (!inb_lead_filter_has_value (filter, field, value != NULL ? value : ""))
        inb_lead_filter_toggle_value (filter, field, value != NULL ? value : "");
    }
}

static void
randomize_filter (InbWorld      *world,
                  InbLeadFilter *filter)
{
  for (guint field = 0; field < INB_N_FILTER_FIELDS; field++)
    {
      if (inb_world_chance (world, 20))
        randomize_values (world, filter, field);
    }
  if (inb_world_chance (world, 25))
    randomize_range (world, &filter->created);
  if (inb_world_chance (world, 15))
    randomize_range (world, &filter->activity);
  if (inb_world_chance (world, 15))
    filter->weekday = g_rand_int_range (world->sample->rand, 1, 8);
  if (inb_world_chance (world, 15))
    filter->hour = g_rand_int_range (world->sample->rand, 0, 24);
  if (inb_world_chance (world, 25))
    filter->flags = 1 << g_rand_int_range (world->sample->rand, 0, 3);
  if (inb_world_chance (world, 30))
    inb_lead_filter_set_text (filter, INB_WORLD_PICK (world, words));
}

static void
check_filters (InbWorld *world)
{
  guint n_rows = 0;

  for (guint i = 0; i < N_FILTERS; i++)
    {
      g_autoptr (InbLeadQuery) query = inb_lead_query_new ();

      query->now = INB_WORLD_NOW;
      randomize_filter (world, query->filter);
      n_rows += check (world, query);
    }
  g_assert_cmpuint (n_rows, >, 0);
}

static void
check_sorts (InbWorld *world)
{
  for (guint i = 0; i < 2 * INB_N_LEAD_SORTS; i++)
    {
      g_autoptr (InbLeadQuery) query = inb_lead_query_new ();

      /* Compared by test-replica-lists.c. */
      if (i / 2 == INB_LEAD_SORT_NAME || i / 2 == INB_LEAD_SORT_PHONE || i / 2 == INB_LEAD_SORT_EMAIL)
        continue;
      query->sort = i / 2;
      query->descending = i % 2 != 0;
      check (world, query);
      query->now = INB_WORLD_NOW;
      inb_lead_filter_set_text (query->filter, "e");
      check (world, query);
    }
}

/* Typed letter by letter, taken away and typed again: what was found before is made use of. */
static void
check_typing (InbWorld *world)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  static const char * const steps[] = { "m", "mu", "mul", "mull", "mulle", "mul", "mull x", "groß", "gross", "gros" };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      inb_lead_filter_set_text (query->filter, steps[i]);
      check (world, query);
    }
}

/* The weekday by hour, counted here and there; and the facts that were kept up are those that are read anew. */
static void
check_hours (InbWorld *world)
{
  g_autoptr (InbLeadFilter) every = inb_lead_filter_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (InbHeatMap) map = inb_kit_get_heat_map (world->replica, every, INB_HEAT_MAP_WEEKDAY_HOUR, INB_WORLD_NOW, &error);
  gint64 leads[7 * 24] = { 0, };

  g_assert_no_error (error);
  for (guint i = 0; i < world->leads->len; i++)
    {
      const InbRow *lead = g_ptr_array_index (world->leads, i);
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (inb_row_get_time (lead, INB_LEAD_CREATED_AT) / INB_TIME_SECOND);
      g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, world->timezone);

      if (inb_world_is_counted (lead))
        leads[(g_date_time_get_day_of_week (local) - 1) * 24 + g_date_time_get_hour (local)]++;
    }
  g_assert_cmpuint (map->n_rows, ==, 7);
  g_assert_cmpuint (map->n_columns, ==, 24);
  for (guint i = 0; i < G_N_ELEMENTS (leads); i++)
    g_assert_cmpint (map->cells[i].leads, ==, leads[i]);
}

static char *
describe_figures (InbWorld *world)
{
  g_autoptr (InbLeadFilter) every = inb_lead_filter_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (InbMetrics) metrics = NULL;
  g_autoptr (InbHeatMap) map = NULL;
  g_autoptr (InbTrends) trends = NULL;
  GString *text = g_string_new (NULL);

  inb_kit_wait_for_facts (world->replica);
  metrics = inb_kit_get_metrics (world->replica, INB_WORLD_NOW, &error);
  g_assert_no_error (error);
  map = inb_kit_get_heat_map (world->replica, every, INB_HEAT_MAP_SOURCE_PRODUCT, INB_WORLD_NOW, &error);
  g_assert_no_error (error);
  trends = inb_kit_get_trends (world->replica, every, INB_WORLD_NOW, &error);
  g_assert_no_error (error);
  g_assert_true (metrics->has_details);
  g_string_append_printf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT,
                          metrics->total, metrics->pending, metrics->today, metrics->waiting_lead_id, metrics->response_median);
  for (guint i = 0; i < INB_METRICS_DAYS; i++)
    g_string_append_printf (text, " %" G_GINT64_FORMAT, metrics->days[i].leads);
  for (guint i = 0; i < map->n_rows * map->n_columns; i++)
    g_string_append_printf (text, " %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, map->cells[i].leads, map->cells[i].value);
  for (guint i = 0; i < trends->n_steps; i++)
    g_string_append_printf (text, " %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, trends->won[i], trends->won_value[i]);

  return g_string_free (text, FALSE);
}

static void
check_reopened (InbWorld   *world,
                const char *folder)
{
  g_autofree char *before = describe_figures (world);
  g_autofree char *after = NULL;

  inb_kit_drop (world->replica);
  world->replica = inb_kit_new (folder);
  after = describe_figures (world);
  g_assert_cmpstr (before, ==, after);
}

static void
test_random (void)
{
  g_autofree char *folder = inb_kit_make_folder ();
  InbWorld world = { NULL, };

  inb_world_init (&world, folder, N_LEADS);
  check_filters (&world);
  check_sorts (&world);
  check_typing (&world);

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      GPtrArray *page = inb_kit_new_rows ();

      for (guint i = 0; i < 60; i++)
        inb_world_change_something (&world, page);
      if (round > 0)
        inb_world_take_workspace (&world, page, zones[round % G_N_ELEMENTS (zones)], round == 3 ? "CHF" : "EUR");
      if (round == 5)
        inb_world_take_stages (&world, page);
      inb_world_apply (&world, page);
      check_filters (&world);
      check_sorts (&world);
      check_typing (&world);
      check_hours (&world);
    }
  check_reopened (&world, folder);
  check_filters (&world);

  inb_world_clear (&world);
  inb_kit_delete_folder (folder);
}

/* One lead at a time, with queries in between, so that the order of creation is merged and not read anew. */
static void
test_arrivals (void)
{
  g_autofree char *folder = inb_kit_make_folder ();
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  InbWorld world = { NULL, };

  inb_world_init (&world, folder, 50);
  query->sort = INB_LEAD_SORT_SCORE;
  for (guint i = 0; i < 120; i++)
    {
      GPtrArray *page = inb_kit_new_rows ();

      if (i % 5 == 4)
        inb_world_change_something (&world, page);
      else
        inb_world_add_lead (&world, page);
      /* Several of one moment: their ids say which is newer. */
      if (i % 3 == 0)
        {
          const InbRow *other = g_ptr_array_index (world.leads, 0);
          InbRow *lead = inb_sample_make_lead (world.sample, NULL, inb_row_get_time (other, INB_LEAD_CREATED_AT));

          inb_world_colour_lead (&world, lead);
          g_ptr_array_add (world.leads, lead);
          g_ptr_array_add (page, inb_row_ref (lead));
        }
      inb_world_apply (&world, page);
      check (&world, query);
    }
  check_sorts (&world);

  inb_world_clear (&world);
  inb_kit_delete_folder (folder);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replica-filters/arrivals", test_arrivals);
  g_test_add_func ("/replica-filters/random", test_random);

  return g_test_run ();
}
