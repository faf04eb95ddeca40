#define G_LOG_DOMAIN "inb-app"

#include "inb-import-column-row.h"

#include "inb-choice-picker.h"

#include <glib/gi18n.h>

#define LABEL_CHARS 14

struct _InbImportColumnRow {
  AdwActionRow     parent_instance;

  /* Owned */
  InbImportFields *fields;

  /* Borrowed: children */
  GtkMenuButton   *button;
  GtkLabel        *label;
  InbChoicePicker *picker;    /* once it was opened: a file may have hundreds of columns */

  guint            field;
};

static guint picked_signal;

G_DEFINE_FINAL_TYPE (InbImportColumnRow, inb_import_column_row, ADW_TYPE_ACTION_ROW)

static void
show_field (InbImportColumnRow *self)
{
  const char *name = inb_import_fields_get_name (self->fields, self->field);
  /* Translators: "Postleitzahl becomes: Postal code" */
  g_autofree char *spoken = g_strdup_printf (_("%s becomes: %s"), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), name);
  GtkWidget *toggle = gtk_widget_get_first_child (GTK_WIDGET (self->button));

  gtk_label_set_text (self->label, name);
  /* What has the keyboard is the button inside. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  if (self->field == INB_IMPORT_FIELDS_IGNORE)
    gtk_widget_add_css_class (GTK_WIDGET (self->label), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->label), "dim-label");
}

static void
on_picked (InbImportColumnRow *self,
           const char         *value)
{
  inb_import_column_row_set_field (self, (guint) g_ascii_strtoull (value, NULL, 10));
  g_signal_emit (self, picked_signal, 0);
}

static void
make_picker (GtkMenuButton *button,
             gpointer       user_data)
{
  InbImportColumnRow *self = user_data;
  g_autofree char *value = g_strdup_printf ("%u", self->field);

  if (self->picker == NULL)
    {
      GListModel *names = inb_import_fields_get_names (self->fields);

      self->picker = INB_CHOICE_PICKER (inb_choice_picker_new (_("Field")));
      for (guint i = 0; i < g_list_model_get_n_items (names); i++)
        {
          g_autofree char *number = g_strdup_printf ("%u", i);

          inb_choice_picker_add (self->picker, number, inb_import_fields_get_name (self->fields, i), NULL);
        }
      g_signal_connect_object (self->picker, "picked", G_CALLBACK (on_picked), self, G_CONNECT_SWAPPED);
      gtk_menu_button_set_popover (button, GTK_WIDGET (self->picker));
    }
  inb_choice_picker_set_value (self->picker, value);
}

static void
inb_import_column_row_finalize (GObject *object)
{
  g_clear_object (&INB_IMPORT_COLUMN_ROW (object)->fields);

  G_OBJECT_CLASS (inb_import_column_row_parent_class)->finalize (object);
}

static void
inb_import_column_row_class_init (InbImportColumnRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_import_column_row_finalize;

  picked_signal = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
inb_import_column_row_init (InbImportColumnRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (self->label, LABEL_CHARS);
  gtk_label_set_max_width_chars (self->label, LABEL_CHARS);
  gtk_label_set_xalign (self->label, 0);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_child (self->button, box);
  gtk_menu_button_set_create_popup_func (self->button, make_picker, self, NULL);
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->button));
  /* As the row's activatable widget, the button would be read with the row's title once more. */
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  g_signal_connect_object (self, "activated", G_CALLBACK (gtk_menu_button_popup), self->button, G_CONNECT_SWAPPED);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 1);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

static char *
dup_samples (InbImportTable *table,
             guint           column)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < inb_import_table_get_n_samples (table); i++)
    {
      g_autofree char *sample = g_strstrip (g_strdup (inb_import_table_get_sample (table, i, column)));

      if (*sample == '\0')
        continue;
      if (text->len > 0)
        g_string_append (text, " · ");
      g_string_append (text, sample);
    }
  g_strdelimit (text->str, "\r\n\t", ' ');

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * inb_import_column_row_new:
 * @column: of @table
 *
 * Returns: (transfer none): a floating widget; not imported until another field is set
 */
GtkWidget *
inb_import_column_row_new (InbImportFields *fields,
                           InbImportTable  *table,
                           guint            column)
{
  g_autofree char *samples = dup_samples (table, column);
  g_autofree char *title = inb_import_table_dup_title (table, column);
  InbImportColumnRow *self = g_object_new (INB_TYPE_IMPORT_COLUMN_ROW,
                                           "use-markup", FALSE,
                                           "title", title,
                                           "subtitle", *samples != '\0' ? samples : _("empty in the first lines"),
                                           NULL);

  self->fields = g_object_ref (fields);
  show_field (self);

  return GTK_WIDGET (self);
}

guint
inb_import_column_row_get_field (InbImportColumnRow *self)
{
  g_return_val_if_fail (INB_IS_IMPORT_COLUMN_ROW (self), INB_IMPORT_FIELDS_IGNORE);

  return self->field;
}

void
inb_import_column_row_set_field (InbImportColumnRow *self,
                                 guint               field)
{
  g_return_if_fail (INB_IS_IMPORT_COLUMN_ROW (self));

  self->field = field;
  show_field (self);
}

void
inb_import_column_row_set_wrong (InbImportColumnRow *self,
                                 gboolean            is_wrong)
{
  g_return_if_fail (INB_IS_IMPORT_COLUMN_ROW (self));

  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_INVALID,
                               is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}
