#define G_LOG_DOMAIN "inb-service"

#include "inb-trend-steps.h"

static void
read_day (const char *text,
          GDate      *date)
{
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) g_ascii_strtoull (text + 8, NULL, 10), (GDateMonth) g_ascii_strtoull (text + 5, NULL, 10),
                  (GDateYear) g_ascii_strtoull (text, NULL, 10));
}

static void
write_day (const GDate *date,
           char         text[11])
{
  g_snprintf (text, 11, "%04u-%02u-%02u", g_date_get_year (date), (guint) g_date_get_month (date), g_date_get_day (date));
}

static void
go_to_beginning (GDate            *date,
                 InbTrendStepKind  kind)
{
  if (kind == INB_TREND_STEP_WEEK)
    g_date_subtract_days (date, (guint) g_date_get_weekday (date) - G_DATE_MONDAY);
  else if (kind == INB_TREND_STEP_MONTH)
    g_date_set_day (date, 1);
}

static void
go_on (GDate            *date,
       InbTrendStepKind  kind,
       guint             n_steps)
{
  if (kind == INB_TREND_STEP_MONTH)
    g_date_add_months (date, n_steps);
  else
    g_date_add_days (date, kind == INB_TREND_STEP_WEEK ? 7 * n_steps : n_steps);
}

static void
go_back (GDate            *date,
         InbTrendStepKind  kind,
         guint             n_steps)
{
  if (kind == INB_TREND_STEP_MONTH)
    g_date_subtract_months (date, n_steps);
  else
    g_date_subtract_days (date, kind == INB_TREND_STEP_WEEK ? 7 * n_steps : n_steps);
}

/**
 * inb_trend_steps_new:
 * @from: the first day
 * @to: the last day
 *
 * Returns: (transfer full): the axis; of more steps than the limit the last ones
 */
InbTrendSteps *
inb_trend_steps_new (InbTrendStepKind  kind,
                     const char       *from,
                     const char       *to)
{
  InbTrendSteps *self = g_new0 (InbTrendSteps, 1);
  GDate first, last, step, earliest;

  self->steps = g_ptr_array_new_with_free_func (g_free);
  self->indices = g_hash_table_new (g_str_hash, g_str_equal);
  read_day (from, &first);
  read_day (to, &last);
  if (g_date_compare (&first, &last) > 0)
    last = first;

  earliest = last;
  go_to_beginning (&earliest, kind);
  go_back (&earliest, kind, INB_TREND_MAX_STEPS - 1);
  if (g_date_compare (&first, &earliest) < 0)
    first = earliest;
  write_day (&first, self->from);
  write_day (&last, self->to);

  step = first;
  go_to_beginning (&step, kind);
  for (; g_date_compare (&step, &last) <= 0; go_on (&step, kind, 1))
    {
      char *day = g_malloc (11);

      write_day (&step, day);
      g_ptr_array_add (self->steps, day);
      g_hash_table_insert (self->indices, day, GUINT_TO_POINTER (self->steps->len));
    }

  return self;
}

void
inb_trend_steps_free (InbTrendSteps *self)
{
  g_hash_table_unref (self->indices);
  g_ptr_array_unref (self->steps);
  g_free (self);
}

int
inb_trend_steps_find (const InbTrendSteps *self,
                      const char          *day)
{
  return (int) GPOINTER_TO_UINT (g_hash_table_lookup (self->indices, day)) - 1;
}
