#define G_LOG_DOMAIN "inb-app"

#include "inb-format.h"
#include "inb-lead-export.h"
#include "inb-lead-table-private.h"

#include <glib/gi18n.h>

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

void
inb_lead_table_update_actions (InbLeadTable *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean has_rows = self->list != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0;
  gboolean has_selection = self->selection != NULL && inb_lead_selection_get_n_selected (self->selection) > 0;
  gboolean has_current = inb_lead_table_get_current (self) != NULL;
  const char *no_export = NULL;
  gboolean may_export = self->session == NULL ||
                        inb_edits_may (inb_session_get_edits (self->session), INB_RIGHT_EXPORT, &no_export);

  gtk_widget_action_set_enabled (widget, "table.select-all", self->list != NULL);
  gtk_widget_action_set_enabled (widget, "table.show-newest", self->list != NULL);
  gtk_widget_action_set_enabled (widget, "table.reset-columns", self->list != NULL);
  gtk_widget_action_set_enabled (widget, "table.export-view", has_rows && may_export);
  gtk_widget_action_set_enabled (widget, "table.clear-selection", has_selection);
  gtk_widget_action_set_enabled (widget, "table.export-selection", has_selection && may_export);
  inb_selection_bar_set_no_export (self->bar, no_export);
  if (g_strcmp0 (no_export, self->no_export) != 0)
    {
      self->no_export = no_export;
      inb_lead_table_update_column_actions (self);
    }
  gtk_widget_action_set_enabled (widget, "table.copy-rows", has_selection || has_current);
  gtk_widget_action_set_enabled (widget, "table.copy-row", has_current);
  gtk_widget_action_set_enabled (widget, "table.copy", has_current);
  gtk_widget_action_set_enabled (widget, "table.open", has_current);
  gtk_widget_action_set_enabled (widget, "table.filter", has_current && !self->contacts);
  inb_lead_table_update_editing (self);
}

void
inb_lead_table_class_install_actions (GtkWidgetClass *widget_class)
{
  inb_lead_table_class_install_copying (widget_class);
  inb_lead_table_class_install_editing (widget_class);
  inb_lead_table_class_install_menus (widget_class);
  gtk_widget_class_install_action (widget_class, "table.show-newest", NULL, on_show_newest);
  gtk_widget_class_install_action (widget_class, "table.open", NULL, on_open);
  gtk_widget_class_install_action (widget_class, "table.select-all", NULL, on_select_all);
  gtk_widget_class_install_action (widget_class, "table.clear-selection", NULL, on_clear_selection);
  gtk_widget_class_install_action (widget_class, "table.filter", "s", on_filter);
  gtk_widget_class_install_action (widget_class, "table.export-selection", NULL, on_export_selection);
  gtk_widget_class_install_action (widget_class, "table.export-view", NULL, on_export_view);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, "table.select-all", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "table.clear-selection", NULL);
}

void
inb_lead_table_init_actions (InbLeadTable *self)
{
  inb_lead_table_init_menus (self);
  inb_lead_table_update_actions (self);
}
