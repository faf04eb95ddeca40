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
#include "inb-sync-indicator.h"
#include "inb-trends-page.h"
#include "inb-toaster.h"

#include <glib/gi18n.h>

/* Nobody wants to see that something takes less. */
#define PATIENCE_MSEC 500
#define SHORTCUT_LETTERS "jkeancu" /* next, previous, stage, assign, note, copy, undo */

struct _InbWindow {
  AdwApplicationWindow parent_instance;

  /* Template */
  AdwToastOverlay     *toasts;
  InbLayoutBin        *layout;
  AdwViewSwitcher     *switcher;
  AdwViewSwitcherBar  *switcher_bar;
  AdwWindowTitle      *title;
  InbSyncIndicator    *indicator;
  GtkMenuButton       *menu_button;
  GtkToggleButton     *search_button;
  GtkRevealer         *offline;
  GtkStack            *pages;
  GtkSpinner          *loading_spinner;
  GtkLabel            *webhook_command;
  GtkLabel            *curl_command;
  AdwStatusPage       *error_page;
  GtkExpander         *error_details;
  GtkLabel            *error_text;
  AdwBin              *figures_slot;
  GtkBox              *filter_slot;
  AdwViewStack        *views;
  InbAdaptiveView     *view;

  /* Owned */
  GSettings           *settings;
  InbSession          *session;
  InbToaster          *toaster;

  /* Borrowed: children */
  InbMetricsGrid      *metrics;
  InbFilterBar        *filter_bar;
  GtkStack            *results;       /* the table, or that nothing matches */
  InbLeadTable        *table;
  InbNoResultPage     *no_result;
  InbLeadDetailPane   *pane;

  guint                patience;
  gboolean             impatient;
};

enum {
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static guint lead_shown_signal;

G_DEFINE_FINAL_TYPE (InbWindow, inb_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- which page --------------------------------------------------------------------------------------------------------- */

static gboolean
on_patience_over (gpointer user_data);

static void
show_waiting (InbWindow *self)
{
  if (self->impatient)
    {
      gtk_stack_set_visible_child_name (self->pages, "loading");
      gtk_spinner_start (self->loading_spinner);
      return;
    }

  gtk_stack_set_visible_child_name (self->pages, "blank");
  if (self->patience == 0)
    self->patience = g_timeout_add (PATIENCE_MSEC, on_patience_over, self);
}

static void
show_page (InbWindow  *self,
           const char *name)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  self->impatient = FALSE;
  gtk_spinner_stop (self->loading_spinner);
  gtk_stack_set_visible_child_name (self->pages, name);
}

static void
show_error (InbWindow  *self,
            const char *title,
            const char *advice,
            const char *details)
{
  adw_status_page_set_title (self->error_page, title);
  adw_status_page_set_description (self->error_page, advice);
  gtk_label_set_text (self->error_text, details != NULL ? details : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_details), details != NULL && *details != '\0');
  show_page (self, "error");
}

static void
show_without_leads (InbWindow *self)
{
  InbSyncClient *client = inb_session_get_client (self->session);
  g_autofree char *error = NULL;
  gint64 last_sync;

  g_object_get (client, "last-error", &error, "last-sync", &last_sync, NULL);
  switch (inb_sync_client_get_state (client))
    {
    case INB_SYNC_UNAUTHORIZED:
      show_error (self, _("Access Refused"), _("The token is not valid any more. Ask for a new one and start again with it."),
                  error);
      break;
    case INB_SYNC_OFFLINE:
      if (last_sync > 0)
        show_page (self, "empty");
      else
        show_error (self, _("Cannot Reach the Service"), _("See that it is running and that this computer is online."), error);
      break;
    case INB_SYNC_LIVE:
      show_page (self, "empty");
      break;
    case INB_SYNC_CONNECTING:
    case INB_SYNC_SYNCING:
    default:
      show_waiting (self);
      break;
    }
}

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

/* A filter that matches none is the table's business; nothing is empty before list and figures say the same. */
static gboolean
has_content (InbWindow *self)
{
  InbMetricsWatch *watch = inb_session_get_metrics (self->session);
  const InbMetrics *metrics = inb_metrics_watch_get_metrics (watch);

  if (g_list_model_get_n_items (G_LIST_MODEL (inb_session_get_list (self->session))) > 0)
    return TRUE;
  if (asks_for_some (self))
    return TRUE;

  return metrics != NULL && (metrics->total > 0 || inb_metrics_watch_get_stale (watch));
}

static void
update_page (InbWindow *self)
{
  const GError *error;
  InbSyncState state;
  gboolean content;

  if (self->session == NULL)
    {
      gtk_revealer_set_reveal_child (self->offline, FALSE);
      gtk_widget_set_sensitive (GTK_WIDGET (self->search_button), FALSE);
      show_page (self, "welcome");
      return;
    }

  content = has_content (self);
  error = inb_session_get_error (self->session);
  if (error != NULL)
    show_error (self, _("Cannot Open the Leads on This Computer"),
                _("Perhaps another window has them open. What the service holds is not affected."), error->message);
  else if (content)
    show_page (self, "content");
  else if (inb_lead_list_get_ready (inb_session_get_list (self->session)))
    show_without_leads (self);
  else
    show_waiting (self);

  gtk_widget_set_sensitive (GTK_WIDGET (self->search_button), content);
  gtk_stack_set_visible_child (self->results,
                               matches_none (self) ? GTK_WIDGET (self->no_result) : GTK_WIDGET (self->table));
  state = inb_sync_client_get_state (inb_session_get_client (self->session));
  gtk_revealer_set_reveal_child (self->offline, content && state == INB_SYNC_OFFLINE);
}

static gboolean
on_patience_over (gpointer user_data)
{
  InbWindow *self = user_data;

  self->patience = 0;
  self->impatient = TRUE;
  update_page (self);

  return G_SOURCE_REMOVE;
}

/* --- what the session tells --------------------------------------------------------------------------------------------- */

static void
on_workspace_changed (InbWindow *self)
{
  const char *name = inb_session_get_name (self->session);

  adw_window_title_set_title (self->title, name != NULL ? name : _("Inbound Leads"));
}

static void
on_lead_arrived (InbWindow  *self,
                 const char *lead_id)
{
  if (lead_id != NULL)
    inb_lead_table_note_arrival (self->table, lead_id);
}

static void
fill_commands (InbWindow *self)
{
  const InbSyncAccount *account = inb_session_get_account (self->session);
  const char *server = account->server != NULL ? account->server : "http://127.0.0.1:8787";
  g_autofree char *create = g_strdup_printf ("inbound-leads-service webhook create --workspace %s --name Website",
                                             account->workspace_id);
  g_autofree char *curl = g_strdup_printf ("curl %s/webhooks/ID/KEY -H 'Content-Type: application/json' "
                                           "-d '{\"firstname\":\"Test\",\"lastname\":\"Lead\",\"phone\":\"+1234567890\","
                                           "\"product\":\"Product A\"}'", server);

  gtk_label_set_text (self->webhook_command, create);
  gtk_label_set_text (self->curl_command, curl);
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
  gboolean choice = self->session != NULL && g_list_model_get_n_items (G_LIST_MODEL (pages)) > 1 &&
                    g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "content") == 0;

  gtk_widget_set_visible (GTK_WIDGET (self->switcher), choice && layout != INB_LAYOUT_NARROW);
  adw_view_switcher_set_policy (self->switcher, layout == INB_LAYOUT_WIDE ? ADW_VIEW_SWITCHER_POLICY_WIDE
                                : ADW_VIEW_SWITCHER_POLICY_NARROW);
  adw_view_switcher_bar_set_reveal (self->switcher_bar, choice && layout == INB_LAYOUT_NARROW);
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

/* Beside the table the detail follows the selection; where it would cover the table it waits for Enter or a click. */
static void
on_selected (InbWindow  *self,
             const char *lead_id)
{
  if (inb_adaptive_view_get_show_detail (self->view) && inb_adaptive_view_get_layout (self->view) == INB_LAYOUT_WIDE &&
      lead_id != NULL)
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

  if (self->session == NULL)
    {
      gtk_widget_activate_action (widget, "app.connect-local", NULL);
      return;
    }

  if (inb_session_get_phase (self->session) == INB_SESSION_FAILED)
    inb_session_start (self->session);
  else
    inb_sync_client_retry (inb_session_get_client (self->session));
}

static void
copy_curl (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  InbWindow *self = INB_WINDOW (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), gtk_label_get_text (self->curl_command));
  on_copied (self, _("Command copied"));
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

  g_clear_handle_id (&self->patience, g_source_remove);
  if (self->view != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->view, self);
      inb_window_set_session (self, NULL);
    }
  self->view = NULL;
  g_clear_object (&self->toaster);
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
  g_type_ensure (INB_TYPE_SYNC_INDICATOR);

  gtk_widget_class_install_action (widget_class, "win.close-detail", NULL, close_detail);
  gtk_widget_class_install_action (widget_class, "win.show-view", "s", show_view);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search);
  gtk_widget_class_install_action (widget_class, "win.clear-filter", NULL, clear_filter);
  gtk_widget_class_install_action (widget_class, "win.focus-leads", NULL, focus_leads);
  gtk_widget_class_install_action (widget_class, "win.retry", NULL, retry);
  gtk_widget_class_install_action (widget_class, "win.copy-curl", NULL, copy_curl);
  gtk_widget_class_install_action (widget_class, "win.move", "i", move_selection);
  gtk_widget_class_install_action (widget_class, "win.open-lead", "s", open_lead);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_j, 0, "win.move", "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_k, 0, "win.move", "i", -1);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-window.ui");
  gtk_widget_class_bind_template_child (widget_class, InbWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, layout);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, title);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, indicator);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, offline);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, loading_spinner);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, webhook_command);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, curl_command);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, error_details);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, error_text);
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

  inb_accessible_follow_stack (self->pages);
  inb_accessible_follow_revealer (self->offline);
  self->metrics = g_object_new (INB_TYPE_METRICS_GRID, NULL);
  self->table = g_object_new (INB_TYPE_LEAD_TABLE, NULL);
  self->pane = g_object_new (INB_TYPE_LEAD_DETAIL_PANE, NULL);
  self->results = GTK_STACK (gtk_stack_new ());
  self->no_result = g_object_new (INB_TYPE_NO_RESULT_PAGE, NULL);
  self->filter_bar = g_object_new (INB_TYPE_FILTER_BAR, NULL);
  self->toaster = inb_toaster_new (self->toasts);
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
  g_signal_connect_object (self->table, "copied", G_CALLBACK (on_copied), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pane, "copied", G_CALLBACK (on_copied), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->layout, "layout-changed", G_CALLBACK (on_layout_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->views, "notify::visible-child", G_CALLBACK (on_view_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pages, "notify::visible-child", G_CALLBACK (update_switcher), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "detail-changed", G_CALLBACK (on_detail_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "resized", G_CALLBACK (on_detail_resized), self, G_CONNECT_SWAPPED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.close-detail", FALSE);
  update_page (self);
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
      g_signal_handlers_disconnect_by_data (inb_session_get_metrics (self->session), self);
      g_signal_handlers_disconnect_by_data (inb_session_get_client (self->session), self);
      g_signal_handlers_disconnect_by_data (inb_session_get_list (self->session), self);
    }
  show_detail (self, NULL);
  inb_lead_table_set_session (self->table, NULL);
  inb_lead_detail_pane_set_session (self->pane, session);
  inb_filter_bar_set_session (self->filter_bar, session);
  inb_no_result_page_set_session (self->no_result, session);
  inb_sync_indicator_set_session (self->indicator, session);
  inb_metrics_grid_set_session (self->metrics, session);
  g_set_object (&self->session, session);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
  if (session == NULL)
    {
      update_page (self);
      return;
    }

  inb_lead_table_set_session (self->table, session);
  g_signal_connect_object (inb_session_get_list (session), "items-changed", G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_list (session), "notify::ready", G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_client (session), "notify::state", G_CALLBACK (update_page), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_metrics (session), "changed", G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "filter-changed", G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "phase-changed", G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "workspace-changed", G_CALLBACK (on_workspace_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "lead-arrived", G_CALLBACK (on_lead_arrived), self, G_CONNECT_SWAPPED);
  fill_commands (self);
  on_workspace_changed (self);
  update_page (self);
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
