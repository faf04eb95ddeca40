/* The four charts of the trends page, made of the figures, and the leads that are behind their parts. Pure. */
#pragma once

#include "inb-chart-data.h"
#include "inb-stage.h"
#include "inb-trends-watch.h"

G_BEGIN_DECLS

typedef enum {
  INB_TRENDS_LEADS,      /* per step, stacked by source or product */
  INB_TRENDS_FUNNEL,     /* stages */
  INB_TRENDS_WON,        /* value per step */
  INB_TRENDS_RESPONSE,   /* classes of time to the first response, and those who wait */
  INB_N_TRENDS_CHARTS
} InbTrendsChart;

/* @stages, @currency: NULL while they are not known. */
InbChartData *inb_trends_make_chart (InbTrendsChart       chart,
                                     const InbTrends     *trends,
                                     const InbTrendsView *view,
                                     InbStageSet         *stages,
                                     const char          *currency);
/* Narrows @filter to the leads of a part of the chart; G_MAXUINT = all categories or series. With @add the values of the same
 * field stay besides. FALSE when no filter can say it. @now: microseconds. */
gboolean      inb_trends_apply      (InbTrendsChart       chart,
                                     const InbTrends     *trends,
                                     const InbTrendsView *view,
                                     guint                category,
                                     guint                series,
                                     gboolean             add,
                                     gint64               now,
                                     GTimeZone           *timezone,
                                     InbLeadFilter       *filter);

G_END_DECLS
