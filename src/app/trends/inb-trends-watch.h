/* The course of the leads that the session's filter means, kept up with the replica and with midnight as long as somebody looks.
 */
#pragma once

#include "inb-session.h"

G_BEGIN_DECLS

#define INB_TYPE_TRENDS_WATCH (inb_trends_watch_get_type ())
G_DECLARE_FINAL_TYPE (InbTrendsWatch, inb_trends_watch, INB, TRENDS_WATCH, GObject)

/* What is asked for, besides the filter. */
typedef struct {
  InbDateRange  range;
  InbTrendStep  step;
  InbTrendGroup group;
} InbTrendsView;

/* Signal: "changed", also when what is known becomes stale. */

InbTrendsWatch      *inb_trends_watch_new        (InbSession          *session);
/* While it is not active nothing is read but the first figures; what was missed is read at once when it is again. */
void                 inb_trends_watch_set_active (InbTrendsWatch      *self,
                                                  gboolean             active);
/* What is known stays until the new figures are. */
void                 inb_trends_watch_set_view   (InbTrendsWatch      *self,
                                                  const InbTrendsView *view);
/* What get_trends() was read for. */
const InbTrendsView *inb_trends_watch_get_view   (InbTrendsWatch      *self);
/* NULL until they are known. */
const InbTrends     *inb_trends_watch_get_trends (InbTrendsWatch      *self);
/* Whether they are of another filter or view, whose figures are still being counted. */
gboolean             inb_trends_watch_get_stale  (InbTrendsWatch      *self);

G_END_DECLS
