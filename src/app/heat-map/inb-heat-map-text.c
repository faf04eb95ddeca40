#define G_LOG_DOMAIN "inb-app"

#include "inb-heat-map-text.h"

#include "inb-csv.h"
#include "inb-format.h"
#include "inb-money.h"
#include "inb-source-text.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

static char *
count_leads (gint64 leads)
{
  g_autofree char *number = inb_format_count (leads);

  return g_strdup_printf (ngettext ("%s lead", "%s leads", (gulong) MIN (leads, G_MAXINT)), number);
}

/**
 * inb_heat_map_text_get_place:
 *
 * Returns: (transfer full): which leads are in the cell
 */
char *
inb_heat_map_text_get_place (const InbHeatMapGrid *grid,
                             guint                 row,
                             guint                 column)
{
  const char *row_name = grid->row_names[row];
  const char *column_name = grid->column_names[column];

  if (row == grid->n_rows && column == grid->n_columns)
    return g_strdup (_("All leads"));
  if (grid->map->mode == INB_HEAT_MAP_WEEKDAY_HOUR)
    {
      g_autofree char *hours = NULL;

      if (column == grid->n_columns)
        return g_strdup (row_name);
      hours = g_strdup_printf ("%s:00–%02d:00", column_name, atoi (column_name) + 1);
      if (row == grid->n_rows)
        return g_strdup_printf (_("Every day, %s"), hours);
      /* Translators: a weekday and hours, "Monday, 14:00–15:00". */
      return g_strdup_printf (_("%s, %s"), row_name, hours);
    }
  if (row == grid->n_rows)
    return g_strdup_printf (_("All sources, %s"), column_name);
  if (column == grid->n_columns)
    return g_strdup_printf (_("%s, all products"), row_name);

  return g_strdup_printf (_("%s, %s"), row_name, column_name);
}

char *
inb_heat_map_text_get_name (const InbHeatMapGrid *grid,
                            guint                 row,
                            guint                 column)
{
  g_autofree char *place = inb_heat_map_text_get_place (grid, row, column);
  g_autofree char *leads = count_leads (inb_heat_map_grid_get_cell (grid, row, column)->leads);

  return g_strdup_printf ("%s: %s", place, leads);
}

char *
inb_heat_map_text_get_value (const InbHeatMapGrid *grid,
                             const InbHeatMapCell *cell)
{
  g_autofree char *amount = inb_money_format (cell->value);

  return inb_format_money (amount, grid->currency);
}

char *
inb_heat_map_text_get_change (const InbHeatMapCell *cell)
{
  g_autofree char *now = inb_format_count (cell->last_30_days);
  g_autofree char *before = inb_format_count (cell->previous_30_days);
  g_autofree char *change = NULL;

  if (cell->previous_30_days <= 0)
    return g_strdup_printf (_("%s in the last 30 days, %s in the 30 before"), now, before);

  change = g_strdup_printf ("%+.0f", 100.0 * (double) (cell->last_30_days - cell->previous_30_days) /
                                       (double) cell->previous_30_days);

  return g_strdup_printf (_("%s in the last 30 days, %s in the 30 before (%s\u202f%%)"), now, before, change);
}

char *
inb_heat_map_text_get_details (const InbHeatMapGrid *grid,
                               guint                 row,
                               guint                 column,
                               const char           *separator)
{
  const InbHeatMapCell *cell = inb_heat_map_grid_get_cell (grid, row, column);
  g_autofree char *share = inb_format_share (cell->leads, grid->map->total.leads);
  g_autofree char *rate = inb_format_share (cell->converted, cell->leads);
  g_autofree char *value = inb_heat_map_text_get_value (grid, cell);
  g_autofree char *time = cell->response_median >= 0 ? inb_format_duration (cell->response_median) : NULL;
  g_autofree char *change = inb_heat_map_text_get_change (cell);
  g_autofree char *share_line = g_strdup_printf (_("%s of all shown"), share);
  g_autofree char *rate_line = g_strdup_printf (_("%s converted"), rate);
  g_autofree char *value_line = g_strdup_printf (_("Value %s"), value);
  g_autofree char *time_line = time != NULL ? g_strdup_printf (_("First response after %s (median)"), time)
                                            : g_strdup (_("No response yet"));

  return g_strjoin (separator, share_line, rate_line, value_line, time_line, change, NULL);
}

const char *
inb_heat_map_text_get_measure (InbHeatMapMeasure measure)
{
  static const char *const names[INB_N_HEAT_MAP_MEASURES] = {
    [INB_HEAT_MAP_LEADS] = N_("Leads"),
    [INB_HEAT_MAP_CONVERSION] = N_("Conversion rate"),
    [INB_HEAT_MAP_VALUE] = N_("Value"),
    [INB_HEAT_MAP_RESPONSE] = N_("Time to first response"),
  };

  g_return_val_if_fail (measure < INB_N_HEAT_MAP_MEASURES, "");

  return _(names[measure]);
}

char *
inb_heat_map_text_get_title (const InbHeatMapGrid *grid)
{
  return g_strdup_printf (grid->map->mode == INB_HEAT_MAP_WEEKDAY_HOUR ? _("%s by weekday and hour")
                                                                       : _("%s by source and product"),
                          inb_heat_map_text_get_measure (grid->measure));
}

char *
inb_heat_map_text_get_summary (const InbHeatMapGrid *grid)
{
  g_autofree char *leads = count_leads (grid->map->total.leads);
  g_autofree char *size = g_strdup_printf (_("%u rows, %u columns, %s."), grid->n_rows, grid->n_columns, leads);
  g_autofree char *name = NULL;
  guint most_row = 0;
  guint most_column = 0;

  if (grid->n_rows == 0 || grid->n_columns == 0)
    return g_steal_pointer (&size);

  for (guint row = 0; row < grid->n_rows; row++)
    for (guint column = 0; column < grid->n_columns; column++)
      if (inb_heat_map_grid_get_cell (grid, row, column)->leads >
          inb_heat_map_grid_get_cell (grid, most_row, most_column)->leads)
        {
          most_row = row;
          most_column = column;
        }
  name = inb_heat_map_text_get_name (grid, most_row, most_column);

  return g_strdup_printf (_("%s Most: %s."), size, name);
}

/* --- tables ------------------------------------------------------------------------------------------------------------- */

/* For programs: no grouping, point as separator; money and percent in their own units. */
static char *
format_plain (InbHeatMapMeasure measure,
              gint64            figure)
{
  if (figure == INB_HEAT_MAP_NO_FIGURE)
    return g_strdup ("");
  if (measure == INB_HEAT_MAP_VALUE)
    return inb_money_format (figure);
  if (measure == INB_HEAT_MAP_CONVERSION)
    return g_strdup_printf ("%" G_GINT64_FORMAT ".%d", figure / 10, (int) (figure % 10));

  return g_strdup_printf ("%" G_GINT64_FORMAT, figure);
}

static char *
get_corner (const InbHeatMapGrid *grid)
{
  static const char *const units[INB_N_HEAT_MAP_MEASURES] = {
    [INB_HEAT_MAP_CONVERSION] = "%", [INB_HEAT_MAP_RESPONSE] = "s",
  };
  const char *unit = grid->measure == INB_HEAT_MAP_VALUE ? grid->currency : units[grid->measure];
  const char *name = inb_heat_map_text_get_measure (grid->measure);

  return unit != NULL ? g_strdup_printf ("%s (%s)", name, unit) : g_strdup (name);
}

/* Nothing in a name may end the cell, or be taken for a formula where it is pasted. */
static char *
clean_name (const char *name)
{
  g_autofree char *clean = g_strdelimit (g_strdup (name), "\t\r\n", ' ');

  return *clean != '\0' && strchr ("=+-@", *clean) != NULL ? g_strconcat ("'", clean, NULL) : g_steal_pointer (&clean);
}

/**
 * inb_heat_map_text_get_tsv:
 *
 * Returns: (transfer full): what a spreadsheet takes from the clipboard
 */
char *
inb_heat_map_text_get_tsv (const InbHeatMapGrid *grid)
{
  GString *text = g_string_new (NULL);
  g_autofree char *corner = get_corner (grid);

  g_string_append (text, corner);
  for (guint column = 0; column <= grid->n_columns; column++)
    {
      g_autofree char *name = clean_name (grid->column_names[column]);

      g_string_append_printf (text, "\t%s", name);
    }
  g_string_append_c (text, '\n');
  for (guint row = 0; row <= grid->n_rows; row++)
    {
      g_autofree char *name = clean_name (grid->row_names[row]);

      g_string_append (text, name);
      for (guint column = 0; column <= grid->n_columns; column++)
        {
          g_autofree char *number = format_plain (grid->measure, inb_heat_map_grid_get_figure (grid, row, column));

          g_string_append_printf (text, "\t%s", number);
        }
      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}

GBytes *
inb_heat_map_text_get_csv (const InbHeatMapGrid *grid)
{
  GString *csv = g_string_new (INB_CSV_BOM);
  g_autofree char *corner = get_corner (grid);
  gsize length;

  inb_csv_append (csv, corner);
  for (guint column = 0; column <= grid->n_columns; column++)
    inb_csv_append (csv, grid->column_names[column]);
  inb_csv_end_line (csv);
  for (guint row = 0; row <= grid->n_rows; row++)
    {
      inb_csv_append (csv, grid->row_names[row]);
      for (guint column = 0; column <= grid->n_columns; column++)
        {
          g_autofree char *number = format_plain (grid->measure, inb_heat_map_grid_get_figure (grid, row, column));

          if (*number != '\0')
            inb_csv_append_number (csv, number);
          else
            inb_csv_append (csv, NULL);
        }
      inb_csv_end_line (csv);
    }
  length = csv->len;

  return g_bytes_new_take (g_string_free (csv, FALSE), length);
}

static const char *
get_name (const char *value,
          gboolean    is_source)
{
  if (*value == '\0')
    return is_source ? _("No source") : _("No product");

  return is_source ? inb_source_text_get_name (value) : value;
}

static void
append_picked (GString  *text,
               GStrv     values,
               gboolean  is_source)
{
  guint n = values != NULL ? g_strv_length (values) : 0;

  if (n == 0)
    return;

  if (text->len > 0)
    g_string_append (text, " × ");
  if (n == 1)
    g_string_append (text, get_name (values[0], is_source));
  else
    g_string_append_printf (text, is_source ? ngettext ("%u source", "%u sources", n) : ngettext ("%u product", "%u products", n),
                            n);
}

/**
 * inb_heat_map_text_get_picked:
 * @picked: sources, products, weekday and hour of it
 *
 * Returns: (transfer full): what was picked; "" for nothing
 */
char *
inb_heat_map_text_get_picked (const InbLeadFilter *picked)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_picked (text, picked->values[INB_FILTER_SOURCE], TRUE);
  append_picked (text, picked->values[INB_FILTER_PRODUCT], FALSE);
  if (picked->weekday > 0)
    {
      g_autoptr (GDateTime) day = g_date_time_new_utc (2024, 1, picked->weekday, 0, 0, 0);   /* the first was a Monday */
      g_autofree char *name = g_date_time_format (day, "%A");

      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", name);
    }
  if (picked->hour >= 0)
    g_string_append_printf (text, "%s%02d:00–%02d:00", text->len > 0 ? ", " : "", picked->hour, picked->hour + 1);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
