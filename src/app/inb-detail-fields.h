/* What the detail pane says of a lead and its contact: only what is filled, in the groups that people think in. */
#pragma once

#include "inb-clock.h"
#include "inb-replica.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* (transfer none): a box with one block for each group that has something to say. */
GtkWidget *inb_detail_fields_new (const InbLeadDetail *detail,
                                  InbClock            *clock);

G_END_DECLS
