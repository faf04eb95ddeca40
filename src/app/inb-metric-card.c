#define G_LOG_DOMAIN "inb-app"

#include "inb-metric-card.h"

struct _InbMetricCard {
  AdwBin    parent_instance;

  /* Template */
  GtkLabel *title;
  GtkLabel *figure;
  GtkLabel *note;
};

G_DEFINE_FINAL_TYPE (InbMetricCard, inb_metric_card, ADW_TYPE_BIN)

static void
inb_metric_card_class_init (InbMetricCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-metric-card.ui");
  gtk_widget_class_bind_template_child (widget_class, InbMetricCard, title);
  gtk_widget_class_bind_template_child (widget_class, InbMetricCard, figure);
  gtk_widget_class_bind_template_child (widget_class, InbMetricCard, note);
}

static void
inb_metric_card_init (InbMetricCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
inb_metric_card_new (const char *title)
{
  InbMetricCard *self = g_object_new (INB_TYPE_METRIC_CARD, NULL);

  gtk_label_set_label (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);

  return GTK_WIDGET (self);
}

void
inb_metric_card_set (InbMetricCard *self,
                     const char    *figure,
                     const char    *note,
                     const char    *definition)
{
  g_autofree char *spoken = NULL;

  g_return_if_fail (INB_IS_METRIC_CARD (self));

  gtk_label_set_label (self->figure, figure);
  gtk_label_set_label (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), definition);

  spoken = g_strdup_printf ("%s: %s%s%s", gtk_label_get_label (self->title), figure, note != NULL ? ", " : "",
                            note != NULL ? note : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, definition, -1);
}

void
inb_metric_card_set_words (InbMetricCard *self,
                           gboolean       words)
{
  g_return_if_fail (INB_IS_METRIC_CARD (self));

  if (words)
    gtk_widget_add_css_class (GTK_WIDGET (self), "words");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "words");
}
