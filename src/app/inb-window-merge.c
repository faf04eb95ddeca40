#define G_LOG_DOMAIN "inb-app"

#include "inb-window-private.h"

#include "inb-duplicates-dialog.h"
#include "inb-merge-dialog.h"

static void
show_duplicates (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  InbWindow *self = INB_WINDOW (widget);

  if (self->duplicates == NULL)
    g_set_weak_pointer (&self->duplicates, inb_duplicates_dialog_new (GTK_WINDOW (self), self->session));
  gtk_window_present (GTK_WINDOW (self->duplicates));
}

static void
compare_contacts (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  InbWindow *self = INB_WINDOW (widget);
  g_autofree const char **ids = g_variant_get_strv (parameter, NULL);

  if (g_strv_length ((char **) ids) > 1)
    gtk_window_present (GTK_WINDOW (inb_merge_dialog_new (GTK_WINDOW (self), self->session, ids)));
}

/* Everybody may look; who may merge is said where it is done. */
void
inb_window_update_merge (InbWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.duplicates", self->session != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.compare-contacts", self->session != NULL);
}

void
inb_window_class_install_merge_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.duplicates", NULL, show_duplicates);
  gtk_widget_class_install_action (widget_class, "win.compare-contacts", "as", compare_contacts);
}
