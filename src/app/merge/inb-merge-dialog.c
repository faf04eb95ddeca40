#define G_LOG_DOMAIN "inb-app"

#include "inb-merge-dialog.h"

#include "inb-accessible.h"
#include "inb-contact-text.h"
#include "inb-merge-view.h"
#include "inb-time.h"
#include "inb-value.h"

#include <glib/gi18n.h>

#define WIDTH 720
#define TITLE_WIDTH 420
#define HEIGHT 700
#define LEAST_WIDTH 360

struct _InbMergeDialog {
  AdwWindow      parent_instance;

  /* Template */
  GtkWidget     *title;
  GtkRevealer   *bar;
  GtkLabel      *problem;
  GtkWidget     *merge;
  InbMergeView  *view;

  /* Owned */
  InbSession    *session;
  GCancellable  *cancellable;
  GStrv          ids;
  char          *failure;     /* why it could not be kept */

  gboolean       was_changed; /* by somebody else, while it was open */
  gboolean       is_gone;     /* one of the contacts */
  gboolean       is_merging;
  gboolean       loading;
  gboolean       dirty;
};

G_DEFINE_FINAL_TYPE (InbMergeDialog, inb_merge_dialog, ADW_TYPE_WINDOW)

static void load (InbMergeDialog *self);

/* --- what keeps it from being done -------------------------------------------------------------------------------------- */

static void
update (InbMergeDialog *self)
{
  const char *reason = NULL;
  gboolean may = inb_edits_may (inb_session_get_edits (self->session), INB_RIGHT_MERGE, &reason);
  const char *problem = self->is_gone ? _("One of these contacts is not there any more: it was deleted, erased or merged meanwhile")
                        : !may ? reason
                        : self->failure != NULL ? self->failure
                        : self->was_changed ? _("Somebody else has changed one of these contacts meanwhile: look again") : NULL;

  if (problem != NULL)
    gtk_label_set_text (self->problem, problem);
  gtk_revealer_set_reveal_child (self->bar, problem != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "merge.apply", may && !self->is_gone && !self->is_merging && inb_merge_view_get_plan (self->view) != NULL);
  gtk_widget_set_tooltip_text (self->merge, may ? NULL : reason);
}

/* --- reading ------------------------------------------------------------------------------------------------------------ */

static gboolean
is_there (GPtrArray *shares)
{
  for (guint i = 0; i < shares->len; i++)
    {
      const InbContactShare *share = g_ptr_array_index (shares, i);

      if (share == NULL || inb_row_get (share->contact, INB_CONTACT_DELETED_AT) != NULL)
        return FALSE;
    }

  return TRUE;
}

static GPtrArray *
list_contacts (GPtrArray *shares)
{
  GPtrArray *contacts = g_ptr_array_new ();

  for (guint i = 0; i < shares->len; i++)
    g_ptr_array_add (contacts, ((InbContactShare *) g_ptr_array_index (shares, i))->contact);

  return contacts;
}

/* What the plan decides on; what belongs to the contacts may have changed all the same. */
static gboolean
has_same_fields (GPtrArray *shares,
                 GPtrArray *others)
{
  guint n_columns;
  const InbColumn *columns = inb_kind_get_columns (INB_KIND_CONTACT, &n_columns);

  for (guint i = 0; i < shares->len; i++)
    {
      const InbContactShare *share = g_ptr_array_index (shares, i);
      const InbContactShare *other = g_ptr_array_index (others, i);

      for (guint j = 0; j < n_columns; j++)
        {
          if ((columns[j].flags & INB_COLUMN_EDITABLE) != 0 &&
              !inb_column_equal (INB_KIND_CONTACT, j, inb_row_get (share->contact, j), inb_row_get (other->contact, j)))
            return FALSE;
        }
    }

  return TRUE;
}

static void
show_shares (InbMergeDialog *self,
             GPtrArray      *shares)
{
  GPtrArray *before = inb_merge_view_get_shares (self->view);
  g_autoptr (GPtrArray) contacts = list_contacts (shares);

  if (before != NULL && has_same_fields (shares, before))
    {
      inb_merge_view_set_shares (self->view, shares);
      return;
    }

  self->was_changed = before != NULL;
  inb_merge_view_take_plan (self->view, inb_merge_plan_new (contacts, inb_merge_plan_suggest (shares)), shares);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (InbMergeDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) shares = inb_replica_get_shares_finish (INB_REPLICA (source), result, &error);

  self->loading = FALSE;
  /* What a merge under way does to them is nobody else's change. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->is_merging)
    return;

  if (shares == NULL)
    {
      g_free (self->failure);
      self->failure = inb_edits_describe_error (inb_session_get_edits (self->session), error);
    }
  else
    {
      self->is_gone = !is_there (shares);
      if (!self->is_gone)
        show_shares (self, shares);
    }
  update (self);
  if (self->dirty)
    load (self);
}

static void
load (InbMergeDialog *self)
{
  self->dirty = self->loading;
  if (self->loading || self->is_merging)
    return;

  self->loading = TRUE;
  inb_replica_get_shares_async (inb_session_get_replica (self->session), (const char * const *) self->ids, self->cancellable, on_read,
                                g_object_ref (self));
}

/* --- doing it ----------------------------------------------------------------------------------------------------------- */

static void
on_kept (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (InbMergeDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *group = inb_edits_do_finish (INB_EDITS (source), result, &error);

  if (group != NULL || self->session == NULL)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  self->is_merging = FALSE;
  g_free (self->failure);
  self->failure = inb_edits_describe_error (INB_EDITS (source), error);
  update (self);
  load (self);
}

static void
apply (GtkWidget  *widget,
       const char *action_name,
       GVariant   *parameter)
{
  InbMergeDialog *self = INB_MERGE_DIALOG (widget);
  const InbMergePlan *plan = inb_merge_view_get_plan (self->view);
  GPtrArray *contacts = inb_merge_plan_get_contacts (plan);
  g_autofree char *name = inb_contact_text_dup_name (g_ptr_array_index (contacts, inb_merge_plan_get_target (plan)));
  /* Translators: what undo takes back */
  g_autofree char *label = g_strdup_printf (_("Contacts merged: %s"), name);
  g_autoptr (InbEdit) edit = inb_merge_plan_make_edit (plan, label, inb_time_now ());

  self->is_merging = TRUE;
  g_clear_pointer (&self->failure, g_free);
  update (self);
  inb_edits_do_async (inb_session_get_edits (self->session), edit, FALSE, on_kept, g_object_ref (self));
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_merge_dialog_dispose (GObject *object)
{
  InbMergeDialog *self = INB_MERGE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (inb_merge_dialog_parent_class)->dispose (object);
}

static void
inb_merge_dialog_finalize (GObject *object)
{
  InbMergeDialog *self = INB_MERGE_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_strfreev (self->ids);
  g_free (self->failure);

  G_OBJECT_CLASS (inb_merge_dialog_parent_class)->finalize (object);
}

static void
inb_merge_dialog_class_init (InbMergeDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = inb_merge_dialog_dispose;
  object_class->finalize = inb_merge_dialog_finalize;

  g_type_ensure (INB_TYPE_MERGE_VIEW);
  gtk_widget_class_install_action (widget_class, "merge.apply", NULL, apply);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "merge.apply", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-merge-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, InbMergeDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, InbMergeDialog, title);
  gtk_widget_class_bind_template_child (widget_class, InbMergeDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, InbMergeDialog, merge);
  gtk_widget_class_bind_template_child (widget_class, InbMergeDialog, view);
}

/* Where there is no room for it beside the buttons it would be cut to a syllable. */
static void
update_title (InbMergeDialog *self)
{
  int width;

  g_object_get (self, "default-width", &width, NULL);
  gtk_widget_set_visible (self->title, width <= 0 || width >= TITLE_WIDTH);
}

static void
inb_merge_dialog_init (InbMergeDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  inb_accessible_follow_revealer (self->bar);
  g_signal_connect (self, "notify::default-width", G_CALLBACK (update_title), NULL);
}

/* A dialog on a dialog has the room of the window below. */
static int
get_room (GtkWindow *window)
{
  while (gtk_window_get_transient_for (window) != NULL)
    window = gtk_window_get_transient_for (window);

  return gtk_widget_get_width (GTK_WIDGET (window));
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_merge_dialog_new:
 * @contact_ids: (array zero-terminated=1): two or more
 *
 * Returns: (transfer none): a window that GTK owns
 */
GtkWidget *
inb_merge_dialog_new (GtkWindow           *parent,
                      InbSession          *session,
                      const char * const  *contact_ids)
{
  InbMergeDialog *self;

  g_return_val_if_fail (INB_IS_SESSION (session) && g_strv_length ((char **) contact_ids) > 1, NULL);

  self = g_object_new (INB_TYPE_MERGE_DIALOG, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  inb_merge_view_set_session (self->view, session);
  self->ids = g_strdupv ((char **) contact_ids);
  gtk_window_set_default_size (GTK_WINDOW (self), CLAMP (get_room (parent), LEAST_WIDTH, WIDTH), HEIGHT);
  g_signal_connect_object (inb_session_get_replica (session), "changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_edits (session), "notify::role", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  load (self);

  return GTK_WIDGET (self);
}
