/* The selected lead, kept by its id: leads that come, go or change places never change it. */
#pragma once

#include "inb-lead-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define INB_TYPE_LEAD_SELECTION (inb_lead_selection_get_type ())
G_DECLARE_FINAL_TYPE (InbLeadSelection, inb_lead_selection, INB, LEAD_SELECTION, GObject)

/* Property: "lead-id" string (nullable, notify). */

InbLeadSelection *inb_lead_selection_new          (InbLeadList      *list);
const char       *inb_lead_selection_get_lead_id  (InbLeadSelection *self);
/* NULL unselects. The lead need not be loaded, nor be in the list. */
void              inb_lead_selection_set_lead_id  (InbLeadSelection *self,
                                                   const char       *lead_id);
/* GTK_INVALID_LIST_POSITION when it is not in the list, or not yet seen. */
guint             inb_lead_selection_get_position (InbLeadSelection *self);

G_END_DECLS
