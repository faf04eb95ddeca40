#define G_LOG_DOMAIN "inb-app"

#include "inb-duplicate-row.h"

#include "inb-contact-text.h"

#include <glib/gi18n.h>

struct _InbDuplicateRow {
  AdwActionRow  parent_instance;

  /* Owned */
  InbDuplicate *duplicate;
  char         *id;

  /* Borrowed: children */
  GtkWidget    *compare;
  GtkWidget    *dismiss;
};

static guint compare_signal;
static guint dismiss_signal;

G_DEFINE_FINAL_TYPE (InbDuplicateRow, inb_duplicate_row, ADW_TYPE_ACTION_ROW)

static void
on_compare (InbDuplicateRow *self)
{
  g_signal_emit (self, compare_signal, 0);
}

static void
on_dismiss (InbDuplicateRow *self)
{
  g_signal_emit (self, dismiss_signal, 0);
}

static void
inb_duplicate_row_finalize (GObject *object)
{
  InbDuplicateRow *self = INB_DUPLICATE_ROW (object);

  inb_duplicate_free (self->duplicate);
  g_free (self->id);

  G_OBJECT_CLASS (inb_duplicate_row_parent_class)->finalize (object);
}

static void
inb_duplicate_row_class_init (InbDuplicateRowClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = inb_duplicate_row_finalize;

  compare_signal = g_signal_new ("compare", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  dismiss_signal = g_signal_new ("dismiss", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
inb_duplicate_row_init (InbDuplicateRow *self)
{
  self->compare = gtk_button_new_with_label (_("Compare…"));
  self->dismiss = gtk_button_new_from_icon_name ("window-close-symbolic");
  gtk_widget_set_valign (self->compare, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->dismiss, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->dismiss, "flat");
  gtk_widget_set_tooltip_text (self->dismiss, _("Different people: not shown any more"));
  gtk_widget_add_css_class (GTK_WIDGET (self), "duplicate-row");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->compare);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->dismiss);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->compare);
  /* The row's title would be read behind the button's own name, which has it already. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->compare), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  g_signal_connect_object (self->compare, "clicked", G_CALLBACK (on_compare), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->dismiss, "clicked", G_CALLBACK (on_dismiss), self, G_CONNECT_SWAPPED);
}

GtkWidget *
inb_duplicate_row_new (InbDuplicate *duplicate)
{
  InbDuplicateRow *self = g_object_new (INB_TYPE_DUPLICATE_ROW, NULL);

  inb_duplicate_row_set_duplicate (self, duplicate);

  return GTK_WIDGET (self);
}

void
inb_duplicate_row_set_duplicate (InbDuplicateRow *self,
                                 InbDuplicate    *duplicate)
{
  g_autofree char *names = inb_contact_text_dup_names (duplicate->contacts);
  g_autofree char *why = inb_contact_text_describe_duplicate (duplicate);
  g_autofree char *compare = g_strdup_printf (_("Compare %s"), names);
  g_autofree char *dismiss = g_strdup_printf (_("Different people: %s"), names);

  g_return_if_fail (INB_IS_DUPLICATE_ROW (self));

  inb_duplicate_free (self->duplicate);
  g_free (self->id);
  self->duplicate = duplicate;
  self->id = inb_duplicate_dup_id (duplicate);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), names);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), why);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->compare), GTK_ACCESSIBLE_PROPERTY_LABEL, compare, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->dismiss), GTK_ACCESSIBLE_PROPERTY_LABEL, dismiss, -1);
}

const InbDuplicate *
inb_duplicate_row_get_duplicate (InbDuplicateRow *self)
{
  g_return_val_if_fail (INB_IS_DUPLICATE_ROW (self), NULL);

  return self->duplicate;
}

const char *
inb_duplicate_row_get_id (InbDuplicateRow *self)
{
  g_return_val_if_fail (INB_IS_DUPLICATE_ROW (self), NULL);

  return self->id;
}
