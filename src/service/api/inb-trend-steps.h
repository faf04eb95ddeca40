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
} InbTrendSteps;

/* Past the limit the axis begins later. A single day, @from, when it is after @to. */
InbTrendSteps *inb_trend_steps_new  (InbTrendStepKind      kind,
                                     const char           *from,
                                     const char           *to);
void           inb_trend_steps_free (InbTrendSteps        *self);
/* The step that begins on @day, or -1. */
int            inb_trend_steps_find (const InbTrendSteps  *self,
                                     const char           *day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbTrendSteps, inb_trend_steps_free)

G_END_DECLS
