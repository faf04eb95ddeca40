#define G_LOG_DOMAIN "inb-app"

#include "inb-heat-map-table.h"

#include "inb-format.h"
#include "inb-heat-map-text.h"

#include <glib/gi18n.h>

enum {
  ROW,
  COLUMN,
  LEADS,
  SHARE,
  CONVERSION,
  VALUE,
  RESPONSE,
  CHANGE,
  N_FIELDS
};

/* A place in the grid, as an item of a list. */
#define INB_TYPE_HEAT_MAP_LINE (inb_heat_map_line_get_type ())
G_DECLARE_FINAL_TYPE (InbHeatMapLine, inb_heat_map_line, INB, HEAT_MAP_LINE, GObject)

struct _InbHeatMapLine {
  GObject         parent_instance;

  /* Owned */
  InbHeatMapGrid *grid;

  guint           row;
  guint           column;
};

G_DEFINE_FINAL_TYPE (InbHeatMapLine, inb_heat_map_line, G_TYPE_OBJECT)

struct _InbHeatMapTable {
  AdwBin               parent_instance;

  /* Owned */
  GListStore          *lines;

  /* Borrowed: children */
  GtkColumnView       *view;
  GtkColumnViewColumn *columns[N_FIELDS];
};

static guint activated_signal;

G_DEFINE_FINAL_TYPE (InbHeatMapTable, inb_heat_map_table, ADW_TYPE_BIN)

static void
inb_heat_map_line_finalize (GObject *object)
{
  g_clear_pointer (&INB_HEAT_MAP_LINE (object)->grid, inb_heat_map_grid_unref);

  G_OBJECT_CLASS (inb_heat_map_line_parent_class)->finalize (object);
}

static void
inb_heat_map_line_class_init (InbHeatMapLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_heat_map_line_finalize;
}

static void
inb_heat_map_line_init (InbHeatMapLine *self)
{
}

static const InbHeatMapCell *
get_cell (InbHeatMapLine *line)
{
  return inb_heat_map_grid_get_cell (line->grid, line->row, line->column);
}

/* --- texts -------------------------------------------------------------------------------------------------------------- */

static char *
get_text (InbHeatMapLine *line,
          guint           field)
{
  const InbHeatMapCell *cell = get_cell (line);

  switch (field)
    {
    case ROW:
      return g_strdup (line->row == line->grid->n_rows ? _("All") : line->grid->row_names[line->row]);
    case COLUMN:
      if (line->column < line->grid->n_columns && line->grid->map->mode == INB_HEAT_MAP_WEEKDAY_HOUR)
        return g_strconcat (line->grid->column_names[line->column], ":00", NULL);
      return g_strdup (line->column == line->grid->n_columns ? _("All") : line->grid->column_names[line->column]);
    case LEADS:
      return inb_format_count (cell->leads);
    case SHARE:
      return inb_format_share (cell->leads, line->grid->map->total.leads);
    case CONVERSION:
      return inb_format_share (cell->converted, cell->leads);
    case VALUE:
      return inb_heat_map_text_get_value (line->grid, cell);
    case RESPONSE:
      return cell->response_median >= 0 ? inb_format_duration (cell->response_median) : g_strdup ("–");
    case CHANGE:
    default:
      return g_strdup_printf ("%+" G_GINT64_FORMAT, cell->last_30_days - cell->previous_30_days);
    }
}

static double
get_number (InbHeatMapLine *line,
            guint           field)
{
  const InbHeatMapCell *cell = get_cell (line);

  switch (field)
    {
    case ROW:
      return line->row;
    case COLUMN:
      return line->column;
    case CONVERSION:
      return cell->leads > 0 ? (double) cell->converted / (double) cell->leads : -1;
    case VALUE:
      return (double) cell->value;
    case RESPONSE:
      return (double) cell->response_median;
    case CHANGE:
      return (double) (cell->last_30_days - cell->previous_30_days);
    case LEADS:
    case SHARE:
    default:
      return (double) cell->leads;
    }
}

static int
compare_lines (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  guint field = GPOINTER_TO_UINT (user_data);
  double first = get_number ((InbHeatMapLine *) a, field);
  double second = get_number ((InbHeatMapLine *) b, field);

  return (first > second) - (first < second);
}

/* --- cells -------------------------------------------------------------------------------------------------------------- */

static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  guint field = GPOINTER_TO_UINT (user_data);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), field < LEADS ? 0 : 1);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), field == COLUMN ? 8 : field == ROW ? 10 : 6);
  if (field >= LEADS)
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  user_data)
{
  guint field = GPOINTER_TO_UINT (user_data);
  InbHeatMapLine *line = gtk_list_item_get_item (item);
  GtkWidget *label = gtk_list_item_get_child (item);
  GtkWidget *parent = gtk_widget_get_parent (label);
  gboolean is_total = line->row == line->grid->n_rows || line->column == line->grid->n_columns;
  g_autofree char *text = get_text (line, field);

  gtk_label_set_text (GTK_LABEL (label), text);
  if (is_total)
    gtk_widget_add_css_class (label, "heading");
  else
    gtk_widget_remove_css_class (label, "heading");

  /* The line speaks as one sentence. */
  if (field == ROW && parent != NULL && gtk_widget_get_parent (parent) != NULL)
    {
      g_autofree char *name = inb_heat_map_text_get_name (line->grid, line->row, line->column);
      g_autofree char *details = inb_heat_map_text_get_details (line->grid, line->row, line->column, ". ");

      gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (parent)), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, details, -1);
    }
}

static void
on_activate (InbHeatMapTable *self,
             guint            position)
{
  g_autoptr (InbHeatMapLine) line = g_list_model_get_item (G_LIST_MODEL (gtk_column_view_get_model (self->view)), position);

  if (line != NULL)
    g_signal_emit (self, activated_signal, 0, line->row, line->column);
}

/* --- the widget --------------------------------------------------------------------------------------------------------- */

static void
inb_heat_map_table_dispose (GObject *object)
{
  g_clear_object (&INB_HEAT_MAP_TABLE (object)->lines);

  G_OBJECT_CLASS (inb_heat_map_table_parent_class)->dispose (object);
}

static void
inb_heat_map_table_class_init (InbHeatMapTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_heat_map_table_dispose;

  activated_signal = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                   2, G_TYPE_UINT, G_TYPE_UINT);
}

static void
add_column (InbHeatMapTable *self,
            guint            field,
            const char      *title)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_lines, GUINT_TO_POINTER (field), NULL));

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), GUINT_TO_POINTER (field));
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), GUINT_TO_POINTER (field));
  self->columns[field] = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_sorter (self->columns[field], sorter);
  gtk_column_view_column_set_resizable (self->columns[field], TRUE);
  gtk_column_view_column_set_expand (self->columns[field], field < LEADS);
  gtk_column_view_append_column (self->view, self->columns[field]);
  g_object_unref (self->columns[field]);
}

static void
inb_heat_map_table_init (InbHeatMapTable *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkSortListModel *sorted;

  self->lines = g_list_store_new (INB_TYPE_HEAT_MAP_LINE);
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  add_column (self, ROW, _("Source"));
  add_column (self, COLUMN, _("Product"));
  add_column (self, LEADS, _("Leads"));
  add_column (self, SHARE, _("Share"));
  add_column (self, CONVERSION, _("Conversion"));
  add_column (self, VALUE, _("Value"));
  add_column (self, RESPONSE, _("First response"));
  add_column (self, CHANGE, _("30 days"));

  /* At most as many lines as the map has cells, and mostly a few hundred: sorting them here is nothing. */
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->lines)),
                                    g_object_ref (gtk_column_view_get_sorter (self->view)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (sorted))));
  g_object_unref (gtk_column_view_get_model (self->view));
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (on_activate), self);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "heat-map-table");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  adw_bin_set_child (ADW_BIN (self), scroller);
}

GtkWidget *
inb_heat_map_table_new (void)
{
  return g_object_new (INB_TYPE_HEAT_MAP_TABLE, NULL);
}

static void
add_line (GPtrArray      *lines,
          InbHeatMapGrid *grid,
          guint           row,
          guint           column)
{
  InbHeatMapLine *line;

  if (inb_heat_map_grid_get_cell (grid, row, column)->leads == 0 && (row < grid->n_rows || column < grid->n_columns))
    return;

  line = g_object_new (INB_TYPE_HEAT_MAP_LINE, NULL);
  line->grid = inb_heat_map_grid_ref (grid);
  line->row = row;
  line->column = column;
  g_ptr_array_add (lines, line);
}

void
inb_heat_map_table_set_data (InbHeatMapTable *self,
                             InbHeatMapGrid  *grid)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *title = NULL;

  g_return_if_fail (INB_IS_HEAT_MAP_TABLE (self));

  if (grid != NULL)
    {
      gboolean is_week = grid->map->mode == INB_HEAT_MAP_WEEKDAY_HOUR;

      gtk_column_view_column_set_title (self->columns[ROW], is_week ? _("Weekday") : _("Source"));
      gtk_column_view_column_set_title (self->columns[COLUMN], is_week ? _("Hour") : _("Product"));
      title = inb_heat_map_text_get_title (grid);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
      add_line (lines, grid, grid->n_rows, grid->n_columns);
      for (guint row = 0; row < grid->n_rows; row++)
        add_line (lines, grid, row, grid->n_columns);
      for (guint column = 0; column < grid->n_columns; column++)
        add_line (lines, grid, grid->n_rows, column);
      for (guint row = 0; row < grid->n_rows; row++)
        for (guint column = 0; column < grid->n_columns; column++)
          add_line (lines, grid, row, column);
    }
  g_list_store_splice (self->lines, 0, g_list_model_get_n_items (G_LIST_MODEL (self->lines)), lines->pdata, lines->len);
}
