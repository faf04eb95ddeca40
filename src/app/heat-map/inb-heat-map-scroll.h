/* How far a heat map is scrolled: what GtkScrollable wants of it, and right to left as well. */
#pragma once

#include "inb-heat-map-layout.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct {
  /* Owned */
  GtkAdjustment       *adjustments[2];     /* by GtkOrientation; may be NULL */

  /* Borrowed: is told of scrolling */
  gpointer             owner;
  GCallback            on_scrolled;        /* void (owner) */

  GtkScrollablePolicy  policies[2];
} InbHeatMapScroll;

void     inb_heat_map_scroll_init           (InbHeatMapScroll       *self,
                                             gpointer                owner,
                                             GCallback               on_scrolled);
void     inb_heat_map_scroll_clear          (InbHeatMapScroll       *self);
/* NULL: one of its own. FALSE: it has that one already. */
gboolean inb_heat_map_scroll_set_adjustment (InbHeatMapScroll       *self,
                                             GtkOrientation          orientation,
                                             GtkAdjustment          *adjustment);
/* To the sizes of @layout, without telling of it. */
void     inb_heat_map_scroll_configure      (InbHeatMapScroll       *self,
                                             const InbHeatMapLayout *layout);
/* Puts into @layout how far it is scrolled. */
void     inb_heat_map_scroll_follow         (InbHeatMapScroll       *self,
                                             InbHeatMapLayout       *layout,
                                             gboolean                rtl);
/* To a position of the layout's. */
void     inb_heat_map_scroll_to             (InbHeatMapScroll       *self,
                                             int                     x,
                                             int                     y,
                                             gboolean                rtl);

G_END_DECLS
