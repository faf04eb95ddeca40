/* Shared by the files of InbHeatMapPage only: what is shown, and what can be done with it. */
#pragma once

#include "inb-heat-map-legend.h"
#include "inb-heat-map-page.h"
#include "inb-heat-map-picks.h"
#include "inb-heat-map-table.h"
#include "inb-heat-map-view.h"
#include "inb-heat-map-watch.h"

G_BEGIN_DECLS

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

/* Says and outlines what is picked. */
void inb_heat_map_page_update_picks    (InbHeatMapPage *self);

/* inb-heat-map-page-actions.c */
void inb_heat_map_page_install_actions (GtkWidgetClass *widget_class);
void inb_heat_map_page_connect_cells   (InbHeatMapPage *self);

G_END_DECLS
