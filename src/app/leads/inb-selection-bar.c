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
  GtkMenuButton    *more;

  /* Owned */
  InbLeadSelection *selection;
  char             *no_export;  /* why not; NULL when he may */

  int               needed[INB_N_SELECTION_ACTIONS_ROOMS];  /* pixels; 0 = not known yet */
  InbSelectionActionsRoom room;
  InbSelectionActionsRoom next;
  guint             reshape;
};

G_DEFINE_FINAL_TYPE (InbSelectionBar, inb_selection_bar, ADW_TYPE_BIN)

/* Where not all has a button. @offer: (nullable): of all that match. */
static void
fill_menu (InbSelectionBar *self,
           const char      *offer)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) rows = g_menu_new ();

  if (offer != NULL)
    g_menu_append (menu, offer, "table.select-all");
  g_menu_append (rows, _("_Copy"), "table.copy-rows");
  g_menu_append (rows, _("_Export…"), "table.export-selection");
  g_menu_append_section (menu, self->no_export, G_MENU_MODEL (rows));
  gtk_menu_button_set_menu_model (self->more, G_MENU_MODEL (menu));
}

static void
update (InbSelectionBar *self)
{
  guint n_selected = self->selection != NULL ? inb_lead_selection_get_n_selected (self->selection) : 0;
  guint n_items = self->selection != NULL ? g_list_model_get_n_items (G_LIST_MODEL (inb_lead_selection_get_list (self->selection))) : 0;
  g_autofree char *selected = inb_format_count (n_selected);
  g_autofree char *all = inb_format_count (n_items);
  g_autofree char *count = g_strdup_printf (ngettext ("%s selected", "%s selected", n_selected), selected);
  g_autofree char *offer_text = g_strdup_printf (_("Select all %s matching"), all);

  if (n_selected > 0)
    {
      gtk_label_set_text (self->count, count);
      gtk_label_set_text (self->offer, offer_text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->select_all), GTK_ACCESSIBLE_PROPERTY_LABEL, offer_text, -1);
      gtk_widget_set_visible (GTK_WIDGET (self->select_all), n_selected < n_items && self->room != INB_SELECTION_ACTIONS_FOLDED);
      fill_menu (self, n_selected < n_items && self->room == INB_SELECTION_ACTIONS_FOLDED ? offer_text : NULL);
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
inb_selection_bar_dispose (GObject *object)
{
  InbSelectionBar *self = INB_SELECTION_BAR (object);

  g_clear_handle_id (&self->reshape, g_source_remove);
  if (self->selection != NULL)
    {
      g_signal_handlers_disconnect_by_data (inb_lead_selection_get_list (self->selection), self);
      g_signal_handlers_disconnect_by_data (self->selection, self);
    }
  g_clear_object (&self->selection);
  g_clear_pointer (&self->no_export, g_free);

  G_OBJECT_CLASS (inb_selection_bar_parent_class)->dispose (object);
}

static void
apply_room (InbSelectionBar *self)
{
  gboolean all = self->room == INB_SELECTION_ACTIONS_ALL;

  inb_selection_actions_set_room (self->changes, self->room);
  gtk_widget_set_visible (GTK_WIDGET (self->copy), all);
  gtk_widget_set_visible (GTK_WIDGET (self->export), all);
  gtk_widget_set_visible (GTK_WIDGET (self->more), !all);
  update (self);
}

static gboolean
on_reshape (gpointer user_data)
{
  InbSelectionBar *self = user_data;

  self->reshape = 0;
  self->room = self->next;
  apply_room (self);

  return G_SOURCE_REMOVE;
}

static int
get_child_width (InbSelectionBar *self,
                 int              width)
{
  int minimum;

  gtk_widget_measure (GTK_WIDGET (self->revealer), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);

  return MAX (width, minimum);
}

/* How long the words are is the language's: what fits is tried, step by step between two frames. What does not fit reaches over the edge
 * until then. */
static void
inb_selection_bar_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  InbSelectionBar *self = INB_SELECTION_BAR (widget);

  gtk_widget_measure (GTK_WIDGET (self->revealer), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &self->needed[self->room], NULL, NULL);
  self->next = self->room;
  if (self->needed[self->room] > width && self->room + 1 < INB_N_SELECTION_ACTIONS_ROOMS)
    self->next = self->room + 1;
  else if (self->room > 0 && self->needed[self->room - 1] <= width)
    self->next = self->room - 1;
  if (self->next != self->room && self->reshape == 0)
    self->reshape = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_reshape, self, NULL);

  gtk_widget_allocate (GTK_WIDGET (self->revealer), get_child_width (self, width), height, baseline, NULL);
}

static void
inb_selection_bar_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  InbSelectionBar *self = INB_SELECTION_BAR (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    for_size = get_child_width (self, for_size);
  gtk_widget_measure (GTK_WIDGET (self->revealer), orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = 0;
}

static void
inb_selection_bar_class_init (InbSelectionBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_selection_bar_dispose;
  widget_class->size_allocate = inb_selection_bar_size_allocate;
  widget_class->measure = inb_selection_bar_measure;

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
  gtk_widget_class_bind_template_child (widget_class, InbSelectionBar, more);
}

static void
inb_selection_bar_init (InbSelectionBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  inb_accessible_follow_revealer (self->revealer);
  apply_room (self);
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

  g_free (self->no_export);
  self->no_export = g_strdup (reason);
  text = reason != NULL ? reason : _("Save the selected leads as a table of comma-separated values");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->export), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->export), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  update (self);
}

GtkBox *
inb_selection_bar_get_actions (InbSelectionBar *self)
{
  g_return_val_if_fail (INB_IS_SELECTION_BAR (self), NULL);

  return self->actions;
}
