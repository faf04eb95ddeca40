#define G_LOG_DOMAIN "inb-app"

#include "inb-import-preview.h"

#include <glib/gi18n.h>

#define CELL_CHARS 22
#define MAX_COLUMNS 40 /* nobody scrolls further to look at five lines */

struct _InbImportPreview {
  GtkWidget  parent_instance;

  /* Borrowed: children */
  GtkWidget *scroller;
  GtkGrid   *grid;
};

G_DEFINE_FINAL_TYPE (InbImportPreview, inb_import_preview, GTK_TYPE_WIDGET)

static void
inb_import_preview_dispose (GObject *object)
{
  InbImportPreview *self = INB_IMPORT_PREVIEW (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (inb_import_preview_parent_class)->dispose (object);
}

static void
inb_import_preview_class_init (InbImportPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_import_preview_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
inb_import_preview_init (InbImportPreview *self)
{
  self->scroller = gtk_scrolled_window_new ();
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 18);
  gtk_grid_set_row_spacing (self->grid, 6);
  gtk_widget_add_css_class (GTK_WIDGET (self->grid), "import-preview");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->grid));
  gtk_widget_add_css_class (self->scroller, "card");
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("First lines"), -1);
}

static void
attach (InbImportPreview *self,
        const char       *text,
        gboolean          is_title,
        int               column,
        int               row)
{
  g_autofree char *line = g_strdup (text);
  GtkWidget *label;

  if (*text == '\0')
    return;
  g_strdelimit (line, "\r\n\t", ' ');
  label = gtk_label_new (line);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  /* An ellipsized label shrinks to nothing in what scrolls. */
  if (g_utf8_strlen (line, -1) > CELL_CHARS)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), CELL_CHARS);
      gtk_label_set_max_width_chars (GTK_LABEL (label), CELL_CHARS);
    }
  if (is_title)
    gtk_widget_add_css_class (label, "caption-heading");
  gtk_grid_attach (self->grid, label, column, row, 1, 1);
}

/**
 * inb_import_preview_show:
 * @choice: (element-type guint): a field for each column of @table
 */
void
inb_import_preview_show (InbImportPreview *self,
                         InbImportTable   *table,
                         InbImportFields  *fields,
                         GArray           *choice)
{
  GtkWidget *child;
  int n_shown = 0;

  g_return_if_fail (INB_IS_IMPORT_PREVIEW (self) && INB_IS_IMPORT_TABLE (table) && INB_IS_IMPORT_FIELDS (fields) && choice != NULL);

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  for (guint i = 0; i < choice->len && n_shown < MAX_COLUMNS; i++)
    {
      guint field = g_array_index (choice, guint, i);

      g_autofree char *title = inb_import_table_dup_title (table, i);

      if (field == INB_IMPORT_FIELDS_IGNORE)
        continue;
      attach (self, field == INB_IMPORT_FIELDS_CUSTOM ? title : inb_import_fields_get_name (fields, field), TRUE, n_shown, 0);
      for (guint line = 0; line < inb_import_table_get_n_samples (table); line++)
        attach (self, inb_import_table_get_sample (table, line, i), FALSE, n_shown, (int) line + 1);
      n_shown++;
    }
}
