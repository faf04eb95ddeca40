/* Random leads, and random filters of them with what they mean in SQL. */
#pragma once

#include "inb-figures-world.h"

G_BEGIN_DECLS

extern const char * const inb_figures_columns[INB_N_FILTER_FIELDS];

void            inb_figures_filter_fill (InbFiguresWorld *world);
InbLeadFilter  *inb_figures_filter_make (InbFiguresWorld *world,
                                         guint            number,
                                         GString         *where);

G_END_DECLS
