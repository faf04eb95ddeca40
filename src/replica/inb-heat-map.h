/* Leads by two values each: source × product, or weekday × hour. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Rows and columns past this many are folded into "other" whatever limit is asked for. */
#define INB_HEAT_MAP_MOST 1000

typedef enum {
  INB_HEAT_MAP_SOURCE_PRODUCT,
  INB_HEAT_MAP_WEEKDAY_HOUR    /* rows 1 = Monday … 7, columns 0 … 23, all of them always */
} InbHeatMapMode;

typedef struct {
  gint64 leads;
  gint64 converted;
  gint64 value;
  gint64 answered;
  gint64 response_median;      /* seconds; -1 = none */
  gint64 last_30_days;         /* leads created in the last 30 local days, and in the 30 before: the change */
  gint64 previous_30_days;
} InbHeatMapCell;

typedef struct {
  InbHeatMapMode  mode;
  guint           n_rows;
  guint           n_columns;
  char          **rows;           /* sources: most leads first, ties by name; "" = leads without one (and the name of "other") */
  char          **columns;
  gboolean        has_other_row;  /* the last row is everything past the limit */
  gboolean        has_other_column;
  InbHeatMapCell *cells;          /* n_rows × n_columns, row by row */
  InbHeatMapCell *row_totals;
  InbHeatMapCell *column_totals;
  InbHeatMapCell  total;
} InbHeatMap;

void inb_heat_map_free (InbHeatMap *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbHeatMap, inb_heat_map_free)

G_END_DECLS
