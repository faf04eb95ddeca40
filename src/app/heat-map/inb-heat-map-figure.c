#define G_LOG_DOMAIN "inb-app"

#include "inb-heat-map-figure.h"

#include "inb-format.h"

#include <glib/gi18n.h>
#include <math.h>

gint64
inb_heat_map_figure_compute (InbHeatMapMeasure     measure,
                             const InbHeatMapCell *cell)
{
  switch (measure)
    {
    case INB_HEAT_MAP_CONVERSION:
      return cell->leads > 0 ? (cell->converted * 1000 + cell->leads / 2) / cell->leads : INB_HEAT_MAP_NO_FIGURE;
    case INB_HEAT_MAP_VALUE:
      return cell->leads > 0 ? cell->value : INB_HEAT_MAP_NO_FIGURE;
    case INB_HEAT_MAP_RESPONSE:
      return cell->response_median >= 0 ? cell->response_median : INB_HEAT_MAP_NO_FIGURE;
    case INB_HEAT_MAP_LEADS:
    case INB_N_HEAT_MAP_MEASURES:
    default:
      return cell->leads;
    }
}

static char *
format_decimal (double number)
{
  return g_strdup_printf (number < 99.95 ? "%.1f" : "%.0f", number);
}

static char *
format_short_money (gint64 hundredths)
{
  double amount = (double) hundredths / 100;
  g_autofree char *number = NULL;

  if (fabs (amount) < 999.5)
    return g_strdup_printf ("%.0f", amount);
  if (fabs (amount) < 999.5e3)
    {
      number = format_decimal (amount / 1e3);
      /* Translators: thousands of the currency, as short as possible. */
      return g_strdup_printf (_("%s\u202fk"), number);
    }
  number = format_decimal (amount / 1e6);

  /* Translators: millions of the currency, as short as possible. */
  return g_strdup_printf (_("%s\u202fM"), number);
}

static char *
format_short_time (gint64 seconds)
{
  g_autofree char *number = NULL;

  if (seconds < 60)
    return g_strdup_printf (_("%d\u202fs"), (int) seconds);
  if (seconds < 3600)
    return g_strdup_printf (_("%d\u202fmin"), (int) (seconds / 60));
  if (seconds < 48 * 3600)
    {
      number = format_decimal ((double) seconds / 3600);
      return g_strdup_printf (_("%s\u202fh"), number);
    }
  number = inb_format_count (seconds / 86400);

  /* Translators: days, as short as possible. */
  return g_strdup_printf (_("%s\u202fd"), number);
}

/**
 * inb_heat_map_figure_format:
 * @figure: as inb_heat_map_figure_compute() gives it
 *
 * Returns: (transfer full): the figure in few characters, by the locale
 */
char *
inb_heat_map_figure_format (InbHeatMapMeasure measure,
                            gint64            figure)
{
  if (figure == INB_HEAT_MAP_NO_FIGURE)
    return g_strdup ("–");

  switch (measure)
    {
    case INB_HEAT_MAP_CONVERSION:
      return inb_format_share (figure, 1000);
    case INB_HEAT_MAP_VALUE:
      return format_short_money (figure);
    case INB_HEAT_MAP_RESPONSE:
      return format_short_time (figure);
    case INB_HEAT_MAP_LEADS:
    case INB_N_HEAT_MAP_MEASURES:
    default:
      return inb_format_count (figure);
    }
}
