#define G_LOG_DOMAIN "inb-app"

#include "inb-heat-map-fades.h"

/* When more changes than this it is another picture, not an arrival. */
#define MAX_FADES 1024
/* How much of the text's colour a change starts with, so that it is seen also where the step stays the same. */
#define FLASH 0.35

struct _InbHeatMapFades {
  /* Owned */
  GHashTable *colors;       /* place of the cell → GdkRGBA from which it fades */

  guint       n_columns;
};

static GdkRGBA
mix (const GdkRGBA *from,
     const GdkRGBA *to,
     double         progress)
{
  float share = (float) progress;

  return (GdkRGBA) { from->red + (to->red - from->red) * share, from->green + (to->green - from->green) * share,
                     from->blue + (to->blue - from->blue) * share, 1 };
}

static gpointer
get_key (const InbHeatMapFades *self,
         guint                  row,
         guint                  column)
{
  return GUINT_TO_POINTER (row * self->n_columns + column);
}

static const char *
get_grid_key (const InbHeatMapGrid *grid,
              gboolean              is_row,
              guint                 place)
{
  const char *key = is_row ? inb_heat_map_grid_get_row_key (grid, place) : inb_heat_map_grid_get_column_key (grid, place);

  return key != NULL ? key : "\x01";
}

/* Where each row or column of @grid was in @old, from 1; 0 = it is new. */
static guint *
find_old_places (const InbHeatMapGrid *old,
                 const InbHeatMapGrid *grid,
                 gboolean              is_row)
{
  g_autoptr (GHashTable) index = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_old = is_row ? old->n_rows : old->n_columns;
  guint n = is_row ? grid->n_rows : grid->n_columns;
  guint *places = g_new (guint, n + 1);

  for (guint i = 0; i < n_old; i++)
    g_hash_table_insert (index, (gpointer) get_grid_key (old, is_row, i), GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < n; i++)
    places[i] = GPOINTER_TO_UINT (g_hash_table_lookup (index, get_grid_key (grid, is_row, i)));

  return places;
}

/* FALSE: too many. */
static gboolean
add_fade (InbHeatMapFades  *self,
          guint             row,
          guint             column,
          const GdkRGBA    *was,
          const InbPalette *palette)
{
  GdkRGBA from = mix (was, &palette->text, FLASH);

  if (g_hash_table_size (self->colors) >= MAX_FADES)
    return FALSE;

  g_hash_table_insert (self->colors, get_key (self, row, column), g_memdup2 (&from, sizeof from));

  return TRUE;
}

/**
 * inb_heat_map_fades_new:
 *
 * Returns: (transfer full) (nullable): the cells that differ, wherever they stand now; %NULL for none, or too many
 */
InbHeatMapFades *
inb_heat_map_fades_new (const InbHeatMapGrid *old,
                        const InbHeatMapGrid *grid,
                        const InbPalette     *palette)
{
  g_autoptr (InbHeatMapFades) self = g_new0 (InbHeatMapFades, 1);
  g_autofree guint *rows = find_old_places (old, grid, TRUE);
  g_autofree guint *columns = find_old_places (old, grid, FALSE);

  self->colors = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->n_columns = grid->n_columns;
  for (guint row = 0; row < grid->n_rows; row++)
    for (guint column = 0; rows[row] > 0 && column < grid->n_columns; column++)
      {
        gint64 before;

        if (columns[column] == 0)
          continue;
        before = inb_heat_map_grid_get_figure (old, rows[row] - 1, columns[column] - 1);
        if (before != inb_heat_map_grid_get_figure (grid, row, column) &&
            !add_fade (self, row, column, inb_heat_map_grid_get_fill (old, before, palette), palette))
          return NULL;
      }

  return g_hash_table_size (self->colors) > 0 ? g_steal_pointer (&self) : NULL;
}

void
inb_heat_map_fades_free (InbHeatMapFades *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->colors);
  g_free (self);
}

GdkRGBA
inb_heat_map_fades_apply (const InbHeatMapFades *self,
                          guint                  row,
                          guint                  column,
                          const GdkRGBA         *fill,
                          double                 progress)
{
  const GdkRGBA *from = g_hash_table_lookup (self->colors, get_key (self, row, column));

  return from != NULL ? mix (from, fill, progress) : *fill;
}
