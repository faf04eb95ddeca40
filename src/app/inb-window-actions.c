#define G_LOG_DOMAIN "inb-app"

#include "inb-window-private.h"

#define SHORTCUT_LETTERS "jkeancu" /* next, previous, stage, assign, note, copy, undo */

static void
close_detail (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  inb_adaptive_view_set_show_detail (INB_WINDOW (widget)->view, FALSE);
}

/* Before the toast overlay, which takes every Escape to itself, toast or not; but a popover closes first. */
static gboolean
on_key_pressed (InbWindow       *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (keyval != GDK_KEY_Escape || (state & gtk_accelerator_get_default_mod_mask ()) != 0 ||
      !inb_window_shows_leads (self) || !inb_adaptive_view_get_show_detail (self->view) ||
      (focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL))
    return GDK_EVENT_PROPAGATE;

  /* What is being typed goes first. */
  if ((GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus)) && gtk_widget_activate_action (focus, "edit.cancel", NULL))
    return GDK_EVENT_STOP;

  inb_adaptive_view_set_show_detail (self->view, FALSE);

  return GDK_EVENT_STOP;
}

static void
show_view (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  inb_window_show_view (INB_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
search (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  InbWindow *self = INB_WINDOW (widget);

  if (gtk_widget_get_sensitive (GTK_WIDGET (self->search_button)))
    inb_filter_bar_start_search (self->filter_bar);
}

static void
clear_filter (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  inb_filter_bar_clear (INB_WINDOW (widget)->filter_bar);
}

static void
focus_leads (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  inb_lead_table_focus (INB_WINDOW (widget)->table);
}

static void
retry (GtkWidget  *widget,
       const char *action_name,
       GVariant   *parameter)
{
  InbWindow *self = INB_WINDOW (widget);

  if (self->workspaces != NULL)
    inb_workspaces_retry (self->workspaces);
  else if (self->session != NULL)
    inb_sync_client_retry (inb_session_get_client (self->session));
}

/* Of what is open, else of the current row; wherever the keyboard is. */
static void
copy_phone (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  InbWindow *self = INB_WINDOW (widget);

  if (!inb_window_shows_leads (self))
    return;

  if (inb_adaptive_view_get_show_detail (self->view))
    inb_lead_detail_pane_copy_phone (self->pane);
  else
    gtk_widget_activate_action (GTK_WIDGET (self->table), "table.copy-phone", NULL);
}

static void
move_selection (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  inb_lead_table_move (INB_WINDOW (widget)->table, g_variant_get_int32 (parameter));
}

static void
open_lead (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  inb_window_open_lead (INB_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* By number, from the menu's top. */
static void
apply_view (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  InbWindow *self = INB_WINDOW (widget);

  inb_views_button_apply_number (self->views_button, (guint) g_variant_get_int32 (parameter));
}

void
inb_window_class_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.close-detail", NULL, close_detail);
  gtk_widget_class_install_action (widget_class, "win.show-view", "s", show_view);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search);
  gtk_widget_class_install_action (widget_class, "win.clear-filter", NULL, clear_filter);
  gtk_widget_class_install_action (widget_class, "win.focus-leads", NULL, focus_leads);
  gtk_widget_class_install_action (widget_class, "win.retry", NULL, retry);
  gtk_widget_class_install_action (widget_class, "win.copy-phone", NULL, copy_phone);
  gtk_widget_class_install_action (widget_class, "win.move", "i", move_selection);
  gtk_widget_class_install_action (widget_class, "win.open-lead", "s", open_lead);
  gtk_widget_class_install_action (widget_class, "win.apply-view", "i", apply_view);
  for (guint i = 1; i <= 9; i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0 + i, GDK_ALT_MASK, "win.apply-view", "i", (int) i);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, 0, "win.copy-phone", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_j, 0, "win.move", "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_k, 0, "win.move", "i", -1);
}

void
inb_window_init_actions (InbWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  inb_filter_bar_capture_keys (self->filter_bar, GTK_WIDGET (self), SHORTCUT_LETTERS);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.close-detail", FALSE);
}
