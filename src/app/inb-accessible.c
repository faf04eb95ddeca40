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
