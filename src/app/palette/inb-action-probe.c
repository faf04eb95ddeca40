#define G_LOG_DOMAIN "inb-app"

#include "inb-action-probe.h"

/**
 * inb_action_probe:
 * @widget: where it would be activated
 * @action: detailed name
 *
 * Asks with a button that is never shown: its sensitivity is the action's state.
 *
 * Returns: whether activating @action at @widget would do anything
 */
gboolean
inb_action_probe (GtkWidget  *widget,
                  const char *action)
{
  g_autoptr (GVariant) target = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  GtkWidget *button;
  gboolean can;

  g_return_val_if_fail (GTK_IS_WIDGET (widget) && action != NULL, FALSE);

  if (!g_action_parse_detailed_name (action, &name, &target, &error))
    {
      g_warning ("asking for an action: %s", error->message);
      return FALSE;
    }

  button = gtk_button_new ();
  gtk_widget_set_visible (button, FALSE);
  gtk_widget_set_parent (button, widget);
  /* The target first: without it GTK warns of an action that wants one. */
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), name);
  can = gtk_widget_get_sensitive (button);
  gtk_widget_unparent (button);

  return can;
}
