/* One row of the view, whichever lead stands there: when another query is answered, the rows that the view has as widgets are
 * given other leads, which costs a hundredth of making widgets anew. */
#pragma once

#include "inb-lead-item.h"

G_BEGIN_DECLS

#define INB_TYPE_LEAD_SLOT (inb_lead_slot_get_type ())
G_DECLARE_FINAL_TYPE (InbLeadSlot, inb_lead_slot, INB, LEAD_SLOT, GObject)

/* Signal: "changed": it has another lead, or its lead's summary was set. */

InbLeadSlot    *inb_lead_slot_new         (InbLeadItem *item);
/* (transfer none) (nullable): without one it is past the list's end */
InbLeadItem    *inb_lead_slot_get_item    (InbLeadSlot *self);
/* 0 = without a lead */
gint64          inb_lead_slot_get_rowid   (InbLeadSlot *self);
/* NULL until it has been loaded. */
InbLeadSummary *inb_lead_slot_get_summary (InbLeadSlot *self);
/* "changed" is told by inb_lead_slot_tell(), now or when there is time. */
void            inb_lead_slot_set_item    (InbLeadSlot *self,
                                           InbLeadItem *item);
gboolean        inb_lead_slot_get_stale   (InbLeadSlot *self);
void            inb_lead_slot_tell        (InbLeadSlot *self);

G_END_DECLS
