#define G_LOG_DOMAIN "inb-app"

#include "inb-window-private.h"

#include "inb-action-probe.h"
#include "inb-command-palette.h"

#include <glib/gi18n.h>

/* --- whose the actions are ---------------------------------------------------------------------------------------------- */

/* Where an action is found that the window and the application do not have themselves. */
static GtkWidget *
find_part (InbWindow  *self,
           const char *action)
{
  if (g_str_has_prefix (action, "table."))
    return GTK_WIDGET (self->table);
  if (g_str_has_prefix (action, "views."))
    return GTK_WIDGET (self->views_button);
  if (g_str_has_prefix (action, "detail."))
    return GTK_WIDGET (self->pane);
  if (g_str_has_prefix (action, "heat-map."))
    return adw_view_stack_get_child_by_name (self->views, "heat-map");

  return NULL;
}

/* Shows what the command is about, and what it asks may point there. */
static void
turn_to (InbWindow        *self,
         const InbCommand *command)
{
  GtkWidget *part = find_part (self, command->action);

  if ((command->about != INB_COMMAND_ABOUT_NONE || (part != NULL && !gtk_widget_get_mapped (part))) && !inb_window_shows_leads (self))
    inb_window_show_view (self, "leads");
}

/* --- what can be done --------------------------------------------------------------------------------------------------- */

/* As inb-window-edits.c and inb-window-actions.c find what their keys are about. */
static gboolean
has_lead (InbWindow       *self,
          InbCommandAbout  about)
{
  InbLeadSelection *selection = inb_lead_table_get_selection (self->table);
  gboolean contacts = inb_lead_table_get_contacts (self->table);
  gboolean has_current = inb_action_probe (GTK_WIDGET (self->table), "table.open");
  gboolean shows_detail = inb_adaptive_view_get_show_detail (self->view);

  if (about == INB_COMMAND_ABOUT_LEAD)
    return shows_detail || has_current;
  if (selection != NULL && inb_lead_selection_get_n_selected (selection) > 0)
    return !contacts;

  return shows_detail ? inb_lead_detail_pane_get_lead (self->pane) != NULL : has_current && !contacts;
}

static gboolean
is_there (InbWindow        *self,
          const InbCommand *command)
{
  GtkWidget *part = find_part (self, command->action);
  gboolean in_content = part != NULL || command->about != INB_COMMAND_ABOUT_NONE;

  if (in_content && (self->session == NULL || !inb_state_pages_get_shows_content (self->pages)))
    return FALSE;
  if (command->about != INB_COMMAND_ABOUT_NONE)
    return has_lead (self, command->about);
  if (part == GTK_WIDGET (self->pane) && !inb_adaptive_view_get_show_detail (self->view))
    return FALSE;
  if (g_str_has_prefix (command->action, "heat-map.") && !gtk_widget_get_mapped (part))
    return FALSE;

  return inb_action_probe (part != NULL ? part : GTK_WIDGET (self->layout), command->action);
}

/* What changes the selected leads takes more when there are several. */
static gboolean
changes_selection (const InbCommand *command)
{
  return command->right == INB_RIGHT_EDIT &&
         (command->about == INB_COMMAND_ABOUT_LEADS || g_str_has_prefix (command->action, "table."));
}

static const char *
get_refusal (InbWindow        *self,
             const InbCommand *command)
{
  const char *reason = NULL;

  if (self->session != NULL && changes_selection (command))
    reason = inb_lead_table_get_refusal (self->table);
  else if (self->session != NULL && command->right >= 0)
    inb_edits_may (inb_session_get_edits (self->session), command->right, &reason);
  if (reason != NULL)
    return reason;

  return command->missing == NULL || is_there (self, command) ? NULL : _(command->missing);
}

/* --- the palette -------------------------------------------------------------------------------------------------------- */

static void
on_command (InbWindow  *self,
            const char *detailed)
{
  const InbCommand *command = inb_command_get (detailed);
  GtkWidget *part = find_part (self, detailed);
  g_autoptr (GVariant) target = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  if (!g_action_parse_detailed_name (detailed, &name, &target, &error))
    {
      g_warning ("a command of the palette: %s", error->message);
      return;
    }

  if (command != NULL)
    turn_to (self, command);
  gtk_widget_activate_action_variant (part != NULL ? part : GTK_WIDGET (self), name, target);
}

static void
show_palette (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  InbWindow *self = INB_WINDOW (widget);
  GtkWidget *palette = inb_command_palette_new (self->session, self->settings);
  guint n_commands;
  const InbCommand *commands = inb_command_list (&n_commands);

  for (guint i = 0; i < n_commands; i++)
    {
      const char *refusal = get_refusal (self, &commands[i]);

      if (refusal != NULL)
        inb_command_palette_refuse (INB_COMMAND_PALETTE (palette), &commands[i], refusal);
    }
  g_signal_connect_object (palette, "command", G_CALLBACK (on_command), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (palette, "lead", G_CALLBACK (inb_window_open_lead), self, G_CONNECT_SWAPPED);
  inb_command_palette_pop_up (INB_COMMAND_PALETTE (palette), GTK_WIDGET (self->layout));
}

void
inb_window_class_install_palette (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.palette", NULL, show_palette);
}
