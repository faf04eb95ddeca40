#define G_LOG_DOMAIN "inb-app"

#include "inb-window-private.h"

#include "inb-accessible.h"
#include "inb-focus-guard.h"
#include "inb-trends-page.h"

enum {
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static guint lead_shown_signal;

G_DEFINE_FINAL_TYPE (InbWindow, inb_window, ADW_TYPE_APPLICATION_WINDOW)

static void
on_copied (InbWindow  *self,
           const char *what)
{
  inb_toaster_say (self->toaster, what);
}

void
inb_window_tell_shown (InbWindow  *self,
                       const char *lead_id)
{
  g_signal_emit (self, lead_shown_signal, 0, lead_id);
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
apply_compact (InbWindow *self)
{
  if (g_settings_get_boolean (self->settings, "compact-rows"))
    gtk_widget_add_css_class (GTK_WIDGET (self->table), "compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->table), "compact");
}

static void
use_settings (InbWindow *self)
{
  g_autoptr (GAction) compact = g_settings_create_action (self->settings, "compact-rows");

  inb_lead_table_set_settings (self->table, self->settings);
  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  /* The layout tells of itself only when it is another than the widest. */
  gtk_widget_set_visible (GTK_WIDGET (self->search_button), g_settings_get_int (self->settings, "window-width") >= 600);
  inb_adaptive_view_set_detail_width (self->view, g_settings_get_int (self->settings, "detail-width"));
  g_signal_connect_object (self->settings, "changed::compact-rows", G_CALLBACK (apply_compact), self, G_CONNECT_SWAPPED);
  apply_compact (self);
  g_action_map_add_action (G_ACTION_MAP (self), compact);
}

static void
inb_window_dispose (GObject *object)
{
  InbWindow *self = INB_WINDOW (object);

  if (self->view != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->view, self);
      inb_window_set_session (self, NULL);
    }
  self->view = NULL;
  g_clear_object (&self->toaster);
  if (self->latency != NULL)
    inb_latency_set_session (self->latency, NULL);
  g_clear_object (&self->latency);
  g_clear_object (&self->workspaces);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (inb_window_parent_class)->dispose (object);
}

static void
inb_window_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, INB_WINDOW (object)->session);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_window_class_init (InbWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = inb_window_dispose;
  object_class->get_property = inb_window_get_property;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, INB_TYPE_SESSION,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  lead_shown_signal = g_signal_new ("lead-shown", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (INB_TYPE_ADAPTIVE_VIEW);
  g_type_ensure (INB_TYPE_IMPORT_DROP);
  g_type_ensure (INB_TYPE_LAYOUT_BIN);
  g_type_ensure (INB_TYPE_STATE_PAGES);
  g_type_ensure (INB_TYPE_SYNC_INDICATOR);
  g_type_ensure (INB_TYPE_WORKSPACE_SWITCHER);
  inb_window_class_install_actions (widget_class);
  inb_window_class_install_edit_actions (widget_class);
  inb_window_class_install_admin_actions (widget_class);
  inb_window_class_install_palette (widget_class);
  inb_window_class_install_merge_actions (widget_class);
  inb_window_class_install_import_actions (widget_class);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-window.ui");
  gtk_widget_class_bind_template_child (widget_class, InbWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, import_drop);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, layout);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, workspace_switcher);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, indicator);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, offline);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, figures_slot);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, filter_slot);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, views);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, view);
}

static void
inb_window_init (InbWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  inb_focus_guard_watch (GTK_WINDOW (self));
  inb_accessible_follow_revealer (self->offline);
  self->metrics = g_object_new (INB_TYPE_METRICS_GRID, NULL);
  self->table = g_object_new (INB_TYPE_LEAD_TABLE, NULL);
  self->pane = g_object_new (INB_TYPE_LEAD_DETAIL_PANE, NULL);
  self->results = GTK_STACK (gtk_stack_new ());
  self->no_result = g_object_new (INB_TYPE_NO_RESULT_PAGE, NULL);
  self->filter_bar = g_object_new (INB_TYPE_FILTER_BAR, NULL);
  self->toaster = inb_toaster_new (self->toasts);
  self->latency = inb_latency_new (GTK_WIDGET (self->results));
  inb_sync_indicator_set_latency (self->indicator, self->latency);
  adw_bin_set_child (self->figures_slot, GTK_WIDGET (self->metrics));
  gtk_stack_add_child (self->results, GTK_WIDGET (self->table));
  gtk_stack_add_child (self->results, GTK_WIDGET (self->no_result));
  inb_accessible_follow_stack (self->results);
  inb_adaptive_view_set_content (self->view, GTK_WIDGET (self->results));
  gtk_box_append (self->filter_slot, GTK_WIDGET (self->filter_bar));
  self->views_button = inb_views_button_new (self->table);
  inb_filter_bar_add_end (self->filter_bar, GTK_WIDGET (self->views_button));
  g_object_bind_property (self->filter_bar, "search-mode", self->search_button, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->table, "copied", G_CALLBACK (on_copied), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pane, "copied", G_CALLBACK (on_copied), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pages, "copied", G_CALLBACK (on_copied), self, G_CONNECT_SWAPPED);
  inb_window_init_views (self);
  inb_window_init_detail (self);
  inb_window_init_actions (self);
  inb_window_init_import (self);
  inb_window_update_results (self);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_window_new:
 * @settings: of the program; size and look are kept in it
 *
 * Returns: (transfer none): a window that the application owns
 */
InbWindow *
inb_window_new (GtkApplication *application,
                GSettings      *settings)
{
  InbWindow *self = g_object_new (INB_TYPE_WINDOW, "application", application, NULL);

  self->settings = g_object_ref (settings);
  use_settings (self);
  inb_trends_page_set_settings (INB_TRENDS_PAGE (adw_view_stack_get_child_by_name (self->views, "trends")), settings);

  return self;
}

static void
forget_session (InbWindow *self)
{
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_signal_handlers_disconnect_by_data (inb_session_get_client (self->session), self);
  g_signal_handlers_disconnect_by_data (inb_session_get_list (self->session), self);
  g_signal_handlers_disconnect_by_data (inb_session_get_replica (self->session), self);
  inb_lead_list_set_resting (inb_session_get_list (self->session), FALSE);
  inb_window_forget_edits (self);
  inb_window_leave_import (self);
}

static void
follow_session (InbWindow *self)
{
  InbLeadList *list = inb_session_get_list (self->session);
  InbSyncClient *client = inb_session_get_client (self->session);

  g_signal_connect_object (list, "items-changed", G_CALLBACK (inb_window_update_results), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "notify::ready", G_CALLBACK (inb_window_update_results), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "filter-changed", G_CALLBACK (inb_window_update_results), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::state", G_CALLBACK (inb_window_update_offline), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "workspace-changed", G_CALLBACK (inb_window_update_workspace), self,
                           G_CONNECT_SWAPPED);
  inb_window_follow_arrivals (self);
}

/**
 * inb_window_set_session:
 * @session: (nullable): what to show
 */
void
inb_window_set_session (InbWindow  *self,
                        InbSession *session)
{
  g_return_if_fail (INB_IS_WINDOW (self));

  if (self->session != NULL)
    forget_session (self);
  inb_window_show_detail (self, NULL);
  inb_lead_table_set_session (self->table, NULL);
  inb_lead_detail_pane_set_session (self->pane, session);
  inb_filter_bar_set_session (self->filter_bar, session);
  inb_no_result_page_set_session (self->no_result, session);
  inb_latency_set_session (self->latency, session);
  inb_sync_indicator_set_session (self->indicator, session);
  inb_metrics_grid_set_session (self->metrics, session);
  g_set_object (&self->session, session);
  self->had_rows = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
  inb_state_pages_set_session (self->pages, session);
  inb_window_update_workspace (self);
  inb_window_update_offline (self);
  inb_window_follow_edits (self);
  inb_window_follow_role (self);
  inb_window_update_merge (self);
  if (session == NULL)
    {
      inb_views_button_set_session (self->views_button, NULL);
      return;
    }

  inb_lead_table_set_session (self->table, session);
  inb_views_button_set_session (self->views_button, session);
  follow_session (self);
  inb_window_update_resting (self);
  inb_window_update_results (self);
}

/**
 * inb_window_set_workspaces:
 * @workspaces: what can be shown
 */
void
inb_window_set_workspaces (InbWindow     *self,
                           InbWorkspaces *workspaces)
{
  g_return_if_fail (INB_IS_WINDOW (self));

  g_set_object (&self->workspaces, workspaces);
  inb_workspace_switcher_set_workspaces (self->workspace_switcher, workspaces);
  inb_connect_page_set_workspaces (inb_state_pages_get_connect_page (self->pages), workspaces);
}

/**
 * inb_window_connect:
 * @link: (nullable): what the form is filled with
 */
void
inb_window_connect (InbWindow            *self,
                    const InbConnectLink *link)
{
  InbConnectPage *page;

  g_return_if_fail (INB_IS_WINDOW (self));

  page = inb_state_pages_get_connect_page (self->pages);
  if (link != NULL)
    inb_connect_page_fill (page, link, self->session != NULL);
  else
    inb_connect_page_start (page, self->session != NULL);
  inb_state_pages_set_connecting (self->pages, TRUE);
}

void
inb_window_sign_in (InbWindow           *self,
                    const InbConnection *connection)
{
  g_return_if_fail (INB_IS_WINDOW (self) && connection != NULL);

  inb_connect_page_sign_in (inb_state_pages_get_connect_page (self->pages), connection, TRUE);
  inb_state_pages_set_connecting (self->pages, TRUE);
}

void
inb_window_say (InbWindow  *self,
                const char *text)
{
  g_return_if_fail (INB_IS_WINDOW (self));

  inb_toaster_say (self->toaster, text);
}

InbSession *
inb_window_get_session (InbWindow *self)
{
  g_return_val_if_fail (INB_IS_WINDOW (self), NULL);

  return self->session;
}

void
inb_window_open_lead (InbWindow  *self,
                      const char *lead_id)
{
  g_return_if_fail (INB_IS_WINDOW (self));
  g_return_if_fail (lead_id != NULL);

  if (self->session == NULL)
    return;

  inb_window_show_view (self, "leads");
  inb_lead_table_select (self->table, lead_id);
  inb_window_show_detail (self, lead_id);
}

/**
 * inb_window_announce:
 * @lead_id: (nullable): what the toast's button opens
 */
void
inb_window_announce (InbWindow  *self,
                     const char *text,
                     const char *lead_id)
{
  g_return_if_fail (INB_IS_WINDOW (self));

  inb_toaster_announce (self->toaster, text, lead_id);
}
