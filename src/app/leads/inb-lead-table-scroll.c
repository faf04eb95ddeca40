#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-table-private.h"

#include <math.h>

/* Rows are all of one height, so the last one's that was seen is enough; before there is any, nothing is scrolled. */
static double
get_row_height (InbLeadTable *self)
{
  guint n_rows = self->selection != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->selection)) : 0;
  double upper = gtk_adjustment_get_upper (self->adjustment);

  /* Where the rows do not fill the page, the page's end is the upper bound. */
  if (n_rows > 0 && upper > gtk_adjustment_get_page_size (self->adjustment))
    self->row_height = upper / n_rows;

  return self->row_height;
}

static void
update_viewport (InbLeadTable *self)
{
  double height = get_row_height (self);
  double value = gtk_adjustment_get_value (self->adjustment);
  guint first = 0;
  guint n_rows = 40;

  if (self->list == NULL)
    return;

  if (height > 1)
    {
      first = (guint) (value / height);
      n_rows = (guint) (gtk_adjustment_get_page_size (self->adjustment) / height) + 2;
    }
  inb_lead_list_set_viewport (self->list, first, n_rows, value < 1);
  if (inb_lead_list_follows_top (self->list))
    inb_arrival_pill_clear (self->pill);
}

static void
scroll_to (InbLeadTable *self,
           guint         position)
{
  if (position >= g_list_model_get_n_items (G_LIST_MODEL (self->selection)))
    inb_lead_selection_complete (self->selection);
  if (position < g_list_model_get_n_items (G_LIST_MODEL (self->selection)))
    gtk_widget_activate_action (self->rows, "list.scroll-to-item", "u", position);
}

/* scroll-to-item only brings a row somewhere on screen; once its place is known, it goes to the top. */
static gboolean
on_tick (GtkWidget     *widget,
         GdkFrameClock *frame_clock,
         gpointer       user_data)
{
  InbLeadTable *self = INB_LEAD_TABLE (widget);

  self->tick = 0;
  gtk_adjustment_set_value (self->adjustment, self->tick_position * get_row_height (self));

  return G_SOURCE_REMOVE;
}

static void
on_moved (InbLeadTable *self,
          guint         position)
{
  double height = get_row_height (self);
  double hidden = height > 1 ? fmod (gtk_adjustment_get_value (self->adjustment), height) / height : 0;

  scroll_to (self, position);
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  /* As much of the row at the top stays out of sight as was. */
  self->tick_position = position + hidden;
  if (position > 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
  update_viewport (self);
}

void
inb_lead_table_go_to_top (InbLeadTable *self)
{
  gtk_adjustment_set_value (self->adjustment, 0);
}

void
inb_lead_table_go_to_newest (InbLeadTable *self)
{
  const InbLeadQuery *query;

  if (self->list == NULL)
    return;

  inb_arrival_pill_clear (self->pill);
  query = inb_lead_list_get_query (self->list);
  if (query->sort != INB_LEAD_SORT_CREATED || !query->descending)
    inb_lead_columns_sort_by (self->columns, INB_LEAD_SORT_CREATED, TRUE);
  inb_lead_table_go_to_top (self);
}

void
inb_lead_table_init_scroll (InbLeadTable *self)
{
  self->adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (update_viewport), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->adjustment, "changed", G_CALLBACK (update_viewport), self, G_CONNECT_SWAPPED);
}

/* Ends with the list's other signals. */
void
inb_lead_table_follow_moves (InbLeadTable *self)
{
  /* After the view itself has heard of items-changed. */
  g_signal_connect_object (self->list, "moved", G_CALLBACK (on_moved), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/* --- public ----------------------------------------------------------------------------------------------------------- */

void
inb_lead_table_select (InbLeadTable *self,
                       const char   *lead_id)
{
  guint position;

  g_return_if_fail (INB_IS_LEAD_TABLE (self));

  if (self->selection == NULL)
    return;

  inb_lead_selection_set_lead_id (self->selection, lead_id);
  position = inb_lead_selection_get_position (self->selection);
  if (position != GTK_INVALID_LIST_POSITION)
    scroll_to (self, position);
}

void
inb_lead_table_move (InbLeadTable *self,
                     int           by)
{
  guint n_items;
  guint position;

  g_return_if_fail (INB_IS_LEAD_TABLE (self));

  n_items = self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;
  if (n_items == 0)
    return;

  position = inb_lead_selection_get_position (self->selection);
  if (position == GTK_INVALID_LIST_POSITION)
    position = 0;
  else
    position = (guint) CLAMP ((gint64) position + by, 0, (gint64) n_items - 1);

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  scroll_to (self, position);
  inb_lead_table_focus (self);
}

void
inb_lead_table_focus (InbLeadTable *self)
{
  guint position;
  GtkWidget *row;

  g_return_if_fail (INB_IS_LEAD_TABLE (self));

  if (self->selection == NULL)
    return;

  position = inb_lead_selection_get_position (self->selection);
  row = position != GTK_INVALID_LIST_POSITION ? inb_lead_cells_find_row (self->cells, position) : NULL;
  if (row == NULL || !gtk_widget_grab_focus (row))
    gtk_widget_grab_focus (self->rows);
}
