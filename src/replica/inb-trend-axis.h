/* The steps of a trend: local days, weeks from Monday or months, one after the other without gaps, however the clocks are
 * changed in them.
 */
#pragma once

#include "inb-date-range.h"
#include "inb-trends.h"

G_BEGIN_DECLS

#define INB_TREND_AXIS_NONE G_MAXUINT

typedef struct {
  int      first_day;      /* local days that count, both included; the first step may have begun before */
  int      last_day;
  guint    n_steps;
  int     *step_days;      /* first day of each step */
  guint16 *steps;          /* day - first_day → step */
  gint64  *instants;       /* n_steps + 1, microseconds: from when each step counts, and the end of the last one */
} InbTrendAxis;

InbTrendAxis *inb_trend_axis_new          (const InbDateRange *range,
                                           InbTrendStep        step,
                                           int                 oldest_day,
                                           gint64              now,
                                           GTimeZone          *timezone);
void          inb_trend_axis_free         (InbTrendAxis       *self);
guint         inb_trend_axis_find_instant (const InbTrendAxis *self,
                                           gint64              instant);

static inline guint
inb_trend_axis_find_day (const InbTrendAxis *self,
                         int                 day)
{
  return day < self->first_day || day > self->last_day ? INB_TREND_AXIS_NONE : self->steps[day - self->first_day];
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbTrendAxis, inb_trend_axis_free)

G_END_DECLS
