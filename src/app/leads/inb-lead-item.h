/* One row of the table, as the list model hands it out: its summary comes a moment later. */
#pragma once

#include "inb-replica.h"

G_BEGIN_DECLS

#define INB_TYPE_LEAD_ITEM (inb_lead_item_get_type ())
G_DECLARE_FINAL_TYPE (InbLeadItem, inb_lead_item, INB, LEAD_ITEM, GObject)

/* Signal: "changed", when the summary was set. */

InbLeadItem    *inb_lead_item_new          (gint64          rowid);
gint64          inb_lead_item_get_rowid    (InbLeadItem    *self);
/* NULL until it has been loaded. */
InbLeadSummary *inb_lead_item_get_summary  (InbLeadItem    *self);
void            inb_lead_item_take_summary (InbLeadItem    *self,
                                            InbLeadSummary *summary);
/* Whether a load that will set (or renew) the summary is under way or to come. */
gboolean        inb_lead_item_get_awaited  (InbLeadItem    *self);
void            inb_lead_item_set_awaited  (InbLeadItem    *self,
                                            gboolean        awaited);

G_END_DECLS
