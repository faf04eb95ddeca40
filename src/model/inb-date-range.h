/* A span of local days (or between two instants), relative ones ("last 7 days") kept relative: they are resolved when a query runs, in the workspace's
 * zone, and are right across changes of the clocks.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  INB_DATE_RANGE_ANY,
  INB_DATE_RANGE_TODAY,
  INB_DATE_RANGE_YESTERDAY,
  INB_DATE_RANGE_LAST_7_DAYS,   /* today and the six days before */
  INB_DATE_RANGE_LAST_30_DAYS,
  INB_DATE_RANGE_LAST_90_DAYS,
  INB_DATE_RANGE_THIS_WEEK,     /* from Monday */
  INB_DATE_RANGE_THIS_MONTH,
  INB_DATE_RANGE_LAST_MONTH,
  INB_DATE_RANGE_THIS_YEAR,
  INB_DATE_RANGE_DAYS,          /* from and to as named, both included */
  INB_DATE_RANGE_TIMES,         /* since and until: what came in while nobody looked */
  INB_N_DATE_RANGES
} InbDateRangeKind;

typedef struct {
  InbDateRangeKind kind;
  char             from[11];    /* YYYY-MM-DD; "" = open; only of INB_DATE_RANGE_DAYS */
  char             to[11];
  gint64           since;       /* microseconds, included; G_MININT64 = open; only of INB_DATE_RANGE_TIMES */
  gint64           until;       /* not included; G_MAXINT64 = open */
} InbDateRange;

/* "last_7_days"; NULL for INB_DATE_RANGE_DAYS and INB_DATE_RANGE_TIMES. */
const char *inb_date_range_kind_get_name  (InbDateRangeKind    kind);
gboolean    inb_date_range_kind_from_name (const char         *name,
                                           InbDateRangeKind   *kind);
/* Either may be NULL. FALSE when one is no date, or they are in the wrong order. */
gboolean    inb_date_range_set_days       (InbDateRange       *self,
                                           const char         *from,
                                           const char         *to);
/* FALSE when there is nothing between them. */
gboolean    inb_date_range_set_times      (InbDateRange       *self,
                                           gint64              since,
                                           gint64              until);
gboolean    inb_date_range_equal          (const InbDateRange *a,
                                           const InbDateRange *b);
/* The instants [*from, *to) in microseconds; G_MININT64 and G_MAXINT64 where it is open. */
void        inb_date_range_resolve        (const InbDateRange *self,
                                           gint64              now,
                                           GTimeZone          *timezone,
                                           gint64             *from,
                                           gint64             *to);

G_END_DECLS
