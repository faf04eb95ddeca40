#define G_LOG_DOMAIN "inb-app"

#include "inb-trends-charts.h"

#include "inb-time.h"

#include <string.h>

#define ALL G_MAXUINT

/* The first and the last local day of a range; "" where it is open. */
static void
get_days (const InbDateRange *range,
          gint64              now,
          GTimeZone          *timezone,
          char                from[11],
          char                to[11])
{
  gint64 start, end;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  inb_date_range_resolve (range, now, timezone, &start, &end);
  first = start != G_MININT64 ? inb_time_get_day (start, timezone) : g_strdup ("");
  last = end != G_MAXINT64 ? inb_time_get_day (end - 1, timezone) : g_strdup ("");
  g_strlcpy (from, first, 11);
  g_strlcpy (to, last, 11);
}

/* What is in both. A relative range stays relative where the other one says nothing. */
static void
narrow (InbDateRange       *range,
        const InbDateRange *other,
        gint64              now,
        GTimeZone          *timezone)
{
  char from[11], to[11], other_from[11], other_to[11];

  if (other->kind == INB_DATE_RANGE_ANY || inb_date_range_equal (range, other))
    return;
  if (range->kind == INB_DATE_RANGE_ANY)
    {
      *range = *other;
      return;
    }

  get_days (range, now, timezone, from, to);
  get_days (other, now, timezone, other_from, other_to);
  if (strcmp (other_from, from) > 0)
    strcpy (from, other_from);
  if (*other_to != '\0' && (*to == '\0' || strcmp (other_to, to) < 0))
    strcpy (to, other_to);
  /* Nothing is in both: one day of neither. */
  if (*to != '\0' && strcmp (from, to) > 0)
    strcpy (to, from);
  inb_date_range_set_days (range, *from != '\0' ? from : NULL, *to != '\0' ? to : NULL);
}

static gboolean
get_step_range (const char   *day,
                InbTrendStep  step,
                InbDateRange *range)
{
  g_autofree char *instant = g_strconcat (day, "T00:00:00Z", NULL);
  g_autoptr (GDateTime) start = g_date_time_new_from_iso8601 (instant, NULL);
  g_autoptr (GDateTime) next = NULL;
  g_autoptr (GDateTime) last = NULL;
  g_autofree char *to = NULL;

  if (start == NULL)
    return FALSE;

  next = step == INB_TREND_DAY ? g_date_time_add_days (start, 1)
         : step == INB_TREND_WEEK ? g_date_time_add_weeks (start, 1) : g_date_time_add_months (start, 1);
  last = g_date_time_add_days (next, -1);
  to = g_date_time_format (last, "%Y-%m-%d");

  return inb_date_range_set_days (range, day, to);
}

static void
set_value (InbLeadFilter  *filter,
           InbFilterField  field,
           const char     *value,
           gboolean        add)
{
  if (!add)
    inb_lead_filter_set_values (filter, field, NULL);
  inb_lead_filter_add_value (filter, field, value);
}

static gboolean
apply_leads (const InbTrends     *trends,
             const InbTrendsView *view,
             guint                category,
             guint                series,
             gboolean             add,
             gint64               now,
             GTimeZone           *timezone,
             InbLeadFilter       *filter)
{
  InbFilterField field = view->group == INB_TREND_BY_PRODUCT ? INB_FILTER_PRODUCT : INB_FILTER_SOURCE;
  InbDateRange step;

  /* Everything past the first ones has no name of its own. */
  if (series != ALL && !(trends->has_other && series + 1 == trends->n_series))
    set_value (filter, field, trends->series[series], add);
  else if (category == ALL)
    return FALSE;

  narrow (&filter->created, &view->range, now, timezone);
  if (category != ALL && get_step_range (trends->steps[category], view->step, &step))
    narrow (&filter->created, &step, now, timezone);

  return TRUE;
}

/* Who came to a stage stands there or further on. */
static gboolean
apply_funnel (const InbTrends     *trends,
              const InbTrendsView *view,
              guint                category,
              gboolean             add,
              gint64               now,
              GTimeZone           *timezone,
              InbLeadFilter       *filter)
{
  if (category == ALL)
    return FALSE;

  if (!add)
    inb_lead_filter_set_values (filter, INB_FILTER_STAGE, NULL);
  for (guint i = category; i < trends->n_stages; i++)
    inb_lead_filter_add_value (filter, INB_FILTER_STAGE, trends->stages[i]);
  narrow (&filter->created, &view->range, now, timezone);

  return TRUE;
}

/* A filter knows when leads were created, not when they were won, nor how soon they were answered. */
gboolean
inb_trends_apply (InbTrendsChart       chart,
                  const InbTrends     *trends,
                  const InbTrendsView *view,
                  guint                category,
                  guint                series,
                  gboolean             add,
                  gint64               now,
                  GTimeZone           *timezone,
                  InbLeadFilter       *filter)
{
  g_return_val_if_fail (trends != NULL && view != NULL && filter != NULL, FALSE);

  switch (chart)
    {
    case INB_TRENDS_LEADS:
      return apply_leads (trends, view, category, series, add, now, timezone, filter);
    case INB_TRENDS_FUNNEL:
      return apply_funnel (trends, view, category, add, now, timezone, filter);
    case INB_TRENDS_WON:
      filter->flags |= INB_FILTER_CONVERTED;
      return TRUE;
    case INB_TRENDS_RESPONSE:
      if (category != INB_RESPONSE_CLASSES)
        return FALSE;
      filter->flags |= INB_FILTER_UNANSWERED;
      narrow (&filter->created, &view->range, now, timezone);
      return TRUE;
    case INB_N_TRENDS_CHARTS:
    default:
      g_return_val_if_reached (FALSE);
    }
}
