/* Holds what the window shows and tells how much room there is: the one place that decides what is wide and what is narrow;
 * libadwaita's breakpoints can take over here once the platform has them. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum {
  INB_LAYOUT_WIDE,     /* from 1000 px: detail beside the table */
  INB_LAYOUT_MEDIUM,   /* from 600 px: it folds over the table */
  INB_LAYOUT_NARROW    /* it takes the table's place; the views are chosen at the bottom */
} InbLayout;

#define INB_TYPE_LAYOUT_BIN (inb_layout_bin_get_type ())
G_DECLARE_FINAL_TYPE (InbLayoutBin, inb_layout_bin, INB, LAYOUT_BIN, GtkWidget)

/* Signal: "layout-changed", between two frames, never while one is laid out. */

void      inb_layout_bin_set_child  (InbLayoutBin *self,
                                     GtkWidget    *child);
InbLayout inb_layout_bin_get_layout (InbLayoutBin *self);
/* Less than 560 px high: what is not the view itself steps back. */
gboolean  inb_layout_bin_get_low    (InbLayoutBin *self);
/* FALSE before the first layout: until then nothing may be shown that would keep the window from being narrow. */
gboolean  inb_layout_bin_get_known  (InbLayoutBin *self);

G_END_DECLS
