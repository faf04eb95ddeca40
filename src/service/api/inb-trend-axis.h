/* The steps of a trend: local days, weeks from Monday, or months, without gaps. Days are texts, YYYY-MM-DD. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INB_TREND_MAX_STEPS 400

typedef enum {
  INB_TREND_STEP_DAY,
  INB_TREND_STEP_WEEK,
  INB_TREND_STEP_MONTH
} InbTrendStepKind;

typedef struct {
  char        from[11];  /* the first day in it, not before the first step's */
  char        to[11];    /* the last one */
  GPtrArray  *steps;     /* (element-type utf8): the first day of each */
  GHashTable *indices;   /* of it → index + 1 */
} InbTrendAxis;

/* Past the limit the axis begins later. An axis without steps when @from is after @to. */
InbTrendAxis *inb_trend_axis_new  (InbTrendStepKind     kind,
                                   const char          *from,
                                   const char          *to);
void          inb_trend_axis_free (InbTrendAxis        *self);
/* The step that begins on @day, or -1. */
int           inb_trend_axis_find (const InbTrendAxis  *self,
                                   const char          *day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbTrendAxis, inb_trend_axis_free)

G_END_DECLS
