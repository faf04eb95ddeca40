/* "3 new leads ↑": over a table that does not show its newest leads, how many have come in that it would show. */
#pragma once

#include "inb-lead-list.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_ARRIVAL_PILL (inb_arrival_pill_get_type ())
G_DECLARE_FINAL_TYPE (InbArrivalPill, inb_arrival_pill, INB, ARRIVAL_PILL, AdwBin)

/* A click on it activates "table.show-newest". */

void  inb_arrival_pill_set_list (InbArrivalPill *self,
                                 InbLeadList    *list);
/* A lead has come in. It counts once it is in the list: one that the list's filter does not mean never does. */
void  inb_arrival_pill_note     (InbArrivalPill *self,
                                 const char     *lead_id);
/* The newest leads are in sight. */
void  inb_arrival_pill_clear    (InbArrivalPill *self);

G_END_DECLS
