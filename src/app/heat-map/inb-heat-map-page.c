#define G_LOG_DOMAIN "inb-app"

#include "inb-heat-map-page-private.h"

#include "inb-accessible.h"
#include "inb-config.h"
#include "inb-heat-map-text.h"
#include "inb-wrap-layout.h"

#include <glib/gi18n.h>

enum {
  PROP_0,
  PROP_SESSION
};

static const guint limits[] = { 5, 10, 20, 50, 0 };

G_DEFINE_FINAL_TYPE (InbHeatMapPage, inb_heat_map_page, ADW_TYPE_BIN)

/* --- what is shown ------------------------------------------------------------------------------------------------------ */

static InbHeatMapMode
get_mode (InbHeatMapPage *self)
{
  return gtk_toggle_button_get_active (self->by_hour) ? INB_HEAT_MAP_WEEKDAY_HOUR : INB_HEAT_MAP_SOURCE_PRODUCT;
}

static void
show_page (InbHeatMapPage *self,
           const char     *name)
{
  gtk_stack_set_visible_child_name (self->pages, name);
  gtk_spinner_set_spinning (self->spinner, g_strcmp0 (name, "loading") == 0);
}

void
inb_heat_map_page_update_picks (InbHeatMapPage *self)
{
  gboolean any = inb_heat_map_picks_is_any (&self->picks);
  g_autofree char *text = inb_heat_map_text_get_picked (self->picks.picked);

  gtk_label_set_text (self->pick_text, text);
  gtk_widget_set_visible (self->pick_bar, any);
  inb_heat_map_view_set_picked (self->view, any ? self->picks.picked : NULL);
}

static void
update_shown (InbHeatMapPage *self)
{
  gboolean as_table = gtk_toggle_button_get_active (self->as_table);
  gboolean filtered;

  if (self->grid == NULL)
    return;

  if (self->grid->map->total.leads == 0)
    {
      filtered = !inb_lead_filter_is_empty (self->picks.base);
      adw_status_page_set_description (self->empty_page, filtered ? _("No lead matches the filters.")
                                                                  : _("They are counted here the moment they arrive."));
      gtk_widget_set_visible (self->clear_filters, filtered);
      show_page (self, "empty");
      return;
    }
  if (as_table)
    inb_heat_map_table_set_data (self->table, self->grid);
  show_page (self, as_table ? "table" : "map");
}

static void
show_grid (InbHeatMapPage *self,
           InbHeatMapGrid *grid)
{
  g_clear_pointer (&self->grid, inb_heat_map_grid_unref);
  self->grid = grid;
  inb_heat_map_view_set_data (self->view, grid);
  inb_heat_map_legend_set_data (self->legend, grid);
  inb_heat_map_page_update_picks (self);
  update_shown (self);
}

static void
on_loaded (InbHeatMapPage *self)
{
  InbHeatMap *map = inb_heat_map_watch_take_map (self->watch);

  if (map != NULL)
    show_grid (self, inb_heat_map_grid_new (map, gtk_drop_down_get_selected (self->measure),
                                            gtk_drop_down_get_selected (self->sort), inb_session_get_currency (self->session)));
}

static void
on_stale (InbHeatMapPage *self)
{
  if (self->grid == NULL)
    show_page (self, "loading");
  else
    inb_heat_map_view_set_stale (self->view, TRUE);
}

static void
on_failed (InbHeatMapPage *self,
           const GError   *error)
{
  adw_status_page_set_description (self->failed_page, error->message);
  show_page (self, "failed");
}

static void
ask (InbHeatMapPage *self)
{
  guint selected = MIN (gtk_drop_down_get_selected (self->limit), G_N_ELEMENTS (limits) - 1);

  if (self->watch != NULL)
    inb_heat_map_watch_set_query (self->watch, self->picks.base, get_mode (self), limits[selected]);
}

/* Which leads, and by what. */
static void
on_control_changed (InbHeatMapPage *self)
{
  gboolean by_product = get_mode (self) == INB_HEAT_MAP_SOURCE_PRODUCT;

  gtk_widget_set_visible (GTK_WIDGET (self->sort), by_product);
  gtk_widget_set_visible (GTK_WIDGET (self->limit), by_product);
  ask (self);
}

/* The same leads shown otherwise. */
static void
on_look_changed (InbHeatMapPage *self)
{
  if (self->grid == NULL || self->session == NULL)
    return;

  if (self->grid->measure == gtk_drop_down_get_selected (self->measure) &&
      self->grid->sort == gtk_drop_down_get_selected (self->sort))
    update_shown (self);
  else
    show_grid (self, inb_heat_map_grid_change (self->grid, gtk_drop_down_get_selected (self->measure),
                                               gtk_drop_down_get_selected (self->sort),
                                               inb_session_get_currency (self->session)));
}

static void
on_filter_changed (InbHeatMapPage *self)
{
  inb_heat_map_picks_follow (&self->picks, inb_session_get_filter (self->session));
  inb_heat_map_page_update_picks (self);
  ask (self);
}

/* --- the widget --------------------------------------------------------------------------------------------------------- */

static void
inb_heat_map_page_map (GtkWidget *widget)
{
  InbHeatMapPage *self = INB_HEAT_MAP_PAGE (widget);

  GTK_WIDGET_CLASS (inb_heat_map_page_parent_class)->map (widget);
  if (self->watch != NULL)
    inb_heat_map_watch_set_active (self->watch, TRUE);
}

static void
inb_heat_map_page_unmap (GtkWidget *widget)
{
  InbHeatMapPage *self = INB_HEAT_MAP_PAGE (widget);

  if (self->watch != NULL)
    inb_heat_map_watch_set_active (self->watch, FALSE);
  GTK_WIDGET_CLASS (inb_heat_map_page_parent_class)->unmap (widget);
}

static gboolean
inb_heat_map_page_grab_focus (GtkWidget *widget)
{
  InbHeatMapPage *self = INB_HEAT_MAP_PAGE (widget);

  return gtk_widget_child_focus (gtk_stack_get_visible_child (self->pages), GTK_DIR_TAB_FORWARD);
}

static void
set_session (InbHeatMapPage *self,
             InbSession     *session)
{
  if (self->session == session)
    return;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->watch != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->watch, self);
      inb_heat_map_watch_set_active (self->watch, FALSE);
    }
  g_clear_object (&self->watch);
  g_clear_object (&self->session);
  inb_heat_map_picks_clear (&self->picks);
  inb_heat_map_picks_init (&self->picks);
  g_clear_pointer (&self->grid, inb_heat_map_grid_unref);
  inb_heat_map_view_set_data (self->view, NULL);
  inb_heat_map_table_set_data (self->table, NULL);
  inb_heat_map_page_update_picks (self);
  show_page (self, "blank");
  if (session == NULL)
    return;

  self->session = g_object_ref (session);
  self->watch = inb_heat_map_watch_new (session);
  g_signal_connect_swapped (self->watch, "loaded", G_CALLBACK (on_loaded), self);
  g_signal_connect_swapped (self->watch, "stale", G_CALLBACK (on_stale), self);
  g_signal_connect_swapped (self->watch, "failed", G_CALLBACK (on_failed), self);
  g_signal_connect_swapped (session, "filter-changed", G_CALLBACK (on_filter_changed), self);
  on_filter_changed (self);
  inb_heat_map_watch_set_active (self->watch, gtk_widget_get_mapped (GTK_WIDGET (self)));
}

static void
inb_heat_map_page_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, INB_HEAT_MAP_PAGE (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
inb_heat_map_page_set_property (GObject      *object,
                                guint         id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  if (id == PROP_SESSION)
    set_session (INB_HEAT_MAP_PAGE (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
inb_heat_map_page_dispose (GObject *object)
{
  InbHeatMapPage *self = INB_HEAT_MAP_PAGE (object);

  if (self->session != NULL)
    set_session (self, NULL);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), INB_TYPE_HEAT_MAP_PAGE);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (inb_heat_map_page_parent_class)->dispose (object);
}

static void
inb_heat_map_page_finalize (GObject *object)
{
  InbHeatMapPage *self = INB_HEAT_MAP_PAGE (object);

  inb_heat_map_picks_clear (&self->picks);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (inb_heat_map_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-heat-map-page.ui");
  gtk_widget_class_bind_template_child (widget_class, InbHeatMapPage, controls);
  gtk_widget_class_bind_template_child (widget_class, InbHeatMapPage, by_product);
  gtk_widget_class_bind_template_child (widget_class, InbHeatMapPage, by_hour);
  gtk_widget_class_bind_template_child (widget_class, InbHeatMapPage, measure);
  gtk_widget_class_bind_template_child (widget_class, InbHeatMapPage, sort);
  gtk_widget_class_bind_template_child (widget_class, InbHeatMapPage, limit);
  gtk_widget_class_bind_template_child (widget_class, InbHeatMapPage, as_table);
  gtk_widget_class_bind_template_child (widget_class, InbHeatMapPage, pick_bar);
  gtk_widget_class_bind_template_child (widget_class, InbHeatMapPage, pick_text);
  gtk_widget_class_bind_template_child (widget_class, InbHeatMapPage, pages);
  gtk_widget_class_bind_template_child (widget_class, InbHeatMapPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, InbHeatMapPage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, InbHeatMapPage, failed_page);
  gtk_widget_class_bind_template_child (widget_class, InbHeatMapPage, clear_filters);
  gtk_widget_class_bind_template_child (widget_class, InbHeatMapPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, InbHeatMapPage, view);
  gtk_widget_class_bind_template_child (widget_class, InbHeatMapPage, legend);
  gtk_widget_class_bind_template_child (widget_class, InbHeatMapPage, table);
  gtk_widget_class_bind_template_child (widget_class, InbHeatMapPage, cell_menu);
}

static void
inb_heat_map_page_class_init (InbHeatMapPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = inb_heat_map_page_get_property;
  object_class->set_property = inb_heat_map_page_set_property;
  object_class->dispose = inb_heat_map_page_dispose;
  object_class->finalize = inb_heat_map_page_finalize;
  widget_class->map = inb_heat_map_page_map;
  widget_class->unmap = inb_heat_map_page_unmap;
  widget_class->grab_focus = inb_heat_map_page_grab_focus;

  g_object_class_install_property (object_class, PROP_SESSION,
                                   g_param_spec_object ("session", NULL, NULL, INB_TYPE_SESSION,
                                                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  inb_heat_map_page_install_actions (widget_class);

  g_type_ensure (INB_TYPE_HEAT_MAP_VIEW);
  g_type_ensure (INB_TYPE_HEAT_MAP_LEGEND);
  g_type_ensure (INB_TYPE_HEAT_MAP_TABLE);
  bind_template (widget_class);
}

static void
connect_children (InbHeatMapPage *self)
{
  /* Of this one, by which the mode is told: the other one changes before it. */
  g_signal_connect_swapped (self->by_hour, "toggled", G_CALLBACK (on_control_changed), self);
  g_signal_connect_swapped (self->limit, "notify::selected", G_CALLBACK (on_control_changed), self);
  g_signal_connect_swapped (self->measure, "notify::selected", G_CALLBACK (on_look_changed), self);
  g_signal_connect_swapped (self->sort, "notify::selected", G_CALLBACK (on_look_changed), self);
  g_signal_connect_swapped (self->as_table, "toggled", G_CALLBACK (on_look_changed), self);
  inb_heat_map_page_connect_cells (self);
}

static void
inb_heat_map_page_init (InbHeatMapPage *self)
{
  g_autoptr (GtkStringList) measures = gtk_string_list_new (NULL);

  self->cancellable = g_cancellable_new ();
  inb_heat_map_picks_init (&self->picks);
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < INB_N_HEAT_MAP_MEASURES; i++)
    gtk_string_list_append (measures, inb_heat_map_text_get_measure (i));
  gtk_drop_down_set_model (self->measure, G_LIST_MODEL (measures));
  gtk_widget_set_layout_manager (GTK_WIDGET (self->controls), inb_wrap_layout_new (6));
  inb_accessible_follow_stack (self->pages);
  connect_children (self);

  self->settings = g_settings_new (INB_APP_ID);
  g_settings_bind (self->settings, "heat-map-by-hour", self->by_hour, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "heat-map-measure", self->measure, "selected", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "heat-map-sort", self->sort, "selected", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "heat-map-limit", self->limit, "selected", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "heat-map-as-table", self->as_table, "active", G_SETTINGS_BIND_DEFAULT);
  if (!gtk_toggle_button_get_active (self->by_hour))
    gtk_toggle_button_set_active (self->by_product, TRUE);
  on_control_changed (self);
}

GtkWidget *
inb_heat_map_page_new (void)
{
  return g_object_new (INB_TYPE_HEAT_MAP_PAGE, NULL);
}
