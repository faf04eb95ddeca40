#define G_LOG_DOMAIN "inb-app"

#include "inb-window.h"

#include "inb-accessible.h"
#include "inb-adaptive-view.h"
#include "inb-filter-bar.h"
#include "inb-heat-map-page.h"
#include "inb-lead-detail-pane.h"
#include "inb-lead-table.h"
#include "inb-metrics-grid.h"
#include "inb-no-result-page.h"
#include "inb-state-pages.h"
#include "inb-sync-indicator.h"
#include "inb-trends-page.h"
#include "inb-toaster.h"
#include "inb-workspace-switcher.h"

#include <glib/gi18n.h>

#define SHORTCUT_LETTERS "jkeancu" /* next, previous, stage, assign, note, copy, undo */

struct _InbWindow {
  AdwApplicationWindow parent_instance;

  /* Template */
  AdwToastOverlay     *toasts;
  InbLayoutBin        *layout;
  AdwViewSwitcher     *switcher;
  AdwViewSwitcherBar  *switcher_bar;
  InbWorkspaceSwitcher *workspace_switcher;
  InbSyncIndicator    *indicator;
  GtkMenuButton       *menu_button;
  GtkToggleButton     *search_button;
  GtkRevealer         *offline;
  InbStatePages       *pages;
  AdwBin              *figures_slot;
  GtkBox              *filter_slot;
  AdwViewStack        *views;
  InbAdaptiveView     *view;

  /* Owned */
  GSettings           *settings;
  InbWorkspaces       *workspaces;
  InbSession          *session;
  InbToaster          *toaster;
  InbLatency          *latency;

  /* Borrowed: children */
  InbMetricsGrid      *metrics;
  InbFilterBar        *filter_bar;
  GtkStack            *results;       /* the table, or that nothing matches */
  InbLeadTable        *table;
  InbNoResultPage     *no_result;
  InbLeadDetailPane   *pane;
};

enum {
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static guint lead_shown_signal;

G_DEFINE_FINAL_TYPE (InbWindow, inb_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- a filter that matches none ------------------------------------------------------------------------------------------ */

static gboolean
matches_none (InbWindow *self)
{
  InbLeadList *list = inb_session_get_list (self->session);
  gboolean asks_for_some = !inb_lead_filter_is_empty (inb_session_get_filter (self->session)) ||
                           inb_session_get_contacts (self->session);

  return asks_for_some && inb_lead_list_get_ready (list) && g_list_model_get_n_items (G_LIST_MODEL (list)) == 0;
}

static void
update_results (InbWindow *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->search_button), inb_state_pages_get_shows_content (self->pages));
  if (self->session != NULL)
    gtk_stack_set_visible_child (self->results,
                                 matches_none (self) ? GTK_WIDGET (self->no_result) : GTK_WIDGET (self->table));
}

/* --- what the session tells --------------------------------------------------------------------------------------------- */

static void
on_workspace_changed (InbWindow *self)
{
  inb_workspace_switcher_set_name (self->workspace_switcher, self->session != NULL ? inb_session_get_name (self->session) : NULL);
}

/* --- views and room ----------------------------------------------------------------------------------------------------- */

static gboolean
shows_leads (InbWindow *self)
{
  return g_strcmp0 (adw_view_stack_get_visible_child_name (self->views), "leads") == 0;
}

/* The figures belong to the table; over the other views, and where it is tight, they step back. */
static void
update_figures (InbWindow *self)
{
  InbLayout layout = inb_layout_bin_get_layout (self->layout);
  gboolean tight = layout == INB_LAYOUT_NARROW || inb_layout_bin_get_low (self->layout);
  gboolean covered = layout == INB_LAYOUT_NARROW && inb_adaptive_view_get_show_detail (self->view);

  gtk_widget_set_visible (GTK_WIDGET (self->figures_slot), shows_leads (self) ? !covered : !tight);
  gtk_widget_set_visible (GTK_WIDGET (self->filter_slot), !shows_leads (self) || !covered);
}

static void
update_switcher (InbWindow *self)
{
  InbLayout layout = inb_layout_bin_get_layout (self->layout);
  g_autoptr (GtkSelectionModel) pages = adw_view_stack_get_pages (self->views);
  gboolean choice = g_list_model_get_n_items (G_LIST_MODEL (pages)) > 1 && inb_layout_bin_get_known (self->layout) &&
                    inb_state_pages_get_shows_content (self->pages);

  gtk_widget_set_visible (GTK_WIDGET (self->switcher), choice && layout != INB_LAYOUT_NARROW);
  adw_view_switcher_set_policy (self->switcher, layout == INB_LAYOUT_WIDE ? ADW_VIEW_SWITCHER_POLICY_WIDE
                                : ADW_VIEW_SWITCHER_POLICY_NARROW);
  adw_view_switcher_bar_set_reveal (self->switcher_bar, choice && layout == INB_LAYOUT_NARROW);
  inb_accessible_set_hidden (GTK_WIDGET (self->switcher_bar), !choice || layout != INB_LAYOUT_NARROW);
}

static void
update_offline (InbWindow *self)
{
  gboolean offline = self->session != NULL &&
                     inb_sync_client_get_state (inb_session_get_client (self->session)) == INB_SYNC_OFFLINE;

  gtk_revealer_set_reveal_child (self->offline, offline && inb_state_pages_get_shows_content (self->pages));
}

static void
on_page_changed (InbWindow *self)
{
  update_switcher (self);
  update_offline (self);
  update_results (self);
}

static void
on_layout_changed (InbWindow *self)
{
  InbLayout layout = inb_layout_bin_get_layout (self->layout);

  inb_adaptive_view_set_layout (self->view, layout);
  inb_filter_bar_set_narrow (self->filter_bar, layout == INB_LAYOUT_NARROW);
  gtk_widget_set_visible (GTK_WIDGET (self->search_button), layout != INB_LAYOUT_NARROW);
  inb_metrics_grid_set_look (self->metrics, layout == INB_LAYOUT_WIDE ? INB_METRICS_LARGE
                             : layout == INB_LAYOUT_MEDIUM ? INB_METRICS_SMALL : INB_METRICS_ROW);
  update_figures (self);
  update_switcher (self);
}

static void
on_view_changed (InbWindow *self)
{
  update_figures (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.close-detail",
                                 shows_leads (self) && inb_adaptive_view_get_show_detail (self->view));
}

/* A view is a widget with a property "session" (nullable), which follows the window's. */
static void
add_view (InbWindow  *self,
          GType       type,
          const char *name,
          const char *title,
          const char *icon_name)
{
  GtkWidget *view = g_object_new (type, NULL);

  adw_view_stack_add_titled_with_icon (self->views, view, name, title, icon_name);
  g_object_bind_property (self, "session", view, "session", G_BINDING_SYNC_CREATE);
}

/* Ctrl+1, Ctrl+2, … in this order, after the leads. */
static void
add_views (InbWindow *self)
{
  add_view (self, INB_TYPE_HEAT_MAP_PAGE, "heat-map", _("Heat Map"), "inb-heat-map-symbolic");
  add_view (self, INB_TYPE_TRENDS_PAGE, "trends", _("Trends"), "inb-trends-symbolic");
}

/* --- table and detail --------------------------------------------------------------------------------------------------- */

static void
set_lead (InbWindow  *self,
          const char *lead_id)
{
  inb_lead_detail_pane_set_lead (self->pane, lead_id);
  if (lead_id != NULL)
    g_signal_emit (self, lead_shown_signal, 0, lead_id);
}

static void
show_detail (InbWindow  *self,
             const char *lead_id)
{
  set_lead (self, lead_id);
  inb_adaptive_view_set_show_detail (self->view, lead_id != NULL);
}

static void
show_contact (InbWindow  *self,
              const char *contact_id)
{
  inb_lead_detail_pane_set_contact (self->pane, contact_id);
  inb_adaptive_view_set_show_detail (self->view, TRUE);
}

/* The open contact may just have become a lead. */
static void
on_lead_arrived (InbWindow  *self,
                 const char *lead_id,
                 const char *contact_id)
{
  if (lead_id == NULL)
    return;

  inb_lead_table_note_arrival (self->table, lead_id);
  if (contact_id != NULL && g_strcmp0 (inb_lead_detail_pane_get_contact (self->pane), contact_id) == 0)
    set_lead (self, lead_id);
}

/* Beside the table the detail follows the selection; where it would cover the table it waits for Enter or a click. */
static void
on_selected (InbWindow  *self,
             const char *lead_id)
{
  if (!inb_adaptive_view_get_show_detail (self->view) || inb_adaptive_view_get_layout (self->view) != INB_LAYOUT_WIDE ||
      lead_id == NULL)
    return;

  if (inb_lead_table_get_contacts (self->table))
    inb_lead_detail_pane_set_contact (self->pane, lead_id);
  else
    set_lead (self, lead_id);
}

static void
on_detail_changed (InbWindow *self)
{
  if (!inb_adaptive_view_get_show_detail (self->view))
    inb_lead_table_focus (self->table);
  update_figures (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.close-detail", inb_adaptive_view_get_show_detail (self->view));
}

static void
on_detail_resized (InbWindow *self,
                   int        width)
{
  g_settings_set_int (self->settings, "detail-width", width);
}

static void
on_copied (InbWindow  *self,
           const char *what)
{
  inb_toaster_say (self->toaster, what);
}

/* --- actions ------------------------------------------------------------------------------------------------------------ */

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
      !shows_leads (self) || !inb_adaptive_view_get_show_detail (self->view) ||
      (focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL))
    return GDK_EVENT_PROPAGATE;

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

  if (!shows_leads (self))
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
  g_type_ensure (INB_TYPE_LAYOUT_BIN);
  g_type_ensure (INB_TYPE_STATE_PAGES);
  g_type_ensure (INB_TYPE_SYNC_INDICATOR);
  g_type_ensure (INB_TYPE_WORKSPACE_SWITCHER);

  gtk_widget_class_install_action (widget_class, "win.close-detail", NULL, close_detail);
  gtk_widget_class_install_action (widget_class, "win.show-view", "s", show_view);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search);
  gtk_widget_class_install_action (widget_class, "win.clear-filter", NULL, clear_filter);
  gtk_widget_class_install_action (widget_class, "win.focus-leads", NULL, focus_leads);
  gtk_widget_class_install_action (widget_class, "win.retry", NULL, retry);
  gtk_widget_class_install_action (widget_class, "win.copy-phone", NULL, copy_phone);
  gtk_widget_class_install_action (widget_class, "win.move", "i", move_selection);
  gtk_widget_class_install_action (widget_class, "win.open-lead", "s", open_lead);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, 0, "win.copy-phone", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_j, 0, "win.move", "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_k, 0, "win.move", "i", -1);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-window.ui");
  gtk_widget_class_bind_template_child (widget_class, InbWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, layout);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, workspace_switcher);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, indicator);
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
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);

  inb_accessible_follow_revealer (self->offline);
  self->metrics = g_object_new (INB_TYPE_METRICS_GRID, NULL);
  self->table = g_object_new (INB_TYPE_LEAD_TABLE, NULL);
  self->pane = g_object_new (INB_TYPE_LEAD_DETAIL_PANE, NULL);
  self->results = GTK_STACK (gtk_stack_new ());
  self->no_result = g_object_new (INB_TYPE_NO_RESULT_PAGE, NULL);
  self->filter_bar = g_object_new (INB_TYPE_FILTER_BAR, NULL);
  self->toaster = inb_toaster_new (self->toasts);
  self->latency = inb_latency_new (GTK_WIDGET (self));
  inb_sync_indicator_set_latency (self->indicator, self->latency);
  adw_bin_set_child (self->figures_slot, GTK_WIDGET (self->metrics));
  add_views (self);
  inb_accessible_follow_view_stack (self->views);
  gtk_stack_add_child (self->results, GTK_WIDGET (self->table));
  gtk_stack_add_child (self->results, GTK_WIDGET (self->no_result));
  inb_accessible_follow_stack (self->results);
  inb_adaptive_view_set_content (self->view, GTK_WIDGET (self->results));
  gtk_box_append (self->filter_slot, GTK_WIDGET (self->filter_bar));
  inb_filter_bar_capture_keys (self->filter_bar, GTK_WIDGET (self), SHORTCUT_LETTERS);
  g_object_bind_property (self->filter_bar, "search-mode", self->search_button, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  inb_adaptive_view_set_detail (self->view, GTK_WIDGET (self->pane));
  g_signal_connect_object (self->table, "selected", G_CALLBACK (on_selected), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "opened", G_CALLBACK (show_detail), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "contact-opened", G_CALLBACK (show_contact), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "copied", G_CALLBACK (on_copied), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pane, "copied", G_CALLBACK (on_copied), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->layout, "layout-changed", G_CALLBACK (on_layout_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->views, "notify::visible-child", G_CALLBACK (on_view_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pages, "page-changed", G_CALLBACK (on_page_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pages, "copied", G_CALLBACK (on_copied), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "detail-changed", G_CALLBACK (on_detail_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "resized", G_CALLBACK (on_detail_resized), self, G_CONNECT_SWAPPED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.close-detail", FALSE);
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
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      g_signal_handlers_disconnect_by_data (inb_session_get_client (self->session), self);
      g_signal_handlers_disconnect_by_data (inb_session_get_list (self->session), self);
    }
  show_detail (self, NULL);
  inb_lead_table_set_session (self->table, NULL);
  inb_lead_detail_pane_set_session (self->pane, session);
  inb_filter_bar_set_session (self->filter_bar, session);
  inb_no_result_page_set_session (self->no_result, session);
  inb_latency_set_session (self->latency, session);
  inb_sync_indicator_set_session (self->indicator, session);
  inb_metrics_grid_set_session (self->metrics, session);
  g_set_object (&self->session, session);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
  inb_state_pages_set_session (self->pages, session);
  on_workspace_changed (self);
  update_offline (self);
  if (session == NULL)
    return;

  inb_lead_table_set_session (self->table, session);
  g_signal_connect_object (inb_session_get_list (session), "items-changed", G_CALLBACK (update_results), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_list (session), "notify::ready", G_CALLBACK (update_results), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "filter-changed", G_CALLBACK (update_results), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_client (session), "notify::state", G_CALLBACK (update_offline), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "workspace-changed", G_CALLBACK (on_workspace_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "lead-arrived", G_CALLBACK (on_lead_arrived), self, G_CONNECT_SWAPPED);
  update_results (self);
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
  show_detail (self, lead_id);
}

/**
 * inb_window_show_view:
 * @name: "leads", "heat-map", "trends"; one that is not there is passed over
 */
void
inb_window_show_view (InbWindow  *self,
                      const char *name)
{
  GtkWidget *view;

  g_return_if_fail (INB_IS_WINDOW (self) && name != NULL);

  view = adw_view_stack_get_child_by_name (self->views, name);
  if (view == NULL)
    return;

  adw_view_stack_set_visible_child (self->views, view);
  if (shows_leads (self))
    inb_lead_table_focus (self->table);
  else
    gtk_widget_child_focus (view, GTK_DIR_TAB_FORWARD);
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
