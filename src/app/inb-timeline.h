/* What happened with a lead, newest first, under day headings. */
#pragma once

#include "inb-clock.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @activities: (element-type InbRow), newest first. (transfer none): a floating widget. */
GtkWidget *inb_timeline_new (GPtrArray *activities,
                             InbClock  *clock);

G_END_DECLS
