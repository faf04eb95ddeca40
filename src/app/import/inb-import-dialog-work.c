#define G_LOG_DOMAIN "inb-app"

#include "inb-import-dialog-private.h"

#include "inb-file-export.h"
#include "inb-import-report-file.h"

#include <glib/gi18n.h>
#include <string.h>

/* What is under way is replaced by what comes now. */
static GCancellable *
begin (InbImportDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  self->cancellable = g_cancellable_new ();

  return self->cancellable;
}

/* Whoever cancelled has gone on already. */
static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* (error: transfer full) */
static void
fail (InbImportDialog *self,
      GError          *error,
      InbImportStep    step)
{
  if (is_cancelled (error))
    {
      g_error_free (error);
      return;
    }
  g_clear_error (&self->error);
  self->error = error;
  inb_import_dialog_set_step (self, step);
}

/* --- the file ----------------------------------------------------------------------------------------------------------- */

static void
on_chosen (GtkNativeDialog *chooser,
           int              response,
           gpointer         user_data)
{
  InbImportDialog *self = user_data;
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;

  gtk_native_dialog_hide (chooser);
  if (file != NULL)
    inb_import_dialog_open_file (self, file);
}

void
inb_import_dialog_choose (InbImportDialog *self)
{
  if (self->chooser == NULL)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
      g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

      self->chooser = gtk_file_chooser_native_new (_("Import CSV"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), NULL);
      gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
      gtk_file_filter_set_name (filter, _("Comma-separated values"));
      gtk_file_filter_add_mime_type (filter, "text/csv");
      gtk_file_filter_add_mime_type (filter, "text/tab-separated-values");
      gtk_file_filter_add_suffix (filter, "csv");
      gtk_file_filter_add_suffix (filter, "tsv");
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
      gtk_file_filter_set_name (all, _("All files"));
      gtk_file_filter_add_pattern (all, "*");
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), all);
      g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chosen), self, 0);
    }
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (InbImportDialog) self = user_data;
  GError *error = NULL;
  g_autoptr (InbImportTable) table = inb_import_table_read_finish (result, &error);

  if (table == NULL)
    {
      fail (self, error, INB_IMPORT_UNREADABLE);
      return;
    }
  g_set_object (&self->table, table);
  inb_import_columns_page_set_table (self->columns, table, self->fields);
  inb_import_dialog_set_step (self, INB_IMPORT_COLUMNS);
}

void
inb_import_dialog_read (InbImportDialog *self,
                        char             delimiter)
{
  GCancellable *cancellable = begin (self);

  inb_import_dialog_set_step (self, INB_IMPORT_READING);
  inb_import_table_read_async (self->file, delimiter, cancellable, on_read, g_object_ref (self));
}

/* --- the service -------------------------------------------------------------------------------------------------------- */

static void
on_progress (guint    n_done,
             guint    n_lines,
             gpointer data)
{
  InbImportDialog *self = data;

  if (self->step != INB_IMPORT_TRYING && self->step != INB_IMPORT_IMPORTING)
    return;
  self->n_done = n_done;
  inb_import_dialog_update (self);
}

static void
send (InbImportDialog     *self,
      gboolean             is_trial,
      GAsyncReadyCallback  callback)
{
  GCancellable *cancellable = begin (self);

  self->n_done = 0;
  inb_import_dialog_set_step (self, is_trial ? INB_IMPORT_TRYING : INB_IMPORT_IMPORTING);
  inb_import_order_send_async (self->order, inb_session_get_client (self->session), is_trial, on_progress, self, cancellable, callback,
                               g_object_ref (self));
}

/* (outcome: transfer full) */
static void
take_outcome (InbImportDialog  *self,
              InbImportOutcome *outcome)
{
  g_clear_pointer (&self->outcome, inb_import_outcome_unref);
  self->outcome = outcome;
  self->n_done = outcome->n_lines;
}

static void
on_tried (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (InbImportDialog) self = user_data;
  GError *error = NULL;
  InbImportOutcome *outcome = inb_import_order_send_finish (INB_SYNC_CLIENT (source), result, &error);

  if (outcome == NULL)
    {
      fail (self, error, INB_IMPORT_NOT_TRIED);
      return;
    }
  take_outcome (self, outcome);
  inb_import_dialog_set_step (self, INB_IMPORT_TRIED);
}

void
inb_import_dialog_try (InbImportDialog *self)
{
  g_autoptr (GArray) choice = inb_import_columns_page_dup_choice (self->columns);

  g_clear_pointer (&self->order, inb_import_order_free);
  self->order = inb_import_order_new (self->table, self->fields, choice, inb_import_columns_page_get_source (self->columns));
  send (self, TRUE, on_tried);
}

/* Also of what was not finished: what is written can be taken back. */
static void
note_for_undo (InbImportDialog *self)
{
  g_autofree char *label = g_strdup_printf (_("Import of “%s”"), inb_import_table_get_name (self->table));

  inb_edits_note_at_service (inb_session_get_edits (self->session), self->order->id, label);
}

static void
on_imported (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (InbImportDialog) self = user_data;
  GError *error = NULL;
  InbImportOutcome *outcome = inb_import_order_send_finish (INB_SYNC_CLIENT (source), result, &error);

  if (outcome == NULL)
    {
      if (!is_cancelled (error) && self->n_done > 0)
        note_for_undo (self);
      fail (self, error, INB_IMPORT_STOPPED);
      return;
    }
  take_outcome (self, outcome);
  if (inb_import_outcome_count_written (outcome) > 0)
    note_for_undo (self);
  inb_import_dialog_set_step (self, INB_IMPORT_DONE);
}

/* The same order again does what is missing. */
void
inb_import_dialog_import (InbImportDialog *self)
{
  send (self, FALSE, on_imported);
}

void
inb_import_dialog_cancel (InbImportDialog *self)
{
  InbImportStep step = self->step;

  g_cancellable_cancel (self->cancellable);
  if (step == INB_IMPORT_READING)
    inb_import_dialog_set_step (self, INB_IMPORT_CHOOSE);
  else if (step == INB_IMPORT_TRYING)
    inb_import_dialog_set_step (self, INB_IMPORT_COLUMNS);
  else if (step == INB_IMPORT_IMPORTING)
    {
      note_for_undo (self);
      inb_import_dialog_set_step (self, INB_IMPORT_STOPPED);
    }
}

/* --- afterwards --------------------------------------------------------------------------------------------------------- */

void
inb_import_dialog_undo (InbImportDialog *self)
{
  self->step_before = self->step;
  inb_import_dialog_set_step (self, INB_IMPORT_UNDOING);
  inb_edits_undo_group (inb_session_get_edits (self->session), self->order->id);
}

typedef struct {
  /* Owned */
  InbImportTable   *table;
  InbImportOutcome *outcome;
} Report;

static void
report_free (gpointer data)
{
  Report *report = data;

  g_object_unref (report->table);
  inb_import_outcome_unref (report->outcome);
  g_free (report);
}

static GBytes *
make_report (gpointer   data,
             GError   **error)
{
  Report *report = data;

  return inb_import_report_file_make (report->table, report->outcome, error);
}

void
inb_import_dialog_save_report (InbImportDialog *self)
{
  g_autofree char *base = g_strdup (inb_import_table_get_name (self->table));
  g_autofree char *name = NULL;
  Report *report = g_new0 (Report, 1);
  char *dot = strrchr (base, '.');

  if (dot != NULL && dot != base)
    *dot = '\0';
  /* Translators: a file's name: "People – refused lines.csv" */
  name = g_strdup_printf (_("%s – refused lines.csv"), base);
  report->table = g_object_ref (self->table);
  report->outcome = inb_import_outcome_ref (self->outcome);
  inb_file_export_run (GTK_WIDGET (self), name, _("Comma-separated values"), "text/csv", make_report, report, report_free);
}
