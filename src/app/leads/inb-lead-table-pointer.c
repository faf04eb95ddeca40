#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-table-private.h"

static void
on_activate (InbLeadTable *self,
             guint         position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  inb_lead_table_open_current (self);
}

static gboolean
on_click_handled (gpointer user_data)
{
  InbLeadTable *self = user_data;

  self->click = 0;
  inb_lead_table_open_current (self);

  return G_SOURCE_REMOVE;
}

static InbLeadCell *
find_cell (InbLeadTable *self,
           double        x,
           double        y)
{
  return inb_lead_cell_find (gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT));
}

/* A press on a check box is not one on its row. */
static void
on_pressed (InbLeadTable    *self,
            int              n_press,
            double           x,
            double           y,
            GtkGestureClick *gesture)
{
  InbLeadCell *cell = find_cell (self, x, y);

  if (cell != NULL && cell->column == INB_LEAD_CELL_CHECK)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

/* A click opens, as a tap does; with Ctrl or Shift, or on its box, it checks. The list makes the row the current one once this
 * event goes on to it. */
static void
on_released (InbLeadTable    *self,
             int              n_press,
             double           x,
             double           y,
             GtkGestureClick *gesture)
{
  InbLeadCell *cell = find_cell (self, x, y);
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (cell == NULL || self->selection == NULL)
    return;

  if (cell->column == INB_LEAD_CELL_CHECK)
    inb_lead_selection_toggle (self->selection, gtk_list_item_get_position (cell->list_item), (state & GDK_SHIFT_MASK) != 0);
  else if ((state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) == 0 && n_press == 2 && inb_lead_table_edit_cell (self, cell))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  else if ((state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) == 0 && self->click == 0)
    self->click = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_click_handled, self, NULL);
}

void
inb_lead_table_init_pointer (InbLeadTable *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (self->view, "activate", G_CALLBACK (on_activate), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (click, "released", G_CALLBACK (on_released), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (click));
}
