#define G_LOG_DOMAIN "inb-app"

#include "inb-field-section.h"

struct _InbFieldSection {
  AdwBin       parent_instance;

  /* Borrowed */
  const char  *key;
  GtkExpander *expander;
  GtkLabel    *title;
  GtkLabel    *summary;
  GtkBox      *box;

  gboolean     updating;
};

static guint folded_signal;

G_DEFINE_FINAL_TYPE (InbFieldSection, inb_field_section, ADW_TYPE_BIN)

static void
on_expanded (InbFieldSection *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->summary), !gtk_expander_get_expanded (self->expander));
  if (!self->updating)
    g_signal_emit (self, folded_signal, 0);
}

static void
inb_field_section_class_init (InbFieldSectionClass *klass)
{
  folded_signal = g_signal_new ("folded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
inb_field_section_init (InbFieldSection *self)
{
  GtkWidget *heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->expander = GTK_EXPANDER (gtk_expander_new (NULL));
  self->title = GTK_LABEL (gtk_label_new (NULL));
  self->summary = GTK_LABEL (gtk_label_new (NULL));
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->summary), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->summary), "numeric");
  gtk_label_set_ellipsize (self->summary, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->summary, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->summary), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->expander), "field-section");
  gtk_box_append (GTK_BOX (heading), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (heading), GTK_WIDGET (self->summary));
  gtk_expander_set_label_widget (self->expander, heading);
  gtk_expander_set_child (self->expander, GTK_WIDGET (self->box));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->expander));
  g_signal_connect_object (self->expander, "notify::expanded", G_CALLBACK (on_expanded), self, G_CONNECT_SWAPPED);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_field_section_new:
 *
 * Returns: (transfer none): a floating widget, folded
 */
GtkWidget *
inb_field_section_new (const char *key,
                       const char *title)
{
  InbFieldSection *self = g_object_new (INB_TYPE_FIELD_SECTION, NULL);

  self->key = key;
  gtk_label_set_text (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->expander), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);

  return GTK_WIDGET (self);
}

const char *
inb_field_section_get_key (InbFieldSection *self)
{
  g_return_val_if_fail (INB_IS_FIELD_SECTION (self), NULL);

  return self->key;
}

GtkBox *
inb_field_section_get_box (InbFieldSection *self)
{
  g_return_val_if_fail (INB_IS_FIELD_SECTION (self), NULL);

  return self->box;
}

void
inb_field_section_set_summary (InbFieldSection *self,
                               const char      *summary)
{
  g_return_if_fail (INB_IS_FIELD_SECTION (self));

  gtk_label_set_text (self->summary, summary != NULL ? summary : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->expander), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  summary != NULL ? summary : "", -1);
}

void
inb_field_section_set_folded (InbFieldSection *self,
                              gboolean         is_folded)
{
  g_return_if_fail (INB_IS_FIELD_SECTION (self));

  self->updating = TRUE;
  gtk_expander_set_expanded (self->expander, !is_folded);
  self->updating = FALSE;
}

gboolean
inb_field_section_is_folded (InbFieldSection *self)
{
  g_return_val_if_fail (INB_IS_FIELD_SECTION (self), FALSE);

  return !gtk_expander_get_expanded (self->expander);
}
