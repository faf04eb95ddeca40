/* Shared by the files of InbHeatMapView only: what is seen of it, and what a user does with it. */
#pragma once

#include "inb-heat-map-cursor.h"
#include "inb-heat-map-painter.h"
#include "inb-heat-map-scroll.h"
#include "inb-heat-map-view.h"
#include "inb-hover.h"

#include <adwaita.h>

G_BEGIN_DECLS

struct _InbHeatMapView {
  GtkWidget             parent_instance;

  /* Owned */
  InbHeatMapGrid       *grid;
  InbHeatMapPainter    *painter;
  InbLeadFilter        *picked;
  AdwAnimation         *animation;
  PangoFontDescription *font;
  GskRenderNode        *drawing;             /* all but the outlines, as long as it holds */

  InbHeatMapLayout      layout;
  InbHeatMapScroll      scroll;
  InbHeatMapCursor      cursor;
  InbHover              hover;
  double                faded;               /* the fade's progress that was last drawn */
  gboolean              stale;
};

gboolean inb_heat_map_view_is_rtl          (InbHeatMapView   *self);

/* inb-heat-map-view-drawing.c */
void     inb_heat_map_view_snapshot        (GtkWidget        *widget,
                                            GtkSnapshot      *snapshot);

/* inb-heat-map-view-input.c */
void     inb_heat_map_view_add_signals     (GtkWidgetClass   *widget_class);
void     inb_heat_map_view_bind_keys       (GtkWidgetClass   *widget_class);
void     inb_heat_map_view_add_controllers (InbHeatMapView   *self);
gboolean inb_heat_map_view_grab_focus      (GtkWidget        *widget);
gboolean inb_heat_map_view_focus           (GtkWidget        *widget,
                                            GtkDirectionType  direction);
gboolean inb_heat_map_view_query_tooltip   (GtkWidget        *widget,
                                            int               x,
                                            int               y,
                                            gboolean          keyboard,
                                            GtkTooltip       *tooltip);

G_END_DECLS
