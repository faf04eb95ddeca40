#define G_LOG_DOMAIN "inb-app"

#include "inb-import-dialog-private.h"

#include "inb-accessible.h"
#include "inb-format.h"
#include "inb-import-remedy.h"

#include <glib/gi18n.h>

#define LEAST_WIDTH 360

/* How a step looks. */
static const struct {
  const char *page;
  const char *back;   /* the buttons; NULL: there is none */
  const char *next;
  const char *title;  /* of the progress, or of a message */
  gboolean    online; /* going on takes the service */
} steps[INB_IMPORT_N_STEPS] = {
  [INB_IMPORT_CHOOSE] = { "choose", N_("_Cancel"), NULL, NULL, FALSE },
  [INB_IMPORT_READING] = { "progress", N_("_Cancel"), NULL, N_("Reading the File"), FALSE },
  [INB_IMPORT_UNREADABLE] = { "message", N_("_Back"), NULL, N_("The File Cannot Be Read"), FALSE },
  [INB_IMPORT_COLUMNS] = { "columns", N_("_Back"), N_("C_heck"), NULL, TRUE },
  [INB_IMPORT_TRYING] = { "progress", N_("_Cancel"), NULL, N_("Checking"), FALSE },
  [INB_IMPORT_NOT_TRIED] = { "message", N_("_Back"), N_("_Try Again"), N_("The File Could Not Be Checked"), TRUE },
  [INB_IMPORT_TRIED] = { "outcome", N_("_Back"), N_("_Import"), NULL, TRUE },
  [INB_IMPORT_IMPORTING] = { "progress", N_("_Cancel"), NULL, N_("Importing"), FALSE },
  [INB_IMPORT_STOPPED] = { "message", N_("_Close"), N_("C_ontinue"), N_("The Import Stopped"), TRUE },
  [INB_IMPORT_DONE] = { "outcome", NULL, N_("_Close"), NULL, FALSE },
  [INB_IMPORT_UNDOING] = { "progress", NULL, NULL, N_("Undoing the Import"), FALSE },
  [INB_IMPORT_UNDONE] = { "message", NULL, N_("_Close"), N_("The Import Was Undone"), FALSE },
};

G_DEFINE_FINAL_TYPE (InbImportDialog, inb_import_dialog, ADW_TYPE_WINDOW)

/* --- how it looks ------------------------------------------------------------------------------------------------------- */

static gboolean
is_online (InbImportDialog *self)
{
  InbSyncState state = inb_sync_client_get_state (inb_session_get_client (self->session));

  return state == INB_SYNC_LIVE || state == INB_SYNC_SYNCING;
}

/* "12,000 of 100,000 lines" (transfer full) */
static char *
describe_lines (InbImportDialog *self)
{
  guint n_lines = inb_import_table_get_n_lines (self->table);
  g_autofree char *done = inb_format_count (self->n_done);
  g_autofree char *all = inb_format_count (n_lines);

  return g_strdup_printf (ngettext ("%s of %s line", "%s of %s lines", n_lines), done, all);
}

static void
show_progress (InbImportDialog *self)
{
  gboolean is_counted = self->step == INB_IMPORT_TRYING || self->step == INB_IMPORT_IMPORTING;
  guint n_lines = is_counted ? inb_import_table_get_n_lines (self->table) : 0;
  g_autofree char *text = is_counted ? describe_lines (self) : NULL;

  adw_status_page_set_title (self->progress, _(steps[self->step].title));
  adw_status_page_set_description (self->progress, text);
  if (n_lines > 0)
    gtk_progress_bar_set_fraction (self->progress_bar, (double) self->n_done / n_lines);
  else
    gtk_progress_bar_pulse (self->progress_bar);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress_bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _(steps[self->step].title), -1);
}

/* (transfer full): markup */
static char *
describe_message (InbImportDialog *self)
{
  g_autofree char *problem = inb_import_remedy_describe_error (self->error);
  g_autofree char *lines = NULL;
  g_autofree char *text = NULL;

  if (self->step == INB_IMPORT_UNDONE)
    return g_strdup (_("What others have changed since was kept."));
  if (self->step != INB_IMPORT_STOPPED)
    return g_markup_escape_text (problem, -1);

  lines = describe_lines (self);
  text = g_strdup_printf (_("%s were done. What was written stays; “Continue” does the rest."), lines);

  return *problem == '\0' ? g_steal_pointer (&text) : g_markup_printf_escaped ("%s\n\n%s", problem, text);
}

static void
show_message (InbImportDialog *self)
{
  g_autofree char *text = describe_message (self);

  adw_status_page_set_icon_name (self->message, self->step == INB_IMPORT_UNDONE ? "edit-undo-symbolic" : "dialog-warning-symbolic");
  adw_status_page_set_title (self->message, _(steps[self->step].title));
  adw_status_page_set_description (self->message, text);
  gtk_widget_set_visible (self->message_undo, self->step == INB_IMPORT_STOPPED);
}

static void
show_outcome (InbImportDialog *self)
{
  gboolean is_written = inb_import_outcome_count_written (self->outcome) > 0;

  if (self->step == INB_IMPORT_DONE)
    inb_import_outcome_page_show (self->outcome_page, self->outcome, _("Imported"),
                                  self->is_continued ? _("What was written before it stopped says nothing new any more.") : NULL,
                                  is_written || self->is_continued);
  else
    inb_import_outcome_page_show (self->outcome_page, self->outcome, is_written ? _("What Would Be Written") : _("Nothing to Write"),
                                  is_written ? _("Nothing has been written yet.")
                                             : _("No line says anything that is not here already."), FALSE);
}

/* NULL: nothing keeps it from going on. */
static const char *
find_problem (InbImportDialog *self)
{
  const char *reason = NULL;

  if (!inb_edits_may (inb_session_get_edits (self->session), INB_RIGHT_IMPORT, &reason))
    return reason;
  if (steps[self->step].online && !is_online (self))
    return _("Importing needs the service, which is not there. What you have chosen stays.");
  if (self->step == INB_IMPORT_COLUMNS)
    return inb_import_columns_page_get_problem (self->columns);

  return NULL;
}

static void
update_actions (InbImportDialog *self,
                const char      *problem)
{
  gboolean is_empty = self->step == INB_IMPORT_TRIED && inb_import_outcome_count_written (self->outcome) == 0;
  gboolean has_written = self->step == INB_IMPORT_DONE || self->step == INB_IMPORT_STOPPED;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.next", steps[self->step].next != NULL && problem == NULL && !is_empty);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.back", steps[self->step].back != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.undo", has_written && is_online (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.choose", self->step == INB_IMPORT_CHOOSE && problem == NULL);
}

static void
update_button (GtkButton  *button,
               const char *label)
{
  gtk_widget_set_visible (GTK_WIDGET (button), label != NULL);
  if (label != NULL)
    gtk_button_set_label (button, _(label));
}

/* What another file would throw away, or NULL. */
static const char *
find_work (InbImportDialog *self)
{
  return self->step == INB_IMPORT_IMPORTING || self->step == INB_IMPORT_UNDOING ? _("Wait until this is done") : NULL;
}

/* What changes while a step lasts. */
void
inb_import_dialog_update (InbImportDialog *self)
{
  const char *problem = find_problem (self);

  if (problem != NULL)
    gtk_label_set_text (self->problem, problem);
  gtk_revealer_set_reveal_child (self->bar, problem != NULL);
  if (g_str_equal (steps[self->step].page, "progress"))
    show_progress (self);
  update_actions (self, problem);
  inb_import_drop_set_problem (self->drop, find_work (self));
}

void
inb_import_dialog_set_step (InbImportDialog *self,
                            InbImportStep    step)
{
  self->step = step;
  self->is_continued = step >= INB_IMPORT_IMPORTING && (self->is_continued || step == INB_IMPORT_STOPPED);
  update_button (self->back, steps[step].back);
  update_button (self->next, steps[step].next);
  if (g_str_equal (steps[step].page, "message"))
    show_message (self);
  else if (g_str_equal (steps[step].page, "outcome"))
    show_outcome (self);
  adw_window_title_set_subtitle (self->heading, step > INB_IMPORT_UNREADABLE ? inb_import_table_get_name (self->table) : "");
  inb_import_dialog_update (self);
  gtk_stack_set_visible_child_name (self->pages, steps[step].page);
  if (step == INB_IMPORT_CHOOSE)
    gtk_widget_grab_focus (self->open);
  else
    gtk_widget_grab_focus (GTK_WIDGET (steps[step].next != NULL && gtk_widget_is_sensitive (GTK_WIDGET (self->next)) ? self->next
                                                                                                                     : self->back));
}

/* --- actions ------------------------------------------------------------------------------------------------------------ */

static void
go_next (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  InbImportDialog *self = INB_IMPORT_DIALOG (widget);

  if (self->step == INB_IMPORT_COLUMNS || self->step == INB_IMPORT_NOT_TRIED)
    inb_import_dialog_try (self);
  else if (self->step == INB_IMPORT_TRIED || self->step == INB_IMPORT_STOPPED)
    inb_import_dialog_import (self);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
go_back (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  InbImportDialog *self = INB_IMPORT_DIALOG (widget);

  if (self->step == INB_IMPORT_UNREADABLE || self->step == INB_IMPORT_COLUMNS)
    inb_import_dialog_set_step (self, INB_IMPORT_CHOOSE);
  else if (self->step == INB_IMPORT_TRIED || self->step == INB_IMPORT_NOT_TRIED)
    inb_import_dialog_set_step (self, INB_IMPORT_COLUMNS);
  else if (self->step == INB_IMPORT_CHOOSE || self->step == INB_IMPORT_STOPPED)
    gtk_window_close (GTK_WINDOW (self));
  else
    inb_import_dialog_cancel (self);
}

static void
choose (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  inb_import_dialog_choose (INB_IMPORT_DIALOG (widget));
}

static void
undo (GtkWidget  *widget,
      const char *action_name,
      GVariant   *parameter)
{
  inb_import_dialog_undo (INB_IMPORT_DIALOG (widget));
}

static void
save_report (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  inb_import_dialog_save_report (INB_IMPORT_DIALOG (widget));
}

static void
on_delimiter_picked (InbImportDialog *self,
                     guint            delimiter)
{
  inb_import_dialog_read (self, (char) delimiter);
}

static void
on_undone (InbImportDialog *self,
           const char      *group)
{
  if (self->order != NULL && g_str_equal (group, self->order->id) && self->step >= INB_IMPORT_STOPPED)
    inb_import_dialog_set_step (self, INB_IMPORT_UNDONE);
}

/* The window says why. */
static void
on_undo_failed (InbImportDialog *self)
{
  if (self->step == INB_IMPORT_UNDOING)
    inb_import_dialog_set_step (self, self->step_before);
}

/* What is being written is stopped first, and said how far it came. */
static gboolean
inb_import_dialog_close_request (GtkWindow *window)
{
  InbImportDialog *self = INB_IMPORT_DIALOG (window);

  if (self->step != INB_IMPORT_IMPORTING)
    return GTK_WINDOW_CLASS (inb_import_dialog_parent_class)->close_request (window);
  inb_import_dialog_cancel (self);

  return GDK_EVENT_STOP;
}

static void
on_refused (InbImportDialog *self,
            const char      *reason)
{
  inb_toaster_warn (self->toaster, reason);
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_import_dialog_dispose (GObject *object)
{
  InbImportDialog *self = INB_IMPORT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);

  G_OBJECT_CLASS (inb_import_dialog_parent_class)->dispose (object);
}

static void
inb_import_dialog_finalize (GObject *object)
{
  InbImportDialog *self = INB_IMPORT_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_object (&self->fields);
  g_clear_object (&self->file);
  g_clear_object (&self->table);
  g_clear_pointer (&self->order, inb_import_order_free);
  g_clear_pointer (&self->outcome, inb_import_outcome_unref);
  g_clear_error (&self->error);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->toaster);

  G_OBJECT_CLASS (inb_import_dialog_parent_class)->finalize (object);
}

static void
inb_import_dialog_class_init (InbImportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = inb_import_dialog_dispose;
  object_class->finalize = inb_import_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = inb_import_dialog_close_request;

  g_type_ensure (INB_TYPE_IMPORT_COLUMNS_PAGE);
  g_type_ensure (INB_TYPE_IMPORT_DROP);
  g_type_ensure (INB_TYPE_IMPORT_OUTCOME_PAGE);
  gtk_widget_class_install_action (widget_class, "import.next", NULL, go_next);
  gtk_widget_class_install_action (widget_class, "import.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "import.choose", NULL, choose);
  gtk_widget_class_install_action (widget_class, "import.undo", NULL, undo);
  gtk_widget_class_install_action (widget_class, "import.save-report", NULL, save_report);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "import.choose", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, InbImportDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, InbImportDialog, back);
  gtk_widget_class_bind_template_child (widget_class, InbImportDialog, next);
  gtk_widget_class_bind_template_child (widget_class, InbImportDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, InbImportDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, InbImportDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, InbImportDialog, drop);
  gtk_widget_class_bind_template_child (widget_class, InbImportDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, InbImportDialog, open);
  gtk_widget_class_bind_template_child (widget_class, InbImportDialog, columns);
  gtk_widget_class_bind_template_child (widget_class, InbImportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, InbImportDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, InbImportDialog, outcome_page);
  gtk_widget_class_bind_template_child (widget_class, InbImportDialog, message);
  gtk_widget_class_bind_template_child (widget_class, InbImportDialog, message_undo);
}

static void
inb_import_dialog_init (InbImportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  inb_accessible_follow_revealer (self->bar);
  inb_accessible_follow_stack (self->pages);
  self->fields = inb_import_fields_new ();
  self->toaster = inb_toaster_new (self->toasts);
  inb_import_drop_watch (self->drop, GTK_WIDGET (self));
  g_signal_connect_object (self->drop, "file", G_CALLBACK (inb_import_dialog_open_file), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->drop, "refused", G_CALLBACK (on_refused), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->columns, "changed", G_CALLBACK (inb_import_dialog_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->columns, "delimiter-picked", G_CALLBACK (on_delimiter_picked), self, G_CONNECT_SWAPPED);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_import_dialog_new:
 * @session: into which workspace
 *
 * Returns: (transfer none): a window that GTK owns
 */
InbImportDialog *
inb_import_dialog_new (GtkWindow  *parent,
                       InbSession *session)
{
  InbImportDialog *self;
  InbEdits *edits;
  int width;
  int height;

  g_return_val_if_fail (INB_IS_SESSION (session), NULL);

  self = g_object_new (INB_TYPE_IMPORT_DIALOG, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), CLAMP (gtk_widget_get_width (GTK_WIDGET (parent)), LEAST_WIDTH, width), height);
  edits = inb_session_get_edits (session);
  g_signal_connect_object (inb_session_get_client (session), "notify::state", G_CALLBACK (inb_import_dialog_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (edits, "notify::role", G_CALLBACK (inb_import_dialog_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (edits, "undone", G_CALLBACK (on_undone), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (edits, "failed", G_CALLBACK (on_undo_failed), self, G_CONNECT_SWAPPED);
  inb_import_dialog_set_step (self, INB_IMPORT_CHOOSE);

  return self;
}

/**
 * inb_import_dialog_open_file:
 * @file: instead of the one before
 *
 * Returns: FALSE while an import is under way, which goes on
 */
gboolean
inb_import_dialog_open_file (InbImportDialog *self,
                             GFile           *file)
{
  g_return_val_if_fail (INB_IS_IMPORT_DIALOG (self) && G_IS_FILE (file), FALSE);

  if (find_work (self) != NULL)
    return FALSE;
  g_set_object (&self->file, file);
  inb_import_dialog_read (self, 0);

  return TRUE;
}
