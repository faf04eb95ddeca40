/* Contacts side by side, or under each other where there is no room: who stays, whose value each field gets, and what the merge does
 * besides. */
#pragma once

#include "inb-merge-plan.h"
#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_MERGE_VIEW (inb_merge_view_get_type ())
G_DECLARE_FINAL_TYPE (InbMergeView, inb_merge_view, INB, MERGE_VIEW, AdwBin)

void                inb_merge_view_set_session (InbMergeView  *self,
                                                InbSession    *session);
/* @plan: (transfer full): the user decides in it; what was decided in the one before is taken over. @shares: (element-type
 * InbContactShare), in the plan's order. */
void                inb_merge_view_take_plan   (InbMergeView  *self,
                                                InbMergePlan  *plan,
                                                GPtrArray     *shares);
/* What belongs to the contacts has changed, and not their fields. */
void                inb_merge_view_set_shares  (InbMergeView  *self,
                                                GPtrArray     *shares);
/* NULL before the first one. */
const InbMergePlan *inb_merge_view_get_plan    (InbMergeView  *self);
/* (element-type InbContactShare) (nullable) */
GPtrArray          *inb_merge_view_get_shares  (InbMergeView  *self);

G_END_DECLS
