#define G_LOG_DOMAIN "inb-app"

#include "inb-heat-map-picks.h"

#include <stdlib.h>

static const InbFilterField axes[] = { INB_FILTER_SOURCE, INB_FILTER_PRODUCT };

void
inb_heat_map_picks_init (InbHeatMapPicks *self)
{
  self->base = inb_lead_filter_new ();
  self->picked = inb_lead_filter_new ();
}

void
inb_heat_map_picks_clear (InbHeatMapPicks *self)
{
  g_clear_pointer (&self->base, inb_lead_filter_free);
  g_clear_pointer (&self->picked, inb_lead_filter_free);
}

gboolean
inb_heat_map_picks_is_any (const InbHeatMapPicks *self)
{
  return !inb_lead_filter_is_empty (self->picked);
}

/* Takes from @from what @picked says something of. */
static void
copy_picked (InbLeadFilter       *filter,
             const InbLeadFilter *picked,
             const InbLeadFilter *from)
{
  for (guint i = 0; i < G_N_ELEMENTS (axes); i++)
    if (picked->values[axes[i]] != NULL)
      inb_lead_filter_set_values (filter, axes[i], (const char *const *) from->values[axes[i]]);
  if (picked->weekday != 0)
    filter->weekday = from->weekday;
  if (picked->hour != -1)
    filter->hour = from->hour;
}

InbLeadFilter *
inb_heat_map_picks_combine (const InbHeatMapPicks *self)
{
  InbLeadFilter *filter = inb_lead_filter_copy (self->base);

  copy_picked (filter, self->picked, self->picked);

  return filter;
}

/**
 * inb_heat_map_picks_follow:
 * @filter: of the session
 *
 * As long as the picks are still in @filter, what else changed in it changes the base; else @filter is the new base and nothing
 * is picked.
 */
void
inb_heat_map_picks_follow (InbHeatMapPicks     *self,
                           const InbLeadFilter *filter)
{
  InbLeadFilter *with_picks = inb_lead_filter_copy (filter);
  InbLeadFilter *base = inb_lead_filter_copy (filter);

  copy_picked (with_picks, self->picked, self->picked);
  if (inb_lead_filter_equal (with_picks, filter))
    copy_picked (base, self->picked, self->base);
  else
    inb_lead_filter_clear (self->picked);
  inb_lead_filter_free (with_picks);
  inb_lead_filter_free (self->base);
  self->base = base;
}

static void
pick_value (InbLeadFilter      *picked,
            InbFilterField      field,
            const char         *key,
            const char * const *others)
{
  if (key != NULL)
    inb_lead_filter_add_value (picked, field, key);
  for (guint i = 0; key == NULL && others != NULL && others[i] != NULL; i++)
    inb_lead_filter_add_value (picked, field, others[i]);
}

void
inb_heat_map_picks_pick (InbHeatMapPicks      *self,
                         const InbHeatMapGrid *grid,
                         guint                 row,
                         guint                 column,
                         const char * const   *other_sources,
                         const char * const   *other_products,
                         gboolean              add)
{
  const char *row_key = inb_heat_map_grid_get_row_key (grid, row);
  const char *column_key = inb_heat_map_grid_get_column_key (grid, column);

  if (!add)
    inb_lead_filter_clear (self->picked);

  if (grid->map->mode == INB_HEAT_MAP_WEEKDAY_HOUR)
    {
      /* There is only one of each in a filter. */
      if (row_key != NULL)
        self->picked->weekday = atoi (row_key);
      if (column_key != NULL)
        self->picked->hour = atoi (column_key);
      return;
    }

  pick_value (self->picked, INB_FILTER_SOURCE, row_key, other_sources);
  pick_value (self->picked, INB_FILTER_PRODUCT, column_key, other_products);
}

static gboolean
is_key_picked (const InbLeadFilter *filter,
               InbHeatMapMode       mode,
               gboolean             is_row,
               const char          *key)
{
  if (mode == INB_HEAT_MAP_WEEKDAY_HOUR)
    {
      int wanted = is_row ? filter->weekday : filter->hour;

      return wanted == (is_row ? 0 : -1) || (key != NULL && atoi (key) == wanted);
    }

  if (filter->values[is_row ? INB_FILTER_SOURCE : INB_FILTER_PRODUCT] == NULL)
    return TRUE;

  return key != NULL && inb_lead_filter_has_value (filter, is_row ? INB_FILTER_SOURCE : INB_FILTER_PRODUCT, key);
}

/**
 * inb_heat_map_picks_mark:
 * @is_row: of the rows, else of the columns
 *
 * Returns: (transfer full): a byte for each of them and their total: whether it is part of what @filter picks
 */
GBytes *
inb_heat_map_picks_mark (const InbHeatMapGrid *grid,
                         const InbLeadFilter  *filter,
                         gboolean              is_row)
{
  guint n = is_row ? grid->n_rows : grid->n_columns;
  guint8 *picked = g_new0 (guint8, n + 1);

  for (guint i = 0; i < n; i++)
    picked[i] = is_key_picked (filter, grid->map->mode, is_row,
                               is_row ? inb_heat_map_grid_get_row_key (grid, i) : inb_heat_map_grid_get_column_key (grid, i));

  return g_bytes_new_take (picked, n + 1);
}
