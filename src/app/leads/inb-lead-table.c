#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-table-private.h"

#include "inb-focus-rescue.h"

#define LEAST_WIDTH 320
#define FEW_WIDTH 580
#define MIDDLE_WIDTH 760
#define MOST_WIDTH 1000

enum {
  SELECTED,
  OPENED,
  CONTACT_OPENED,
  COPIED,
  LAYOUT_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbLeadTable, inb_lead_table, ADW_TYPE_BIN)

static void
on_selected (InbLeadTable *self)
{
  inb_lead_table_update_actions (self);
  g_signal_emit (self, signals[SELECTED], 0, inb_lead_selection_get_lead_id (self->selection));
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
apply_shown (InbLeadTable *self)
{
  if (self->shown == INB_COLUMNS_FEW)
    gtk_widget_add_css_class (GTK_WIDGET (self->view), "few");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->view), "few");
  if (self->columns != NULL)
    inb_lead_columns_set_shown (self->columns, self->shown, self->contacts);
}

static void
on_layout_changed (gpointer user_data)
{
  g_signal_emit (user_data, signals[LAYOUT_CHANGED], 0);
}

static void
on_filter_changed (InbLeadTable *self)
{
  inb_lead_columns_sort_for (self->columns, inb_session_get_contacts (self->session));
}

/* Another query is about to be shown. */
static void
on_reset (InbLeadTable *self)
{
  gboolean contacts = inb_lead_list_get_query (self->list)->contacts;

  inb_lead_table_go_to_top (self);
  if (contacts == self->contacts)
    return;

  self->contacts = contacts;
  apply_shown (self);
  inb_lead_table_update_column_actions (self);
}

static gboolean
on_reshape (gpointer user_data)
{
  InbLeadTable *self = user_data;

  self->reshape = 0;
  apply_shown (self);

  return G_SOURCE_REMOVE;
}

/* Columns leave only after the width that they need is refused them: until then they reach over the edge. */
static int
get_child_width (GtkWidget *child,
                 int        width)
{
  int minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);

  return MAX (width, minimum);
}

static void
inb_lead_table_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  InbLeadTable *self = INB_LEAD_TABLE (widget);
  GtkWidget *child = adw_bin_get_child (ADW_BIN (self));
  InbColumnsShown shown = width < FEW_WIDTH ? INB_COLUMNS_FEW : width < MIDDLE_WIDTH ? INB_COLUMNS_MIDDLE
                          : width < MOST_WIDTH ? INB_COLUMNS_MOST : INB_COLUMNS_ALL;

  if (shown != self->shown)
    {
      self->shown = shown;
      if (self->reshape == 0)
        self->reshape = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_reshape, self, NULL);
    }

  gtk_widget_allocate (child, get_child_width (child, width), height, baseline, NULL);
  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
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
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    for_size = get_child_width (child, for_size);
  gtk_widget_measure (child, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, LEAST_WIDTH);
}

static void
drop_session (InbLeadTable *self)
{
  if (self->session == NULL)
    return;

  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_clear_handle_id (&self->click, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  inb_arrival_pill_set_list (self->pill, NULL);
  inb_selection_bar_set_selection (self->bar, NULL);
  g_clear_signal_handler (&self->sorter_handler, gtk_column_view_get_sorter (self->view));
  g_signal_handlers_disconnect_by_data (self->list, self);
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_signal_handlers_disconnect_by_data (self->selection, self);
  g_signal_handlers_disconnect_by_data (inb_session_get_edits (self->session), self);
  gtk_column_view_set_model (self->view, NULL);
  g_clear_pointer (&self->columns, inb_lead_columns_free);
  g_clear_pointer (&self->cells, inb_lead_cells_free);
  g_clear_object (&self->selection);
  self->list = NULL;
  self->contacts = FALSE;
  g_clear_object (&self->session);
  inb_lead_table_update_actions (self);
}

static void
inb_lead_table_dispose (GObject *object)
{
  InbLeadTable *self = INB_LEAD_TABLE (object);

  g_clear_handle_id (&self->reshape, g_source_remove);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  if (self->view != NULL)
    drop_session (self);
  self->view = NULL;
  g_clear_object (&self->column_actions);
  g_clear_object (&self->settings);

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

  signals[CONTACT_OPENED] = g_signal_new ("contact-opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[COPIED] = g_signal_new ("copied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING);

  signals[LAYOUT_CHANGED] = g_signal_new ("layout-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);

  g_type_ensure (INB_TYPE_ARRIVAL_PILL);
  g_type_ensure (INB_TYPE_SELECTION_BAR);
  inb_lead_table_class_install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-lead-table.ui");
  gtk_widget_class_bind_template_child (widget_class, InbLeadTable, scroller);
  gtk_widget_class_bind_template_child (widget_class, InbLeadTable, view);
  gtk_widget_class_bind_template_child (widget_class, InbLeadTable, bar);
  gtk_widget_class_bind_template_child (widget_class, InbLeadTable, pill);
  gtk_widget_class_bind_template_child (widget_class, InbLeadTable, menu_button);
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
  gtk_widget_init_template (GTK_WIDGET (self));

  /* The bin's would lay out instead of us, and we would not hear of the width. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->shown = INB_COLUMNS_ALL;
  self->rows = find_rows (self->view);
  inb_lead_table_init_scroll (self);
  inb_lead_table_init_pointer (self);
  inb_lead_table_init_actions (self);
}

/* --- for the actions ---------------------------------------------------------------------------------------------------- */

InbLeadSummary *
inb_lead_table_get_current (InbLeadTable *self)
{
  guint position = self->selection != NULL ? inb_lead_selection_get_position (self->selection) : GTK_INVALID_LIST_POSITION;

  if (position == GTK_INVALID_LIST_POSITION)
    return NULL;

  return inb_lead_list_peek (self->list, inb_lead_list_get_rowid (self->list, position));
}

void
inb_lead_table_open_current (InbLeadTable *self)
{
  const char *id = self->selection != NULL ? inb_lead_selection_get_lead_id (self->selection) : NULL;

  if (id != NULL)
    g_signal_emit (self, signals[self->contacts ? CONTACT_OPENED : OPENED], 0, id);
}

void
inb_lead_table_say (InbLeadTable *self,
                    const char   *text)
{
  g_signal_emit (self, signals[COPIED], 0, text);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_lead_table_set_settings:
 * @settings: has the key "table-columns"
 */
void
inb_lead_table_set_settings (InbLeadTable *self,
                             GSettings    *settings)
{
  g_return_if_fail (INB_IS_LEAD_TABLE (self) && self->session == NULL);

  g_set_object (&self->settings, settings);
}

/**
 * inb_lead_table_set_session:
 * @session: (nullable): whose leads to show
 */
void
inb_lead_table_set_session (InbLeadTable *self,
                            InbSession   *session)
{
  g_return_if_fail (INB_IS_LEAD_TABLE (self));

  drop_session (self);
  if (session == NULL)
    return;

  self->session = g_object_ref (session);
  self->list = inb_session_get_list (session);
  self->cancellable = g_cancellable_new ();
  self->contacts = inb_lead_list_get_query (self->list)->contacts;
  self->selection = inb_lead_selection_new (self->list);
  self->cells = inb_lead_cells_new (inb_session_get_clock (session), inb_session_get_directory (session), self->selection);
  self->columns = inb_lead_columns_new (self->view, self->cells, self->settings);
  inb_lead_columns_set_notify (self->columns, on_layout_changed, self);
  apply_shown (self);
  on_filter_changed (self);
  inb_arrival_pill_set_list (self->pill, self->list);
  inb_selection_bar_set_selection (self->bar, self->selection);
  g_signal_connect_object (inb_session_get_edits (session), "notify::role", G_CALLBACK (inb_lead_table_update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::lead-id", G_CALLBACK (on_selected), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "checks-changed", G_CALLBACK (inb_lead_table_update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "filter-changed", G_CALLBACK (on_filter_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "reset", G_CALLBACK (on_reset), self, G_CONNECT_SWAPPED);
  self->sorter_handler = g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                                                  G_CALLBACK (on_sorter_changed), self, G_CONNECT_SWAPPED);
  on_sorter_changed (self);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  inb_focus_rescue_follow (self->rows, G_LIST_MODEL (self->selection));
  inb_lead_table_follow_moves (self);
  inb_lead_table_update_actions (self);
  inb_lead_table_update_column_actions (self);
  on_layout_changed (self);
}

InbLeadSelection *
inb_lead_table_get_selection (InbLeadTable *self)
{
  g_return_val_if_fail (INB_IS_LEAD_TABLE (self), NULL);

  return self->selection;
}

GtkBox *
inb_lead_table_get_selection_actions (InbLeadTable *self)
{
  g_return_val_if_fail (INB_IS_LEAD_TABLE (self), NULL);

  return inb_selection_bar_get_actions (self->bar);
}

gboolean
inb_lead_table_get_contacts (InbLeadTable *self)
{
  g_return_val_if_fail (INB_IS_LEAD_TABLE (self), FALSE);

  return self->contacts;
}

const char *
inb_lead_table_get_lead_id (InbLeadTable *self)
{
  g_return_val_if_fail (INB_IS_LEAD_TABLE (self), NULL);

  return self->selection != NULL ? inb_lead_selection_get_lead_id (self->selection) : NULL;
}

void
inb_lead_table_note_arrival (InbLeadTable *self,
                             const char   *lead_id)
{
  g_return_if_fail (INB_IS_LEAD_TABLE (self));

  if (self->list == NULL)
    return;

  inb_lead_cells_mark (self->cells, lead_id);
  if (!inb_lead_list_follows_top (self->list))
    inb_arrival_pill_note (self->pill, lead_id);
}
