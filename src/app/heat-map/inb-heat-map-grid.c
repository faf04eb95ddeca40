#define G_LOG_DOMAIN "inb-app"

#include "inb-heat-map-grid.h"

#include "inb-source-text.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <math.h>
#include <stdlib.h>

/* Enough to know the median by. */
#define MAX_SAMPLES 2048

/* --- the scale ---------------------------------------------------------------------------------------------------------- */

/* Two significant digits: legends are read by people. */
static gint64
round_low (double figure)
{
  double unit = figure >= 100 ? pow (10, floor (log10 (figure)) - 1) : 1;

  return (gint64) (ceil (figure / unit) * unit);
}

static int
compare_figures (gconstpointer a,
                 gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

/* The steps bend so that the median cell lies in the middle of the scale: with a few large cells among many small ones they
 * grow, and where all are alike the small differences are seen. With few different figures each has its own step. */
static void
make_lows (InbHeatMapGrid *self,
           gint64          least,
           gint64          median)
{
  double span = (double) (self->most - least);
  double power;

  for (guint i = 0; i < INB_PALETTE_STEPS; i++)
    self->lows[i] = INB_HEAT_MAP_NO_FIGURE;

  if (self->most == INB_HEAT_MAP_NO_FIGURE)
    return;
  if (self->most - least < INB_PALETTE_STEPS)
    {
      for (gint64 figure = least; figure <= self->most; figure++)
        self->lows[self->most > least ? (figure - least) * (INB_PALETTE_STEPS - 1) / (self->most - least) : 0] = figure;
      return;
    }

  power = CLAMP (log (CLAMP ((double) (median - least) / span, 0.01, 0.99)) / log (0.5), 0.6, 3);
  self->lows[0] = least;
  for (guint i = 1; i < INB_PALETTE_STEPS; i++)
    self->lows[i] = MAX (self->lows[i - 1] + 1,
                         MIN (round_low ((double) least + span * pow ((double) i / INB_PALETTE_STEPS, power)), self->most));
}

/* The least, the median and the most of what is not nothing; no conversion of some leads is a figure, too. */
static void
find_range (InbHeatMapGrid *self,
            gint64         *least,
            gint64         *median)
{
  g_autoptr (GArray) figures = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint stride = self->n_rows * self->n_columns / MAX_SAMPLES + 1;
  guint n = 0;

  *least = 0;
  *median = 0;
  self->most = INB_HEAT_MAP_NO_FIGURE;
  for (guint row = 0; row < self->n_rows; row++)
    for (guint column = 0; column < self->n_columns; column++)
      {
        gint64 figure = inb_heat_map_grid_get_figure (self, row, column);

        if (figure < 0 || (figure == 0 && self->measure != INB_HEAT_MAP_CONVERSION))
          continue;
        *least = self->most == INB_HEAT_MAP_NO_FIGURE ? figure : MIN (*least, figure);
        self->most = MAX (self->most, figure);
        if (n++ % stride == 0)
          g_array_append_val (figures, figure);
      }
  if (figures->len == 0)
    return;

  g_array_sort (figures, compare_figures);
  *median = g_array_index (figures, gint64, figures->len / 2);
}

static void
make_scale (InbHeatMapGrid *self)
{
  gint64 least;
  gint64 median;

  find_range (self, &least, &median);
  if (self->measure != INB_HEAT_MAP_RESPONSE)
    {
      make_lows (self, least, median);
      return;
    }

  /* The classes of the response times, also in the trends. */
  self->lows[0] = 0;
  for (guint i = 1; i < INB_PALETTE_STEPS; i++)
    self->lows[i] = inb_response_class_limits[i - 1] + 1;
}

/**
 * inb_heat_map_grid_get_step:
 *
 * Returns: which step of the palette @figure has; INB_HEAT_MAP_NO_STEP for nothing
 */
guint8
inb_heat_map_grid_get_step (const InbHeatMapGrid *self,
                            gint64                figure)
{
  guint8 step = INB_HEAT_MAP_NO_STEP;

  if (figure == INB_HEAT_MAP_NO_FIGURE)
    return step;
  for (guint8 i = 0; i < INB_PALETTE_STEPS; i++)
    if (self->lows[i] != INB_HEAT_MAP_NO_FIGURE && figure >= self->lows[i])
      step = i;

  return step;
}

const GdkRGBA *
inb_heat_map_grid_get_fill (const InbHeatMapGrid *self,
                            gint64                figure,
                            const InbPalette     *palette)
{
  guint8 step = inb_heat_map_grid_get_step (self, figure);

  return step == INB_HEAT_MAP_NO_STEP ? &palette->empty : &palette->steps[step];
}

/* --- order and names ---------------------------------------------------------------------------------------------------- */

typedef struct {
  const InbHeatMap *map;
  gboolean          is_row;
  InbHeatMapMeasure measure;
  InbHeatMapSort    sort;
  char            **keys;    /* collation keys by index in the map */
} Order;

static gint64
get_total (const Order *order,
           guint        i)
{
  return inb_heat_map_figure_compute (order->measure, order->is_row ? &order->map->row_totals[i] : &order->map->column_totals[i]);
}

static int
compare_places (const void *a,
                const void *b,
                void       *user_data)
{
  const Order *order = user_data;
  guint first = *(const guint *) a;
  guint second = *(const guint *) b;

  if (order->sort == INB_HEAT_MAP_BY_TOTAL)
    {
      gint64 x = get_total (order, first);
      gint64 y = get_total (order, second);

      /* As they come: most leads first, ties by name. */
      return x != y ? (x < y) - (x > y) : (first > second) - (first < second);
    }

  return g_strcmp0 (order->keys[first], order->keys[second]);
}

static guint *
make_order (const InbHeatMap  *map,
            gboolean           is_row,
            char             **names,
            InbHeatMapMeasure  measure,
            InbHeatMapSort     sort)
{
  guint n = is_row ? map->n_rows : map->n_columns;
  gboolean has_other = is_row ? map->has_other_row : map->has_other_column;
  guint *places = g_new (guint, n + 1);
  g_auto (GStrv) keys = g_new0 (char *, n + 1);
  Order order = { map, is_row, measure, sort, keys };

  for (guint i = 0; i < n; i++)
    {
      places[i] = i;
      keys[i] = g_utf8_collate_key_for_filename (names[i], -1);
    }
  if (map->mode == INB_HEAT_MAP_SOURCE_PRODUCT && n > 1)
    qsort_r (places, has_other ? n - 1 : n, sizeof (guint), compare_places, &order);

  return places;
}

/* Monday is 1, as in the data. */
static const char *
get_weekday (int day)
{
  static const nl_item items[] = { DAY_2, DAY_3, DAY_4, DAY_5, DAY_6, DAY_7, DAY_1 };

  return nl_langinfo (items[CLAMP (day - 1, 0, 6)]);
}

static char *
make_name (const InbHeatMap *map,
           gboolean          is_row,
           guint             i)
{
  const char *key = is_row ? map->rows[i] : map->columns[i];

  if (map->mode == INB_HEAT_MAP_WEEKDAY_HOUR)
    return is_row ? g_strdup (get_weekday (atoi (key))) : g_strdup_printf ("%02d", atoi (key));
  if (is_row ? map->has_other_row && i == map->n_rows - 1 : map->has_other_column && i == map->n_columns - 1)
    return g_strdup (_("Other"));
  if (*key == '\0')
    return g_strdup (is_row ? _("No source") : _("No product"));

  return g_strdup (is_row ? inb_source_text_get_name (key) : key);
}

/* By index in the map at first, and then by place. */
static char **
make_names (const InbHeatMap *map,
            gboolean          is_row)
{
  guint n = is_row ? map->n_rows : map->n_columns;
  char **names = g_new0 (char *, n + 2);

  for (guint i = 0; i < n; i++)
    names[i] = make_name (map, is_row, i);
  names[n] = g_strdup (_("Total"));

  return names;
}

static char **
put_in_order (char        **names,
              const guint  *places,
              guint         n)
{
  char **ordered = g_new0 (char *, n + 2);

  for (guint i = 0; i < n; i++)
    ordered[i] = names[places[i]];
  ordered[n] = names[n];
  g_free (names);

  return ordered;
}

/**
 * inb_heat_map_grid_new:
 * @map: (transfer full):
 * @currency: (nullable): of the workspace
 *
 * Returns: (transfer full): what is shown of @map
 */
InbHeatMapGrid *
inb_heat_map_grid_new (InbHeatMap        *map,
                       InbHeatMapMeasure  measure,
                       InbHeatMapSort     sort,
                       const char        *currency)
{
  InbHeatMapGrid *self = g_new0 (InbHeatMapGrid, 1);
  char **row_names = make_names (map, TRUE);
  char **column_names = make_names (map, FALSE);

  g_atomic_ref_count_init (&self->refs);
  self->map = map;
  self->measure = measure;
  self->sort = sort;
  self->currency = g_strdup (currency);
  self->n_rows = map->n_rows;
  self->n_columns = map->n_columns;
  self->rows = make_order (map, TRUE, row_names, measure, sort);
  self->columns = make_order (map, FALSE, column_names, measure, sort);
  self->row_names = put_in_order (row_names, self->rows, map->n_rows);
  self->column_names = put_in_order (column_names, self->columns, map->n_columns);
  make_scale (self);

  return self;
}

/**
 * inb_heat_map_grid_change:
 *
 * Returns: (transfer full): another measure or order of the same data, which both share
 */
InbHeatMapGrid *
inb_heat_map_grid_change (InbHeatMapGrid    *self,
                          InbHeatMapMeasure  measure,
                          InbHeatMapSort     sort,
                          const char        *currency)
{
  InbHeatMapGrid *changed = inb_heat_map_grid_new (self->map, measure, sort, currency);

  changed->owner = inb_heat_map_grid_ref (self->owner != NULL ? self->owner : self);

  return changed;
}

InbHeatMapGrid *
inb_heat_map_grid_ref (InbHeatMapGrid *self)
{
  g_atomic_ref_count_inc (&self->refs);

  return self;
}

void
inb_heat_map_grid_unref (InbHeatMapGrid *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  if (self->owner != NULL)
    inb_heat_map_grid_unref (self->owner);
  else
    inb_heat_map_free (self->map);
  g_free (self->currency);
  g_free (self->rows);
  g_free (self->columns);
  g_strfreev (self->row_names);
  g_strfreev (self->column_names);
  g_free (self);
}

const InbHeatMapCell *
inb_heat_map_grid_get_cell (const InbHeatMapGrid *self,
                            guint                 row,
                            guint                 column)
{
  g_assert (row <= self->n_rows && column <= self->n_columns);

  if (row == self->n_rows)
    return column == self->n_columns ? &self->map->total : &self->map->column_totals[self->columns[column]];
  if (column == self->n_columns)
    return &self->map->row_totals[self->rows[row]];

  return &self->map->cells[self->rows[row] * self->n_columns + self->columns[column]];
}

gint64
inb_heat_map_grid_get_figure (const InbHeatMapGrid *self,
                              guint                 row,
                              guint                 column)
{
  return inb_heat_map_figure_compute (self->measure, inb_heat_map_grid_get_cell (self, row, column));
}

gboolean
inb_heat_map_grid_is_other_row (const InbHeatMapGrid *self,
                                guint                 row)
{
  return self->map->has_other_row && row == self->n_rows - 1;
}

gboolean
inb_heat_map_grid_is_other_column (const InbHeatMapGrid *self,
                                   guint                 column)
{
  return self->map->has_other_column && column == self->n_columns - 1;
}

const char *
inb_heat_map_grid_get_row_key (const InbHeatMapGrid *self,
                               guint                 row)
{
  if (row >= self->n_rows || inb_heat_map_grid_is_other_row (self, row))
    return NULL;

  return self->map->rows[self->rows[row]];
}

const char *
inb_heat_map_grid_get_column_key (const InbHeatMapGrid *self,
                                  guint                 column)
{
  if (column >= self->n_columns || inb_heat_map_grid_is_other_column (self, column))
    return NULL;

  return self->map->columns[self->columns[column]];
}

gboolean
inb_heat_map_grid_find_key (const InbHeatMapGrid *self,
                            gboolean              is_row,
                            const char           *key,
                            guint                *place)
{
  guint n = is_row ? self->n_rows : self->n_columns;

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (is_row ? inb_heat_map_grid_get_row_key (self, i) : inb_heat_map_grid_get_column_key (self, i), key) == 0)
      {
        *place = i;
        return TRUE;
      }

  return FALSE;
}
