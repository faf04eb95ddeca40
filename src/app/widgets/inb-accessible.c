#define G_LOG_DOMAIN "inb-app"

#include "inb-accessible.h"

void
inb_accessible_set_hidden (GtkWidget *widget,
                           gboolean   hidden)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_HIDDEN, hidden, -1);
}

static void
on_page_turned (GtkStack *stack)
{
  GtkWidget *visible = gtk_stack_get_visible_child (stack);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    inb_accessible_set_hidden (child, child != visible);
}

static void
on_view_turned (AdwViewStack *stack)
{
  GtkWidget *visible = adw_view_stack_get_visible_child (stack);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    inb_accessible_set_hidden (child, child != visible);
}

static void
on_revealed (GtkRevealer *revealer)
{
  GtkWidget *child = gtk_revealer_get_child (revealer);

  if (child != NULL)
    inb_accessible_set_hidden (child, !gtk_revealer_get_reveal_child (revealer));
}

void
inb_accessible_follow_stack (GtkStack *stack)
{
  g_return_if_fail (GTK_IS_STACK (stack));

  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (on_page_turned), NULL);
  on_page_turned (stack);
}

void
inb_accessible_follow_view_stack (AdwViewStack *stack)
{
  g_return_if_fail (ADW_IS_VIEW_STACK (stack));

  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (on_view_turned), NULL);
  on_view_turned (stack);
}

void
inb_accessible_follow_revealer (GtkRevealer *revealer)
{
  g_return_if_fail (GTK_IS_REVEALER (revealer));

  g_signal_connect (revealer, "notify::reveal-child", G_CALLBACK (on_revealed), NULL);
  on_revealed (revealer);
}

static void
on_selected (GtkDropDown *drop_down)
{
  const char *name = g_object_get_data (G_OBJECT (drop_down), "name");
  gpointer item = gtk_drop_down_get_selected_item (drop_down);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", name, item != NULL ? gtk_string_object_get_string (item) : "–");

  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (drop_down))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

void
inb_accessible_name_drop_down (GtkDropDown *drop_down,
                               const char  *name)
{
  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down) && name != NULL);

  g_object_set_data_full (G_OBJECT (drop_down), "name", g_strdup (name), g_free);
  g_signal_connect (drop_down, "notify::selected", G_CALLBACK (on_selected), NULL);
  on_selected (drop_down);
}

/**
 * inb_accessible_set_reason:
 * @reason: (nullable): why the user may not use it
 */
void
inb_accessible_set_reason (GtkWidget  *widget,
                           const char *reason)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_widget_set_tooltip_text (widget, reason);
  if (reason != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, reason, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}
