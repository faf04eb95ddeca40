/* Below the table while leads are selected: how many, all that match, and what can be done with them: as much of it as there is room for,
 * the rest in menus. */
#pragma once

#include "inb-lead-selection.h"
#include "inb-selection-actions.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_SELECTION_BAR (inb_selection_bar_get_type ())
G_DECLARE_FINAL_TYPE (InbSelectionBar, inb_selection_bar, INB, SELECTION_BAR, AdwBin)

/* Its buttons activate "table.select-all", "table.copy-rows", "table.export-selection" and "table.clear-selection". */

/* NULL: nothing is selected. */
void       inb_selection_bar_set_selection (InbSelectionBar  *self,
                                            InbLeadSelection *selection);
/* @reason: why the user may not export, for the tooltip; NULL when he may. */
void       inb_selection_bar_set_no_export (InbSelectionBar  *self,
                                            const char       *reason);
/* (transfer none) */
InbSelectionActions *inb_selection_bar_get_changes (InbSelectionBar *self);
/* (transfer none): more buttons that act on the selection are appended here. */
GtkBox    *inb_selection_bar_get_actions   (InbSelectionBar  *self);

G_END_DECLS
