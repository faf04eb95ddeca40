#define G_LOG_DOMAIN "inb-app"

#include "inb-window-private.h"

#include "inb-import-dialog.h"

static gboolean
may_import (InbWindow   *self,
            const char **reason)
{
  return self->session != NULL && inb_edits_may (inb_session_get_edits (self->session), INB_RIGHT_IMPORT, reason);
}

/* One at a time: the one that is open comes to the front. */
static InbImportDialog *
present_dialog (InbWindow *self)
{
  if (self->import == NULL)
    g_set_weak_pointer (&self->import, GTK_WIDGET (inb_import_dialog_new (GTK_WINDOW (self), self->session)));
  gtk_window_present (GTK_WINDOW (self->import));

  return INB_IMPORT_DIALOG (self->import);
}

static void
import (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  present_dialog (INB_WINDOW (widget));
}

static gboolean
on_drop (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         gpointer       user_data)
{
  InbWindow *self = user_data;
  GSList *files = g_value_get_boxed (value);
  const char *reason = NULL;

  if (files == NULL || self->session == NULL)
    return FALSE;
  if (may_import (self, &reason))
    inb_import_dialog_open_file (present_dialog (self), files->data);
  else
    inb_toaster_warn (self->toaster, reason);

  return TRUE;
}

void
inb_window_update_import (InbWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.import", may_import (self, NULL));
}

/* Another workspace's import has no place here; one that is under way says first how far it came. */
void
inb_window_leave_import (InbWindow *self)
{
  GtkWidget *dialog = self->import;

  g_clear_weak_pointer (&self->import);
  if (dialog != NULL)
    gtk_window_close (GTK_WINDOW (dialog));
}

void
inb_window_class_install_import_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.import", NULL, import);
}

void
inb_window_init_import (InbWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  inb_window_update_import (self);
}
