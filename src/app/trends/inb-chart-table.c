#define G_LOG_DOMAIN "inb-app"

#include "inb-chart-table.h"

#include <glib/gi18n.h>

#define HEIGHT 260

struct _InbChartTable {
  AdwBin              parent_instance;

  /* Borrowed */
  const InbChartData *data;
  GtkColumnView      *view;      /* a child */
};

G_DEFINE_FINAL_TYPE (InbChartTable, inb_chart_table, ADW_TYPE_BIN)

/* Columns: the category's name, its series, and their sum where there are several. */
static char *
format_cell (const InbChartData *data,
             guint               category,
             guint               column)
{
  if (column == 0)
    return g_strdup (inb_chart_data_get_name (data, category));
  if (column <= data->n_series)
    return inb_chart_data_format_tick (data, inb_chart_data_get (data, category, column - 1));

  return inb_chart_data_format_tick (data, inb_chart_data_get_sum (data, category));
}

static void
name_row (GtkWidget          *label,
          const InbChartData *data,
          guint               category)
{
  GtkWidget *cell = gtk_widget_get_parent (label);
  GtkWidget *row = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  g_autofree char *sum = inb_chart_data_format (data, inb_chart_data_get_sum (data, category));
  g_autofree char *spoken = g_strdup_printf ("%s: %s", inb_chart_data_get_name (data, category), sum);

  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  GtkWidget *label = gtk_label_new (NULL);
  gboolean is_name = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "column")) == 0;

  gtk_label_set_xalign (GTK_LABEL (label), is_name ? 0 : 1);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  user_data)
{
  InbChartTable *self = user_data;
  GtkWidget *label = gtk_list_item_get_child (item);
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "column"));
  guint category = gtk_list_item_get_position (item);
  g_autofree char *text = NULL;

  if (self->data == NULL || category >= self->data->n_categories || column > self->data->n_series + 1)
    return;

  text = format_cell (self->data, category, column);
  gtk_label_set_label (GTK_LABEL (label), text);
  if (column == 0)
    name_row (label, self->data, category);
}

static void
add_column (InbChartTable *self,
            guint          number,
            const char    *title)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = NULL;

  g_object_set_data (G_OBJECT (factory), "column", GUINT_TO_POINTER (number));
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, number == 0);
  gtk_column_view_append_column (self->view, column);
}

static void
add_columns (InbChartTable *self)
{
  add_column (self, 0, self->data->category_title);
  for (guint i = 0; i < self->data->n_series; i++)
    add_column (self, i + 1, self->data->series[i]);
  if (self->data->n_series > 1)
    add_column (self, self->data->n_series + 1, _("Total"));
}

static void
clear_columns (InbChartTable *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, g_list_model_get_n_items (columns) - 1);

      gtk_column_view_remove_column (self->view, column);
    }
}

static void
inb_chart_table_class_init (InbChartTableClass *klass)
{
}

static void
inb_chart_table_init (InbChartTable *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "chart-table");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), HEIGHT);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

void
inb_chart_table_set_data (InbChartTable      *self,
                          const InbChartData *data)
{
  g_autoptr (GtkNoSelection) model = NULL;
  GtkStringList *rows;

  g_return_if_fail (INB_IS_CHART_TABLE (self));

  gtk_column_view_set_model (self->view, NULL);
  clear_columns (self);
  self->data = data;
  if (data == NULL)
    return;

  add_columns (self);
  rows = gtk_string_list_new (NULL);
  for (guint i = 0; i < data->n_categories; i++)
    gtk_string_list_append (rows, data->labels[i]);
  model = gtk_no_selection_new (G_LIST_MODEL (rows));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (model));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, data->title, -1);
}
