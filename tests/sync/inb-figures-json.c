#define G_LOG_DOMAIN "inb-tests"

#include "inb-figures-json.h"

#include "inb-json.h"
#include "inb-money.h"
#include "inb-time.h"

static void
begin_member (GString    *json,
              const char *name,
              char        bracket)
{
  inb_json_append_name (json, name);
  g_string_append_c (json, bracket);
}

static void
append_comma (GString *json)
{
  if (json->str[json->len - 1] != '[' && json->str[json->len - 1] != '{')
    g_string_append_c (json, ',');
}

/* Below 0: none. */
static void
append_known (GString    *json,
              const char *name,
              gint64      value)
{
  if (value >= 0)
    inb_json_append_member_integer (json, name, value);
  else
    inb_json_append_member (json, name, NULL);
}

static void
append_integers (GString      *json,
                 const char   *name,
                 const gint64 *values,
                 guint         n_values)
{
  begin_member (json, name, '[');
  for (guint i = 0; i < n_values; i++)
    {
      append_comma (json);
      g_string_append_printf (json, "%" G_GINT64_FORMAT, values[i]);
    }
  g_string_append_c (json, ']');
}

static void
append_named (GString             *json,
              const char          *name,
              const InbNamedCount *counts)
{
  begin_member (json, name, '[');
  for (guint i = 0; i < INB_METRICS_TOP && counts[i].name != NULL; i++)
    {
      append_comma (json);
      g_string_append_c (json, '{');
      inb_json_append_member (json, "name", counts[i].name);
      inb_json_append_member_integer (json, "leads", counts[i].leads);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

static void
append_days (GString          *json,
             const InbMetrics *metrics)
{
  begin_member (json, "days", '[');
  for (guint i = 0; i < INB_METRICS_DAYS; i++)
    {
      append_comma (json);
      g_string_append_c (json, '{');
      inb_json_append_member_integer (json, "leads", metrics->days[i].leads);
      inb_json_append_member_integer (json, "new", metrics->days[i].new_leads);
      inb_json_append_member_integer (json, "pending", metrics->days[i].pending);
      inb_json_append_member_integer (json, "converted", metrics->days[i].converted);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

void
inb_figures_json_append_metrics (GString          *json,
                                 const InbMetrics *metrics)
{
  g_autofree char *since = metrics->waiting_since != 0 ? inb_time_format (metrics->waiting_since) : NULL;

  begin_member (json, "metrics", '{');
  begin_member (json, "leads", '{');
  inb_json_append_member_integer (json, "total", metrics->total);
  inb_json_append_member_integer (json, "new", metrics->new_leads);
  inb_json_append_member_integer (json, "pending", metrics->pending);
  inb_json_append_member_integer (json, "today", metrics->today);
  inb_json_append_member_integer (json, "converted", metrics->converted);
  g_string_append_c (json, '}');
  append_named (json, "products", metrics->products);
  append_named (json, "sources", metrics->sources);
  inb_json_append_member (json, "top_product", metrics->top_product);
  inb_json_append_member (json, "top_source", metrics->top_source);
  begin_member (json, "response", '{');
  inb_json_append_member_integer (json, "answered", metrics->answered);
  append_known (json, "median_seconds", metrics->response_median);
  append_known (json, "p90_seconds", metrics->response_p90);
  inb_json_append_member_integer (json, "within_5_minutes", metrics->within_5_minutes);
  inb_json_append_member_integer (json, "waiting", metrics->waiting);
  inb_json_append_member (json, "waiting_since", since);
  inb_json_append_member (json, "waiting_lead_id", metrics->waiting_lead_id);
  g_string_append_c (json, '}');
  append_days (json, metrics);
  g_string_append_c (json, '}');
}

static void
append_cell (GString              *json,
             const InbHeatMapCell *cell)
{
  g_autofree char *value = inb_money_format (cell->value);

  append_comma (json);
  g_string_append_printf (json, "[%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",\"%s\",%" G_GINT64_FORMAT ",", cell->leads,
                          cell->converted, value, cell->answered);
  if (cell->response_median >= 0)
    g_string_append_printf (json, "%" G_GINT64_FORMAT "]", cell->response_median);
  else
    g_string_append (json, "null]");
}

static void
append_cells (GString              *json,
              const char           *name,
              const InbHeatMapCell *cells,
              guint                 n_cells)
{
  if (name != NULL)
    {
      begin_member (json, name, '[');
    }
  else
    {
      append_comma (json);
      g_string_append_c (json, '[');
    }
  for (guint i = 0; i < n_cells; i++)
    append_cell (json, &cells[i]);
  g_string_append_c (json, ']');
}

static void
append_names (GString     *json,
              const char  *name,
              char       **names,
              guint        n_names)
{
  begin_member (json, name, '[');
  for (guint i = 0; i < n_names; i++)
    {
      append_comma (json);
      inb_json_append_string (json, names[i]);
    }
  g_string_append_c (json, ']');
}

void
inb_figures_json_append_heat_map (GString          *json,
                                  const InbHeatMap *heat_map)
{
  /* The last one is "other", whatever it is called. */
  guint n_rows = heat_map->n_rows - (heat_map->has_other_row ? 1 : 0);
  guint n_columns = heat_map->n_columns - (heat_map->has_other_column ? 1 : 0);

  begin_member (json, "heat_map", '{');
  append_names (json, "rows", heat_map->rows, n_rows);
  append_names (json, "columns", heat_map->columns, n_columns);
  inb_json_append_member_boolean (json, "has_other_row", heat_map->has_other_row);
  inb_json_append_member_boolean (json, "has_other_column", heat_map->has_other_column);
  begin_member (json, "cells", '[');
  for (guint i = 0; i < heat_map->n_rows; i++)
    append_cells (json, NULL, heat_map->cells + (gsize) i * heat_map->n_columns, heat_map->n_columns);
  g_string_append_c (json, ']');
  append_cells (json, "row_totals", heat_map->row_totals, heat_map->n_rows);
  append_cells (json, "column_totals", heat_map->column_totals, heat_map->n_columns);
  append_cells (json, "total", &heat_map->total, 1);
  g_string_append_c (json, '}');
}

static void
append_money (GString      *json,
              const char   *name,
              const gint64 *values,
              guint         n_values)
{
  begin_member (json, name, '[');
  for (guint i = 0; i < n_values; i++)
    {
      g_autofree char *value = inb_money_format (values[i]);

      append_comma (json);
      inb_json_append_string (json, value);
    }
  g_string_append_c (json, ']');
}

void
inb_figures_json_append_trends (GString         *json,
                                const InbTrends *trends)
{
  begin_member (json, "trends", '{');
  append_names (json, "steps", trends->steps, trends->n_steps);
  append_names (json, "series", trends->series, trends->n_series - (trends->has_other ? 1 : 0));
  inb_json_append_member_boolean (json, "has_other", trends->has_other);
  append_integers (json, "leads", trends->leads, trends->n_series * trends->n_steps);
  append_integers (json, "won", trends->won, trends->n_steps);
  append_money (json, "won_value", trends->won_value, trends->n_steps);
  append_names (json, "stages", trends->stages, trends->n_stages);
  append_integers (json, "reached", trends->reached, trends->n_stages);
  inb_json_append_member_integer (json, "lost", trends->lost);
  append_integers (json, "responses", trends->responses, INB_RESPONSE_CLASSES);
  inb_json_append_member_integer (json, "unanswered", trends->unanswered);
  g_string_append_c (json, '}');
}
