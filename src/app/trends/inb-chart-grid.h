/* Lays charts out for the width there is: the first takes all of it, the others as many columns as fit. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define INB_TYPE_CHART_GRID (inb_chart_grid_get_type ())
G_DECLARE_FINAL_TYPE (InbChartGrid, inb_chart_grid, INB, CHART_GRID, GtkWidget)

GtkWidget *inb_chart_grid_new    (void);
void       inb_chart_grid_append (InbChartGrid *self,
                                     GtkWidget       *child);

G_END_DECLS
