/* What the list view is told of a list of leads, as it takes it most quickly: rows that stay, go or come as GTK expects it when
 * leads arrive or change; when another query is answered, the rows that are there get other leads, those on screen first, and
 * the list grows or shrinks to its length over the next moments, as a widget costs more than the query: rows past its end have no
 * lead until they go. */
#pragma once

#include "inb-lead-list.h"
#include "inb-lead-slot.h"

G_BEGIN_DECLS

#define INB_TYPE_LEAD_ROWS (inb_lead_rows_get_type ())
G_DECLARE_FINAL_TYPE (InbLeadRows, inb_lead_rows, INB, LEAD_ROWS, GObject)

/* Signal "exchanged": rows have other leads, without items-changed. */

InbLeadRows *inb_lead_rows_new      (InbLeadList *list);
/* All of the list at once, for somebody who wants to go to a row that is not there yet. */
void         inb_lead_rows_complete (InbLeadRows *self);

G_END_DECLS
