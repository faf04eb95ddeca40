#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-cells.h"

#define MARK_SECONDS 5

typedef struct {
  InbLeadCells *cells;
  guint         column;
} Factory;

struct _InbLeadCells {
  /* Owned */
  InbLeadCellShared  shared;
  GHashTable        *bound;     /* set of InbLeadCell */
  GHashTable        *timers;    /* lead id → id of the timer that ends its tint */
  Factory            factories[INB_N_LEAD_SORTS + 1];
};

typedef struct {
  InbLeadCells *cells;
  char         *lead_id;
} Mark;

typedef gboolean (*CellTest) (const InbLeadCell *cell);

static gboolean
is_check (const InbLeadCell *cell)
{
  return cell->column == INB_LEAD_CELL_CHECK;
}

static gboolean
is_time (const InbLeadCell *cell)
{
  return !is_check (cell) && inb_lead_column_get_info ((InbLeadSort) cell->column)->kind == INB_COLUMN_TIME;
}

static gboolean
is_name (const InbLeadCell *cell)
{
  return is_check (cell) || cell->column == INB_LEAD_SORT_STAGE || cell->column == INB_LEAD_SORT_OWNER ||
         cell->column == INB_LEAD_SORT_TEAM;
}

static void
update (InbLeadCells *self,
        CellTest      test)
{
  GHashTableIter iter;
  gpointer cell;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    if (test (cell))
      inb_lead_cell_update (cell);
}

static void
on_tick (InbLeadCells *self)
{
  update (self, is_time);
}

static void
on_names_changed (InbLeadCells *self)
{
  update (self, is_name);
}

static void
on_checks_changed (InbLeadCells *self)
{
  GHashTableIter iter;
  gpointer cell;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    if (is_check (cell))
      inb_lead_cell_update_checked (cell);
}

/* --- factories ---------------------------------------------------------------------------------------------------------- */

static void
on_setup (GtkSignalListItemFactory *factory,
          GObject                  *list_item,
          gpointer                  user_data)
{
  Factory *closure = user_data;
  InbLeadCell *cell = inb_lead_cell_new (&closure->cells->shared, closure->column, GTK_LIST_ITEM (list_item));

  g_object_set_data_full (list_item, "inb-cell", cell, (GDestroyNotify) inb_lead_cell_free);
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GObject                  *list_item,
         gpointer                  user_data)
{
  Factory *closure = user_data;
  InbLeadCell *cell = g_object_get_data (list_item, "inb-cell");

  g_hash_table_add (closure->cells->bound, cell);
  inb_lead_cell_bind (cell);
}

static void
on_unbind (GtkSignalListItemFactory *factory,
           GObject                  *list_item,
           gpointer                  user_data)
{
  Factory *closure = user_data;
  InbLeadCell *cell = g_object_get_data (list_item, "inb-cell");

  g_hash_table_remove (closure->cells->bound, cell);
  inb_lead_cell_unbind (cell);
}

static void
on_teardown (GtkSignalListItemFactory *factory,
             GObject                  *list_item,
             gpointer                  user_data)
{
  g_object_set_data (list_item, "inb-cell", NULL);
}

/* --- tint --------------------------------------------------------------------------------------------------------------- */

static gboolean
on_mark_over (gpointer user_data)
{
  Mark *mark = user_data;

  g_hash_table_remove (mark->cells->timers, mark->lead_id);
  update (mark->cells, is_check);

  return G_SOURCE_REMOVE;
}

static void
mark_free (gpointer data)
{
  Mark *mark = data;

  g_free (mark->lead_id);
  g_free (mark);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_lead_cells_new:
 * @clock: whose ticks relative times follow
 * @directory: of the names of owners, teams and stages
 * @selection: which rows are checked
 *
 * Returns: (transfer full): no cells yet
 */
InbLeadCells *
inb_lead_cells_new (InbClock         *clock,
                    InbDirectory     *directory,
                    InbLeadSelection *selection)
{
  InbLeadCells *self = g_new0 (InbLeadCells, 1);

  self->bound = g_hash_table_new (NULL, NULL);
  self->timers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->shared.clock = g_object_ref (clock);
  self->shared.directory = g_object_ref (directory);
  self->shared.selection = g_object_ref (selection);
  self->shared.marked = self->timers;
  g_signal_connect_swapped (clock, "tick", G_CALLBACK (on_tick), self);
  g_signal_connect_swapped (directory, "changed", G_CALLBACK (on_names_changed), self);
  g_signal_connect_swapped (selection, "checks-changed", G_CALLBACK (on_checks_changed), self);

  return self;
}

void
inb_lead_cells_free (InbLeadCells *self)
{
  GHashTableIter iter;
  gpointer timer;

  g_hash_table_iter_init (&iter, self->timers);
  while (g_hash_table_iter_next (&iter, NULL, &timer))
    g_source_remove (GPOINTER_TO_UINT (timer));
  g_signal_handlers_disconnect_by_data (self->shared.clock, self);
  g_signal_handlers_disconnect_by_data (self->shared.directory, self);
  g_signal_handlers_disconnect_by_data (self->shared.selection, self);
  g_object_unref (self->shared.clock);
  g_object_unref (self->shared.directory);
  g_object_unref (self->shared.selection);
  g_hash_table_unref (self->timers);
  g_hash_table_unref (self->bound);
  g_free (self);
}

GtkListItemFactory *
inb_lead_cells_make_factory (InbLeadCells *self,
                             guint         column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Factory *closure = &self->factories[column];

  closure->cells = self;
  closure->column = column;
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), closure);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), closure);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), closure);
  g_signal_connect (factory, "teardown", G_CALLBACK (on_teardown), closure);

  return factory;
}

void
inb_lead_cells_mark (InbLeadCells *self,
                     const char   *lead_id)
{
  Mark *mark;
  guint timer;

  if (g_hash_table_contains (self->timers, lead_id))
    return;

  mark = g_new (Mark, 1);
  mark->cells = self;
  mark->lead_id = g_strdup (lead_id);
  timer = g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, MARK_SECONDS, on_mark_over, mark, mark_free);
  g_hash_table_insert (self->timers, g_strdup (lead_id), GUINT_TO_POINTER (timer));
  update (self, is_check);
}

GtkWidget *
inb_lead_cells_find_row (InbLeadCells *self,
                         guint         position)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      InbLeadCell *cell = key;

      if (is_check (cell) && gtk_list_item_get_position (cell->list_item) == position)
        return inb_lead_cell_get_row (cell);
    }

  return NULL;
}
