#define G_LOG_DOMAIN "inb-service"

#include "inb-heat-grid.h"

#include "inb-figures.h"

static void
axis_add (InbHeatAxis *axis,
          const char  *name)
{
  g_ptr_array_add (axis->names, g_strdup (name));
  g_hash_table_insert (axis->indices, g_ptr_array_index (axis->names, axis->names->len - 1), GUINT_TO_POINTER (axis->names->len));
}

static void
axis_init (InbHeatAxis *axis)
{
  axis->names = g_ptr_array_new_with_free_func (g_free);
  axis->indices = g_hash_table_new (g_str_hash, g_str_equal);
}

static void
axis_init_fixed (InbHeatAxis        *axis,
                 const char * const *names)
{
  axis_init (axis);
  for (guint i = 0; names[i] != NULL; i++)
    axis_add (axis, names[i]);
  axis->length = axis->names->len;
}

static void
axis_init_counted (InbHeatAxis        *axis,
                   const InbHeatEntry *entries,
                   guint               n_entries,
                   gboolean            rows,
                   guint               max_names)
{
  g_autoptr (GArray) named = g_array_new (FALSE, FALSE, sizeof (InbNamedCount));
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n_entries; i++)
    {
      InbNamedCount one = { rows ? entries[i].row : entries[i].column, entries[i].leads };
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, one.name));

      if (place > 0)
        {
          g_array_index (named, InbNamedCount, place - 1).leads += one.leads;
          continue;
        }
      g_array_append_val (named, one);
      g_hash_table_insert (places, (gpointer) one.name, GUINT_TO_POINTER (named->len));
    }
  g_array_sort (named, inb_named_count_compare);

  axis_init (axis);
  for (guint i = 0; i < MIN (named->len, max_names); i++)
    axis_add (axis, g_array_index (named, InbNamedCount, i).name);
  axis->has_other = named->len > max_names;
  axis->length = axis->names->len + (axis->has_other ? 1 : 0);
}

static void
axis_clear (InbHeatAxis *axis)
{
  g_hash_table_unref (axis->indices);
  g_ptr_array_unref (axis->names);
}

/**
 * inb_heat_axis_find:
 * @name: (nullable): %NULL or one past the limit: "other"
 * @total: whether the total is meant, whatever @name
 */
guint
inb_heat_axis_find (const InbHeatAxis *axis,
                    const char        *name,
                    gboolean           total)
{
  guint place;

  if (total)
    return axis->length;

  place = name == NULL ? 0 : GPOINTER_TO_UINT (g_hash_table_lookup (axis->indices, name));

  return place == 0 ? axis->length - 1 : place - 1;
}

/**
 * inb_heat_grid_get:
 * @row: a row's index; the number of rows: the columns' totals
 * @column: a column's index; the number of columns: the rows' totals
 */
InbHeatCell *
inb_heat_grid_get (InbHeatGrid *self,
                   guint        row,
                   guint        column)
{
  g_assert (row <= self->rows.length && column <= self->columns.length);

  return &self->cells[row * (self->columns.length + 1) + column];
}

static void
add_up (InbHeatCell        *cell,
        const InbHeatEntry *entry)
{
  cell->leads += entry->leads;
  cell->converted += entry->converted;
  cell->value += entry->value;
}

static void
fill (InbHeatGrid        *self,
      const InbHeatEntry *entries,
      guint               n_entries)
{
  guint n_cells = (self->rows.length + 1) * (self->columns.length + 1);

  self->cells = g_new0 (InbHeatCell, n_cells);
  for (guint i = 0; i < n_cells; i++)
    self->cells[i].median = -1;
  for (guint i = 0; i < n_entries; i++)
    {
      guint row = inb_heat_axis_find (&self->rows, entries[i].row, FALSE);
      guint column = inb_heat_axis_find (&self->columns, entries[i].column, FALSE);

      add_up (inb_heat_grid_get (self, row, column), &entries[i]);
      add_up (inb_heat_grid_get (self, row, self->columns.length), &entries[i]);
      add_up (inb_heat_grid_get (self, self->rows.length, column), &entries[i]);
      add_up (inb_heat_grid_get (self, self->rows.length, self->columns.length), &entries[i]);
    }
}

InbHeatGrid *
inb_heat_grid_new (const InbHeatEntry *entries,
                   guint               n_entries,
                   guint               max_rows,
                   guint               max_columns)
{
  InbHeatGrid *self = g_new0 (InbHeatGrid, 1);

  axis_init_counted (&self->rows, entries, n_entries, TRUE, max_rows);
  axis_init_counted (&self->columns, entries, n_entries, FALSE, max_columns);
  fill (self, entries, n_entries);

  return self;
}

InbHeatGrid *
inb_heat_grid_new_fixed (const InbHeatEntry *entries,
                         guint               n_entries,
                         const char * const *rows,
                         const char * const *columns)
{
  InbHeatGrid *self = g_new0 (InbHeatGrid, 1);

  axis_init_fixed (&self->rows, rows);
  axis_init_fixed (&self->columns, columns);
  fill (self, entries, n_entries);

  return self;
}

void
inb_heat_grid_free (InbHeatGrid *self)
{
  axis_clear (&self->rows);
  axis_clear (&self->columns);
  g_free (self->cells);
  g_free (self);
}
