#define G_LOG_DOMAIN "inb-app"

#include "inb-metric.h"

#include "inb-format.h"
#include "inb-source-text.h"

#include <glib/gi18n.h>
#include <math.h>

static const char *const titles[INB_N_METRICS] = {
  [INB_METRIC_TOTAL] = N_("Total"),
  [INB_METRIC_NEW] = N_("New"),
  [INB_METRIC_PENDING] = N_("Pending"),
  [INB_METRIC_TODAY] = N_("Today"),
  [INB_METRIC_TOP_PRODUCT] = N_("Top product"),
  [INB_METRIC_TOP_SOURCE] = N_("Top source"),
  [INB_METRIC_CONVERSION] = N_("Conversion"),
  [INB_METRIC_RESPONSE] = N_("Response"),
};

const char *
inb_metric_get_title (InbMetric self)
{
  g_return_val_if_fail (self < INB_N_METRICS, NULL);

  return _(titles[self]);
}

/* --- figure and note ---------------------------------------------------------------------------------------------------- */

static char *
format_name (const char *name)
{
  return g_strdup (name != NULL ? name : "–");
}

static char *
format_leads (gint64 leads)
{
  g_autofree char *number = inb_format_count (leads);

  return g_strdup_printf (ngettext ("%s lead", "%s leads", (gulong) leads), number);
}

char *
inb_metric_format_figure (InbMetric         self,
                          const InbMetrics *metrics)
{
  if (metrics == NULL)
    return g_strdup ("–");

  switch (self)
    {
    case INB_METRIC_TOTAL:
      return inb_format_count (metrics->total);
    case INB_METRIC_NEW:
      return inb_format_count (metrics->new_leads);
    case INB_METRIC_PENDING:
      return inb_format_count (metrics->pending);
    case INB_METRIC_TODAY:
      return inb_format_count (metrics->today);
    case INB_METRIC_TOP_PRODUCT:
      return format_name (metrics->top_product);
    case INB_METRIC_TOP_SOURCE:
      return format_name (inb_source_text_get_name (metrics->top_source));
    case INB_METRIC_CONVERSION:
      return inb_format_share (metrics->converted, metrics->total);
    case INB_METRIC_RESPONSE:
      return metrics->has_details && metrics->response_median >= 0 ? inb_format_duration (metrics->response_median)
                                                                   : g_strdup ("–");
    case INB_N_METRICS:
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

char *
inb_metric_format_note (InbMetric         self,
                        const InbMetrics *metrics)
{
  g_autofree char *text = NULL;

  if (metrics == NULL)
    return NULL;

  switch (self)
    {
    case INB_METRIC_TOP_PRODUCT:
      return metrics->top_product != NULL ? format_leads (metrics->top_product_count) : NULL;
    case INB_METRIC_TOP_SOURCE:
      return metrics->top_source != NULL ? format_leads (metrics->top_source_count) : NULL;
    case INB_METRIC_CONVERSION:
      text = inb_format_count (metrics->converted);
      return g_strdup_printf (_("%s won"), text);
    case INB_METRIC_RESPONSE:
      if (!metrics->has_details || metrics->answered == 0)
        return NULL;
      text = inb_format_share (metrics->within_5_minutes, metrics->answered);
      /* Translators: a share of the leads, for example "62.0 % in 5 min". */
      return g_strdup_printf (_("%s in 5 min"), text);
    case INB_METRIC_TOTAL:
    case INB_METRIC_NEW:
    case INB_METRIC_PENDING:
    case INB_METRIC_TODAY:
    case INB_N_METRICS:
    default:
      return NULL;
    }
}

/* --- definition --------------------------------------------------------------------------------------------------------- */

static char *
define_days (const char *what,
             GTimeZone  *timezone)
{
  return g_strdup_printf (_("%s\nBars: by the day they were created, last 30 days, %s"), what,
                          g_time_zone_get_identifier (timezone));
}

static char *
define_today (GTimeZone *timezone)
{
  return g_strdup_printf (_("Leads created since midnight, %s\nChange: against the mean day of the 30 days before"),
                          g_time_zone_get_identifier (timezone));
}

char *
inb_metric_format_definition (InbMetric         self,
                              const InbMetrics *metrics,
                              GTimeZone        *timezone)
{
  const char *name = NULL;

  if (metrics == NULL)
    return NULL;

  switch (self)
    {
    case INB_METRIC_TOTAL:
      return define_days (_("All leads, without tests and deleted ones"), timezone);
    case INB_METRIC_NEW:
      return define_days (_("Leads in the stage New"), timezone);
    case INB_METRIC_PENDING:
      return define_days (_("Leads past New that are neither won nor lost"), timezone);
    case INB_METRIC_TODAY:
      return define_today (timezone);
    case INB_METRIC_TOP_PRODUCT:
      name = metrics->top_product;
      return g_strdup_printf ("%s%s%s", name != NULL ? name : "", name != NULL ? "\n" : "", _("The product with the most leads"));
    case INB_METRIC_TOP_SOURCE:
      name = inb_source_text_get_name (metrics->top_source);
      return g_strdup_printf ("%s%s%s", name != NULL ? name : "", name != NULL ? "\n" : "", _("The source with the most leads"));
    case INB_METRIC_CONVERSION:
      return define_days (_("Converted leads as a share of all leads; the change is in percentage points"), timezone);
    case INB_METRIC_RESPONSE:
      return g_strdup (_("Median time from receiving a lead to the first activity of a person"));
    case INB_N_METRICS:
    default:
      g_return_val_if_reached (NULL);
    }
}

/* --- days and change ---------------------------------------------------------------------------------------------------- */

static gint64
count_day (InbMetric          self,
           const InbDayCount *day)
{
  switch (self)
    {
    case INB_METRIC_TOTAL:
    case INB_METRIC_TODAY:
      return day->leads;
    case INB_METRIC_NEW:
      return day->new_leads;
    case INB_METRIC_PENDING:
      return day->pending;
    case INB_METRIC_CONVERSION:
      return day->converted;
    case INB_METRIC_TOP_PRODUCT:
    case INB_METRIC_TOP_SOURCE:
    case INB_METRIC_RESPONSE:
    case INB_N_METRICS:
    default:
      return 0;
    }
}

static gboolean
has_days (InbMetric         self,
          const InbMetrics *metrics)
{
  return metrics != NULL && metrics->has_details && self != INB_METRIC_TOP_PRODUCT && self != INB_METRIC_TOP_SOURCE &&
         self != INB_METRIC_RESPONSE;
}

gboolean
inb_metric_get_days (InbMetric         self,
                     const InbMetrics *metrics,
                     double            days[INB_METRIC_DAYS])
{
  const InbDayCount *counts;

  if (!has_days (self, metrics))
    return FALSE;

  counts = metrics->days + INB_METRICS_DAYS - INB_METRIC_DAYS;
  for (guint i = 0; i < INB_METRIC_DAYS; i++)
    {
      days[i] = (double) count_day (self, &counts[i]);
      if (self == INB_METRIC_CONVERSION)
        days[i] = counts[i].leads > 0 ? days[i] * 100 / (double) counts[i].leads : 0;
    }

  return TRUE;
}

static void
sum_days (InbMetric         self,
          const InbMetrics *metrics,
          guint             from,
          guint             to,
          double           *part,
          double           *whole)
{
  *part = 0;
  *whole = 0;
  for (guint i = from; i < to; i++)
    {
      *part += (double) count_day (self, &metrics->days[i]);
      *whole += (double) metrics->days[i].leads;
    }
}

/* @change is rounded already: what reads "0" has not changed. */
static void
write_change (const char  *number,
              double       change,
              const char  *unit,
              char       **text,
              char       **spoken)
{
  const char *arrow = change > 0 ? "↑" : change < 0 ? "↓" : "→";
  const char *sign = change > 0 ? "+" : change < 0 ? "−" : "±";

  *text = g_strdup_printf ("%s\u202f%s%s%s", arrow, sign, number, unit);
  if (change == 0)
    *spoken = g_strdup (_("as in the 30 days before"));
  else if (change > 0)
    *spoken = g_strdup_printf (_("up %s%s against the 30 days before"), number, unit);
  else
    *spoken = g_strdup_printf (_("down %s%s against the 30 days before"), number, unit);
}

gboolean
inb_metric_format_change (InbMetric          self,
                          const InbMetrics  *metrics,
                          char             **change,
                          char             **spoken)
{
  const guint half = INB_METRICS_DAYS - INB_METRIC_DAYS;
  g_autofree char *number = NULL;
  double now, before, now_whole, before_whole, rounded;

  *change = NULL;
  *spoken = NULL;
  if (!has_days (self, metrics))
    return FALSE;

  if (self == INB_METRIC_TODAY)
    {
      sum_days (self, metrics, INB_METRICS_DAYS - 1, INB_METRICS_DAYS, &now, &now_whole);
      sum_days (self, metrics, half - 1, INB_METRICS_DAYS - 1, &before, &before_whole);
      before /= INB_METRIC_DAYS;
    }
  else
    {
      sum_days (self, metrics, half, INB_METRICS_DAYS, &now, &now_whole);
      sum_days (self, metrics, 0, half, &before, &before_whole);
    }

  if (self == INB_METRIC_CONVERSION)
    {
      if (now_whole <= 0 || before_whole <= 0)
        return FALSE;
      rounded = round ((now / now_whole - before / before_whole) * 1000) / 10;
      number = g_strdup_printf ("%.1f", fabs (rounded));
      write_change (number, rounded, "", change, spoken);
      return TRUE;
    }

  if (before <= 0)
    return FALSE;
  rounded = round ((now - before) / before * 100);
  number = inb_format_count ((gint64) fabs (rounded));
  write_change (number, rounded, "\u202f%", change, spoken);

  return TRUE;
}
