#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-export.h"

#include "inb-file-export.h"
#include "inb-format.h"
#include "inb-lead-export-file.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* Nobody wants to see that something takes less. */
#define PATIENCE_MSEC 300

typedef struct {
  /* Owned */
  InbSession           *session;
  GArray               *rowids;
  GArray               *columns;
  GtkFileChooserNative *chooser;
  GCancellable         *cancellable;
  guint                 patience;

  /* Borrowed */
  GtkWidget            *dialog;     /* weak */
  GtkProgressBar       *bar;        /* lives as long as the dialog */

  double                fraction;
  gboolean              contacts;
} Export;

static void
export_free (gpointer user_data)
{
  Export *export = user_data;

  g_clear_handle_id (&export->patience, g_source_remove);
  g_clear_weak_pointer (&export->dialog);
  g_clear_object (&export->chooser);
  g_object_unref (export->session);
  g_object_unref (export->cancellable);
  g_array_unref (export->rowids);
  g_array_unref (export->columns);
  g_free (export);
}

static GtkWindow *
get_window (GTask *task)
{
  GtkRoot *root = gtk_widget_get_root (g_task_get_source_object (task));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/* --- how far it is ------------------------------------------------------------------------------------------------------ */

static void
on_progress (guint    done,
             guint    total,
             gpointer data)
{
  Export *export = data;

  export->fraction = total > 0 ? (double) done / total : 0;
  if (export->dialog != NULL)
    gtk_progress_bar_set_fraction (export->bar, export->fraction);
}

static void
on_cancel (Export *export)
{
  g_cancellable_cancel (export->cancellable);
}

static gboolean
on_patience_over (gpointer user_data)
{
  GTask *task = user_data;
  Export *export = g_task_get_task_data (task);
  g_autofree char *count = inb_format_count (export->rowids->len);
  g_autofree char *body = g_strdup_printf (ngettext ("%s lead", "%s leads", export->rowids->len), count);
  GtkWidget *dialog = adw_message_dialog_new (get_window (task), _("Exporting"), body);

  export->patience = 0;
  export->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_progress_bar_set_fraction (export->bar, export->fraction);
  gtk_accessible_update_property (GTK_ACCESSIBLE (export->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Exporting"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), GTK_WIDGET (export->bar));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"));
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (on_cancel), export);
  g_set_weak_pointer (&export->dialog, dialog);
  gtk_window_present (GTK_WINDOW (dialog));

  return G_SOURCE_REMOVE;
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *export = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gint64 n_written = inb_lead_export_file_finish (INB_REPLICA (source), result, &error);

  g_clear_handle_id (&export->patience, g_source_remove);
  if (export->dialog != NULL)
    {
      g_signal_handlers_disconnect_by_data (export->dialog, export);
      gtk_window_destroy (GTK_WINDOW (export->dialog));
    }
  if (n_written < 0 && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_warning ("exporting leads: %s", error->message);
      inb_file_export_show_error (g_task_get_source_object (task), _("The File Could Not Be Saved"), error);
    }
  g_task_return_int (task, (gssize) n_written);
}

/* --- where to ----------------------------------------------------------------------------------------------------------- */

static GArray *
make_all_columns (gboolean contacts)
{
  const InbLeadSort *order = inb_lead_column_get_order ();
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (InbLeadSort));

  for (guint i = 0; i < INB_N_LEAD_SORTS; i++)
    if (!contacts || inb_lead_column_get_info (order[i])->of_contact)
      g_array_append_val (columns, order[i]);

  return columns;
}

static void
start (GTask    *task,
       GFile    *file,
       gboolean  all)
{
  Export *export = g_task_get_task_data (task);
  g_autoptr (GArray) columns = all ? make_all_columns (export->contacts) : g_array_ref (export->columns);

  export->patience = g_timeout_add (PATIENCE_MSEC, on_patience_over, task);
  inb_lead_export_file_async (inb_session_get_replica (export->session), inb_session_get_directory (export->session),
                              inb_clock_get_timezone (inb_session_get_clock (export->session)), export->rowids, columns,
                              export->contacts, file, on_progress, export, export->cancellable, on_written, g_object_ref (task));
}

static void
on_response (GtkNativeDialog *chooser,
             int              response,
             gpointer         user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GFile) file = NULL;
  const char *columns = gtk_file_chooser_get_choice (GTK_FILE_CHOOSER (chooser), "columns");

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  gtk_native_dialog_hide (chooser);
  if (file != NULL)
    start (task, file, g_strcmp0 (columns, "all") == 0);
  else
    g_task_return_int (task, -1);
}

static void
ask (GTask *task)
{
  Export *export = g_task_get_task_data (task);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *name = g_strdup_printf ("%s %s.csv", export->contacts ? _("Contacts") : _("Leads"), day);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkFileChooser *chooser;

  export->chooser = gtk_file_chooser_native_new (_("Export"), get_window (task), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), NULL);
  chooser = GTK_FILE_CHOOSER (export->chooser);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (chooser, name);
  gtk_file_filter_set_name (filter, _("Comma-separated values"));
  gtk_file_filter_add_mime_type (filter, "text/csv");
  gtk_file_chooser_add_filter (chooser, filter);
  gtk_file_chooser_add_choice (chooser, "columns", _("Columns"), (const char *[]) { "shown", "all", NULL },
                               (const char *[]) { _("As in the table"), _("All"), NULL });
  gtk_file_chooser_set_choice (chooser, "columns", "shown");
  g_signal_connect (chooser, "response", G_CALLBACK (on_response), g_object_ref (task));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/**
 * inb_lead_export_run_async:
 * @widget: in whose window
 *
 * Asks for a file, and writes the leads into it. What fails is told to the user.
 */
void
inb_lead_export_run_async (GtkWidget           *widget,
                           InbSession          *session,
                           GArray              *rowids,
                           GArray              *columns,
                           gboolean             contacts,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Export *export;

  g_return_if_fail (GTK_IS_WIDGET (widget) && INB_IS_SESSION (session));
  g_return_if_fail (rowids != NULL && columns != NULL);

  task = g_task_new (widget, NULL, callback, user_data);
  g_task_set_source_tag (task, inb_lead_export_run_async);
  export = g_new0 (Export, 1);
  export->session = g_object_ref (session);
  export->rowids = g_array_ref (rowids);
  export->columns = g_array_ref (columns);
  export->contacts = contacts;
  export->cancellable = g_cancellable_new ();
  g_task_set_task_data (task, export, export_free);
  ask (task);
}

gint64
inb_lead_export_run_finish (GtkWidget    *widget,
                            GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, widget), -1);

  return g_task_propagate_int (G_TASK (result), NULL);
}
