#define G_LOG_DOMAIN "inb-app"

#include "inb-heat-map-page.h"

#include "inb-accessible.h"
#include "inb-config.h"
#include "inb-file-export.h"
#include "inb-format.h"
#include "inb-heat-map-legend.h"
#include "inb-heat-map-picks.h"
#include "inb-heat-map-table.h"
#include "inb-heat-map-text.h"
#include "inb-heat-map-view.h"
#include "inb-heat-map-watch.h"
#include "inb-picture-export.h"
#include "inb-time.h"
#include "inb-wrap-layout.h"

#include <glib/gi18n.h>

#define LEGEND_SPACE 12

struct _InbHeatMapPage {
  AdwBin             parent_instance;

  /* Template children */
  GtkBox            *controls;
  GtkToggleButton   *by_product;
  GtkToggleButton   *by_hour;
  GtkDropDown       *measure;
  GtkDropDown       *sort;
  GtkDropDown       *limit;
  GtkToggleButton   *as_table;
  GtkWidget         *pick_bar;
  GtkLabel          *pick_text;
  GtkStack          *pages;
  GtkSpinner        *spinner;
  AdwStatusPage     *empty_page;
  AdwStatusPage     *failed_page;
  GtkWidget         *clear_filters;
  GtkScrolledWindow *scroller;
  InbHeatMapView    *view;
  InbHeatMapLegend  *legend;
  InbHeatMapTable   *table;
  GMenuModel        *cell_menu;

  /* Owned */
  GSettings         *settings;
  InbSession        *session;
  InbHeatMapWatch   *watch;
  InbHeatMapGrid    *grid;
  GCancellable      *cancellable;   /* of the values that "other" stands for */

  /* Borrowed: a child of the view */
  GtkWidget         *popover;

  InbHeatMapPicks    picks;
};

/* A cell on its way to being picked: what "other" stands for is asked for first. */
typedef struct {
  InbHeatMapPage *page;
  InbHeatMapGrid *grid;
  GStrv           others[2];   /* sources, products */
  guint           row;
  guint           column;
  gboolean        add;
} Pick;

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

static void
update_picks (InbHeatMapPage *self)
{
  gboolean any = inb_heat_map_picks_is_any (&self->picks);
  InbLeadFilter *picked = self->picks.picked;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < 2; i++)
    {
      GStrv values = picked->values[i == 0 ? INB_FILTER_SOURCE : INB_FILTER_PRODUCT];
      guint n = values != NULL ? g_strv_length (values) : 0;

      if (n == 0)
        continue;
      if (text->len > 0)
        g_string_append (text, " × ");
      if (n == 1)
        g_string_append (text, *values[0] != '\0' ? values[0] : i == 0 ? _("No source") : _("No product"));
      else
        g_string_append_printf (text, i == 0 ? ngettext ("%u source", "%u sources", n) : ngettext ("%u product", "%u products", n),
                                n);
    }
  if (picked->weekday > 0)
    {
      g_autoptr (GDateTime) day = g_date_time_new_utc (2024, 1, picked->weekday, 0, 0, 0);   /* the first was a Monday */
      g_autofree char *name = g_date_time_format (day, "%A");

      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", name);
    }
  if (picked->hour >= 0)
    g_string_append_printf (text, "%s%02d:00–%02d:00", text->len > 0 ? ", " : "", picked->hour, picked->hour + 1);

  gtk_label_set_text (self->pick_text, text->str);
  gtk_widget_set_visible (self->pick_bar, any);
  inb_heat_map_view_set_picked (self->view, any ? picked : NULL);
  g_string_free (text, TRUE);
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
  update_picks (self);
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
  update_picks (self);
  ask (self);
}

/* --- picking ------------------------------------------------------------------------------------------------------------ */

static void
pick_free (Pick *pick)
{
  g_object_unref (pick->page);
  inb_heat_map_grid_unref (pick->grid);
  g_strfreev (pick->others[0]);
  g_strfreev (pick->others[1]);
  g_free (pick);
}

static void
show_leads (InbHeatMapPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-view", "s", "leads");
}

static void
finish_pick (Pick *pick)
{
  InbHeatMapPage *self = pick->page;
  InbLeadFilter *filter;

  inb_heat_map_picks_pick (&self->picks, pick->grid, pick->row, pick->column, (const char *const *) pick->others[0],
                           (const char *const *) pick->others[1], pick->add);
  filter = inb_heat_map_picks_combine (&self->picks);
  inb_session_set_filter (self->session, filter);
  inb_lead_filter_free (filter);
  update_picks (self);
  if (!pick->add)
    show_leads (self);
  pick_free (pick);
}

static gboolean
is_shown (const InbHeatMapGrid *grid,
          gboolean              is_row,
          const char           *value)
{
  guint n = is_row ? grid->n_rows : grid->n_columns;

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (is_row ? inb_heat_map_grid_get_row_key (grid, i) : inb_heat_map_grid_get_column_key (grid, i), value) == 0)
      return TRUE;

  return FALSE;
}

static void on_values (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data);

/* Asks for what "other" stands for where that is needed, and then picks. */
static void
advance_pick (Pick *pick)
{
  InbHeatMapPage *self = pick->page;
  gboolean rows = pick->others[0] == NULL && inb_heat_map_grid_is_other_row (pick->grid, pick->row);
  gboolean columns = pick->others[1] == NULL && inb_heat_map_grid_is_other_column (pick->grid, pick->column);

  if (rows || columns)
    inb_replica_get_values_async (inb_session_get_replica (self->session), self->picks.base,
                                  rows ? INB_FILTER_SOURCE : INB_FILTER_PRODUCT, inb_time_now (), self->cancellable, on_values,
                                  pick);
  else
    finish_pick (pick);
}

static void
on_values (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Pick *pick = user_data;
  InbHeatMapPage *self = pick->page;
  gboolean rows = pick->others[0] == NULL && inb_heat_map_grid_is_other_row (pick->grid, pick->row);
  InbFilterField field = rows ? INB_FILTER_SOURCE : INB_FILTER_PRODUCT;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbValueCounts) values = inb_replica_get_values_finish (INB_REPLICA (source), result, &error);
  g_autoptr (GPtrArray) others = g_ptr_array_new ();

  if (values == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        inb_file_export_show_error (GTK_WIDGET (self), _("The Filter Could Not Be Set"), error);
      pick_free (pick);
      return;
    }

  /* The counts pass over what the filter itself says of the field. */
  for (guint i = 0; i < values->n_values; i++)
    if (values->values[i].leads > 0 && !is_shown (pick->grid, rows, values->values[i].name) &&
        (self->picks.base->values[field] == NULL ||
         inb_lead_filter_has_value (self->picks.base, field, values->values[i].name)))
      g_ptr_array_add (others, g_strdup (values->values[i].name));
  g_ptr_array_add (others, NULL);
  pick->others[rows ? 0 : 1] = (GStrv) g_ptr_array_steal (others, NULL);
  advance_pick (pick);
}

static void
pick_cell (InbHeatMapPage *self,
           guint           row,
           guint           column,
           gboolean        add)
{
  Pick *pick;

  if (self->session == NULL || self->grid == NULL)
    return;

  pick = g_new0 (Pick, 1);
  pick->page = g_object_ref (self);
  pick->grid = inb_heat_map_grid_ref (self->grid);
  pick->row = row;
  pick->column = column;
  pick->add = add;
  advance_pick (pick);
}

static void
on_activated (InbHeatMapPage *self,
              guint           row,
              guint           column,
              gboolean        add)
{
  pick_cell (self, row, column, add);
}

static void
on_line_activated (InbHeatMapPage *self,
                   guint           row,
                   guint           column)
{
  pick_cell (self, row, column, FALSE);
}

static void
on_menu (InbHeatMapPage *self,
         guint           row,
         guint           column)
{
  GdkRectangle bounds;

  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (self->cell_menu);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self->view));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
      gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_BOTTOM);
    }
  inb_heat_map_view_get_bounds (self->view, row, column, &bounds);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &bounds);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

/* --- actions ------------------------------------------------------------------------------------------------------------ */

static void
act_on_cell (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  InbHeatMapPage *self = INB_HEAT_MAP_PAGE (widget);
  guint row;
  guint column;

  if (self->grid == NULL)
    return;

  inb_heat_map_view_get_focus (self->view, &row, &column);
  if (g_str_equal (action, "heat-map.filter-row"))
    pick_cell (self, row, self->grid->n_columns, FALSE);
  else if (g_str_equal (action, "heat-map.filter-column"))
    pick_cell (self, self->grid->n_rows, column, FALSE);
  else
    pick_cell (self, row, column, g_str_equal (action, "heat-map.add"));
}

static void
show_picked (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  show_leads (INB_HEAT_MAP_PAGE (widget));
}

static void
clear_picked (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  InbHeatMapPage *self = INB_HEAT_MAP_PAGE (widget);

  inb_lead_filter_clear (self->picks.picked);
  if (self->session != NULL)
    inb_session_set_filter (self->session, self->picks.base);
  update_picks (self);
}

static void
clear_filters (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  InbHeatMapPage *self = INB_HEAT_MAP_PAGE (widget);
  g_autoptr (InbLeadFilter) every = inb_lead_filter_new ();

  if (self->session != NULL)
    inb_session_set_filter (self->session, every);
}

static void
copy_number (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  InbHeatMapPage *self = INB_HEAT_MAP_PAGE (widget);
  g_autofree char *text = NULL;
  guint row;
  guint column;

  if (self->grid == NULL)
    return;

  inb_heat_map_view_get_focus (self->view, &row, &column);
  text = inb_heat_map_figure_format (self->grid->measure, inb_heat_map_grid_get_figure (self->grid, row, column));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
copy_table (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  InbHeatMapPage *self = INB_HEAT_MAP_PAGE (widget);
  g_autofree char *text = self->grid != NULL ? inb_heat_map_text_get_tsv (self->grid) : NULL;

  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static InbPictureExport *
make_picture (InbHeatMapPage *self)
{
  g_autofree char *title = inb_heat_map_text_get_title (self->grid);
  g_autofree char *time = inb_format_absolute (inb_time_now (), inb_clock_get_timezone (inb_session_get_clock (self->session)));
  const char *name = inb_session_get_name (self->session);
  g_autofree char *note = g_strdup_printf ("%s · %s", name != NULL ? name : _("Inbound Leads"), time);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;
  InbPictureExport *picture;
  int width;
  int height;

  node = inb_heat_map_view_draw_all (self->view, &width, &height);
  if (node != NULL)
    gtk_snapshot_append_node (snapshot, node);
  g_clear_pointer (&node, gsk_render_node_unref);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, (float) (height + LEGEND_SPACE)));
  inb_heat_map_legend_paint (self->legend, snapshot, width);
  node = gtk_snapshot_free_to_node (snapshot);
  picture = inb_picture_export_new (GTK_WIDGET (self), node, width, height + LEGEND_SPACE + INB_HEAT_MAP_LEGEND_HEIGHT, title,
                                    note, inb_heat_map_view_get_palette (self->view));
  g_clear_pointer (&node, gsk_render_node_unref);

  return picture;
}

static void
copy_picture (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  InbHeatMapPage *self = INB_HEAT_MAP_PAGE (widget);
  g_autoptr (InbPictureExport) picture = self->grid != NULL ? make_picture (self) : NULL;

  if (picture != NULL)
    inb_picture_export_copy (picture, widget);
}

static void
export (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  InbHeatMapPage *self = INB_HEAT_MAP_PAGE (widget);
  const char *format = g_variant_get_string (parameter, NULL);
  const char *name;

  if (self->grid == NULL)
    return;

  name = self->grid->map->mode == INB_HEAT_MAP_WEEKDAY_HOUR ? "leads-by-weekday-and-hour" : "leads-by-source-and-product";
  if (g_str_equal (format, "csv"))
    {
      g_autoptr (GBytes) csv = inb_heat_map_text_get_csv (self->grid);
      g_autofree char *file_name = g_strconcat (name, ".csv", NULL);

      inb_file_export_bytes (widget, file_name, _("CSV table"), "text/csv", csv);
    }
  else
    {
      g_autoptr (InbPictureExport) picture = make_picture (self);

      inb_picture_export_save (picture, g_str_equal (format, "svg") ? INB_PICTURE_SVG : INB_PICTURE_PNG, name, widget);
    }
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
  update_picks (self);
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
  static const char *const cell_actions[] = { "heat-map.show-leads", "heat-map.add", "heat-map.filter-row",
                                              "heat-map.filter-column" };
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
  for (guint i = 0; i < G_N_ELEMENTS (cell_actions); i++)
    gtk_widget_class_install_action (widget_class, cell_actions[i], NULL, act_on_cell);
  gtk_widget_class_install_action (widget_class, "heat-map.show-picked", NULL, show_picked);
  gtk_widget_class_install_action (widget_class, "heat-map.clear-picked", NULL, clear_picked);
  gtk_widget_class_install_action (widget_class, "heat-map.clear-filters", NULL, clear_filters);
  gtk_widget_class_install_action (widget_class, "heat-map.copy-number", NULL, copy_number);
  gtk_widget_class_install_action (widget_class, "heat-map.copy-table", NULL, copy_table);
  gtk_widget_class_install_action (widget_class, "heat-map.copy-picture", NULL, copy_picture);
  gtk_widget_class_install_action (widget_class, "heat-map.export", "s", export);

  g_type_ensure (INB_TYPE_HEAT_MAP_VIEW);
  g_type_ensure (INB_TYPE_HEAT_MAP_LEGEND);
  g_type_ensure (INB_TYPE_HEAT_MAP_TABLE);
  bind_template (widget_class);
}

static void
connect_children (InbHeatMapPage *self)
{
  g_signal_connect_swapped (self->by_product, "toggled", G_CALLBACK (on_control_changed), self);
  g_signal_connect_swapped (self->limit, "notify::selected", G_CALLBACK (on_control_changed), self);
  g_signal_connect_swapped (self->measure, "notify::selected", G_CALLBACK (on_look_changed), self);
  g_signal_connect_swapped (self->sort, "notify::selected", G_CALLBACK (on_look_changed), self);
  g_signal_connect_swapped (self->as_table, "toggled", G_CALLBACK (on_look_changed), self);
  g_signal_connect_swapped (self->view, "activated", G_CALLBACK (on_activated), self);
  g_signal_connect_swapped (self->view, "menu", G_CALLBACK (on_menu), self);
  g_signal_connect_swapped (self->table, "activated", G_CALLBACK (on_line_activated), self);
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
