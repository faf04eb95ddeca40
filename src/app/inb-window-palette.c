#define G_LOG_DOMAIN "inb-app"

#include "inb-window-private.h"

#include "inb-command-palette.h"

#include <string.h>

#define EDIT_PREFIX "edit-"

static void
on_command (InbWindow  *self,
            const char *detailed)
{
  g_autoptr (GVariant) target = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  if (!g_action_parse_detailed_name (detailed, &name, &target, &error))
    g_warning ("a command of the palette: %s", error->message);
  else
    gtk_widget_activate_action_variant (GTK_WIDGET (self), name, target);
}

static void
show_palette (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  InbWindow *self = INB_WINDOW (widget);
  GtkWidget *palette = inb_command_palette_new (self->session, self->settings);

  g_signal_connect_object (palette, "command", G_CALLBACK (on_command), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (palette, "lead", G_CALLBACK (inb_window_open_lead), self, G_CONNECT_SWAPPED);
  inb_command_palette_pop_up (INB_COMMAND_PALETTE (palette), GTK_WIDGET (self->layout));
}

/* What the table can do, from wherever the keyboard is. */
static void
do_in_table (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  InbWindow *self = INB_WINDOW (widget);
  const char *what = g_variant_get_string (parameter, NULL);
  g_autofree char *name = g_strconcat ("table.", what, NULL);
  const char *reason = inb_lead_table_get_refusal (self->table);
  gboolean writes = g_str_has_prefix (what, EDIT_PREFIX) || g_str_equal (what, "delete");

  if (self->session == NULL)
    return;

  inb_window_show_view (self, "leads");
  if (writes && reason != NULL)
    inb_toaster_say (self->toaster, reason);
  else if (g_str_has_prefix (what, EDIT_PREFIX))
    gtk_widget_activate_action (GTK_WIDGET (self->table), "table.edit", "s", what + strlen (EDIT_PREFIX));
  else
    gtk_widget_activate_action (GTK_WIDGET (self->table), name, NULL);
}

void
inb_window_class_install_palette (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.palette", NULL, show_palette);
  gtk_widget_class_install_action (widget_class, "win.table", "s", do_in_table);
}
