#define G_LOG_DOMAIN "inb-app"

#include "inb-trends-charts.h"

#include "inb-format.h"
#include "inb-source-text.h"
#include "inb-stage-chip.h"

#include <glib/gi18n.h>

static const char *const class_names[INB_RESPONSE_CLASSES] = {
  N_("Up to 1 min"),
  N_("Up to 5 min"),
  N_("Up to 15 min"),
  N_("Up to 1 h"),
  N_("Up to 4 h"),
  N_("Up to 24 h"),
  N_("Longer"),
};

static char *
format_step (const char *day,
             const char *format)
{
  g_autofree char *instant = g_strconcat (day, "T00:00:00Z", NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (instant, NULL);

  return time != NULL ? g_date_time_format (time, format) : g_strdup (day);
}

static void
name_steps (InbChartData        *data,
            const InbTrends     *trends,
            const InbTrendsView *view)
{
  const char *short_format, *full_format;

  switch (view->step)
    {
    case INB_TREND_WEEK:
      data->category_title = g_strdup (_("Week from"));
      short_format = _("%-d %b");
      full_format = _("Week from %-d %B %Y");
      break;
    case INB_TREND_MONTH:
      data->category_title = g_strdup (_("Month"));
      /* Translators: a month on an axis, as strftime() writes it. */
      short_format = _("%b %y");
      full_format = _("%B %Y");
      break;
    case INB_TREND_DAY:
    default:
      data->category_title = g_strdup (_("Day"));
      short_format = _("%-d %b");
      full_format = _("%A, %-d %B %Y");
      break;
    }

  data->names = g_new0 (char *, trends->n_steps + 1);
  data->keys = g_new0 (char *, trends->n_steps + 1);
  for (guint i = 0; i < trends->n_steps; i++)
    {
      data->labels[i] = format_step (trends->steps[i], short_format);
      data->names[i] = format_step (trends->steps[i], full_format);
      data->keys[i] = g_strdup (trends->steps[i]);
    }
}

static char *
summarize_steps (const InbChartData *data)
{
  gint64 sum = 0;
  guint best = 0;
  g_autofree char *all = NULL;
  g_autofree char *most = NULL;

  for (guint i = 0; i < data->n_categories; i++)
    {
      sum += inb_chart_data_get_sum (data, i);
      if (inb_chart_data_get_sum (data, i) > inb_chart_data_get_sum (data, best))
        best = i;
    }
  all = inb_chart_data_format (data, sum);
  if (sum == 0)
    return g_steal_pointer (&all);

  most = inb_chart_data_format (data, inb_chart_data_get_sum (data, best));

  /* Translators: a chart in a sentence: the sum, and the day with the most and how much it is. */
  return g_strdup_printf (_("%s in all; most: %s, %s"), all, inb_chart_data_get_name (data, best), most);
}

static const char *
get_name (const char          *value,
          const InbTrendsView *view)
{
  if (*value == '\0')
    return _("None");

  return view->group == INB_TREND_BY_PRODUCT ? value : inb_source_text_get_name (value);
}

static InbChartData *
make_leads (const InbTrends     *trends,
            const InbTrendsView *view)
{
  InbChartData *data = inb_chart_data_new (INB_CHART_COLUMNS, trends->n_steps, trends->n_series);

  data->title = g_strdup (view->group == INB_TREND_BY_PRODUCT ? _("Leads by Product") : _("Leads by Source"));
  data->has_other = trends->has_other;
  name_steps (data, trends, view);
  for (guint i = 0; i < trends->n_series; i++)
    {
      if (trends->has_other && i + 1 == trends->n_series)
        data->series[i] = g_strdup (_("Other"));
      else
        data->series[i] = g_strdup (get_name (trends->series[i], view));
      for (guint j = 0; j < trends->n_steps; j++)
        data->values[(gsize) i * trends->n_steps + j] = trends->leads[(gsize) i * trends->n_steps + j];
    }
  data->summary = summarize_steps (data);

  return data;
}

static InbChartData *
make_won (const InbTrends     *trends,
          const InbTrendsView *view,
          const char          *currency)
{
  InbChartData *data = inb_chart_data_new (INB_CHART_COLUMNS, trends->n_steps, 1);

  data->title = currency != NULL ? g_strdup_printf (_("Value Won (%s)"), currency) : g_strdup (_("Value Won"));
  data->unit = INB_CHART_MONEY;
  data->currency = g_strdup (currency);
  data->series[0] = g_strdup (_("Value won"));
  data->notes = g_new0 (char *, trends->n_steps + 1);
  name_steps (data, trends, view);
  for (guint i = 0; i < trends->n_steps; i++)
    {
      g_autofree char *won = inb_format_count (trends->won[i]);

      data->values[i] = MAX (0, trends->won_value[i]);
      data->notes[i] = g_strdup_printf (_("%s won"), won);
    }
  data->summary = summarize_steps (data);

  return data;
}

static InbChartData *
make_funnel (const InbTrends *trends,
             InbStageSet     *stages)
{
  InbChartData *data = inb_chart_data_new (INB_CHART_BARS, trends->n_stages, 1);
  gint64 entered = trends->n_stages > 0 ? trends->reached[0] : 0;
  gint64 last = trends->n_stages > 0 ? trends->reached[trends->n_stages - 1] : 0;
  g_autofree char *all = inb_format_count (entered);
  g_autofree char *won = inb_format_count (last);
  g_autofree char *share = inb_format_share (last, entered);
  g_autofree char *lost = inb_format_count (trends->lost);

  data->title = g_strdup (_("Conversion Funnel"));
  data->category_title = g_strdup (_("Stage reached"));
  data->series[0] = g_strdup (_("Leads"));
  data->notes = g_new0 (char *, trends->n_stages + 1);
  for (guint i = 0; i < trends->n_stages; i++)
    {
      data->labels[i] = inb_stage_chip_get_name (stages, trends->stages[i]);
      data->values[i] = trends->reached[i];
      data->notes[i] = inb_format_share (trends->reached[i], entered);
    }
  /* Translators: of how many leads how many came to the last stage, as a share, and how many were lost. */
  data->summary = g_strdup_printf (_("Of %s leads %s came to the end (%s); %s lost besides"), all, won, share, lost);

  return data;
}

static InbChartData *
make_response (const InbTrends *trends)
{
  InbChartData *data = inb_chart_data_new (INB_CHART_BARS, INB_RESPONSE_CLASSES + 1, 1);
  gint64 answered = 0;
  gint64 within_5_minutes = trends->responses[0] + trends->responses[1];
  g_autofree char *all = NULL;
  g_autofree char *share = NULL;
  g_autofree char *waiting = inb_format_count (trends->unanswered);

  for (guint i = 0; i < INB_RESPONSE_CLASSES; i++)
    answered += trends->responses[i];
  all = inb_format_count (answered);
  share = inb_format_share (within_5_minutes, answered);

  data->title = g_strdup (_("Time to First Response"));
  data->category_title = g_strdup (_("Time"));
  data->series[0] = g_strdup (_("Leads"));
  data->notes = g_new0 (char *, INB_RESPONSE_CLASSES + 2);
  for (guint i = 0; i < INB_RESPONSE_CLASSES; i++)
    {
      data->labels[i] = g_strdup (_(class_names[i]));
      data->values[i] = trends->responses[i];
      data->notes[i] = answered > 0 ? inb_format_share (trends->responses[i], answered) : NULL;
    }
  data->labels[INB_RESPONSE_CLASSES] = g_strdup (_("No answer yet"));
  data->values[INB_RESPONSE_CLASSES] = trends->unanswered;
  /* Translators: how many leads were answered, which share within five minutes, and how many wait. */
  data->summary = g_strdup_printf (_("%s answered, %s within 5 minutes; %s without an answer yet"), all, share, waiting);

  return data;
}

/**
 * inb_trends_make_chart:
 *
 * Returns: (transfer full): what the chart shows
 */
InbChartData *
inb_trends_make_chart (InbTrendsChart       chart,
                       const InbTrends     *trends,
                       const InbTrendsView *view,
                       InbStageSet         *stages,
                       const char          *currency)
{
  g_return_val_if_fail (trends != NULL && view != NULL, NULL);

  switch (chart)
    {
    case INB_TRENDS_LEADS:
      return make_leads (trends, view);
    case INB_TRENDS_FUNNEL:
      return make_funnel (trends, stages);
    case INB_TRENDS_WON:
      return make_won (trends, view, currency);
    case INB_TRENDS_RESPONSE:
      return make_response (trends);
    case INB_N_TRENDS_CHARTS:
    default:
      g_return_val_if_reached (NULL);
    }
}
