#define G_LOG_DOMAIN "inb-app"

#include "inb-format.h"
#include "inb-lead-clipboard.h"
#include "inb-lead-export.h"
#include "inb-lead-menu.h"
#include "inb-lead-pages.h"
#include "inb-lead-table-private.h"
#include "inb-time.h"

#include <glib/gi18n.h>

/* More than this nobody pastes; it is what the export is for. */
#define MAX_COPY 10000

static InbLeadColumnContext
make_context (InbLeadTable *self)
{
  return (InbLeadColumnContext) {
    .directory = inb_session_get_directory (self->session),
    .timezone = inb_clock_get_local (inb_session_get_clock (self->session)),
    .now = inb_time_now (),
  };
}

/* --- copying ------------------------------------------------------------------------------------------------------------ */

static void
put_on_clipboard (InbLeadTable *self,
                  const char   *text,
                  const char   *remark)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  inb_lead_table_say (self, remark);
}

static void
copy_column (InbLeadTable *self,
             InbLeadSort   column)
{
  InbLeadSummary *lead = inb_lead_table_get_current (self);
  InbLeadColumnContext context;
  g_autofree char *text = NULL;
  g_autofree char *remark = NULL;

  if (lead == NULL)
    return;

  context = make_context (self);
  text = inb_lead_column_dup_text (column, lead, &context);
  if (text == NULL)
    return;

  remark = g_strdup_printf (_("“%s” copied"), text);
  put_on_clipboard (self, text, column == INB_LEAD_SORT_PHONE ? _("Phone number copied")
                                : column == INB_LEAD_SORT_EMAIL ? _("Mail address copied") : remark);
}

static void
on_copy (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  InbLeadSort column;

  if (inb_lead_column_from_key (g_variant_get_string (parameter, NULL), &column))
    copy_column (INB_LEAD_TABLE (widget), column);
}

static void
on_copy_phone (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  copy_column (INB_LEAD_TABLE (widget), INB_LEAD_SORT_PHONE);
}

static void
on_copy_row (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  InbLeadTable *self = INB_LEAD_TABLE (widget);
  InbLeadSummary *lead = inb_lead_table_get_current (self);
  InbLeadColumnContext context;
  g_autoptr (GString) text = NULL;
  g_autoptr (GArray) columns = NULL;

  if (lead == NULL)
    return;

  context = make_context (self);
  columns = inb_lead_columns_dup_wanted (self->columns);
  text = g_string_new (NULL);
  inb_lead_clipboard_append_row (text, columns, lead, &context);
  put_on_clipboard (self, text->str, _("Row copied"));
}

typedef struct {
  InbLeadTable         *table;
  GArray               *columns;
  GString              *text;
  InbLeadColumnContext  context;
  guint                 n_rows;
} Copy;

static void
copy_free (Copy *copy)
{
  g_object_unref (copy->table);
  g_array_unref (copy->columns);
  g_string_free (copy->text, TRUE);
  g_object_unref (copy->context.directory);
  g_free (copy);
}

static void
copy_page (GPtrArray *leads,
           gpointer   user_data)
{
  Copy *copy = user_data;

  for (guint i = 0; i < leads->len; i++)
    {
      InbLeadSummary *lead = g_ptr_array_index (leads, i);

      if (lead == NULL)
        continue;
      inb_lead_clipboard_append_row (copy->text, copy->columns, lead, &copy->context);
      copy->n_rows++;
    }
}

static void
on_copied (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Copy *copy = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *remark = NULL;

  if (inb_lead_pages_walk_finish (INB_REPLICA (source), result, &error))
    {
      remark = g_strdup_printf (ngettext ("%u row copied", "%u rows copied", copy->n_rows), copy->n_rows);
      put_on_clipboard (copy->table, copy->text->str, remark);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_warning ("copying rows: %s", error->message);
      inb_lead_table_say (copy->table, error->message);
    }
  copy_free (copy);
}

/* Ctrl+C: the selected rows, else the current one. */
static void
on_copy_rows (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  InbLeadTable *self = INB_LEAD_TABLE (widget);
  guint n_selected = self->selection != NULL ? inb_lead_selection_get_n_selected (self->selection) : 0;
  g_autoptr (GArray) rowids = NULL;
  Copy *copy;

  if (n_selected == 0)
    {
      on_copy_row (widget, action_name, parameter);
      return;
    }
  if (n_selected > MAX_COPY)
    {
      inb_lead_table_say (self, _("Too many rows for the clipboard. Export them instead."));
      return;
    }

  copy = g_new0 (Copy, 1);
  copy->table = g_object_ref (self);
  copy->columns = inb_lead_columns_dup_wanted (self->columns);
  copy->text = g_string_new (NULL);
  copy->context = make_context (self);
  g_object_ref (copy->context.directory);
  inb_lead_clipboard_append_titles (copy->text, copy->columns);
  rowids = inb_lead_selection_dup_rowids (self->selection);
  inb_lead_pages_walk_async (inb_session_get_replica (self->session), rowids, copy_page, copy, self->cancellable, on_copied,
                             copy);
}

/* --- selecting, opening, filtering -------------------------------------------------------------------------------------- */

static void
on_show_newest (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  inb_lead_table_go_to_newest (INB_LEAD_TABLE (widget));
}

static void
on_open (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  inb_lead_table_open_current (INB_LEAD_TABLE (widget));
}

static void
on_select_all (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  inb_lead_selection_select_all (INB_LEAD_TABLE (widget)->selection);
}

static void
on_clear_selection (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  inb_lead_selection_clear (INB_LEAD_TABLE (widget)->selection);
}

/* A lead without a value is filtered by having none. */
static void
on_filter (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  InbLeadTable *self = INB_LEAD_TABLE (widget);
  InbLeadSummary *lead = inb_lead_table_get_current (self);
  g_autoptr (InbLeadFilter) filter = NULL;
  InbFilterField field;
  InbLeadSort column;
  const char *value;

  if (lead == NULL || !inb_lead_column_from_key (g_variant_get_string (parameter, NULL), &column))
    return;

  field = column == INB_LEAD_SORT_STAGE ? INB_FILTER_STAGE : column == INB_LEAD_SORT_PRODUCT ? INB_FILTER_PRODUCT
          : INB_FILTER_SOURCE;
  value = field == INB_FILTER_STAGE ? lead->stage : field == INB_FILTER_PRODUCT ? lead->product : lead->source;
  filter = inb_lead_filter_copy (inb_session_get_filter (self->session));
  inb_lead_filter_set_values (filter, field, (const char * const[]) { value != NULL ? value : "", NULL });
  inb_session_set_filter (self->session, filter);
  gtk_widget_activate_action (widget, "win.show-view", "s", "leads");
}

/* --- export ------------------------------------------------------------------------------------------------------------- */

static void
on_exported (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  gint64 n_leads = inb_lead_export_run_finish (GTK_WIDGET (source), result);
  g_autofree char *count = inb_format_count (n_leads);
  g_autofree char *remark = g_strdup_printf (ngettext ("%s row exported", "%s rows exported", (gulong) MAX (n_leads, 0)), count);

  if (n_leads >= 0)
    inb_lead_table_say (INB_LEAD_TABLE (source), remark);
}

static void
export_rows (InbLeadTable *self,
             GArray       *rowids)
{
  g_autoptr (GArray) columns = inb_lead_columns_dup_wanted (self->columns);

  inb_lead_export_run_async (GTK_WIDGET (self), self->session, rowids, columns, self->contacts, on_exported, NULL);
}

static void
on_export_selection (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  InbLeadTable *self = INB_LEAD_TABLE (widget);
  g_autoptr (GArray) rowids = inb_lead_selection_dup_rowids (self->selection);

  export_rows (self, rowids);
}

static void
on_export_view (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  InbLeadTable *self = INB_LEAD_TABLE (widget);

  export_rows (self, inb_lead_list_get_rowids (self->list));
}

/* --- menus -------------------------------------------------------------------------------------------------------------- */

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
  g_autoptr (GMenuModel) model = inb_lead_menu_new_row (column, self->contacts);

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), gtk_list_item_get_position (cell->list_item), TRUE);
  inb_lead_table_update_actions (self);
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
  g_autoptr (GMenuModel) menu = inb_lead_menu_new_table (self->contacts);

  gtk_menu_button_set_menu_model (self->menu_button, menu);
  for (guint i = 0; i < INB_N_LEAD_SORTS && self->columns != NULL; i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->column_actions),
                                                    inb_lead_column_get_info ((InbLeadSort) i)->key);

      g_simple_action_set_state (G_SIMPLE_ACTION (action),
                                 g_variant_new_boolean (inb_lead_columns_get_wanted (self->columns, (InbLeadSort) i)));
    }
}

void
inb_lead_table_update_actions (InbLeadTable *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean has_rows = self->list != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0;
  gboolean has_selection = self->selection != NULL && inb_lead_selection_get_n_selected (self->selection) > 0;
  gboolean has_current = inb_lead_table_get_current (self) != NULL;

  gtk_widget_action_set_enabled (widget, "table.select-all", self->list != NULL);
  gtk_widget_action_set_enabled (widget, "table.export-view", has_rows);
  gtk_widget_action_set_enabled (widget, "table.clear-selection", has_selection);
  gtk_widget_action_set_enabled (widget, "table.export-selection", has_selection);
  gtk_widget_action_set_enabled (widget, "table.copy-rows", has_selection || has_current);
  gtk_widget_action_set_enabled (widget, "table.copy-row", has_current);
  gtk_widget_action_set_enabled (widget, "table.copy", has_current);
  gtk_widget_action_set_enabled (widget, "table.open", has_current);
  gtk_widget_action_set_enabled (widget, "table.filter", has_current && !self->contacts);
}

void
inb_lead_table_class_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "table.show-newest", NULL, on_show_newest);
  gtk_widget_class_install_action (widget_class, "table.open", NULL, on_open);
  gtk_widget_class_install_action (widget_class, "table.copy", "s", on_copy);
  gtk_widget_class_install_action (widget_class, "table.copy-phone", NULL, on_copy_phone);
  gtk_widget_class_install_action (widget_class, "table.copy-row", NULL, on_copy_row);
  gtk_widget_class_install_action (widget_class, "table.copy-rows", NULL, on_copy_rows);
  gtk_widget_class_install_action (widget_class, "table.select-all", NULL, on_select_all);
  gtk_widget_class_install_action (widget_class, "table.clear-selection", NULL, on_clear_selection);
  gtk_widget_class_install_action (widget_class, "table.filter", "s", on_filter);
  gtk_widget_class_install_action (widget_class, "table.export-selection", NULL, on_export_selection);
  gtk_widget_class_install_action (widget_class, "table.export-view", NULL, on_export_view);
  gtk_widget_class_install_action (widget_class, "table.reset-columns", NULL, on_reset_columns);
  gtk_widget_class_install_action (widget_class, "table.menu", NULL, on_menu);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, 0, "table.copy-phone", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "table.copy-rows", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, "table.select-all", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "table.clear-selection", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "table.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "table.menu", NULL);
}

void
inb_lead_table_init_actions (InbLeadTable *self)
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
  inb_lead_table_update_actions (self);
}
