#define G_LOG_DOMAIN "inb-app"

#include "inb-heat-map-others.h"

#include "inb-time.h"

typedef struct {
  /* Owned */
  InbHeatMapGrid   *grid;
  InbLeadFilter    *base;
  InbHeatMapOthers *others;

  gboolean          rows;       /* still to be asked for */
  gboolean          columns;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  inb_heat_map_grid_unref (search->grid);
  inb_lead_filter_free (search->base);
  inb_heat_map_others_free (search->others);
  g_free (search);
}

void
inb_heat_map_others_free (InbHeatMapOthers *self)
{
  if (self == NULL)
    return;

  g_strfreev (self->sources);
  g_strfreev (self->products);
  g_free (self);
}

gboolean
inb_heat_map_others_are_needed (const InbHeatMapGrid *grid,
                                guint                 row,
                                guint                 column)
{
  return inb_heat_map_grid_is_other_row (grid, row) || inb_heat_map_grid_is_other_column (grid, column);
}

/* The values that have leads, and no row or column of their own. */
static GStrv
collect (const Search         *search,
         const InbValueCounts *values,
         gboolean              is_row)
{
  g_autoptr (GStrvBuilder) others = g_strv_builder_new ();
  InbFilterField field = is_row ? INB_FILTER_SOURCE : INB_FILTER_PRODUCT;
  guint place;

  /* The counts pass over what the filter itself says of the field. */
  for (guint i = 0; i < values->n_values; i++)
    if (values->values[i].leads > 0 &&
        !inb_heat_map_grid_find_key (search->grid, is_row, values->values[i].name, &place) &&
        (search->base->values[field] == NULL ||
         inb_lead_filter_has_value (search->base, field, values->values[i].name)))
      g_strv_builder_add (others, values->values[i].name);

  return g_strv_builder_end (others);
}

static void ask (GTask      *task,
                 InbReplica *replica);

static void
on_values (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Search *search = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (InbValueCounts) values = inb_replica_get_values_finish (INB_REPLICA (source), result, &error);

  if (values == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  if (search->rows)
    {
      search->others->sources = collect (search, values, TRUE);
      search->rows = FALSE;
    }
  else
    {
      search->others->products = collect (search, values, FALSE);
      search->columns = FALSE;
    }
  ask (task, INB_REPLICA (source));
}

/* One after the other, until nothing is left to ask for. (task: transfer full) */
static void
ask (GTask      *task,
     InbReplica *replica)
{
  Search *search = g_task_get_task_data (task);

  if (search->rows || search->columns)
    {
      inb_replica_get_values_async (replica, search->base, search->rows ? INB_FILTER_SOURCE : INB_FILTER_PRODUCT,
                                    inb_time_now (), g_task_get_cancellable (task), on_values, task);
      return;
    }

  g_task_return_pointer (task, g_steal_pointer (&search->others), (GDestroyNotify) inb_heat_map_others_free);
  g_object_unref (task);
}

/**
 * inb_heat_map_others_find_async:
 * @base: what @grid was counted with
 *
 * Finds the sources and products that the cell at @row and @column stands for, where it stands for the rest of them.
 */
void
inb_heat_map_others_find_async (InbReplica          *replica,
                                const InbLeadFilter *base,
                                InbHeatMapGrid      *grid,
                                guint                row,
                                guint                column,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task = g_task_new (replica, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  g_task_set_source_tag (task, inb_heat_map_others_find_async);
  search->grid = inb_heat_map_grid_ref (grid);
  search->base = inb_lead_filter_copy (base);
  search->others = g_new0 (InbHeatMapOthers, 1);
  search->rows = inb_heat_map_grid_is_other_row (grid, row);
  search->columns = inb_heat_map_grid_is_other_column (grid, column);
  g_task_set_task_data (task, search, search_free);
  ask (task, replica);
}

/**
 * inb_heat_map_others_find_finish:
 *
 * Returns: (transfer full): what was found, or %NULL with the replica's error
 */
InbHeatMapOthers *
inb_heat_map_others_find_finish (InbReplica    *replica,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, replica), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
