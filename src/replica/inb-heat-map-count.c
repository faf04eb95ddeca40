#define G_LOG_DOMAIN "inb-replica"

#include "inb-lead-figures-count.h"

#include "inb-local-day.h"
#include "inb-quantile.h"
#include "inb-row-iter.h"
#include "inb-time.h"
#include "inb-value-ranking.h"

#define N_WEEKDAYS 7
#define N_HOURS 24
#define NO_CELL G_MAXUINT32
#define PERIOD_DAYS 30

/* Where each row's cell is. */
typedef struct {
  const InbLeadFacts *facts;     /* borrowed */
  InbHeatMapMode      mode;
  guint               n_rows;
  guint               n_columns;
  InbValueRanking    *sources;   /* NULL unless by source and product */
  InbValueRanking    *products;
} Grid;

static void
clear_grid (Grid *grid)
{
  g_clear_pointer (&grid->sources, inb_value_ranking_free);
  g_clear_pointer (&grid->products, inb_value_ranking_free);
}

static InbValueRanking *
rank_values (const InbLeadFacts *facts,
             const guint64      *wanted,
             InbFilterField      field,
             guint               limit)
{
  g_autofree gint64 *counts = inb_value_ranking_count (facts, wanted, field);

  return inb_value_ranking_new (&facts->values[field], counts,
                                limit == 0 ? INB_HEAT_MAP_MOST : MIN (limit, INB_HEAT_MAP_MOST));
}

static void
init_grid (Grid               *grid,
           const InbLeadFacts *facts,
           const guint64      *wanted,
           InbHeatMapMode      mode,
           guint               max_rows,
           guint               max_columns)
{
  grid->facts = facts;
  grid->mode = mode;
  if (mode == INB_HEAT_MAP_WEEKDAY_HOUR)
    {
      grid->n_rows = N_WEEKDAYS;
      grid->n_columns = N_HOURS;
      return;
    }

  grid->sources = rank_values (facts, wanted, INB_FILTER_SOURCE, max_rows);
  grid->products = rank_values (facts, wanted, INB_FILTER_PRODUCT, max_columns);
  grid->n_rows = grid->sources->n_places;
  grid->n_columns = grid->products->n_places;
}

static inline guint32
find_cell (const Grid *grid,
           guint32     row)
{
  const InbLeadFacts *facts = grid->facts;

  if (grid->mode == INB_HEAT_MAP_WEEKDAY_HOUR)
    return facts->created_at[row] == INB_TIME_NONE ? NO_CELL : facts->week_hour[row];

  return grid->sources->places[facts->codes[INB_FILTER_SOURCE][row]] * grid->n_columns +
         grid->products->places[facts->codes[INB_FILTER_PRODUCT][row]];
}

static void
count_cells (const Grid     *grid,
             const guint64  *wanted,
             int             today,
             InbHeatMapCell *cells)
{
  const InbLeadFacts *facts = grid->facts;
  InbRowIter iter;
  guint32 row;

  inb_row_iter_init (&iter, wanted, facts->n_rows);
  while (inb_row_iter_next (&iter, &row))
    {
      guint32 place = find_cell (grid, row);
      int age = today - facts->day[row];
      InbHeatMapCell *cell;

      if (place == NO_CELL)
        continue;

      cell = &cells[place];
      cell->leads++;
      cell->converted += facts->is_converted[row] != 0;
      cell->value += facts->value[row];
      cell->answered += facts->response[row] >= 0;
      if (facts->created_at[row] == INB_TIME_NONE)
        continue;
      cell->last_30_days += age >= 0 && age < PERIOD_DAYS;
      cell->previous_30_days += age >= PERIOD_DAYS && age < 2 * PERIOD_DAYS;
    }
}

/* Response times in order of their cells; @starts: n_cells + 1, where each cell's begin. */
static gint32 *
gather_responses (const Grid    *grid,
                  const guint64 *wanted,
                  const gsize   *starts,
                  gsize          n_cells)
{
  gint32 *responses = g_new (gint32, MAX (starts[n_cells], 1));
  g_autofree gsize *next = g_memdup2 (starts, n_cells * sizeof (gsize));
  InbRowIter iter;
  guint32 row;

  inb_row_iter_init (&iter, wanted, grid->facts->n_rows);
  while (inb_row_iter_next (&iter, &row))
    {
      guint32 place = find_cell (grid, row);

      if (place != NO_CELL && grid->facts->response[row] >= 0)
        responses[next[place]++] = grid->facts->response[row];
    }

  return responses;
}

static gint64
median_of_column (const InbHeatMap *map,
                  const gint32     *responses,
                  const gsize      *starts,
                  guint             column)
{
  gsize n_values = (gsize) map->column_totals[column].answered;
  g_autofree gint32 *values = g_new (gint32, MAX (n_values, 1));
  gsize at = 0;

  for (guint row = 0; row < map->n_rows; row++)
    {
      gsize cell = (gsize) row * map->n_columns + column;

      for (gsize i = starts[cell]; i < starts[cell + 1]; i++)
        values[at++] = responses[i];
    }

  return inb_quantile_pick (values, n_values, 50);
}

/* A row's cells lie beside each other, so do their response times: cells first, then what is made of them. */
static void
set_medians (InbHeatMap    *map,
             const Grid    *grid,
             const guint64 *wanted)
{
  gsize n_cells = (gsize) map->n_rows * map->n_columns;
  g_autofree gsize *starts = g_new0 (gsize, n_cells + 1);
  g_autofree gint32 *responses = NULL;

  for (gsize i = 0; i < n_cells; i++)
    starts[i + 1] = starts[i] + (gsize) map->cells[i].answered;
  responses = gather_responses (grid, wanted, starts, n_cells);

  for (gsize i = 0; i < n_cells; i++)
    map->cells[i].response_median = inb_quantile_pick (responses + starts[i], starts[i + 1] - starts[i], 50);
  for (guint column = 0; column < map->n_columns; column++)
    map->column_totals[column].response_median = median_of_column (map, responses, starts, column);
  for (guint row = 0; row < map->n_rows; row++)
    {
      gsize first = starts[(gsize) row * map->n_columns];
      gsize end = starts[(gsize) (row + 1) * map->n_columns];

      map->row_totals[row].response_median = inb_quantile_pick (responses + first, end - first, 50);
    }
  map->total.response_median = inb_quantile_pick (responses, starts[n_cells], 50);
}

static void
add_cell (InbHeatMapCell       *sum,
          const InbHeatMapCell *cell)
{
  sum->leads += cell->leads;
  sum->converted += cell->converted;
  sum->value += cell->value;
  sum->answered += cell->answered;
  sum->last_30_days += cell->last_30_days;
  sum->previous_30_days += cell->previous_30_days;
}

static void
set_totals (InbHeatMap *map)
{
  for (guint row = 0; row < map->n_rows; row++)
    {
      for (guint column = 0; column < map->n_columns; column++)
        {
          const InbHeatMapCell *cell = &map->cells[(gsize) row * map->n_columns + column];

          add_cell (&map->row_totals[row], cell);
          add_cell (&map->column_totals[column], cell);
        }
      add_cell (&map->total, &map->row_totals[row]);
    }
}

static char **
name_numbers (guint first,
              guint n_numbers)
{
  char **names = g_new0 (char *, n_numbers + 1);

  for (guint i = 0; i < n_numbers; i++)
    names[i] = g_strdup_printf ("%u", first + i);

  return names;
}

/**
 * inb_lead_figures_count_heat_map:
 * @wanted: a bit per row
 * @max_rows: how many sources have a row of their own; 0 = as many as %INB_HEAT_MAP_MOST
 * @max_columns: how many products have a column
 * @now: microseconds
 *
 * Returns: (transfer full): those rows by source and product, or by weekday and hour
 */
InbHeatMap *
inb_lead_figures_count_heat_map (const InbLeadFacts *facts,
                                 const guint64      *wanted,
                                 InbHeatMapMode      mode,
                                 guint               max_rows,
                                 guint               max_columns,
                                 gint64              now)
{
  InbHeatMap *map = g_new0 (InbHeatMap, 1);
  Grid grid = { 0 };

  init_grid (&grid, facts, wanted, mode, max_rows, max_columns);
  map->mode = mode;
  map->n_rows = grid.n_rows;
  map->n_columns = grid.n_columns;
  map->cells = g_new0 (InbHeatMapCell, MAX ((gsize) grid.n_rows * grid.n_columns, 1));
  map->row_totals = g_new0 (InbHeatMapCell, MAX (grid.n_rows, 1));
  map->column_totals = g_new0 (InbHeatMapCell, MAX (grid.n_columns, 1));
  if (mode == INB_HEAT_MAP_WEEKDAY_HOUR)
    {
      map->rows = name_numbers (1, N_WEEKDAYS);
      map->columns = name_numbers (0, N_HOURS);
    }
  else
    {
      map->rows = inb_value_ranking_dup_names (grid.sources);
      map->columns = inb_value_ranking_dup_names (grid.products);
      map->has_other_row = grid.sources->has_other;
      map->has_other_column = grid.products->has_other;
    }

  count_cells (&grid, wanted, inb_local_day_of (now, facts->timezone), map->cells);
  set_totals (map);
  set_medians (map, &grid, wanted);
  clear_grid (&grid);

  return map;
}
