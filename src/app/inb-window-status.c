#define G_LOG_DOMAIN "inb-app"

#include "inb-window-private.h"

static gboolean
asks_for_some (InbWindow *self)
{
  return !inb_lead_filter_is_empty (inb_session_get_filter (self->session)) || inb_session_get_contacts (self->session);
}

static gboolean
matches_none (InbWindow *self)
{
  InbLeadList *list = inb_session_get_list (self->session);

  return asks_for_some (self) && inb_lead_list_get_ready (list) && g_list_model_get_n_items (G_LIST_MODEL (list)) == 0;
}

/* The keyboard begins in the table, unless the user has already put it somewhere. */
static void
focus_first_rows (InbWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (self->had_rows || self->session == NULL || !inb_window_shows_leads (self) ||
      !inb_state_pages_get_shows_content (self->pages) ||
      g_list_model_get_n_items (G_LIST_MODEL (inb_session_get_list (self->session))) == 0)
    return;

  self->had_rows = TRUE;
  if (focus == NULL || gtk_widget_get_ancestor (focus, ADW_TYPE_HEADER_BAR) != NULL)
    inb_lead_table_focus (self->table);
}

void
inb_window_update_results (InbWindow *self)
{
  gboolean shows_content = inb_state_pages_get_shows_content (self->pages);

  gtk_widget_set_sensitive (GTK_WIDGET (self->search_button), shows_content);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.search", shows_content);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.clear-filter", self->session != NULL && asks_for_some (self));
  if (self->session != NULL)
    gtk_stack_set_visible_child (self->results,
                                 matches_none (self) ? GTK_WIDGET (self->no_result) : GTK_WIDGET (self->table));
  focus_first_rows (self);
}

void
inb_window_update_offline (InbWindow *self)
{
  gboolean offline = self->session != NULL &&
                     inb_sync_client_get_state (inb_session_get_client (self->session)) == INB_SYNC_OFFLINE;

  gtk_revealer_set_reveal_child (self->offline, offline && inb_state_pages_get_shows_content (self->pages));
}

/* Until the workspace has told its name it is called what the user asked for, unless that means nothing to him. (nullable) */
static const char *
get_workspace_name (InbSession *session)
{
  const char *name = inb_session_get_name (session);
  const char *id = inb_session_get_account (session)->workspace_id;

  if (name != NULL)
    return name;

  return id != NULL && *id != '\0' && !g_uuid_string_is_valid (id) ? id : NULL;
}

void
inb_window_update_workspace (InbWindow *self)
{
  inb_workspace_switcher_set_name (self->workspace_switcher, self->session != NULL ? get_workspace_name (self->session) : NULL);
}
