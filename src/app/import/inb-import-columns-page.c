#define G_LOG_DOMAIN "inb-app"

#include "inb-import-columns-page.h"

#include "inb-format.h"
#include "inb-import-column-row.h"
#include "inb-import-preview.h"

#include <glib/gi18n.h>
#include <string.h>

static const char delimiters[] = { ',', ';', '\t', '|' }; /* as the list has them */

struct _InbImportColumnsPage {
  AdwBin               parent_instance;

  /* Template */
  AdwActionRow        *file;
  AdwComboRow         *delimiter;
  AdwEntryRow         *source;
  AdwPreferencesGroup *columns;
  InbImportPreview    *preview;

  /* Owned */
  InbImportTable      *table;
  InbImportFields     *fields;
  GPtrArray           *rows;     /* (element-type InbImportColumnRow): children of columns */
  char                *problem;
};

enum {
  CHANGED,
  DELIMITER_PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbImportColumnsPage, inb_import_columns_page, ADW_TYPE_BIN)

static guint
get_field (InbImportColumnsPage *self,
           guint                 column)
{
  return inb_import_column_row_get_field (g_ptr_array_index (self->rows, column));
}

/* Marks the columns that have another's field. Returns that field's name. */
static const char *
mark_doubles (InbImportColumnsPage *self)
{
  g_autoptr (GHashTable) n_columns = g_hash_table_new (NULL, NULL);
  const char *name = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      gpointer field = GUINT_TO_POINTER (get_field (self, i));

      g_hash_table_insert (n_columns, field, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (n_columns, field)) + 1));
    }
  for (guint i = 0; i < self->rows->len; i++)
    {
      guint field = get_field (self, i);
      gboolean is_double = !inb_import_fields_may_repeat (self->fields, field) &&
                           GPOINTER_TO_UINT (g_hash_table_lookup (n_columns, GUINT_TO_POINTER (field))) > 1;

      inb_import_column_row_set_wrong (g_ptr_array_index (self->rows, i), is_double);
      if (is_double && name == NULL)
        name = inb_import_fields_get_name (self->fields, field);
    }

  return name;
}

static gboolean
has_identity (InbImportColumnsPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (inb_import_fields_is_identity (self->fields, get_field (self, i)))
      return TRUE;

  return FALSE;
}

static void
update (InbImportColumnsPage *self)
{
  const char *doubled = mark_doubles (self);
  g_autoptr (GArray) choice = inb_import_columns_page_dup_choice (self);

  g_clear_pointer (&self->problem, g_free);
  if (inb_import_table_get_n_lines (self->table) == 0)
    self->problem = g_strdup (_("There are no lines below the first, which names the columns"));
  else if (doubled != NULL)
    self->problem = g_strdup_printf (_("Two columns cannot both become “%s”"), doubled);
  else if (!has_identity (self))
    self->problem = g_strdup (_("One of the columns has to be a phone number, a mail address or an ID"));
  inb_import_preview_show (self->preview, self->table, self->fields, choice);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_delimiter (InbImportColumnsPage *self)
{
  guint selected = adw_combo_row_get_selected (self->delimiter);

  if (self->table != NULL && selected < G_N_ELEMENTS (delimiters) && delimiters[selected] != inb_import_table_get_delimiter (self->table))
    g_signal_emit (self, signals[DELIMITER_PICKED], 0, (guint) delimiters[selected]);
}

static void
show_file (InbImportColumnsPage *self)
{
  guint n_lines = inb_import_table_get_n_lines (self->table);
  g_autofree char *count = inb_format_count (n_lines);
  g_autofree char *lines = g_strdup_printf (ngettext ("%s line", "%s lines", n_lines), count);
  g_autofree char *text = g_strdup_printf ("%s · %s", lines, inb_import_table_get_encoding (self->table));
  const char *place = memchr (delimiters, inb_import_table_get_delimiter (self->table), sizeof delimiters);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file), inb_import_table_get_name (self->table));
  adw_action_row_set_subtitle (self->file, text);
  adw_combo_row_set_selected (self->delimiter, place != NULL ? (guint) (place - delimiters) : 0);
}

static void
show_columns (InbImportColumnsPage *self)
{
  g_autoptr (GArray) guess = inb_import_fields_guess (self->fields, self->table);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->columns, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < guess->len; i++)
    {
      GtkWidget *row = inb_import_column_row_new (self->fields, self->table, i);

      inb_import_column_row_set_field (INB_IMPORT_COLUMN_ROW (row), g_array_index (guess, guint, i));
      g_signal_connect_object (row, "picked", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (self->columns, row);
    }
}

static void
inb_import_columns_page_finalize (GObject *object)
{
  InbImportColumnsPage *self = INB_IMPORT_COLUMNS_PAGE (object);

  g_clear_object (&self->table);
  g_clear_object (&self->fields);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self->problem);

  G_OBJECT_CLASS (inb_import_columns_page_parent_class)->finalize (object);
}

static void
inb_import_columns_page_class_init (InbImportColumnsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = inb_import_columns_page_finalize;

  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DELIMITER_PICKED] = g_signal_new ("delimiter-picked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  g_type_ensure (INB_TYPE_IMPORT_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-import-columns-page.ui");
  gtk_widget_class_bind_template_child (widget_class, InbImportColumnsPage, file);
  gtk_widget_class_bind_template_child (widget_class, InbImportColumnsPage, delimiter);
  gtk_widget_class_bind_template_child (widget_class, InbImportColumnsPage, source);
  gtk_widget_class_bind_template_child (widget_class, InbImportColumnsPage, columns);
  gtk_widget_class_bind_template_child (widget_class, InbImportColumnsPage, preview);
}

static void
inb_import_columns_page_init (InbImportColumnsPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_editable_set_text (GTK_EDITABLE (self->source), _("Import"));
  g_signal_connect_object (self->delimiter, "notify::selected", G_CALLBACK (on_delimiter), self, G_CONNECT_SWAPPED);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_import_columns_page_set_table:
 *
 * Shows the file, and for each column the field that it looks like.
 */
void
inb_import_columns_page_set_table (InbImportColumnsPage *self,
                                   InbImportTable       *table,
                                   InbImportFields      *fields)
{
  g_return_if_fail (INB_IS_IMPORT_COLUMNS_PAGE (self) && INB_IS_IMPORT_TABLE (table) && INB_IS_IMPORT_FIELDS (fields));

  g_set_object (&self->table, table);
  g_set_object (&self->fields, fields);
  show_file (self);
  show_columns (self);
  update (self);
}

GArray *
inb_import_columns_page_dup_choice (InbImportColumnsPage *self)
{
  GArray *choice;

  g_return_val_if_fail (INB_IS_IMPORT_COLUMNS_PAGE (self), NULL);

  choice = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < self->rows->len; i++)
    {
      guint field = get_field (self, i);

      g_array_append_val (choice, field);
    }

  return choice;
}

const char *
inb_import_columns_page_get_source (InbImportColumnsPage *self)
{
  g_return_val_if_fail (INB_IS_IMPORT_COLUMNS_PAGE (self), NULL);

  return gtk_editable_get_text (GTK_EDITABLE (self->source));
}

const char *
inb_import_columns_page_get_problem (InbImportColumnsPage *self)
{
  g_return_val_if_fail (INB_IS_IMPORT_COLUMNS_PAGE (self), NULL);

  return self->problem;
}
