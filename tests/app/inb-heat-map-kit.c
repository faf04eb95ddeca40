#define G_LOG_DOMAIN "inb-tests"

#include "inb-heat-map-kit.h"

static InbHeatMapCell
make_cell (gint64 leads)
{
  return (InbHeatMapCell) { leads, leads / 10, leads * 1000, leads, leads > 0 ? 90 : -1, leads / 2, leads / 4 };
}

InbHeatMap *
inb_heat_map_kit_new (const char * const *rows,
                      const char * const *columns,
                      const gint64       *leads,
                      gboolean            other)
{
  InbHeatMap *map = g_new0 (InbHeatMap, 1);
  gint64 total = 0;

  map->rows = g_strdupv ((GStrv) rows);
  map->columns = g_strdupv ((GStrv) columns);
  map->n_rows = g_strv_length (map->rows);
  map->n_columns = g_strv_length (map->columns);
  map->has_other_row = other;
  map->cells = g_new0 (InbHeatMapCell, (gsize) map->n_rows * map->n_columns);
  map->row_totals = g_new0 (InbHeatMapCell, map->n_rows);
  map->column_totals = g_new0 (InbHeatMapCell, map->n_columns);
  for (guint row = 0; row < map->n_rows; row++)
    for (guint column = 0; column < map->n_columns; column++)
      {
        gint64 n = leads[row * map->n_columns + column];

        map->cells[row * map->n_columns + column] = make_cell (n);
        map->row_totals[row] = make_cell (map->row_totals[row].leads + n);
        map->column_totals[column] = make_cell (map->column_totals[column].leads + n);
        total += n;
      }
  map->total = make_cell (total);

  return map;
}

static GStrv
make_names (const char *prefix,
            guint       n)
{
  GStrv names = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    names[i] = g_strdup_printf ("%s%u", prefix, i);

  return names;
}

InbHeatMap *
inb_heat_map_kit_new_large (guint n_rows,
                            guint n_columns,
                            guint seed)
{
  g_auto (GStrv) rows = make_names ("Campaign number ", n_rows);
  g_auto (GStrv) columns = make_names ("Product line ", n_columns);
  g_autofree gint64 *leads = g_new0 (gint64, n_rows * n_columns);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (guint i = 0; i < n_rows * n_columns; i++)
    leads[i] = (gint64) (2000 * g_rand_double (random) * g_rand_double (random) * g_rand_double (random));

  return inb_heat_map_kit_new ((const char *const *) rows, (const char *const *) columns, leads, FALSE);
}

InbHeatMap *
inb_heat_map_kit_new_week (void)
{
  g_auto (GStrv) rows = g_strsplit ("1 2 3 4 5 6 7", " ", -1);
  g_auto (GStrv) columns = make_names ("", 24);
  gint64 leads[7 * 24];
  InbHeatMap *map;

  for (guint i = 0; i < G_N_ELEMENTS (leads); i++)
    leads[i] = i % 24 + 1;
  map = inb_heat_map_kit_new ((const char *const *) rows, (const char *const *) columns, leads, FALSE);
  map->mode = INB_HEAT_MAP_WEEKDAY_HOUR;

  return map;
}
