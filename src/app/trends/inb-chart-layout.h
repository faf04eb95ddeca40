/* Where the parts of a chart are within its widget, and how they are drawn. */
#pragma once

#include "inb-chart-data.h"
#include "inb-palette.h"

G_BEGIN_DECLS

typedef struct {
  /* Borrowed */
  const InbChartData *data;
  PangoContext       *context;

  graphene_rect_t     plot;       /* inside the axes */
  double              slot;       /* pixels a category takes along its axis */
  double              line_height;
  double              label_width; /* the widest label */
  gint64              step;       /* between ticks */
  gint64              top;        /* the value at the end of the axis */
} InbChartLayout;

/* Good as long as the data and the size are. */
void     inb_chart_layout_init     (InbChartLayout        *self,
                                    const InbChartData    *data,
                                    PangoContext          *context,
                                    int                    width,
                                    int                    height);
/* The pixels that the part takes; of a value of 0 the line that it would start from. */
void     inb_chart_layout_get_part (const InbChartLayout  *self,
                                    guint                  category,
                                    guint                  series,
                                    graphene_rect_t       *area);
/* The part at a point, or the nearest one of its category; FALSE outside of the plot. */
gboolean inb_chart_layout_find     (const InbChartLayout  *self,
                                    double                 x,
                                    double                 y,
                                    guint                 *category,
                                    guint                 *series);
void     inb_chart_layout_snapshot (const InbChartLayout  *self,
                                    GtkSnapshot           *snapshot,
                                    const InbPalette      *palette);

G_END_DECLS
