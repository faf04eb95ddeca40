/* The cells of a lead table that exist now: they are made and bound by its factories, and kept up with the time, the names, the
 * check marks and the tint of leads that have just come. */
#pragma once

#include "inb-lead-cell.h"

G_BEGIN_DECLS

typedef struct _InbLeadCells InbLeadCells;

InbLeadCells       *inb_lead_cells_new          (InbClock         *clock,
                                                 InbDirectory     *directory,
                                                 InbLeadSelection *selection);
/* Once the view has no model any more. */
void                inb_lead_cells_free         (InbLeadCells     *self);
/* (transfer full): of a column, or of the check boxes. */
GtkListItemFactory *inb_lead_cells_make_factory (InbLeadCells     *self,
                                                 guint             column);
/* Tints the row of this lead for some seconds, now or when it appears. */
void                inb_lead_cells_mark         (InbLeadCells     *self,
                                                 const char       *lead_id);
/* The widget of the row at @position, if there is one now. */
GtkWidget          *inb_lead_cells_find_row     (InbLeadCells     *self,
                                                 guint             position);

G_END_DECLS
