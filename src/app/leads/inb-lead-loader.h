/* Loads the rows that a list was asked for and does not have yet: those around what is on screen, in pages; what was scrolled
 * past in the meantime is let go. */
#pragma once

#include "inb-lead-cache.h"

G_BEGIN_DECLS

#define INB_TYPE_LEAD_LOADER (inb_lead_loader_get_type ())
G_DECLARE_FINAL_TYPE (InbLeadLoader, inb_lead_loader, INB, LEAD_LOADER, GObject)

/* Signal: "failed" (GError *error). */

InbLeadLoader *inb_lead_loader_new          (InbLeadCache  *cache);
/* The list's present order (element-type gint64). */
void           inb_lead_loader_set_order    (InbLeadLoader *self,
                                             GArray        *order);
void           inb_lead_loader_set_viewport (InbLeadLoader *self,
                                             guint          first,
                                             guint          n_visible);
/* Somebody looks at this row, which has no summary. */
void           inb_lead_loader_want         (InbLeadLoader *self,
                                             InbLeadItem   *item);
/* (transfer full) (element-type gint64): the rows that the screen needs to show @order from @first on, and that are not here. */
GArray        *inb_lead_loader_find_missing (InbLeadLoader *self,
                                             GArray        *order,
                                             guint          first);

G_END_DECLS
