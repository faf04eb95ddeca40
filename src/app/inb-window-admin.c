#define G_LOG_DOMAIN "inb-app"

#include "inb-window-private.h"

#include "inb-stages-dialog.h"

static void
edit_stages (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  InbWindow *self = INB_WINDOW (widget);

  gtk_window_present (GTK_WINDOW (inb_stages_dialog_new (GTK_WINDOW (self), self->session)));
}

void
inb_window_update_role (InbWindow *self)
{
  InbEdits *edits = self->session != NULL ? inb_session_get_edits (self->session) : NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.edit-stages",
                                 edits != NULL && inb_edits_may (edits, INB_RIGHT_STAGES, NULL) &&
                                 inb_session_get_stages (self->session) != NULL);
}

void
inb_window_class_install_admin_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.edit-stages", NULL, edit_stages);
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
}
