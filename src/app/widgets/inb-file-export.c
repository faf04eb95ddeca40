#define G_LOG_DOMAIN "inb-app"

#include "inb-file-export.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct {
  /* Owned */
  GFile             *file;
  gpointer           data;
  GDestroyNotify     free_data;

  InbFileExportFunc  func;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_clear_object (&export->file);
  if (export->free_data != NULL)
    export->free_data (export->data);
  g_free (export);
}

static GtkWindow *
get_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/**
 * inb_file_export_show_error:
 * @widget: in whose window
 * @heading: what did not work, translated
 */
void
inb_file_export_show_error (GtkWidget    *widget,
                            const char   *heading,
                            const GError *error)
{
  GtkWidget *dialog = adw_message_dialog_new (get_window (widget), heading, error->message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
write_file (GTask        *task,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  Export *export = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = export->func (export->data, &error);

  if (bytes != NULL &&
      g_file_replace_contents (export->file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL, FALSE,
                               G_FILE_CREATE_REPLACE_DESTINATION, NULL, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    inb_file_export_show_error (GTK_WIDGET (source), _("The File Could Not Be Saved"), error);
}

static void
on_response (GtkNativeDialog *dialog,
             int              response,
             gpointer         user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *export = g_task_get_task_data (task);

  if (response == GTK_RESPONSE_ACCEPT)
    {
      export->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_task_run_in_thread (task, write_file);
    }
  else
    {
      g_task_return_boolean (task, TRUE);
    }
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

/**
 * inb_file_export_run:
 * @widget: in whose window to ask
 * @name: the name proposed
 * @kind: translated, for example "PNG picture"
 * @func: makes the contents, on a thread, once the user has chosen a file
 * @data: (transfer full): for @func
 *
 * Asks for a file and writes it. A failure is shown to the user.
 */
void
inb_file_export_run (GtkWidget         *widget,
                     const char        *name,
                     const char        *kind,
                     const char        *mime_type,
                     InbFileExportFunc  func,
                     gpointer           data,
                     GDestroyNotify     free_data)
{
  GtkFileChooserNative *dialog;
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GTask *task = g_task_new (widget, NULL, on_written, NULL);
  Export *export = g_new0 (Export, 1);

  export->func = func;
  export->data = data;
  export->free_data = free_data;
  g_task_set_task_data (task, export, export_free);

  dialog = gtk_file_chooser_native_new (_("Export"), get_window (widget), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_file_filter_set_name (filter, kind);
  gtk_file_filter_add_mime_type (filter, mime_type);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static GBytes *
give_bytes (gpointer   data,
            GError   **error)
{
  return g_bytes_ref (data);
}

void
inb_file_export_bytes (GtkWidget  *widget,
                       const char *name,
                       const char *kind,
                       const char *mime_type,
                       GBytes     *bytes)
{
  inb_file_export_run (widget, name, kind, mime_type, give_bytes, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
}
