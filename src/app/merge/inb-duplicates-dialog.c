#define G_LOG_DOMAIN "inb-app"

#include "inb-duplicates-dialog.h"

#include "inb-accessible.h"
#include "inb-contact-text.h"
#include "inb-duplicate-row.h"
#include "inb-format.h"
#include "inb-merge-dialog.h"
#include "inb-toaster.h"

#include <glib/gi18n.h>

#define WIDTH 600
#define LEAST_WIDTH 360
#define HEIGHT 560
#define MAX_ROWS 100        /* the others follow when these are settled */
#define PATIENCE_MSEC 500   /* before it is said that it takes time */
#define TOAST_SECONDS 15
#define PAUSE_MSEC 500      /* between two looks while things come in */

struct _InbDuplicatesDialog {
  AdwWindow        parent_instance;

  /* Template */
  AdwWindowTitle  *title;
  AdwToastOverlay *toasts;
  GtkStack        *stack;
  GtkWidget       *spinner;
  AdwStatusPage   *failed;
  GtkListBox      *list;
  GtkLabel        *more;

  /* Owned */
  InbSession      *session;
  InbToaster      *toaster;
  InbDuplicate    *dismissed;  /* the last ones, until that is taken back */
  GCancellable    *cancellable;
  guint            patience;
  guint            pause;

  gboolean         loading;
  gboolean         dirty;
};

G_DEFINE_FINAL_TYPE (InbDuplicatesDialog, inb_duplicates_dialog, ADW_TYPE_WINDOW)

static void load (InbDuplicatesDialog *self);

/* --- what is done ------------------------------------------------------------------------------------------------------- */

static void
warn_failure (InbDuplicatesDialog *self,
              const GError        *error)
{
  g_autofree char *message = inb_edits_describe_error (inb_session_get_edits (self->session), error);

  inb_toaster_warn (self->toaster, message);
}

static void
on_compare (InbDuplicatesDialog *self,
            InbDuplicateRow     *row)
{
  const InbDuplicate *duplicate = inb_duplicate_row_get_duplicate (row);
  g_auto (GStrv) ids = g_strsplit (inb_duplicate_row_get_id (row), "+", -1);

  /* In the order that they are named in. */
  for (guint i = 0; i < duplicate->contacts->len; i++)
    {
      g_free (ids[i]);
      ids[i] = g_strdup (inb_row_get_key (g_ptr_array_index (duplicate->contacts, i)));
    }
  gtk_window_present (GTK_WINDOW (inb_merge_dialog_new (GTK_WINDOW (self), self->session, (const char * const *) ids)));
}

static InbDuplicate *
copy_duplicate (const InbDuplicate *duplicate)
{
  InbDuplicate *copy = inb_duplicate_new ();

  for (guint i = 0; i < duplicate->contacts->len; i++)
    g_ptr_array_add (copy->contacts, inb_row_ref (g_ptr_array_index (duplicate->contacts, i)));

  return copy;
}

static void
on_dismiss (InbDuplicatesDialog *self,
            InbDuplicateRow     *row)
{
  g_autoptr (GError) error = NULL;
  AdwToast *toast = adw_toast_new (_("Noted as different people"));

  g_clear_pointer (&self->dismissed, inb_duplicate_free);
  self->dismissed = copy_duplicate (inb_duplicate_row_get_duplicate (row));
  adw_toast_set_timeout (toast, TOAST_SECONDS);
  adw_toast_set_button_label (toast, _("Undo"));
  adw_toast_set_action_name (toast, "duplicates.undo-dismissal");
  adw_toast_overlay_add_toast (self->toasts, toast);
  if (!inb_dismissals_add (inb_session_get_dismissals (self->session), self->dismissed, &error))
    warn_failure (self, error);
}

static void
undo_dismissal (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  InbDuplicatesDialog *self = INB_DUPLICATES_DIALOG (widget);
  g_autoptr (GError) error = NULL;

  if (self->dismissed != NULL && !inb_dismissals_remove (inb_session_get_dismissals (self->session), self->dismissed, &error))
    warn_failure (self, error);
  g_clear_pointer (&self->dismissed, inb_duplicate_free);
}

static void
undo (GtkWidget  *widget,
      const char *action_name,
      GVariant   *parameter)
{
  inb_edits_undo (inb_session_get_edits (INB_DUPLICATES_DIALOG (widget)->session));
}

static void
undo_group (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  inb_edits_undo_group (inb_session_get_edits (INB_DUPLICATES_DIALOG (widget)->session), g_variant_get_string (parameter, NULL));
}

static void
on_done (InbDuplicatesDialog *self,
         const char          *group,
         const char          *label,
         gboolean             quiet)
{
  if (!quiet)
    inb_toaster_tell_done (self->toaster, label, group);
}

static void
on_undone (InbDuplicatesDialog *self,
           const char          *group,
           const char          *label)
{
  g_autofree char *text = g_strdup_printf (_("Undone: %s"), label);

  inb_toaster_drop_done (self->toaster);
  inb_toaster_say (self->toaster, text);
}

static void
on_told (InbDuplicatesDialog *self,
         const char          *message)
{
  inb_toaster_warn (self->toaster, message);
}

/* --- showing ------------------------------------------------------------------------------------------------------------ */

static InbDuplicateRow *
get_row (InbDuplicatesDialog *self,
         guint                i)
{
  return (InbDuplicateRow *) gtk_list_box_get_row_at_index (self->list, (int) i);
}

static InbDuplicateRow *
find_row (InbDuplicatesDialog *self,
          const char          *id,
          guint                from)
{
  InbDuplicateRow *row;

  for (guint i = from; (row = get_row (self, i)) != NULL; i++)
    {
      if (g_str_equal (inb_duplicate_row_get_id (row), id))
        return row;
    }

  return NULL;
}

/* Puts it at the place; a row that is there for it already stays, and with it the keyboard. @duplicate: (transfer full). */
static void
place_row (InbDuplicatesDialog *self,
           InbDuplicate        *duplicate,
           guint                place)
{
  g_autofree char *id = inb_duplicate_dup_id (duplicate);
  InbDuplicateRow *row = find_row (self, id, place);

  if (row == NULL)
    {
      row = INB_DUPLICATE_ROW (inb_duplicate_row_new (duplicate));
      g_signal_connect_object (row, "compare", G_CALLBACK (on_compare), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "dismiss", G_CALLBACK (on_dismiss), self, G_CONNECT_SWAPPED);
      gtk_list_box_insert (self->list, GTK_WIDGET (row), (int) place);
      return;
    }

  inb_duplicate_row_set_duplicate (row, duplicate);
  if (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) == (int) place)
    return;
  g_object_ref (row);
  gtk_list_box_remove (self->list, GTK_WIDGET (row));
  gtk_list_box_insert (self->list, GTK_WIDGET (row), (int) place);
  g_object_unref (row);
}

static void
show_count (InbDuplicatesDialog *self,
            guint                n_found)
{
  g_autofree char *count = inb_format_count (n_found);
  g_autofree char *subtitle = n_found > 0 ? g_strdup_printf (ngettext ("%s case", "%s cases", n_found), count) : g_strdup ("");
  g_autofree char *more = g_strdup_printf (_("The newest %d are shown; the others follow when these are settled."), MAX_ROWS);

  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_label_set_text (self->more, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more), n_found > MAX_ROWS);
}

/* The place of the row that the keyboard is on, or -1. GTK 4.8 leaves it on a row that the list has thrown away. */
static int
get_focused (InbDuplicatesDialog *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, INB_TYPE_DUPLICATE_ROW) : NULL;

  return row != NULL && gtk_widget_get_parent (row) == GTK_WIDGET (self->list) ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : -1;
}

/* When its row has gone it goes on with the next one; where it is left no key would reach anything. */
static void
rescue_focus (InbDuplicatesDialog *self,
              int                  place,
              int                  n_rows)
{
  if (place < 0 || get_focused (self) >= 0)
    return;

  if (n_rows > 0)
    gtk_widget_grab_focus (GTK_WIDGET (get_row (self, (guint) MIN (place, n_rows - 1))));
  else
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
}

/* What the user has told apart is left out. (element-type InbDuplicate) */
static void
show_found (InbDuplicatesDialog *self,
            GPtrArray           *found)
{
  InbDismissals *dismissals = inb_session_get_dismissals (self->session);
  int focused = get_focused (self);
  InbDuplicateRow *row;
  guint n_found = 0;

  for (guint i = 0; i < found->len; i++)
    {
      if (inb_dismissals_has (dismissals, g_ptr_array_index (found, i)))
        continue;
      if (n_found < MAX_ROWS)
        place_row (self, g_steal_pointer (&found->pdata[i]), n_found);
      n_found++;
    }
  while ((row = get_row (self, MIN (n_found, MAX_ROWS))) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  show_count (self, n_found);
  gtk_stack_set_visible_child_name (self->stack, n_found > 0 ? "list" : "none");
  rescue_focus (self, focused, (int) MIN (n_found, MAX_ROWS));
}

/* --- reading ------------------------------------------------------------------------------------------------------------ */

static gboolean
on_pause_over (gpointer user_data)
{
  InbDuplicatesDialog *self = user_data;

  self->pause = 0;
  if (self->dirty)
    load (self);

  return G_SOURCE_REMOVE;
}

static void
on_found (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (InbDuplicatesDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = inb_replica_get_duplicates_finish (INB_REPLICA (source), result, &error);
  g_autofree char *message = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->loading = FALSE;
  g_clear_handle_id (&self->patience, g_source_remove);
  gtk_widget_set_visible (self->spinner, FALSE);
  if (found != NULL)
    {
      show_found (self, found);
    }
  else
    {
      message = inb_edits_describe_error (inb_session_get_edits (self->session), error);
      adw_status_page_set_description (self->failed, message);
      gtk_stack_set_visible_child_name (self->stack, "failed");
    }
  self->pause = g_timeout_add (PAUSE_MSEC, on_pause_over, self);
}

static gboolean
on_patience_over (gpointer user_data)
{
  InbDuplicatesDialog *self = user_data;

  self->patience = 0;
  gtk_widget_set_visible (self->spinner, TRUE);
  gtk_spinner_start (GTK_SPINNER (self->spinner));

  return G_SOURCE_REMOVE;
}

static void
load (InbDuplicatesDialog *self)
{
  self->dirty = self->loading || self->pause != 0;
  if (self->dirty)
    return;

  self->loading = TRUE;
  inb_replica_get_duplicates_async (inb_session_get_replica (self->session), NULL, self->cancellable, on_found, g_object_ref (self));
}

/* What the user did himself is shown without a pause. */
static void
load_now (InbDuplicatesDialog *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  load (self);
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_duplicates_dialog_dispose (GObject *object)
{
  InbDuplicatesDialog *self = INB_DUPLICATES_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_handle_id (&self->pause, g_source_remove);
  g_clear_object (&self->toaster);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (inb_duplicates_dialog_parent_class)->dispose (object);
}

static void
inb_duplicates_dialog_finalize (GObject *object)
{
  InbDuplicatesDialog *self = INB_DUPLICATES_DIALOG (object);

  g_clear_pointer (&self->dismissed, inb_duplicate_free);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (inb_duplicates_dialog_parent_class)->finalize (object);
}

static void
inb_duplicates_dialog_class_init (InbDuplicatesDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = inb_duplicates_dialog_dispose;
  object_class->finalize = inb_duplicates_dialog_finalize;

  gtk_widget_class_install_action (widget_class, "duplicates.undo-dismissal", NULL, undo_dismissal);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo);
  gtk_widget_class_install_action (widget_class, "win.undo-group", "s", undo_group);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-duplicates-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, InbDuplicatesDialog, title);
  gtk_widget_class_bind_template_child (widget_class, InbDuplicatesDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, InbDuplicatesDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, InbDuplicatesDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, InbDuplicatesDialog, failed);
  gtk_widget_class_bind_template_child (widget_class, InbDuplicatesDialog, list);
  gtk_widget_class_bind_template_child (widget_class, InbDuplicatesDialog, more);
}

static void
inb_duplicates_dialog_init (InbDuplicatesDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  inb_accessible_follow_stack (self->stack);
  self->toaster = inb_toaster_new (self->toasts);
  self->patience = g_timeout_add (PATIENCE_MSEC, on_patience_over, self);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_duplicates_dialog_new:
 *
 * Returns: (transfer none): a window that GTK owns
 */
GtkWidget *
inb_duplicates_dialog_new (GtkWindow  *parent,
                           InbSession *session)
{
  InbDuplicatesDialog *self = g_object_new (INB_TYPE_DUPLICATES_DIALOG, "transient-for", parent, NULL);
  InbEdits *edits = inb_session_get_edits (session);

  self->session = g_object_ref (session);
  gtk_window_set_default_size (GTK_WINDOW (self), CLAMP (gtk_widget_get_width (GTK_WIDGET (parent)), LEAST_WIDTH, WIDTH), HEIGHT);
  g_signal_connect_object (inb_session_get_replica (session), "changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_dismissals (session), "changed", G_CALLBACK (load_now), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (edits, "done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (edits, "undone", G_CALLBACK (on_undone), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (edits, "failed", G_CALLBACK (on_told), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (edits, "reported", G_CALLBACK (on_told), self, G_CONNECT_SWAPPED);
  load (self);

  return GTK_WIDGET (self);
}
