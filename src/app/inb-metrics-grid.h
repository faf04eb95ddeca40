/* The row of seven figures above the table; on a narrow window it scrolls sideways. */
#pragma once

#include "inb-clock.h"
#include "inb-replica.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum {
  INB_METRICS_LARGE,   /* figure, name and note */
  INB_METRICS_SMALL,   /* figure and name */
  INB_METRICS_ROW      /* scrolls sideways */
} InbMetricsLook;

#define INB_TYPE_METRICS_GRID (inb_metrics_grid_get_type ())
G_DECLARE_FINAL_TYPE (InbMetricsGrid, inb_metrics_grid, INB, METRICS_GRID, AdwBin)

/* @metrics NULL: not known yet. */
void inb_metrics_grid_set_metrics (InbMetricsGrid   *self,
                                   const InbMetrics *metrics,
                                   GTimeZone        *timezone);
void inb_metrics_grid_set_look    (InbMetricsGrid   *self,
                                   InbMetricsLook    look);

G_END_DECLS
