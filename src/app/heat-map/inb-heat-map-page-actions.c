#define G_LOG_DOMAIN "inb-app"

#include "inb-heat-map-page-private.h"

#include "inb-file-export.h"
#include "inb-heat-map-export.h"
#include "inb-heat-map-others.h"

#include <glib/gi18n.h>

/* A cell on its way to being picked: what "other" stands for is asked for first. */
typedef struct {
  /* Owned */
  InbHeatMapPage *page;
  InbHeatMapGrid *grid;

  guint           row;
  guint           column;
  gboolean        add;
} Pick;

/* --- picking ------------------------------------------------------------------------------------------------------------ */

static void
pick_free (Pick *pick)
{
  g_object_unref (pick->page);
  inb_heat_map_grid_unref (pick->grid);
  g_free (pick);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pick, pick_free)

static void
show_leads (InbHeatMapPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-view", "s", "leads");
}

/* (others: nullable) */
static void
finish_pick (const Pick             *pick,
             const InbHeatMapOthers *others)
{
  InbHeatMapPage *self = pick->page;
  g_autoptr (InbLeadFilter) filter = NULL;

  inb_heat_map_picks_pick (&self->picks, pick->grid, pick->row, pick->column,
                           others != NULL ? (const char *const *) others->sources : NULL,
                           others != NULL ? (const char *const *) others->products : NULL, pick->add);
  filter = inb_heat_map_picks_combine (&self->picks);
  inb_session_set_filter (self->session, filter);
  inb_heat_map_page_update_picks (self);
  if (!pick->add)
    show_leads (self);
}

static void
on_others_found (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Pick) pick = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbHeatMapOthers) others = inb_heat_map_others_find_finish (INB_REPLICA (source), result, &error);

  if (others != NULL)
    finish_pick (pick, others);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    inb_file_export_show_error (GTK_WIDGET (pick->page), _("The Filter Could Not Be Set"), error);
}

static void
pick_cell (InbHeatMapPage *self,
           guint           row,
           guint           column,
           gboolean        add)
{
  g_autoptr (Pick) pick = NULL;

  if (self->session == NULL || self->grid == NULL)
    return;

  pick = g_new (Pick, 1);
  *pick = (Pick) { g_object_ref (self), inb_heat_map_grid_ref (self->grid), row, column, add };
  if (inb_heat_map_others_are_needed (pick->grid, row, column))
    inb_heat_map_others_find_async (inb_session_get_replica (self->session), self->picks.base, self->grid, row, column,
                                    self->cancellable, on_others_found, g_steal_pointer (&pick));
  else
    finish_pick (pick, NULL);
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

void
inb_heat_map_page_connect_cells (InbHeatMapPage *self)
{
  g_signal_connect_swapped (self->view, "activated", G_CALLBACK (on_activated), self);
  g_signal_connect_swapped (self->view, "menu", G_CALLBACK (on_menu), self);
  g_signal_connect_swapped (self->table, "activated", G_CALLBACK (on_line_activated), self);
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
  inb_heat_map_page_update_picks (self);
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
copy (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  InbHeatMapPage *self = INB_HEAT_MAP_PAGE (widget);

  if (g_str_equal (action, "heat-map.copy-number"))
    inb_heat_map_export_copy_number (self->view);
  else if (g_str_equal (action, "heat-map.copy-table"))
    inb_heat_map_export_copy_table (self->view);
  else
    inb_heat_map_export_copy_picture (self->view, self->legend, self->session);
}

static void
save (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  InbHeatMapPage *self = INB_HEAT_MAP_PAGE (widget);

  inb_heat_map_export_save (self->view, self->legend, self->session, g_variant_get_string (parameter, NULL));
}

void
inb_heat_map_page_install_actions (GtkWidgetClass *widget_class)
{
  static const struct {
    const char                  *name;
    const char                  *parameter_type;
    GtkWidgetActionActivateFunc  activate;
  } actions[] = {
    { "heat-map.show-leads", NULL, act_on_cell },
    { "heat-map.add", NULL, act_on_cell },
    { "heat-map.filter-row", NULL, act_on_cell },
    { "heat-map.filter-column", NULL, act_on_cell },
    { "heat-map.show-picked", NULL, show_picked },
    { "heat-map.clear-picked", NULL, clear_picked },
    { "heat-map.clear-filters", NULL, clear_filters },
    { "heat-map.copy-number", NULL, copy },
    { "heat-map.copy-table", NULL, copy },
    { "heat-map.copy-picture", NULL, copy },
    { "heat-map.export", "s", save },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter_type, actions[i].activate);
}
