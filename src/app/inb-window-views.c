#define G_LOG_DOMAIN "inb-app"

#include "inb-accessible.h"
#include "inb-heat-map-page.h"
#include "inb-trends-page.h"
#include "inb-window-private.h"

#include <glib/gi18n.h>

gboolean
inb_window_shows_leads (InbWindow *self)
{
  return g_strcmp0 (adw_view_stack_get_visible_child_name (self->views), "leads") == 0;
}

/* The figures belong to the table; over the other views, and where it is tight, they step back. */
void
inb_window_update_figures (InbWindow *self)
{
  InbLayout layout = inb_layout_bin_get_layout (self->layout);
  gboolean tight = layout == INB_LAYOUT_NARROW || inb_layout_bin_get_low (self->layout);
  gboolean covered = layout == INB_LAYOUT_NARROW && inb_adaptive_view_get_show_detail (self->view);

  gtk_widget_set_visible (GTK_WIDGET (self->figures_slot), inb_window_shows_leads (self) ? !covered : !tight);
  gtk_widget_set_visible (GTK_WIDGET (self->filter_slot), !inb_window_shows_leads (self) || !covered);
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
on_page_changed (InbWindow *self)
{
  update_switcher (self);
  inb_window_update_offline (self);
  inb_window_update_results (self);
}

static void
on_layout_changed (InbWindow *self)
{
  InbLayout layout = inb_layout_bin_get_layout (self->layout);

  inb_adaptive_view_set_layout (self->view, layout);
  inb_filter_bar_set_narrow (self->filter_bar, layout == INB_LAYOUT_NARROW);
  inb_views_button_set_narrow (self->views_button, layout == INB_LAYOUT_NARROW);
  inb_sync_indicator_set_narrow (self->indicator, layout == INB_LAYOUT_NARROW);
  gtk_widget_set_visible (GTK_WIDGET (self->search_button), layout != INB_LAYOUT_NARROW);
  inb_metrics_grid_set_look (self->metrics, layout == INB_LAYOUT_WIDE ? INB_METRICS_LARGE
                             : layout == INB_LAYOUT_MEDIUM ? INB_METRICS_SMALL : INB_METRICS_ROW);
  inb_window_update_figures (self);
  update_switcher (self);
}

/* Each arriving lead would else cost the rows that nobody sees more than the view that is seen. */
void
inb_window_update_resting (InbWindow *self)
{
  if (self->session != NULL)
    inb_lead_list_set_resting (inb_session_get_list (self->session), !inb_window_shows_leads (self));
}

static void
on_view_changed (InbWindow *self)
{
  inb_window_update_figures (self);
  inb_window_update_resting (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.close-detail",
                                 inb_window_shows_leads (self) && inb_adaptive_view_get_show_detail (self->view));
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

static gboolean
has_keyboard (InbWindow *self,
              GtkWidget *view)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return focus != NULL && gtk_widget_is_ancestor (focus, view);
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
  if (inb_window_shows_leads (self))
    inb_lead_table_focus (self->table);
  /* The stack moves the keyboard there itself where it was in what went; once more would be one too far. */
  else if (!has_keyboard (self, view))
    gtk_widget_child_focus (view, GTK_DIR_TAB_FORWARD);
}

void
inb_window_init_views (InbWindow *self)
{
  add_views (self);
  inb_accessible_follow_view_stack (self->views);
  g_signal_connect_object (self->layout, "layout-changed", G_CALLBACK (on_layout_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->views, "notify::visible-child", G_CALLBACK (on_view_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pages, "page-changed", G_CALLBACK (on_page_changed), self, G_CONNECT_SWAPPED);
}
