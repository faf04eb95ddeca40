#define G_LOG_DOMAIN "inb-app"

#include "inb-window-private.h"

#include "inb-new-lead-dialog.h"
#include "inb-salvage-dialog.h"
#include "inb-settle-list.h"

#include <glib/gi18n.h>

static void
on_done (InbWindow  *self,
         const char *group,
         const char *label,
         gboolean    quiet)
{
  if (quiet || self->duplicates != NULL)
    inb_toaster_drop_done (self->toaster);
  else
    inb_toaster_tell_done (self->toaster, label, group);
}

static void
on_undone (InbWindow  *self,
           const char *group,
           const char *label)
{
  /* Translators: "Undone: Stage of 12 leads" */
  g_autofree char *text = g_strdup_printf (_("Undone: %s"), label);

  inb_toaster_drop_done (self->toaster);
  if (self->duplicates == NULL)
    inb_toaster_say (self->toaster, text);
}

static void
on_told (InbWindow  *self,
         const char *message)
{
  inb_toaster_drop_done (self->toaster);
  if (self->duplicates == NULL)
    inb_toaster_warn (self->toaster, message);
}

static void
new_lead (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  InbWindow *self = INB_WINDOW (widget);
  GtkWidget *dialog;

  if (self->session == NULL || !inb_edits_may (inb_session_get_edits (self->session), INB_RIGHT_EDIT, NULL))
    return;
  dialog = inb_new_lead_dialog_new (GTK_WINDOW (self), self->session);
  g_signal_connect_object (dialog, "open", G_CALLBACK (inb_window_open_lead), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
update_role (InbWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.new-lead", self->session != NULL &&
                                 inb_edits_may (inb_session_get_edits (self->session), INB_RIGHT_EDIT, NULL));
}

static void
update_undo (InbWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo",
                                 self->session != NULL && inb_edits_get_can_undo (inb_session_get_edits (self->session)));
}

static void
update_problems (InbWindow *self)
{
  InbOutboxCounts counts = { 0 };

  if (self->session != NULL)
    counts = inb_replica_get_outbox_counts (inb_session_get_replica (self->session));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.show-problems", counts.n_conflicts + counts.n_rejected > 0);
}

/* Where text is typed, Ctrl+Z is about that text, also when there is nothing of it to take back. */
static void
undo (GtkWidget  *widget,
      const char *action_name,
      GVariant   *parameter)
{
  InbWindow *self = INB_WINDOW (widget);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (self->session != NULL && !GTK_IS_TEXT (focus) && !GTK_IS_TEXT_VIEW (focus))
    inb_edits_undo (inb_session_get_edits (self->session));
}

static void
undo_group (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  InbWindow *self = INB_WINDOW (widget);

  if (self->session != NULL)
    inb_edits_undo_group (inb_session_get_edits (self->session), g_variant_get_string (parameter, NULL));
}

/* Of the selection, else of the lead that is open, else of the current one. */
static void
edit_leads (InbWindow                  *self,
            const char                 *what,
            void                      (*edit_open) (InbLeadDetailPane *pane))
{
  InbLeadSelection *selection = inb_lead_table_get_selection (self->table);
  const char *reason = inb_lead_table_get_refusal (self->table);

  if (selection == NULL || !inb_window_shows_leads (self))
    return;

  /* A key has no tooltip that would say why nothing happens. */
  if (reason != NULL)
    inb_toaster_say (self->toaster, reason);
  else if (inb_lead_selection_get_n_selected (selection) == 0 && inb_adaptive_view_get_show_detail (self->view))
    edit_open (self->pane);
  else if (gtk_widget_get_mapped (GTK_WIDGET (self->table)))
    gtk_widget_activate_action (GTK_WIDGET (self->table), "table.edit", "s", what);
}

static void
edit_stage (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  edit_leads (INB_WINDOW (widget), "stage", inb_lead_detail_pane_open_stage);
}

static void
edit_owner (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  edit_leads (INB_WINDOW (widget), "owner", inb_lead_detail_pane_open_owner);
}

static void
write_note (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  InbWindow *self = INB_WINDOW (widget);
  const char *reason;

  if (self->session == NULL || !inb_window_shows_leads (self))
    return;
  /* A key has no tooltip that would say why nothing happens. */
  if (!inb_edits_may (inb_session_get_edits (self->session), INB_RIGHT_EDIT, &reason))
    {
      inb_toaster_say (self->toaster, reason);
      return;
    }

  if (!inb_adaptive_view_get_show_detail (self->view))
    gtk_widget_activate_action (GTK_WIDGET (self->table), "table.open", NULL);
  if (inb_adaptive_view_get_show_detail (self->view))
    inb_lead_detail_pane_write_note (self->pane);
}

static void
on_settled (GtkWindow     *dialog,
            InbSettleList *list)
{
  if (inb_settle_list_get_n_cards (list) == 0)
    gtk_window_close (dialog);
}

static void
on_open_lead (GtkWindow *dialog,
              GVariant  *parameter)
{
  InbWindow *self = INB_WINDOW (gtk_window_get_transient_for (dialog));

  inb_window_open_lead (self, g_variant_get_string (parameter, NULL));
  gtk_window_close (dialog);
}

/* What is to be settled, of all leads, in a window of its own; it closes when there is nothing left. */
static void
show_problems (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  InbWindow *self = INB_WINDOW (widget);
  GtkWidget *dialog;
  GtkWidget *box;
  GtkWidget *scroller;
  GtkWidget *list;
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) open = g_simple_action_new ("open-lead", G_VARIANT_TYPE_STRING);

  if (self->session == NULL)
    return;

  dialog = adw_window_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  scroller = gtk_scrolled_window_new ();
  list = inb_settle_list_new (self->session);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_add_css_class (list, "settle-all");
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (dialog), box);
  gtk_window_set_title (GTK_WINDOW (dialog), _("Changes to Settle"));
  gtk_window_set_default_size (GTK_WINDOW (dialog), 420, 480);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  g_signal_connect_object (open, "activate", G_CALLBACK (on_open_lead), dialog, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (open));
  gtk_widget_insert_action_group (dialog, "settle", G_ACTION_GROUP (actions));
  g_signal_connect_object (list, "changed", G_CALLBACK (on_settled), dialog, G_CONNECT_SWAPPED);
  inb_settle_list_set_lead (INB_SETTLE_LIST (list), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
inb_window_class_install_edit_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.edit-stage", NULL, edit_stage);
  gtk_widget_class_install_action (widget_class, "win.edit-owner", NULL, edit_owner);
  gtk_widget_class_install_action (widget_class, "win.write-note", NULL, write_note);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, 0, "win.edit-stage", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, 0, "win.edit-owner", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, 0, "win.write-note", NULL);
  gtk_widget_class_install_action (widget_class, "win.show-problems", NULL, show_problems);
  gtk_widget_class_install_action (widget_class, "win.new-lead", NULL, new_lead);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo);
  gtk_widget_class_install_action (widget_class, "win.undo-group", "s", undo_group);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_u, 0, "win.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
}

static void
tell_salvaged (InbWindow *self)
{
  guint n_saved;

  if (inb_session_take_salvaged (self->session, &n_saved))
    inb_salvage_dialog_show (GTK_WINDOW (self), n_saved, inb_session_get_folder (self->session));
}

void
inb_window_follow_edits (InbWindow *self)
{
  InbEdits *edits = self->session != NULL ? inb_session_get_edits (self->session) : NULL;

  update_undo (self);
  update_role (self);
  update_problems (self);
  if (edits == NULL)
    return;

  g_signal_connect_object (inb_session_get_replica (self->session), "outbox-changed", G_CALLBACK (update_problems), self,
                           G_CONNECT_SWAPPED);

  /* It ends with the session's other signals. */
  g_signal_connect_object (self->session, "salvaged", G_CALLBACK (tell_salvaged), self, G_CONNECT_SWAPPED);
  tell_salvaged (self);
  g_signal_connect_object (edits, "done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (edits, "undone", G_CALLBACK (on_undone), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (edits, "failed", G_CALLBACK (on_told), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (edits, "reported", G_CALLBACK (on_told), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (edits, "notify::role", G_CALLBACK (update_role), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (edits, "notify::can-undo", G_CALLBACK (update_undo), self, G_CONNECT_SWAPPED);
}

void
inb_window_forget_edits (InbWindow *self)
{
  g_signal_handlers_disconnect_by_data (inb_session_get_edits (self->session), self);
  inb_toaster_drop_done (self->toaster);
}
