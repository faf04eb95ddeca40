#define G_LOG_DOMAIN "inb-app"

#include "inb-heat-map-lettering.h"

#include <string.h>

#define MAX_NODES 8192
/* The longest of so many names are measured: the longest in letters is nearly always the widest. */
#define N_MEASURED 8

struct _InbHeatMapLettering {
  /* Owned */
  InbHeatMapGrid  *grid;
  PangoLayout     *layout;
  PangoLayout     *bold_layout;
  GHashTable      *figures;           /* gint64 figure × INB_N_HEAT_MAP_INKS + ink → InbDrawnText */
  InbDrawnText   **row_names;         /* made when they are first seen */
  InbDrawnText   **column_names;

  /* Borrowed */
  GtkWidget       *widget;

  InbHeatMapTexts  texts;
  GdkRGBA          inks[INB_N_HEAT_MAP_INKS];
  GdkRGBA          name_color;
  int              row_name_width;    /* for which the names were made */
  int              column_name_width;
  gboolean         upright;
};

/* --- measuring ---------------------------------------------------------------------------------------------------------- */

static int
measure_text (PangoLayout *layout,
              const char  *text)
{
  int width;

  pango_layout_set_width (layout, -1);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);

  return width;
}

static int
compare_lengths (gconstpointer a,
                 gconstpointer b)
{
  gsize first = strlen (*(char *const *) a);
  gsize second = strlen (*(char *const *) b);

  return (first < second) - (first > second);
}

static int
measure_names (InbHeatMapLettering *self,
               char               **names,
               guint                n)
{
  g_autoptr (GPtrArray) longest = g_ptr_array_new ();
  int width = 0;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (longest, names[i]);
  g_ptr_array_sort (longest, compare_lengths);
  for (guint i = 0; i < MIN (longest->len, N_MEASURED); i++)
    width = MAX (width, measure_text (self->layout, g_ptr_array_index (longest, i)));

  return width;
}

static int
measure_figure (InbHeatMapLettering *self,
                PangoLayout         *layout,
                gint64               figure)
{
  g_autofree char *text = inb_heat_map_figure_format (self->grid->measure, figure);

  return measure_text (layout, text);
}

static void
measure_texts (InbHeatMapLettering *self)
{
  static const gint64 widest[INB_N_HEAT_MAP_MEASURES] = {
    [INB_HEAT_MAP_CONVERSION] = 1000, [INB_HEAT_MAP_VALUE] = 8880000, [INB_HEAT_MAP_RESPONSE] = 59 * 60,
  };
  InbHeatMapGrid *grid = self->grid;
  gint64 most = 0;
  gint64 figure;
  int height;

  self->texts = (InbHeatMapTexts) { 0 };
  pango_layout_set_width (self->layout, -1);
  pango_layout_set_text (self->layout, "8", -1);
  pango_layout_get_pixel_size (self->layout, NULL, &height);
  self->texts.line = height;
  if (grid == NULL)
    return;

  figure = MAX (grid->most, widest[grid->measure]);
  self->texts.row_name = MAX (measure_names (self, grid->row_names, grid->n_rows),
                              measure_text (self->bold_layout, grid->row_names[grid->n_rows]));
  self->texts.column_name = measure_names (self, grid->column_names, grid->n_columns);
  self->texts.figure = measure_figure (self, self->layout, figure);
  /* The columns' totals stand below the cells. */
  for (guint column = 0; column < grid->n_columns; column++)
    most = MAX (most, inb_heat_map_grid_get_figure (grid, grid->n_rows, column));
  self->texts.figure = MAX (self->texts.figure, measure_figure (self, self->bold_layout, most));
  figure = MAX (figure, inb_heat_map_grid_get_figure (grid, grid->n_rows, grid->n_columns));
  self->texts.total = MAX (measure_figure (self, self->bold_layout, figure),
                           measure_text (self->bold_layout, grid->column_names[grid->n_columns]));
  self->texts.roomy = grid->map->mode == INB_HEAT_MAP_WEEKDAY_HOUR;
}

/* --- names and figures -------------------------------------------------------------------------------------------------- */

static void
free_names (InbDrawnText ***names,
            guint           n)
{
  if (*names == NULL)
    return;

  for (guint i = 0; i < n; i++)
    inb_drawn_text_free ((*names)[i]);
  g_clear_pointer (names, g_free);
}

static void
forget_names (InbHeatMapLettering *self)
{
  free_names (&self->row_names, self->grid != NULL ? self->grid->n_rows + 1 : 0);
  free_names (&self->column_names, self->grid != NULL ? self->grid->n_columns + 1 : 0);
}

static InbDrawnText *
make_name (InbHeatMapLettering *self,
           const char          *name,
           int                  width,
           int                  n_lines,
           PangoAlignment       alignment,
           gboolean             bold)
{
  PangoLayout *layout = bold ? self->bold_layout : self->layout;
  InbDrawnText *text;

  pango_layout_set_text (layout, name, -1);
  pango_layout_set_width (layout, MAX (width, 1) * PANGO_SCALE);
  pango_layout_set_height (layout, -n_lines);
  pango_layout_set_alignment (layout, alignment);
  text = inb_drawn_text_new (layout, &self->name_color);
  pango_layout_set_alignment (layout, PANGO_ALIGN_LEFT);
  pango_layout_set_height (layout, -1);
  pango_layout_set_width (layout, -1);

  return text;
}

/**
 * inb_heat_map_lettering_prepare:
 * @layout: made with these texts
 *
 * Names are made for a width; with another one they are made anew.
 */
void
inb_heat_map_lettering_prepare (InbHeatMapLettering    *self,
                                const InbHeatMapLayout *layout)
{
  gboolean upright = inb_heat_map_layout_get_upright (layout, &self->texts);
  int row_width = layout->row_header - 2 * INB_HEAT_MAP_PAD;
  int column_width = upright ? layout->cell_width - 4 : layout->column_header - INB_HEAT_MAP_PAD;

  if (self->row_names != NULL && self->row_name_width == row_width && self->column_name_width == column_width &&
      self->upright == upright)
    return;

  forget_names (self);
  self->row_names = g_new0 (InbDrawnText *, self->grid->n_rows + 1);
  self->column_names = g_new0 (InbDrawnText *, self->grid->n_columns + 1);
  self->row_name_width = row_width;
  self->column_name_width = column_width;
  self->upright = upright;
}

const InbDrawnText *
inb_heat_map_lettering_get_row_name (InbHeatMapLettering *self,
                                     guint                row)
{
  if (self->row_names[row] == NULL)
    self->row_names[row] = make_name (self, self->grid->row_names[row], self->row_name_width, 1, PANGO_ALIGN_LEFT,
                                      row == self->grid->n_rows);

  return self->row_names[row];
}

gboolean
inb_heat_map_lettering_is_turned (InbHeatMapLettering *self,
                                  guint                column)
{
  return !self->upright && column < self->grid->n_columns;
}

const InbDrawnText *
inb_heat_map_lettering_get_column_name (InbHeatMapLettering *self,
                                        guint                column)
{
  gboolean is_total = column == self->grid->n_columns;

  if (self->column_names[column] == NULL)
    self->column_names[column] = make_name (self, self->grid->column_names[column],
                                            is_total ? self->texts.total + INB_HEAT_MAP_PAD : self->column_name_width,
                                            self->upright ? 2 : 1, PANGO_ALIGN_CENTER, is_total);

  return self->column_names[column];
}

const InbDrawnText *
inb_heat_map_lettering_get_figure (InbHeatMapLettering *self,
                                   gint64               figure,
                                   InbHeatMapInk        ink)
{
  gint64 key = (figure == INB_HEAT_MAP_NO_FIGURE ? figure : figure * INB_N_HEAT_MAP_INKS) + ink;
  InbDrawnText *text = g_hash_table_lookup (self->figures, &key);
  PangoLayout *layout = ink == INB_HEAT_MAP_INK_TOTAL ? self->bold_layout : self->layout;
  g_autofree char *written = NULL;

  if (text != NULL)
    return text;

  if (g_hash_table_size (self->figures) >= MAX_NODES)
    g_hash_table_remove_all (self->figures);
  written = inb_heat_map_figure_format (self->grid->measure, figure);
  pango_layout_set_width (layout, -1);
  pango_layout_set_text (layout, written, -1);
  text = inb_drawn_text_new (layout, &self->inks[ink]);
  g_hash_table_insert (self->figures, g_memdup2 (&key, sizeof key), text);

  return text;
}

/* --- what changes ------------------------------------------------------------------------------------------------------- */

void
inb_heat_map_lettering_set_grid (InbHeatMapLettering *self,
                                 InbHeatMapGrid      *grid)
{
  InbHeatMapGrid *old = self->grid;

  forget_names (self);
  self->grid = grid != NULL ? inb_heat_map_grid_ref (grid) : NULL;
  if (old == NULL || grid == NULL || old->measure != grid->measure)
    g_hash_table_remove_all (self->figures);
  g_clear_pointer (&old, inb_heat_map_grid_unref);
  measure_texts (self);
}

static PangoLayout *
make_layout (InbHeatMapLettering *self,
             gboolean             bold)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (self->widget, NULL);
  PangoAttrList *attributes = pango_attr_list_new ();

  /* Numbers of one width, so that they do not dance when they change. */
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);

  return layout;
}

void
inb_heat_map_lettering_restyle (InbHeatMapLettering *self,
                                const InbPalette    *palette)
{
  self->inks[INB_HEAT_MAP_INK_BLACK] = (GdkRGBA) { 0, 0, 0, 1 };
  self->inks[INB_HEAT_MAP_INK_WHITE] = (GdkRGBA) { 1, 1, 1, 1 };
  self->inks[INB_HEAT_MAP_INK_DIM] = palette->dim_text;
  self->inks[INB_HEAT_MAP_INK_TOTAL] = palette->text;
  self->name_color = palette->text;
  forget_names (self);
  g_hash_table_remove_all (self->figures);
  g_clear_object (&self->layout);
  g_clear_object (&self->bold_layout);
  self->layout = make_layout (self, FALSE);
  self->bold_layout = make_layout (self, TRUE);
  measure_texts (self);
}

const InbHeatMapTexts *
inb_heat_map_lettering_get_texts (InbHeatMapLettering *self)
{
  return &self->texts;
}

InbHeatMapLettering *
inb_heat_map_lettering_new (GtkWidget *widget)
{
  InbHeatMapLettering *self = g_new0 (InbHeatMapLettering, 1);

  self->widget = widget;
  self->figures = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) inb_drawn_text_free);

  return self;
}

void
inb_heat_map_lettering_free (InbHeatMapLettering *self)
{
  if (self == NULL)
    return;

  forget_names (self);
  g_hash_table_unref (self->figures);
  g_clear_pointer (&self->grid, inb_heat_map_grid_unref);
  g_clear_object (&self->layout);
  g_clear_object (&self->bold_layout);
  g_free (self);
}
