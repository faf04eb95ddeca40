#define G_LOG_DOMAIN "inb-app"

#include "inb-window-private.h"

#include "inb-menu-remarks.h"
#include "inb-stages-dialog.h"
#include "inb-team-window.h"

static void
edit_stages (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  InbWindow *self = INB_WINDOW (widget);

  gtk_window_present (GTK_WINDOW (inb_stages_dialog_new (GTK_WINDOW (self), self->session)));
}

static void
show_team (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  InbWindow *self = INB_WINDOW (widget);

  gtk_window_present (GTK_WINDOW (inb_team_window_new (GTK_WINDOW (self), self->session)));
}

void
inb_window_update_role (InbWindow *self)
{
  InbEdits *edits = self->session != NULL ? inb_session_get_edits (self->session) : NULL;
  gboolean online = self->session != NULL && inb_sync_client_get_state (inb_session_get_client (self->session)) == INB_SYNC_LIVE;
  gboolean may_edit_stages = edits != NULL && inb_edits_may (edits, INB_RIGHT_STAGES, NULL);
  gboolean is_owner = edits != NULL && inb_edits_may (edits, INB_RIGHT_USERS, NULL);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.edit-stages",
                                 may_edit_stages && inb_session_get_stages (self->session) != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.team", is_owner && online);
  inb_window_update_import (self);
  inb_menu_remarks_update (self->primary_menu, edits, online);
}

void
inb_window_class_install_admin_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.edit-stages", NULL, edit_stages);
  gtk_widget_class_install_action (widget_class, "win.team", NULL, show_team);
}

/* What is followed ends with the session's other signals. */
void
inb_window_follow_role (InbWindow *self)
{
  inb_window_update_role (self);
  if (self->session == NULL)
    return;

  g_signal_connect_object (inb_session_get_edits (self->session), "notify::role", G_CALLBACK (inb_window_update_role), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "stages-changed", G_CALLBACK (inb_window_update_role), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_client (self->session), "notify::state", G_CALLBACK (inb_window_update_role), self,
                           G_CONNECT_SWAPPED);
}
