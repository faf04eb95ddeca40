#define G_LOG_DOMAIN "inb-app"

#include "inb-focus-rescue.h"

#define WAITING "inb-focus-rescue"

static gboolean
rescue (gpointer user_data)
{
  GtkWidget *rows = user_data;
  GtkRoot *root = gtk_widget_get_root (rows);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  g_object_set_data (G_OBJECT (rows), WAITING, NULL);
  if (focus != NULL && gtk_widget_get_root (focus) == NULL && (!gtk_widget_get_mapped (rows) || !gtk_widget_grab_focus (rows)))
    gtk_root_set_focus (root, NULL);

  return G_SOURCE_REMOVE;
}

/* Rows leave at the latest when the list is laid out: look after that. */
static void
on_items_changed (GtkWidget *rows)
{
  if (g_object_get_data (G_OBJECT (rows), WAITING) != NULL)
    return;

  g_object_set_data (G_OBJECT (rows), WAITING, GINT_TO_POINTER (TRUE));
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, rescue, g_object_ref (rows), g_object_unref);
}

void
inb_focus_rescue_follow (GtkWidget  *rows,
                         GListModel *model)
{
  g_return_if_fail (GTK_IS_WIDGET (rows) && G_IS_LIST_MODEL (model));

  g_signal_connect_object (model, "items-changed", G_CALLBACK (on_items_changed), rows, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}
