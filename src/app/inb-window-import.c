#define G_LOG_DOMAIN "inb-app"

#include "inb-window-private.h"

#include "inb-import-dialog.h"

#include <glib/gi18n.h>

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

static void
on_file (InbWindow *self,
         GFile     *file)
{
  if (!inb_import_dialog_open_file (present_dialog (self), file))
    inb_toaster_warn (self->toaster, _("An import is under way: drop the file again when it is done"));
}

static void
on_refused (InbWindow  *self,
            const char *reason)
{
  inb_toaster_warn (self->toaster, reason);
}

void
inb_window_update_import (InbWindow *self)
{
  const char *reason = self->session == NULL ? _("Files can be imported once there is a workspace") : NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.import", may_import (self, &reason));
  inb_import_drop_set_problem (self->import_drop, reason);
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
  inb_import_drop_watch (self->import_drop, GTK_WIDGET (self));
  g_signal_connect_object (self->import_drop, "file", G_CALLBACK (on_file), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->import_drop, "refused", G_CALLBACK (on_refused), self, G_CONNECT_SWAPPED);
  inb_window_update_import (self);
}
