#define G_LOG_DOMAIN "inb-replica"

#include "inb-trend-axis.h"

#include "inb-local-day.h"

static int
get_step_start (InbTrendStep step,
                int          day)
{
  switch (step)
    {
    case INB_TREND_WEEK:
      return day - inb_local_day_get_weekday (day);

    case INB_TREND_MONTH:
      return inb_local_day_get_month (day);

    case INB_TREND_DAY:
    default:
      return day;
    }
}

/* The range's days; open ends reach from the oldest lead to today. */
static void
set_days (InbTrendAxis       *self,
          const InbDateRange *range,
          int                 oldest_day,
          gint64              now,
          GTimeZone          *timezone)
{
  gint64 from;
  gint64 to;

  inb_date_range_resolve (range, now, timezone, &from, &to);
  self->last_day = to == G_MAXINT64 ? inb_local_day_of (now, timezone) : inb_local_day_of (to - 1, timezone);
  self->first_day = from == G_MININT64 ? MIN (oldest_day, self->last_day) : inb_local_day_of (from, timezone);
  /* Only a range that begins after today and has no end. */
  self->last_day = MAX (self->last_day, self->first_day);
}

/* Backwards from the last day, so that the latest steps are the ones that are kept. */
static void
set_steps (InbTrendAxis *self,
           InbTrendStep  step)
{
  int starts[INB_TRENDS_MOST_STEPS];
  int day = self->last_day;

  do
    {
      starts[self->n_steps] = get_step_start (step, day);
      day = starts[self->n_steps++] - 1;
    }
  while (day >= self->first_day && self->n_steps < INB_TRENDS_MOST_STEPS);
  self->first_day = MAX (self->first_day, day + 1);

  self->step_days = g_new (int, self->n_steps);
  for (guint i = 0; i < self->n_steps; i++)
    self->step_days[i] = starts[self->n_steps - 1 - i];
}

static void
index_days (InbTrendAxis *self,
            GTimeZone    *timezone)
{
  guint n_days = (guint) (self->last_day - self->first_day + 1);
  guint step = 0;

  self->steps = g_new (guint16, n_days);
  for (guint i = 0; i < n_days; i++)
    {
      if (step + 1 < self->n_steps && self->first_day + (int) i >= self->step_days[step + 1])
        step++;
      self->steps[i] = (guint16) step;
    }

  self->instants = g_new (gint64, self->n_steps + 1);
  for (guint i = 0; i < self->n_steps; i++)
    self->instants[i] = inb_local_day_get_start (MAX (self->step_days[i], self->first_day), timezone);
  self->instants[self->n_steps] = inb_local_day_get_start (self->last_day + 1, timezone);
}

/**
 * inb_trend_axis_new:
 * @range: the days
 * @oldest_day: where a range without a beginning begins
 * @now: microseconds, what @range is relative to
 *
 * Returns: (transfer full): the last %INB_TRENDS_MOST_STEPS steps that have days in the range, at least one
 */
InbTrendAxis *
inb_trend_axis_new (const InbDateRange *range,
                    InbTrendStep        step,
                    int                 oldest_day,
                    gint64              now,
                    GTimeZone          *timezone)
{
  InbTrendAxis *self = g_new0 (InbTrendAxis, 1);

  set_days (self, range, oldest_day, now, timezone);
  set_steps (self, step);
  index_days (self, timezone);

  return self;
}

void
inb_trend_axis_free (InbTrendAxis *self)
{
  if (self == NULL)
    return;

  g_free (self->step_days);
  g_free (self->steps);
  g_free (self->instants);
  g_free (self);
}

/**
 * inb_trend_axis_find_instant:
 *
 * Returns: the step that @instant falls in, or %INB_TREND_AXIS_NONE
 */
guint
inb_trend_axis_find_instant (const InbTrendAxis *self,
                             gint64              instant)
{
  guint low = 0;
  guint high = self->n_steps;

  if (instant < self->instants[0] || instant >= self->instants[self->n_steps])
    return INB_TREND_AXIS_NONE;

  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      if (instant < self->instants[middle])
        high = middle;
      else
        low = middle;
    }

  return low;
}
