#define G_LOG_DOMAIN "inb-tests"

#include "inb-figures-filter.h"

#define N_LEADS 1500
#define SPREAD_DAYS 130

const char * const inb_figures_columns[INB_N_FILTER_FIELDS] = {
  [INB_FILTER_STAGE] = "stage",
  [INB_FILTER_SOURCE] = "lead_source",
  [INB_FILTER_PRODUCT] = "product_interest",
  [INB_FILTER_OWNER] = "assigned_to",
  [INB_FILTER_TEAM] = "team_id",
  [INB_FILTER_TEMPERATURE] = "temperature",
  [INB_FILTER_CAMPAIGN] = "utm_campaign",
};

static const char *
pick_id (InbFiguresWorld *world)
{
  static const char * const ids[] = {
    "018f0000-0000-7000-8000-000000000001", "018f0000-0000-7000-8000-000000000002", "018f0000-0000-7000-8000-000000000003",
  };

  return inb_figures_world_chance (world, 30) ? NULL : ids[g_rand_int_range (world->rand, 0, G_N_ELEMENTS (ids))];
}

static const char *
pick_campaign (InbFiguresWorld *world)
{
  static const char * const campaigns[] = { "autumn", "Autumn", "winter's \"best\"", "größe" };

  return inb_figures_world_chance (world, 30) ? NULL : campaigns[g_rand_int_range (world->rand, 0, G_N_ELEMENTS (campaigns))];
}

static gint64
pick_time (InbFiguresWorld *world)
{
  return world->now - (gint64) (g_rand_double (world->rand) * SPREAD_DAYS * (double) INB_TIME_DAY) + INB_TIME_DAY / 2;
}

static void
vary_lead (InbFiguresWorld *world,
           InbRow          *lead)
{
  gint64 created_at = inb_row_get_time (lead, INB_LEAD_CREATED_AT);

  inb_row_set (lead, INB_LEAD_ASSIGNED_TO, pick_id (world));
  inb_row_set (lead, INB_LEAD_TEAM_ID, inb_figures_world_chance (world, 50) ? "north" : NULL);
  inb_row_set (lead, INB_LEAD_UTM_CAMPAIGN, pick_campaign (world));
  inb_row_set_time (lead, INB_LEAD_LAST_ACTIVITY_AT, inb_figures_world_chance (world, 90) ? pick_time (world) : INB_TIME_NONE);
  inb_row_set_time (lead, INB_LEAD_NEXT_FOLLOW_UP_AT, inb_figures_world_chance (world, 40) ? pick_time (world) : INB_TIME_NONE);
  if (inb_figures_world_chance (world, 60))
    inb_row_set_time (lead, INB_LEAD_FIRST_RESPONSE_AT,
                      created_at + (gint64) (g_rand_double (world->rand) * g_rand_double (world->rand) * 90000.0 * (double) INB_TIME_SECOND));
  if (inb_figures_world_chance (world, 10))
    inb_row_set (lead, INB_LEAD_CURRENCY, "USD");
  if (inb_row_get_boolean (lead, INB_LEAD_IS_CONVERTED))
    {
      inb_row_set_time (lead, INB_LEAD_CONVERTED_AT, pick_time (world));
      if (inb_figures_world_chance (world, 70))
        inb_row_take (lead, INB_LEAD_CONVERSION_VALUE, g_strdup_printf ("%d.25", g_rand_int_range (world->rand, 1, 9999)));
    }
}

void
inb_figures_filter_fill (InbFiguresWorld *world)
{
  g_autoptr (InbSample) sample = inb_sample_new (41);
  GPtrArray *rows = inb_kit_new_rows ();

  inb_figures_world_add_setup (world, sample, rows);
  for (guint i = 0; i < N_LEADS; i++)
    {
      guint first = rows->len;

      inb_sample_add_lead (sample, rows, pick_time (world));
      vary_lead (world, g_ptr_array_index (rows, first + 1));
    }
  inb_figures_world_store (world, sample, rows);
}

static void
append_range (InbFiguresWorld *world,
              GString         *where,
              InbDateRange    *range,
              const char      *column)
{
  g_autofree char *today = inb_figures_world_local_day (world, 0);
  g_autofree char *from = NULL;
  g_autofree char *to = g_strdup (today);
  g_autofree char *weekday = inb_figures_world_format_local (world, world->now, "%u");

  switch (g_rand_int_range (world->rand, 0, 12))
    {
    case 0:
      range->kind = INB_DATE_RANGE_TODAY;
      from = g_strdup (today);
      break;
    case 1:
      range->kind = INB_DATE_RANGE_YESTERDAY;
      from = inb_figures_world_local_day (world, -1);
      g_free (to);
      to = inb_figures_world_local_day (world, -1);
      break;
    case 2:
      range->kind = INB_DATE_RANGE_LAST_7_DAYS;
      from = inb_figures_world_local_day (world, -6);
      break;
    case 3:
      range->kind = INB_DATE_RANGE_LAST_30_DAYS;
      from = inb_figures_world_local_day (world, -29);
      break;
    case 4:
      range->kind = INB_DATE_RANGE_THIS_WEEK;
      from = inb_figures_world_local_day (world, 1 - atoi (weekday));
      break;
    case 5:
      range->kind = INB_DATE_RANGE_THIS_MONTH;
      from = g_strdup_printf ("%.7s-01", today);
      break;
    case 6:
      g_free (to);
      from = inb_figures_world_local_day (world, -40);
      to = inb_figures_world_local_day (world, -20);
      g_assert_true (inb_date_range_set_days (range, from, to));
      break;
    default:
      return;
    }
  g_string_append_printf (where, " AND %s BETWEEN '%s' AND '%s'", column, from, to);
}

static void
append_values (InbFiguresWorld *world,
               GString         *where,
               InbLeadFilter   *filter,
               InbFilterField   field)
{
  sqlite3_stmt *statement = inb_figures_prepare (world, "", "SELECT DISTINCT coalesce (%s, '') FROM wanted ORDER BY 1",
                                                 inb_figures_columns[field]);

  g_string_append_printf (where, " AND coalesce (%s, '') IN ('no such value'", inb_figures_columns[field]);
  inb_lead_filter_toggle_value (filter, field, "no such value");
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *value = (const char *) sqlite3_column_text (statement, 0);
      char *quoted;

      if (!inb_figures_world_chance (world, 50))
        continue;
      quoted = sqlite3_mprintf ("%Q", value);
      g_string_append_printf (where, ", %s", quoted);
      sqlite3_free (quoted);
      inb_lead_filter_toggle_value (filter, field, value);
    }
  g_string_append (where, ")");
  sqlite3_finalize (statement);
}

/* @where: (out): what it means in SQL */
InbLeadFilter *
inb_figures_filter_make (InbFiguresWorld *world,
                         guint            number,
                         GString         *where)
{
  InbLeadFilter *filter = inb_lead_filter_new ();

  if (number == 0)
    return filter;

  for (guint field = 0; field < INB_N_FILTER_FIELDS; field++)
    {
      if (inb_figures_world_chance (world, 25))
        append_values (world, where, filter, field);
    }
  append_range (world, where, &filter->created, "day");
  if (inb_figures_world_chance (world, 25))
    append_range (world, where, &filter->activity, "activity_day");
  if (inb_figures_world_chance (world, 15))
    {
      filter->weekday = g_rand_int_range (world->rand, 1, 8);
      g_string_append_printf (where, " AND weekday = '%d'", filter->weekday);
    }
  if (inb_figures_world_chance (world, 10))
    {
      filter->hour = g_rand_int_range (world->rand, 0, 24);
      g_string_append_printf (where, " AND hour = '%02d'", filter->hour);
    }
  if (inb_figures_world_chance (world, 15))
    {
      filter->flags |= INB_FILTER_FOLLOW_UP_DUE;
      g_string_append_printf (where, " AND next_follow_up_at <= %" G_GINT64_FORMAT " AND " INB_FIGURES_IS_OPEN, world->now);
    }
  if (inb_figures_world_chance (world, 10))
    {
      filter->flags |= INB_FILTER_CONVERTED;
      g_string_append (where, " AND is_converted");
    }
  if (inb_figures_world_chance (world, 10))
    {
      filter->flags |= INB_FILTER_UNANSWERED;
      g_string_append (where, " AND first_response_at IS NULL AND " INB_FIGURES_IS_OPEN);
    }

  return filter;
}
