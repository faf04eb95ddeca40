/* The row of key figures above the table, of the leads that the session's filter means; on a narrow window it scrolls sideways.
 * A click on one shows its leads. */
#pragma once

#include "inb-metric.h"
#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum {
  INB_METRICS_LARGE,   /* figure, name and the line below */
  INB_METRICS_SMALL,   /* figure and name */
  INB_METRICS_ROW      /* scrolls sideways */
} InbMetricsLook;

#define INB_TYPE_METRICS_GRID (inb_metrics_grid_get_type ())
G_DECLARE_FINAL_TYPE (InbMetricsGrid, inb_metrics_grid, INB, METRICS_GRID, AdwBin)

/* NULL: shows nothing. */
void inb_metrics_grid_set_session (InbMetricsGrid *self,
                                   InbSession     *session);
void inb_metrics_grid_set_look    (InbMetricsGrid *self,
                                   InbMetricsLook  look);
/* As a click on the card does; with @add what the filter says already stays besides. */
void inb_metrics_grid_activate    (InbMetricsGrid *self,
                                   InbMetric       metric,
                                   gboolean        add);

G_END_DECLS
