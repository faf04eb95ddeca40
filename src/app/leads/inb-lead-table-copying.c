#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-clipboard.h"
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
    .timezone = inb_clock_get_timezone (inb_session_get_clock (self->session)),
    .now = inb_time_now (),
  };
}

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
    {
      inb_lead_table_say (self, column == INB_LEAD_SORT_PHONE ? _("There is no phone number to copy")
                                : _("There is nothing to copy"));
      return;
    }

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

void
inb_lead_table_class_install_copying (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "table.copy", "s", on_copy);
  gtk_widget_class_install_action (widget_class, "table.copy-phone", NULL, on_copy_phone);
  gtk_widget_class_install_action (widget_class, "table.copy-row", NULL, on_copy_row);
  gtk_widget_class_install_action (widget_class, "table.copy-rows", NULL, on_copy_rows);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, 0, "table.copy-phone", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "table.copy-rows", NULL);
}
