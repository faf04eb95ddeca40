/* Counts over the facts: one pass over the columns each. Used on the analysis thread only. */
#pragma once

#include "inb-lead-facts.h"
#include "inb-lead-figures.h"

G_BEGIN_DECLS

/* @wanted: as inb_lead_facts_select() made it. @now: microseconds; says what "today" is. None can fail. (transfer full) */
InbMetrics     *inb_lead_figures_count_metrics  (const InbLeadFacts *facts,
                                                 const guint64      *wanted,
                                                 gint64              now);
/* Rows and columns past the limits are folded into "other"; 0 = no limit. */
InbHeatMap     *inb_lead_figures_count_heat_map (const InbLeadFacts *facts,
                                                 const guint64      *wanted,
                                                 InbHeatMapMode      mode,
                                                 guint               max_rows,
                                                 guint               max_columns,
                                                 gint64              now);
/* @range: the days on the axis; ANY = from the first lead that is wanted to today, at most 400 steps. Won leads count by
 * converted_at within it. */
InbTrends      *inb_lead_figures_count_trends   (const InbLeadFacts *facts,
                                                 const guint64      *wanted,
                                                 const InbDateRange *range,
                                                 InbTrendStep        step,
                                                 InbTrendGroup       group,
                                                 guint               max_series,
                                                 gint64              now);
InbValueCounts *inb_lead_figures_count_values   (const InbLeadFacts *facts,
                                                 const guint64      *wanted,
                                                 InbFilterField      field);

G_END_DECLS
