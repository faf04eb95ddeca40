/* What a chart shows: a value for each category (a day, a stage) and series (a source), with the words for them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  INB_CHART_COLUMNS, /* upright, the series stacked, along a time axis */
  INB_CHART_BARS     /* lying, one below the other, the figure beside each */
} InbChartKind;

typedef enum {
  INB_CHART_LEADS,
  INB_CHART_MONEY    /* hundredths */
} InbChartUnit;

typedef struct {
  InbChartKind  kind;
  InbChartUnit  unit;
  char         *currency;        /* NULL = unknown */
  char         *title;
  char         *summary;         /* the whole chart in a sentence */
  char         *category_title;  /* what the categories are */
  guint         n_categories;
  char        **labels;          /* short, for the axis */
  char        **names;           /* in full; NULL = the labels */
  char        **keys;            /* as programs read them, for files: dates; NULL = the names */
  char        **notes;           /* what stands beside the figure, or NULL */
  guint         n_series;
  char        **series;          /* their names */
  gboolean      has_other;       /* the last series is everything else */
  gint64       *values;          /* n_series × n_categories, series by series; none below 0 */
} InbChartData;

/* The arrays are empty. */
InbChartData *inb_chart_data_new               (InbChartKind         kind,
                                                guint                n_categories,
                                                guint                n_series);
void          inb_chart_data_free              (InbChartData        *self);
/* Whether both say the same, in figures and in words. */
gboolean      inb_chart_data_equal             (const InbChartData  *a,
                                                const InbChartData  *b);
gint64        inb_chart_data_get               (const InbChartData  *self,
                                                guint                category,
                                                guint                series);
gint64        inb_chart_data_get_sum           (const InbChartData  *self,
                                                guint                category);
gint64        inb_chart_data_get_series_sum    (const InbChartData  *self,
                                                guint                series);
gint64        inb_chart_data_get_largest_sum   (const InbChartData  *self);
gboolean      inb_chart_data_is_empty          (const InbChartData  *self);
const char   *inb_chart_data_get_name          (const InbChartData  *self,
                                                guint                category);
/* "12 leads", "1,234.50 EUR" */
char         *inb_chart_data_format            (const InbChartData  *self,
                                                gint64               value);
/* Without a unit and whole, for an axis. */
char         *inb_chart_data_format_tick       (const InbChartData  *self,
                                                gint64               value);
/* One part of the chart in words. */
char         *inb_chart_data_describe          (const InbChartData  *self,
                                                guint                category,
                                                guint                series);
/* All parts of the category, a line each, with a mark at @series. */
char         *inb_chart_data_describe_category (const InbChartData  *self,
                                                guint                category,
                                                guint                series);
/* As a table: a line of headings, a line a category. */
char         *inb_chart_data_to_csv            (const InbChartData  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbChartData, inb_chart_data_free)

G_END_DECLS
