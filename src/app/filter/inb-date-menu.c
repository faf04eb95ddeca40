#define G_LOG_DOMAIN "inb-app"

#include "inb-date-menu.h"

#include "inb-filter-text.h"

#include <glib/gi18n.h>

struct _InbDateMenu {
  AdwBin         parent_instance;

  /* Template */
  GtkMenuButton *button;
  GtkPopover    *popover;
  GtkBox        *presets;
  GtkEntry      *from;
  GtkEntry      *to;
  GtkLabel      *problem;
  GtkButton     *apply;

  /* Owned */
  char          *name;

  /* Borrowed: children */
  GtkWidget     *marks[INB_DATE_RANGE_DAYS];

  InbDateRange   range;
};

static guint picked_signal;

G_DEFINE_FINAL_TYPE (InbDateMenu, inb_date_menu, ADW_TYPE_BIN)

static void
update (InbDateMenu *self)
{
  gboolean any = self->range.kind == INB_DATE_RANGE_ANY;
  g_autofree char *days = inb_filter_text_get_range (&self->range);
  g_autofree char *label = any ? g_strdup (self->name) : g_strdup_printf (_("%s: %s"), self->name, days);

  gtk_menu_button_set_label (self->button, label);
  for (guint kind = 0; kind < INB_DATE_RANGE_DAYS; kind++)
    gtk_widget_set_opacity (self->marks[kind], kind == self->range.kind ? 1 : 0);
  gtk_editable_set_text (GTK_EDITABLE (self->from), self->range.kind == INB_DATE_RANGE_DAYS ? self->range.from : "");
  gtk_editable_set_text (GTK_EDITABLE (self->to), self->range.kind == INB_DATE_RANGE_DAYS ? self->range.to : "");
}

static void
pick (InbDateMenu        *self,
      const InbDateRange *range)
{
  gtk_popover_popdown (self->popover);
  if (inb_date_range_equal (&self->range, range))
    return;

  self->range = *range;
  update (self);
  g_signal_emit (self, picked_signal, 0);
}

static void
on_preset_clicked (InbDateMenu *self,
                   GtkButton   *button)
{
  InbDateRange range = { .kind = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "kind")) };

  pick (self, &range);
}

static const char *
get_date (GtkEntry *entry)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  return *text != '\0' ? text : NULL;
}

static void
on_entry_changed (InbDateMenu *self)
{
  const char *from = get_date (self->from);
  const char *to = get_date (self->to);
  InbDateRange range;
  gboolean valid = inb_date_range_set_days (&range, from, to);
  /* While a date is still being typed there is nothing to complain about. */
  gboolean typing = (from != NULL && g_utf8_strlen (from, -1) < 10) || (to != NULL && g_utf8_strlen (to, -1) < 10);

  gtk_widget_set_sensitive (GTK_WIDGET (self->apply), valid && (from != NULL || to != NULL));
  gtk_label_set_text (self->problem, _("Write days as 2026-11-22, the first one before the last one."));
  gtk_widget_set_visible (GTK_WIDGET (self->problem), !valid && !typing);
}

static void
on_apply (InbDateMenu *self)
{
  InbDateRange range = { 0 };

  if (inb_date_range_set_days (&range, get_date (self->from), get_date (self->to)))
    pick (self, &range);
}

static void
inb_date_menu_finalize (GObject *object)
{
  g_free (INB_DATE_MENU (object)->name);

  G_OBJECT_CLASS (inb_date_menu_parent_class)->finalize (object);
}

static void
inb_date_menu_class_init (InbDateMenuClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = inb_date_menu_finalize;

  picked_signal = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-date-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, InbDateMenu, button);
  gtk_widget_class_bind_template_child (widget_class, InbDateMenu, popover);
  gtk_widget_class_bind_template_child (widget_class, InbDateMenu, presets);
  gtk_widget_class_bind_template_child (widget_class, InbDateMenu, from);
  gtk_widget_class_bind_template_child (widget_class, InbDateMenu, to);
  gtk_widget_class_bind_template_child (widget_class, InbDateMenu, problem);
  gtk_widget_class_bind_template_child (widget_class, InbDateMenu, apply);
}

static void
inb_date_menu_init (InbDateMenu *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint kind = 0; kind < INB_DATE_RANGE_DAYS; kind++)
    {
      GtkWidget *button = gtk_button_new ();
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
      GtkWidget *label = gtk_label_new (inb_filter_text_get_preset (kind));

      self->marks[kind] = gtk_image_new_from_icon_name ("object-select-symbolic");
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_set_hexpand (label, TRUE);
      gtk_box_append (GTK_BOX (box), label);
      gtk_box_append (GTK_BOX (box), self->marks[kind]);
      gtk_button_set_child (GTK_BUTTON (button), box);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "preset");
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, inb_filter_text_get_preset (kind), -1);
      g_object_set_data (G_OBJECT (button), "kind", GUINT_TO_POINTER (kind));
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_preset_clicked), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->presets, button);
    }
  g_signal_connect_object (self->from, "changed", G_CALLBACK (on_entry_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->to, "changed", G_CALLBACK (on_entry_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->from, "activate", G_CALLBACK (on_apply), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->to, "activate", G_CALLBACK (on_apply), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->apply, "clicked", G_CALLBACK (on_apply), self, G_CONNECT_SWAPPED);
}

/**
 * inb_date_menu_new:
 * @name: what the days are of: "Created"
 *
 * Returns: (transfer none): a floating widget
 */
GtkWidget *
inb_date_menu_new (const char *name)
{
  InbDateMenu *self = g_object_new (INB_TYPE_DATE_MENU, NULL);

  self->name = g_strdup (name);
  update (self);

  return GTK_WIDGET (self);
}

const InbDateRange *
inb_date_menu_get_range (InbDateMenu *self)
{
  g_return_val_if_fail (INB_IS_DATE_MENU (self), NULL);

  return &self->range;
}

/**
 * inb_date_menu_set_range:
 *
 * Shows @range as picked, without a signal.
 */
void
inb_date_menu_set_range (InbDateMenu        *self,
                         const InbDateRange *range)
{
  g_return_if_fail (INB_IS_DATE_MENU (self) && range != NULL);

  if (inb_date_range_equal (&self->range, range))
    return;

  self->range = *range;
  update (self);
}
