#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-menu.h"
#include "inb-lead-table-private.h"

static void
pop_up (InbLeadTable *self,
        GMenuModel   *model,
        GtkWidget    *from,
        double        x,
        double        y)
{
  double table_x;
  double table_y;

  gtk_widget_translate_coordinates (from, GTK_WIDGET (self), x, y, &table_x, &table_y);
  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_set_weak_pointer (&self->popover, inb_lead_menu_pop_up (GTK_WIDGET (self), model, table_x, table_y));
}

static void
pop_up_row (InbLeadTable *self,
            InbLeadCell  *cell,
            GtkWidget    *from,
            double        x,
            double        y)
{
  InbLeadSort column = cell->column == INB_LEAD_CELL_CHECK ? INB_N_LEAD_SORTS : (InbLeadSort) cell->column;
  g_autoptr (GMenuModel) model = NULL;

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), gtk_list_item_get_position (cell->list_item), TRUE);
  inb_lead_table_update_actions (self);
  model = inb_lead_menu_new_row (column, self->contacts, inb_lead_selection_get_n_selected (self->selection),
                                 inb_lead_table_get_refusal (self), self->no_export);
  pop_up (self, model, from, x, y);
}

static void
on_secondary_pressed (InbLeadTable    *self,
                      int              n_press,
                      double           x,
                      double           y,
                      GtkGestureClick *gesture)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);
  InbLeadCell *cell = inb_lead_cell_find (picked);
  g_autoptr (GMenuModel) model = NULL;

  if (self->session == NULL || picked == NULL)
    return;

  if (cell != NULL)
    {
      pop_up_row (self, cell, GTK_WIDGET (self->view), x, y);
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
    }
  else if (!gtk_widget_is_ancestor (picked, self->rows) && picked != self->rows)
    {
      model = inb_lead_menu_new_columns (self->contacts);
      pop_up (self, model, GTK_WIDGET (self->view), x, y);
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
    }
}

/* By key: of the row that has the focus. */
static void
on_menu (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  InbLeadTable *self = INB_LEAD_TABLE (widget);
  GtkWidget *row = gtk_root_get_focus (gtk_widget_get_root (widget));
  InbLeadCell *cell;

  while (row != NULL && gtk_widget_get_parent (row) != self->rows)
    row = gtk_widget_get_parent (row);
  cell = row != NULL ? inb_lead_cell_find (gtk_widget_get_first_child (row)) : NULL;
  if (cell != NULL)
    pop_up_row (self, cell, row, 48, gtk_widget_get_height (row) / 2.0);
}

/* --- columns ------------------------------------------------------------------------------------------------------------ */

static void
on_column_toggled (GSimpleAction *action,
                   GVariant      *value,
                   gpointer       user_data)
{
  InbLeadTable *self = user_data;
  InbLeadSort column;

  if (self->columns == NULL || !inb_lead_column_from_key (g_action_get_name (G_ACTION (action)), &column))
    return;

  inb_lead_columns_set_wanted (self->columns, column, g_variant_get_boolean (value));
  g_simple_action_set_state (action, value);
}

static void
on_reset_columns (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  InbLeadTable *self = INB_LEAD_TABLE (widget);

  if (self->columns == NULL)
    return;

  inb_lead_columns_reset (self->columns);
  inb_lead_table_update_column_actions (self);
}

void
inb_lead_table_update_column_actions (InbLeadTable *self)
{
  g_autoptr (GMenuModel) menu = inb_lead_menu_new_table (self->contacts, self->no_export);

  gtk_menu_button_set_menu_model (self->menu_button, menu);
  for (guint i = 0; i < INB_N_LEAD_SORTS && self->columns != NULL; i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->column_actions),
                                                    inb_lead_column_get_info ((InbLeadSort) i)->key);

      g_simple_action_set_state (G_SIMPLE_ACTION (action),
                                 g_variant_new_boolean (inb_lead_columns_get_wanted (self->columns, (InbLeadSort) i)));
    }
}

/**
 * inb_lead_table_get_layout:
 *
 * Returns: (transfer none) (nullable): %NULL without a session
 */
const InbColumnLayout *
inb_lead_table_get_layout (InbLeadTable *self)
{
  g_return_val_if_fail (INB_IS_LEAD_TABLE (self), NULL);

  return self->columns != NULL ? inb_lead_columns_get_layout (self->columns) : NULL;
}

/**
 * inb_lead_table_set_layout:
 * @layout: as the user wants the leads' columns from now on
 */
void
inb_lead_table_set_layout (InbLeadTable          *self,
                           const InbColumnLayout *layout)
{
  g_return_if_fail (INB_IS_LEAD_TABLE (self) && layout != NULL);

  if (self->columns == NULL)
    return;
  inb_lead_columns_set_layout (self->columns, layout);
  inb_lead_table_update_column_actions (self);
}

void
inb_lead_table_class_install_menus (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "table.reset-columns", NULL, on_reset_columns);
  gtk_widget_class_install_action (widget_class, "table.menu", NULL, on_menu);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "table.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "table.menu", NULL);
}

void
inb_lead_table_init_menus (InbLeadTable *self)
{
  GtkGesture *secondary = gtk_gesture_click_new ();

  self->column_actions = g_simple_action_group_new ();
  for (guint i = 0; i < INB_N_LEAD_SORTS; i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new_stateful (inb_lead_column_get_info ((InbLeadSort) i)->key, NULL,
                                                                       g_variant_new_boolean (FALSE));

      g_signal_connect_object (action, "change-state", G_CALLBACK (on_column_toggled), self, 0);
      g_action_map_add_action (G_ACTION_MAP (self->column_actions), G_ACTION (action));
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "columns", G_ACTION_GROUP (self->column_actions));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (secondary), GTK_PHASE_CAPTURE);
  g_signal_connect_object (secondary, "pressed", G_CALLBACK (on_secondary_pressed), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (secondary));
}
