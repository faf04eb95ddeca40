#define G_LOG_DOMAIN "inb-app"

#include "inb-selection-bar.h"

#include "inb-accessible.h"
#include "inb-format.h"

#include <glib/gi18n.h>

struct _InbSelectionBar {
  AdwBin            parent_instance;

  /* Template */
  GtkRevealer      *revealer;
  GtkLabel         *count;
  GtkButton        *select_all;
  GtkLabel         *offer;
  GtkBox           *actions;
  InbSelectionActions *changes;
  GtkButton        *copy;
  GtkButton        *export;

  /* Owned */
  InbLeadSelection *selection;

  gboolean          narrow;
};

G_DEFINE_FINAL_TYPE (InbSelectionBar, inb_selection_bar, ADW_TYPE_BIN)

static void
update (InbSelectionBar *self)
{
  guint n_selected = self->selection != NULL ? inb_lead_selection_get_n_selected (self->selection) : 0;
  guint n_items = self->selection != NULL ? g_list_model_get_n_items (G_LIST_MODEL (inb_lead_selection_get_list (self->selection))) : 0;
  g_autofree char *selected = inb_format_count (n_selected);
  g_autofree char *all = inb_format_count (n_items);
  g_autofree char *count = g_strdup_printf (ngettext ("%s selected", "%s selected", n_selected), selected);
  g_autofree char *offer_text = g_strdup_printf (_("Select all %s matching"), all);
  g_autofree char *short_text = g_strdup_printf (_("All %s"), all);

  if (n_selected > 0)
    {
      gtk_label_set_text (self->count, count);
      gtk_label_set_text (self->offer, self->narrow ? short_text : offer_text);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->select_all), self->narrow ? offer_text : NULL);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->select_all), GTK_ACCESSIBLE_PROPERTY_LABEL, offer_text, -1);
      gtk_widget_set_visible (GTK_WIDGET (self->select_all), n_selected < n_items);
    }
  gtk_revealer_set_reveal_child (self->revealer, n_selected > 0);
}

/* Without a selection the number of leads is not of interest, and it changes often. */
static void
on_items_changed (InbSelectionBar *self)
{
  if (gtk_revealer_get_reveal_child (self->revealer))
    update (self);
}

static void
update_buttons (InbSelectionBar *self)
{
  if (self->narrow)
    {
      gtk_button_set_icon_name (self->copy, "edit-copy-symbolic");
      gtk_button_set_icon_name (self->export, "document-save-symbolic");
    }
  else
    {
      gtk_button_set_label (self->copy, _("Copy"));
      gtk_button_set_label (self->export, _("Export…"));
    }
}

static void
inb_selection_bar_dispose (GObject *object)
{
  InbSelectionBar *self = INB_SELECTION_BAR (object);

  if (self->selection != NULL)
    {
      g_signal_handlers_disconnect_by_data (inb_lead_selection_get_list (self->selection), self);
      g_signal_handlers_disconnect_by_data (self->selection, self);
    }
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (inb_selection_bar_parent_class)->dispose (object);
}

static void
inb_selection_bar_class_init (InbSelectionBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_selection_bar_dispose;

  g_type_ensure (INB_TYPE_SELECTION_ACTIONS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-selection-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, InbSelectionBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, InbSelectionBar, count);
  gtk_widget_class_bind_template_child (widget_class, InbSelectionBar, select_all);
  gtk_widget_class_bind_template_child (widget_class, InbSelectionBar, offer);
  gtk_widget_class_bind_template_child (widget_class, InbSelectionBar, actions);
  gtk_widget_class_bind_template_child (widget_class, InbSelectionBar, changes);
  gtk_widget_class_bind_template_child (widget_class, InbSelectionBar, copy);
  gtk_widget_class_bind_template_child (widget_class, InbSelectionBar, export);
}

static void
inb_selection_bar_init (InbSelectionBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  inb_accessible_follow_revealer (self->revealer);
  update_buttons (self);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_selection_bar_set_selection:
 * @selection: (nullable): what it tells of
 */
void
inb_selection_bar_set_selection (InbSelectionBar  *self,
                                 InbLeadSelection *selection)
{
  g_return_if_fail (INB_IS_SELECTION_BAR (self));

  if (self->selection != NULL)
    {
      g_signal_handlers_disconnect_by_data (inb_lead_selection_get_list (self->selection), self);
      g_signal_handlers_disconnect_by_data (self->selection, self);
    }
  g_set_object (&self->selection, selection);
  if (selection != NULL)
    {
      g_signal_connect_object (selection, "checks-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (inb_lead_selection_get_list (selection), "items-changed", G_CALLBACK (on_items_changed), self,
                               G_CONNECT_SWAPPED);
    }
  update (self);
}

/**
 * inb_selection_bar_set_room:
 * @room: what there is room for
 */
void
inb_selection_bar_set_room (InbSelectionBar         *self,
                            InbSelectionActionsRoom  room)
{
  gboolean narrow = room == INB_SELECTION_ACTIONS_FOLDED;

  g_return_if_fail (INB_IS_SELECTION_BAR (self));

  inb_selection_actions_set_room (self->changes, room);
  if (self->narrow == narrow)
    return;

  self->narrow = narrow;
  update_buttons (self);
  update (self);
}

InbSelectionActions *
inb_selection_bar_get_changes (InbSelectionBar *self)
{
  g_return_val_if_fail (INB_IS_SELECTION_BAR (self), NULL);

  return self->changes;
}

/**
 * inb_selection_bar_set_no_export:
 * @reason: (nullable): why the user may not; %NULL when he may
 */
void
inb_selection_bar_set_no_export (InbSelectionBar *self,
                                 const char      *reason)
{
  const char *text;

  g_return_if_fail (INB_IS_SELECTION_BAR (self));

  text = reason != NULL ? reason : _("Save the selected leads as a table of comma-separated values");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->export), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->export), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

GtkBox *
inb_selection_bar_get_actions (InbSelectionBar *self)
{
  g_return_val_if_fail (INB_IS_SELECTION_BAR (self), NULL);

  return self->actions;
}
