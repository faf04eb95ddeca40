/* Two things of the table that leads, as they come, go and change places, must not disturb: the current lead, which the detail
 * shows and the keyboard walks from, and the selected leads, whose boxes are checked. Both are kept by id.
 *
 * As the view's model it hands out InbLeadSlots. The view's own gestures mean: a plain click or arrow makes a lead the current one; with Ctrl, or Space, it is checked or
 * unchecked; with Shift a range is checked. */
#pragma once

#include "inb-lead-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define INB_TYPE_LEAD_SELECTION (inb_lead_selection_get_type ())
G_DECLARE_FINAL_TYPE (InbLeadSelection, inb_lead_selection, INB, LEAD_SELECTION, GObject)

/* Property: "lead-id" string (nullable, notify): the current lead.
 * Signal: "checks-changed": other leads are selected, or their number is another. */

InbLeadSelection *inb_lead_selection_new            (InbLeadList          *list);
InbLeadList      *inb_lead_selection_get_list       (InbLeadSelection     *self);
/* The view is told all of the list, which it otherwise learns over the next moments after another answer. */
void              inb_lead_selection_complete       (InbLeadSelection     *self);

const char       *inb_lead_selection_get_lead_id    (InbLeadSelection     *self);
/* NULL: none. The lead need not be loaded, nor be in the list. */
void              inb_lead_selection_set_lead_id    (InbLeadSelection     *self,
                                                     const char           *lead_id);
/* Of the current lead; GTK_INVALID_LIST_POSITION when it is not in the list, or not yet seen. */
guint             inb_lead_selection_get_position   (InbLeadSelection     *self);

guint             inb_lead_selection_get_n_selected (InbLeadSelection     *self);
gboolean          inb_lead_selection_is_checked     (InbLeadSelection     *self,
                                                     gint64                rowid);
/* @extend: all from the one that was toggled last. */
void              inb_lead_selection_toggle         (InbLeadSelection     *self,
                                                     guint                 position,
                                                     gboolean              extend);
/* All that match the list's filter now, and not what comes later. */
void              inb_lead_selection_select_all     (InbLeadSelection     *self);
void              inb_lead_selection_clear          (InbLeadSelection     *self);
/* (transfer full) (element-type gint64): the selected rows, in the list's order. */
GArray           *inb_lead_selection_dup_rowids     (InbLeadSelection     *self);
/* The ids of the selected leads, for whatever is to be done to them; those that were deleted meanwhile are left out. */
void              inb_lead_selection_resolve_async  (InbLeadSelection     *self,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
/* (transfer full) */
GStrv             inb_lead_selection_resolve_finish (InbLeadSelection     *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);

G_END_DECLS
