#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-table.h"

#include "inb-accessible.h"
#include "inb-lead-columns.h"
#include "inb-lead-selection.h"

#include <glib/gi18n.h>

#define FEW_WIDTH 580
#define MIDDLE_WIDTH 760

struct _InbLeadTable {
  AdwBin             parent_instance;

  /* Template */
  GtkScrolledWindow *scroller;
  GtkColumnView     *view;
  GtkRevealer       *pill_revealer;
  GtkButton         *pill;

  /* Owned */
  InbLeadList       *list;
  InbLeadSelection  *selection;
  InbLeadColumns    *columns;

  /* Borrowed */
  GtkWidget         *rows;          /* the GtkListView inside the column view, which scrolls */
  GtkAdjustment     *adjustment;

  gulong             sorter_handler;
  guint              n_arrivals;    /* that the pill counts */
  guint              tick;          /* restores the place after an exchange */
  guint              tick_position;
  guint              click;
  guint              reshape;       /* columns come and go between two frames, never while one is laid out */
  InbColumnsShown    shown;
};

enum {
  SELECTED,
  OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbLeadTable, inb_lead_table, ADW_TYPE_BIN)

/* Rows are all of one height, so the first one's is enough; before there is any, nothing is scrolled. */
static double
get_row_height (InbLeadTable *self)
{
  guint n_rows = self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;

  return n_rows > 0 ? gtk_adjustment_get_upper (self->adjustment) / n_rows : 0;
}

static void
show_pill (InbLeadTable *self)
{
  g_autofree char *text = NULL;

  if (self->n_arrivals > 0)
    {
      text = g_strdup_printf (ngettext ("%u new lead ↑", "%u new leads ↑", self->n_arrivals), self->n_arrivals);
      gtk_button_set_label (self->pill, text);
    }
  gtk_revealer_set_reveal_child (self->pill_revealer, self->n_arrivals > 0);
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
  if (self->n_arrivals > 0 && inb_lead_list_follows_top (self->list))
    {
      self->n_arrivals = 0;
      show_pill (self);
    }
}

static void
scroll_to (InbLeadTable *self,
           guint         position)
{
  if (position < g_list_model_get_n_items (G_LIST_MODEL (self->list)))
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
  scroll_to (self, position);
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  self->tick_position = position;
  if (position > 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
  update_viewport (self);
}

static void
go_to_top (InbLeadTable *self)
{
  gtk_adjustment_set_value (self->adjustment, 0);
}

static void
on_exchange (InbLeadTable *self)
{
  g_autoptr (GtkBitset) held = inb_lead_columns_get_held (self->columns);
  GtkBitsetIter iter;
  guint position;
  guint first;
  guint last;

  if (!gtk_bitset_iter_init_first (&iter, held, &position))
    return;

  first = last = position;
  while (gtk_bitset_iter_next (&iter, &position))
    {
      if (position != last + 1)
        {
          inb_lead_list_hold (self->list, first, last - first + 1);
          first = position;
        }
      last = position;
    }
  inb_lead_list_hold (self->list, first, last - first + 1);
}

static void
on_selected (InbLeadTable *self)
{
  g_signal_emit (self, signals[SELECTED], 0, inb_lead_selection_get_lead_id (self->selection));
}

static void
open_selected (InbLeadTable *self)
{
  const char *lead_id = self->selection != NULL ? inb_lead_selection_get_lead_id (self->selection) : NULL;

  if (lead_id != NULL)
    g_signal_emit (self, signals[OPENED], 0, lead_id);
}

static void
on_activate (InbLeadTable *self,
             guint         position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  open_selected (self);
}

static gboolean
on_click_handled (gpointer user_data)
{
  InbLeadTable *self = user_data;

  self->click = 0;
  open_selected (self);

  return G_SOURCE_REMOVE;
}

/* A click opens, as a tap does. The list selects the row once this event goes on to it. */
static void
on_released (InbLeadTable    *self,
             int              n_press,
             double           x,
             double           y,
             GtkGestureClick *gesture)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);

  if (picked != NULL && gtk_widget_is_ancestor (picked, self->rows) && self->click == 0)
    self->click = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_click_handled, self, NULL);
}

static void
on_sorter_changed (InbLeadTable *self)
{
  g_autoptr (InbLeadQuery) query = NULL;
  InbLeadSort sort = INB_LEAD_SORT_CREATED;
  gboolean descending = TRUE;

  if (self->list == NULL)
    return;

  inb_lead_columns_read_sort (self->columns, &sort, &descending);
  query = inb_lead_query_copy (inb_lead_list_get_query (self->list));
  query->sort = sort;
  query->descending = descending;
  inb_lead_list_set_query (self->list, query);
}

static void
show_newest (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  InbLeadTable *self = INB_LEAD_TABLE (widget);
  const InbLeadQuery *query;

  if (self->list == NULL)
    return;

  self->n_arrivals = 0;
  show_pill (self);
  query = inb_lead_list_get_query (self->list);
  if (query->sort != INB_LEAD_SORT_CREATED || !query->descending)
    inb_lead_columns_sort_by (self->columns, INB_LEAD_SORT_CREATED, TRUE);
  go_to_top (self);
}

static gboolean
on_reshape (gpointer user_data)
{
  InbLeadTable *self = user_data;

  self->reshape = 0;
  if (self->columns != NULL)
    inb_lead_columns_set_shown (self->columns, self->shown);

  return G_SOURCE_REMOVE;
}

static void
inb_lead_table_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  InbLeadTable *self = INB_LEAD_TABLE (widget);
  InbColumnsShown shown = width < FEW_WIDTH ? INB_COLUMNS_FEW : width < MIDDLE_WIDTH ? INB_COLUMNS_MIDDLE : INB_COLUMNS_ALL;

  if (shown != self->shown)
    {
      self->shown = shown;
      if (self->reshape == 0)
        self->reshape = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_reshape, self, NULL);
    }

  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (self)), width, height, baseline, NULL);
}

static void
inb_lead_table_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (widget)), orientation, for_size, minimum, natural, minimum_baseline,
                      natural_baseline);
}

static void
drop_list (InbLeadTable *self)
{
  if (self->list == NULL)
    return;

  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_clear_handle_id (&self->click, g_source_remove);
  g_clear_signal_handler (&self->sorter_handler, gtk_column_view_get_sorter (self->view));
  g_signal_handlers_disconnect_by_data (self->list, self);
  g_signal_handlers_disconnect_by_data (self->selection, self);
  gtk_column_view_set_model (self->view, NULL);
  g_clear_pointer (&self->columns, inb_lead_columns_free);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  self->n_arrivals = 0;
  show_pill (self);
}

static void
inb_lead_table_dispose (GObject *object)
{
  InbLeadTable *self = INB_LEAD_TABLE (object);

  g_clear_handle_id (&self->reshape, g_source_remove);
  if (self->view != NULL)
    drop_list (self);

  G_OBJECT_CLASS (inb_lead_table_parent_class)->dispose (object);
}

static void
inb_lead_table_class_init (InbLeadTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_lead_table_dispose;
  widget_class->measure = inb_lead_table_measure;
  widget_class->size_allocate = inb_lead_table_size_allocate;

  signals[SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING);

  gtk_widget_class_install_action (widget_class, "table.show-newest", NULL, show_newest);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-lead-table.ui");
  gtk_widget_class_bind_template_child (widget_class, InbLeadTable, scroller);
  gtk_widget_class_bind_template_child (widget_class, InbLeadTable, view);
  gtk_widget_class_bind_template_child (widget_class, InbLeadTable, pill_revealer);
  gtk_widget_class_bind_template_child (widget_class, InbLeadTable, pill);
}

static GtkWidget *
find_rows (GtkColumnView *view)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      return child;

  g_assert_not_reached ();
}

static void
inb_lead_table_init (InbLeadTable *self)
{
  GtkGesture *click;

  gtk_widget_init_template (GTK_WIDGET (self));

  /* The bin's would lay out instead of us, and we would not hear of the width. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  inb_accessible_follow_revealer (self->pill_revealer);
  self->shown = INB_COLUMNS_ALL;
  self->rows = find_rows (self->view);
  self->adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (update_viewport), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->adjustment, "changed", G_CALLBACK (update_viewport), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (on_activate), self, G_CONNECT_SWAPPED);

  click = gtk_gesture_click_new ();
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "released", G_CALLBACK (on_released), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (click));
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_lead_table_set_list:
 * @list: (nullable): the leads; shown newest first
 * @clock: (nullable): what makes relative times tick; not %NULL with a list
 */
void
inb_lead_table_set_list (InbLeadTable *self,
                         InbLeadList  *list,
                         InbClock     *clock)
{
  g_return_if_fail (INB_IS_LEAD_TABLE (self));
  g_return_if_fail (list == NULL || clock != NULL);

  drop_list (self);
  if (list == NULL)
    return;

  self->list = g_object_ref (list);
  self->selection = inb_lead_selection_new (list);
  self->columns = inb_lead_columns_new (self->view, clock);
  inb_lead_columns_set_shown (self->columns, self->shown);
  inb_lead_columns_sort_by (self->columns, INB_LEAD_SORT_CREATED, TRUE);
  g_signal_connect_object (self->selection, "notify::lead-id", G_CALLBACK (on_selected), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "reset", G_CALLBACK (go_to_top), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "exchange", G_CALLBACK (on_exchange), self, G_CONNECT_SWAPPED);
  self->sorter_handler = g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                                                  G_CALLBACK (on_sorter_changed), self, G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  /* After the view itself has heard of items-changed. */
  g_signal_connect_object (list, "moved", G_CALLBACK (on_moved), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

void
inb_lead_table_set_stages (InbLeadTable *self,
                           InbStageSet  *stages)
{
  g_return_if_fail (INB_IS_LEAD_TABLE (self));

  if (self->columns != NULL)
    inb_lead_columns_set_stages (self->columns, stages);
}

const char *
inb_lead_table_get_lead_id (InbLeadTable *self)
{
  g_return_val_if_fail (INB_IS_LEAD_TABLE (self), NULL);

  return self->selection != NULL ? inb_lead_selection_get_lead_id (self->selection) : NULL;
}

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
inb_lead_table_note_arrival (InbLeadTable *self,
                             const char   *lead_id)
{
  g_return_if_fail (INB_IS_LEAD_TABLE (self));

  if (self->list == NULL)
    return;

  inb_lead_columns_mark (self->columns, lead_id);
  if (inb_lead_list_follows_top (self->list))
    return;

  self->n_arrivals++;
  show_pill (self);
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
  row = position != GTK_INVALID_LIST_POSITION ? inb_lead_columns_find_row (self->columns, position) : NULL;
  if (row == NULL || !gtk_widget_grab_focus (row))
    gtk_widget_grab_focus (self->rows);
}
