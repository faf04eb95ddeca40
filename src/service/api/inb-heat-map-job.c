#define G_LOG_DOMAIN "inb-service"

#include "inb-heat-map-job.h"

#include "inb-error.h"
#include "inb-figures.h"
#include "inb-heat-grid.h"
#include "inb-json.h"
#include "inb-money.h"
#include "inb-params.h"

typedef enum {
  MODE_SOURCE_PRODUCT,
  MODE_WEEKDAY_HOUR,
  N_MODES
} Mode;

typedef enum {
  MEASURE_LEADS,
  MEASURE_CONVERSION,
  MEASURE_VALUE,
  MEASURE_RESPONSE,
  N_MEASURES
} Measure;

enum { CELL_ROW, CELL_COLUMN, CELL_LEADS, CELL_CONVERTED, CELL_VALUE };
enum { MEDIAN_ROW, MEDIAN_COLUMN, MEDIAN_ROW_TOTAL, MEDIAN_COLUMN_TOTAL, MEDIAN_SECONDS };

static const char * const mode_names[N_MODES + 1] = { "source_product", "weekday_hour", NULL };
static const char * const measure_names[N_MEASURES + 1] = { "leads", "conversion", "value", "response", NULL };
static const char * const own_params[] = { "mode", "measure", "max_rows", "max_columns", NULL };
static const char * const weekdays[] = { "1", "2", "3", "4", "5", "6", "7", NULL };
static const char * const hours[] = {
  "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11",
  "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "23", NULL,
};

struct _InbHeatMapJob {
  char         *workspace_id;
  InbLeadScope *scope;
  Mode          mode;
  Measure       measure;
  gint64        max_rows;
  gint64        max_columns;
  gint64        now;
};

/**
 * inb_heat_map_job_new:
 * @params: (nullable): the request's
 *
 * Returns: (transfer full): the job, or %NULL with %INB_ERROR_INVALID_ARGUMENT naming the parameter
 */
InbHeatMapJob *
inb_heat_map_job_new (const char  *workspace_id,
                      GHashTable  *params,
                      gint64       now,
                      GError     **error)
{
  g_autoptr (InbHeatMapJob) self = g_new0 (InbHeatMapJob, 1);

  self->workspace_id = g_strdup (workspace_id);
  self->now = now;
  self->scope = inb_lead_scope_new (params, own_params, error);
  if (self->scope == NULL ||
      !inb_params_get_choice (params, "mode", mode_names, &self->mode, error) ||
      !inb_params_get_choice (params, "measure", measure_names, &self->measure, error) ||
      !inb_params_get_integer (params, "max_rows", 1, INB_HEAT_MAP_MAX_NAMES, INB_HEAT_MAP_DEFAULT_NAMES, &self->max_rows, error) ||
      !inb_params_get_integer (params, "max_columns", 1, INB_HEAT_MAP_MAX_NAMES, INB_HEAT_MAP_DEFAULT_NAMES, &self->max_columns,
                               error))
    return NULL;

  return g_steal_pointer (&self);
}

void
inb_heat_map_job_free (gpointer job)
{
  InbHeatMapJob *self = job;

  g_free (self->workspace_id);
  g_clear_pointer (&self->scope, inb_lead_scope_free);
  g_free (self);
}

static InbHeatGrid *
build_grid (const InbHeatMapJob *self,
            const PGresult      *cells)
{
  guint n_entries = (guint) PQntuples (cells);
  g_autofree InbHeatEntry *entries = g_new0 (InbHeatEntry, n_entries);

  for (guint i = 0; i < n_entries; i++)
    {
      int row = (int) i;

      entries[i].row = PQgetvalue (cells, row, CELL_ROW);
      entries[i].column = PQgetvalue (cells, row, CELL_COLUMN);
      entries[i].leads = inb_figures_get_integer (cells, row, CELL_LEADS);
      entries[i].converted = inb_figures_get_integer (cells, row, CELL_CONVERTED);
      if (!PQgetisnull (cells, row, CELL_VALUE) && !inb_money_parse (PQgetvalue (cells, row, CELL_VALUE), &entries[i].value))
        g_warning ("%s is no sum of money", PQgetvalue (cells, row, CELL_VALUE));
    }

  return self->mode == MODE_WEEKDAY_HOUR
         ? inb_heat_grid_new_fixed (entries, n_entries, weekdays, hours)
         : inb_heat_grid_new (entries, n_entries, (guint) self->max_rows, (guint) self->max_columns);
}

static const char *
get_cells_section (const InbHeatMapJob *self)
{
  if (self->mode == MODE_WEEKDAY_HOUR)
    return "hours";

  return self->measure == MEASURE_VALUE ? "values by source" : "products by source";
}

static char *
make_names (const InbHeatAxis *axis)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < axis->names->len; i++)
    g_ptr_array_add (names, g_ptr_array_index (axis->names, i));
  g_ptr_array_add (names, NULL);

  return inb_params_to_array ((const char * const *) names->pdata);
}

static void
put_medians (InbHeatGrid    *grid,
             const PGresult *medians)
{
  for (int i = 0; i < PQntuples (medians); i++)
    {
      guint row = inb_heat_axis_find (&grid->rows, inb_db_get_text (medians, i, MEDIAN_ROW), *PQgetvalue (medians, i, MEDIAN_ROW_TOTAL) == '1');
      guint column = inb_heat_axis_find (&grid->columns, inb_db_get_text (medians, i, MEDIAN_COLUMN),
                                         *PQgetvalue (medians, i, MEDIAN_COLUMN_TOTAL) == '1');

      if (!PQgetisnull (medians, i, MEDIAN_SECONDS))
        inb_heat_grid_get (grid, row, column)->median = inb_figures_get_integer (medians, i, MEDIAN_SECONDS);
    }
}

/* Both of its statements see the same leads. */
static InbHeatGrid *
read_grid (const InbHeatMapJob  *self,
           const InbFigures     *figures,
           InbDb                *db,
           GError              **error)
{
  g_autoptr (InbHeatGrid) grid = NULL;
  g_autoptr (PGresult) cells = NULL;
  g_autoptr (PGresult) medians = NULL;
  g_autofree char *rows = NULL;
  g_autofree char *columns = NULL;
  InbRead read;

  if (!inb_read_begin (&read, db, self->workspace_id, TRUE, error) ||
      !inb_figures_send (figures, &read, self->scope, get_cells_section (self), error, NULL) ||
      (cells = inb_read_receive (&read, error)) == NULL)
    return NULL;

  grid = build_grid (self, cells);
  if (self->measure == MEASURE_RESPONSE)
    {
      const char *section = self->mode == MODE_WEEKDAY_HOUR ? "responses by hour" : "responses by source";

      rows = make_names (&grid->rows);
      columns = make_names (&grid->columns);
      if (!inb_figures_send (figures, &read, self->scope, section, error, "rows", rows, "columns", columns, NULL) ||
              (medians = inb_read_receive (&read, error)) == NULL)
        return NULL;
      put_medians (grid, medians);
    }

  return inb_read_end (&read, error) ? g_steal_pointer (&grid) : NULL;
}

static void
append_measure (GString           *json,
                const InbHeatCell *cell,
                Measure            measure)
{
  g_autofree char *money = NULL;

  switch (measure)
    {
    case MEASURE_CONVERSION:
      if (cell->leads == 0)
        g_string_append (json, "null");
      else
        inb_figures_append_rate (json, cell->converted, cell->leads);
      break;
    case MEASURE_VALUE:
      money = inb_money_format (cell->value);
      inb_json_append_string (json, money);
      break;
    case MEASURE_RESPONSE:
      if (cell->median < 0)
        g_string_append (json, "null");
      else
        g_string_append_printf (json, "%" G_GINT64_FORMAT, cell->median);
      break;
    case MEASURE_LEADS:
    case N_MEASURES:
    default:
      g_string_append_printf (json, "%" G_GINT64_FORMAT, cell->leads);
      break;
    }
}

static void
append_axis (GString           *json,
             const char        *name,
             const InbHeatAxis *axis)
{
  inb_json_append_name (json, name);
  g_string_append_c (json, '[');
  for (guint i = 0; i < axis->length; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      inb_json_append_string (json, i < axis->names->len ? g_ptr_array_index (axis->names, i) : INB_HEAT_OTHER);
    }
  g_string_append_c (json, ']');
}

static void
append_row (GString     *json,
            InbHeatGrid *grid,
            guint        row,
            Measure      measure)
{
  g_string_append_c (json, '[');
  for (guint i = 0; i < grid->columns.length; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      append_measure (json, inb_heat_grid_get (grid, row, i), measure);
    }
  g_string_append_c (json, ']');
}

static GString *
write_answer (const InbHeatMapJob *self,
              InbHeatGrid         *grid)
{
  GString *json = g_string_new ("{");
  guint n_rows = grid->rows.length;
  guint n_columns = grid->columns.length;

  inb_json_append_member (json, "mode", mode_names[self->mode]);
  inb_json_append_member (json, "measure", measure_names[self->measure]);
  append_axis (json, "rows", &grid->rows);
  append_axis (json, "columns", &grid->columns);
  inb_json_append_member_boolean (json, "has_other_row", grid->rows.has_other);
  inb_json_append_member_boolean (json, "has_other_column", grid->columns.has_other);
  inb_json_append_name (json, "cells");
  g_string_append_c (json, '[');
  for (guint i = 0; i < n_rows; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      append_row (json, grid, i, self->measure);
    }
  g_string_append_c (json, ']');
  inb_json_append_name (json, "row_totals");
  g_string_append_c (json, '[');
  for (guint i = 0; i < n_rows; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      append_measure (json, inb_heat_grid_get (grid, i, n_columns), self->measure);
    }
  g_string_append_c (json, ']');
  inb_json_append_name (json, "column_totals");
  append_row (json, grid, n_rows, self->measure);
  inb_json_append_name (json, "total");
  append_measure (json, inb_heat_grid_get (grid, n_rows, n_columns), self->measure);
  g_string_append_c (json, '}');

  return json;
}

/**
 * inb_heat_map_job_run:
 * @job: an #InbHeatMapJob
 *
 * Returns: (transfer full): a #GString with the answer's JSON
 */
gpointer
inb_heat_map_job_run (InbDb     *db,
                      gpointer   job,
                      GError   **error)
{
  InbHeatMapJob *self = job;
  g_autoptr (InbWorkspaceInfo) info = inb_workspace_info_read (db, self->workspace_id, self->now, error);
  const InbFigures figures = { self->workspace_id, info };
  g_autoptr (InbHeatGrid) grid = info == NULL ? NULL : read_grid (self, &figures, db, error);

  if (grid == NULL)
    {
      g_prefix_error (error, "Reading a heat map: ");
      return NULL;
    }

  return write_answer (self, grid);
}
