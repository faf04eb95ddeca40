/* Lays the table and the detail out for the width there is: beside each other, one folding over the other, or one at a time.
 * The only place that knows how; libadwaita's breakpoints and split views can take over here once the platform has them. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum {
  INB_LAYOUT_WIDE,     /* from 1000 px: detail beside the table */
  INB_LAYOUT_MEDIUM,   /* from 600 px: it folds over the table */
  INB_LAYOUT_NARROW    /* it takes the table's place */
} InbLayout;

#define INB_TYPE_ADAPTIVE_VIEW (inb_adaptive_view_get_type ())
G_DECLARE_FINAL_TYPE (InbAdaptiveView, inb_adaptive_view, INB, ADAPTIVE_VIEW, GtkWidget)

/* Signals: "layout-changed"; "detail-changed", when the detail was shown or hidden, also by a swipe; "resized" (int width), when
 * the user has drawn the detail to another width. */

/* Above both, and away while the detail takes all of a narrow window. */
void      inb_adaptive_view_set_top          (InbAdaptiveView *self,
                                              GtkWidget       *top);
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
