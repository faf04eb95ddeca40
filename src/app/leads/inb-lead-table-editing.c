#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-picker.h"
#include "inb-lead-table-private.h"

#include <glib/gi18n.h>

/* (transfer full) (element-type gint64): the selected leads, else the current one. */
static GArray *
dup_targets (InbLeadTable *self)
{
  InbLeadSummary *current = inb_lead_table_get_current (self);
  GArray *rowids;

  if (inb_lead_selection_get_n_selected (self->selection) > 0)
    return inb_lead_selection_dup_rowids (self->selection);

  rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (current != NULL)
    g_array_append_val (rowids, current->rowid);

  return rowids;
}

static guint
count_targets (InbLeadTable *self)
{
  guint n_selected = self->selection != NULL ? inb_lead_selection_get_n_selected (self->selection) : 0;

  return n_selected > 0 ? n_selected : inb_lead_table_get_current (self) != NULL ? 1 : 0;
}

static gboolean
may_edit (InbLeadTable *self,
          guint         n_leads,
          const char  **reason)
{
  *reason = NULL;

  return self->session == NULL ||
         inb_edits_may (inb_session_get_edits (self->session), n_leads > 1 ? INB_RIGHT_BULK : INB_RIGHT_EDIT, reason);
}

/**
 * inb_lead_table_get_refusal:
 *
 * Returns: (transfer none) (nullable): why the user may not change what the actions are about
 */
const char *
inb_lead_table_get_refusal (InbLeadTable *self)
{
  const char *reason;

  may_edit (self, count_targets (self), &reason);

  return reason;
}

/* Back to the row, unless the user types somewhere by now. */
static gboolean
return_focus (gpointer user_data)
{
  InbLeadTable *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean types = root != NULL && GTK_IS_TEXT (gtk_root_get_focus (root)) && gtk_widget_get_mapped (gtk_root_get_focus (root));
  gboolean picks = self->popover != NULL && gtk_widget_get_visible (self->popover);

  if (root != NULL && !types && !picks && gtk_widget_get_mapped (GTK_WIDGET (self)))
    inb_lead_table_focus (self);

  return G_SOURCE_REMOVE;
}

/* GTK moves the keyboard from what closes to the first widget of the window, and does so after this. */
static void
on_picker_closed (InbLeadTable *self)
{
  g_timeout_add_full (G_PRIORITY_LOW, 0, return_focus, g_object_ref (self), g_object_unref);
}

/* The place of @widget in the table. */
static GdkRectangle
get_place (InbLeadTable *self,
           GtkWidget    *widget)
{
  graphene_rect_t bounds;

  if (widget == NULL || !gtk_widget_compute_bounds (widget, GTK_WIDGET (self), &bounds))
    return (GdkRectangle) { gtk_widget_get_width (GTK_WIDGET (self)) / 2, gtk_widget_get_height (GTK_WIDGET (self)) / 2, 1, 1 };

  return (GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width, (int) bounds.size.height };
}

static void
pop_up (InbLeadTable *self,
        InbLeadPick   pick,
        GArray       *rowids,
        GtkWidget    *anchor)
{
  InbLeadSummary *current = inb_lead_table_get_current (self);
  gboolean is_current = current != NULL && rowids->len == 1 && g_array_index (rowids, gint64, 0) == current->rowid;
  gboolean is_in_bar = anchor != NULL && gtk_widget_is_ancestor (anchor, GTK_WIDGET (self->bar));
  GdkRectangle place = get_place (self, anchor);
  GtkWidget *popover;

  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
  popover = inb_lead_picker_pop_up (GTK_WIDGET (self), self->session, pick, rowids, is_current ? current : NULL, &place,
                                    is_in_bar ? GTK_POS_TOP : GTK_POS_BOTTOM);
  g_signal_connect_object (popover, "closed", G_CALLBACK (on_picker_closed), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->popover, popover);
}

static GtkWidget *
find_current_row (InbLeadTable *self)
{
  guint position = inb_lead_selection_get_position (self->selection);

  return position != GTK_INVALID_LIST_POSITION ? inb_lead_cells_find_row (self->cells, position) : NULL;
}

static gboolean
check_may (InbLeadTable *self,
           guint         n_leads)
{
  const char *reason;

  if (may_edit (self, n_leads, &reason))
    return TRUE;

  inb_lead_table_say (self, reason);

  return FALSE;
}

static void
on_edit (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  InbLeadTable *self = INB_LEAD_TABLE (widget);
  const char *key = g_variant_get_string (parameter, NULL);
  g_autoptr (GArray) rowids = NULL;
  GtkWidget *anchor;
  InbLeadPick pick;

  if (self->session == NULL || self->contacts || !inb_lead_pick_from_key (key, &pick))
    return;

  rowids = dup_targets (self);
  if (rowids->len == 0 || !check_may (self, rowids->len))
    return;
  anchor = inb_lead_selection_get_n_selected (self->selection) > 0
           ? inb_selection_actions_get_anchor (inb_selection_bar_get_changes (self->bar), key) : find_current_row (self);
  pop_up (self, pick, rowids, anchor);
}

static void
on_delete (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  InbLeadTable *self = INB_LEAD_TABLE (widget);
  g_autoptr (GArray) rowids = NULL;
  g_autoptr (InbEdit) edit = NULL;

  if (self->session == NULL)
    return;

  rowids = dup_targets (self);
  if (rowids->len == 0 || !check_may (self, rowids->len))
    return;
  edit = inb_lead_change_new_edit (INB_LEAD_CHANGE_DELETE, rowids, NULL);
  inb_lead_selection_clear (self->selection);
  inb_edits_do (inb_session_get_edits (self->session), edit);
}

/* --- in the cell itself ------------------------------------------------------------------------------------------------- */

static gboolean
get_cell_pick (InbLeadCell *cell,
               InbLeadPick *pick)
{
  switch (cell->column)
    {
    case INB_LEAD_SORT_STAGE:
      *pick = INB_LEAD_PICK_STAGE;
      return TRUE;
    case INB_LEAD_SORT_OWNER:
    case INB_LEAD_SORT_TEAM:
      *pick = INB_LEAD_PICK_OWNER;
      return TRUE;
    case INB_LEAD_SORT_TEMPERATURE:
      *pick = INB_LEAD_PICK_TEMPERATURE;
      return TRUE;
    case INB_LEAD_SORT_FOLLOW_UP:
      *pick = INB_LEAD_PICK_FOLLOW_UP;
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * inb_lead_table_edit_cell:
 *
 * Offers the choices for what the cell says of its lead, whatever is selected.
 *
 * Returns: whether it is a cell that can be changed like that
 */
gboolean
inb_lead_table_edit_cell (InbLeadTable *self,
                          InbLeadCell  *cell)
{
  InbLeadSummary *lead = cell->slot != NULL ? inb_lead_slot_get_summary (cell->slot) : NULL;
  g_autoptr (GArray) rowids = NULL;
  InbLeadPick pick;

  if (lead == NULL || lead->rowid < 0 || !get_cell_pick (cell, &pick))
    return FALSE;
  if (!check_may (self, 1))
    return TRUE;

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), gtk_list_item_get_position (cell->list_item), TRUE);
  rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (rowids, lead->rowid);
  pop_up (self, pick, rowids, cell->widget);

  return TRUE;
}

/* --- what makes sense now ----------------------------------------------------------------------------------------------- */

void
inb_lead_table_update_editing (InbLeadTable *self)
{
  guint n_leads = count_targets (self);
  const char *reason;
  gboolean may = may_edit (self, n_leads, &reason);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "table.edit", n_leads > 0 && may && !self->contacts);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "table.delete", n_leads > 0 && may);
  inb_selection_actions_set_offered (inb_selection_bar_get_changes (self->bar), self->contacts, reason);
}

void
inb_lead_table_class_install_editing (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "table.edit", "s", on_edit);
  gtk_widget_class_install_action (widget_class, "table.delete", NULL, on_delete);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "table.edit", "s", "stage");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "table.delete", NULL);
}
