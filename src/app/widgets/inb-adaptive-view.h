/* Lays the table and the detail out for the room there is: beside each other, one folding over the other, or one at a time.
 * The only place that knows how; libadwaita's split views can take over here once the platform has them. */
#pragma once

#include "inb-layout-bin.h"

G_BEGIN_DECLS

#define INB_TYPE_ADAPTIVE_VIEW (inb_adaptive_view_get_type ())
G_DECLARE_FINAL_TYPE (InbAdaptiveView, inb_adaptive_view, INB, ADAPTIVE_VIEW, GtkWidget)

/* Signals: "detail-changed", when the detail was shown or hidden, also by a swipe; "resized" (int width), when the user has drawn
 * the detail to another width. */

void      inb_adaptive_view_set_layout       (InbAdaptiveView *self,
                                              InbLayout        layout);
void      inb_adaptive_view_set_content      (InbAdaptiveView *self,
                                              GtkWidget       *content);
void      inb_adaptive_view_set_detail       (InbAdaptiveView *self,
                                              GtkWidget       *detail);
/* Pixels, for the wide layout. */
void      inb_adaptive_view_set_detail_width (InbAdaptiveView *self,
                                              int              width);
void      inb_adaptive_view_set_show_detail  (InbAdaptiveView *self,
                                              gboolean         show_detail);
gboolean  inb_adaptive_view_get_show_detail  (InbAdaptiveView *self);
InbLayout inb_adaptive_view_get_layout       (InbAdaptiveView *self);

G_END_DECLS
