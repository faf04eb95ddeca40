/* What a merge does besides the fields, in words. Pure. */
#pragma once

#include "inb-merge-plan.h"

G_BEGIN_DECLS

/* @shares: (element-type InbContactShare), in the plan's order. (transfer full): sentences, one a line. */
char *inb_merge_effect_describe (const InbMergePlan *plan,
                                 GPtrArray          *shares);
/* What may surprise: open leads for the same product. (transfer full) (nullable) */
char *inb_merge_effect_warn     (GPtrArray          *shares);
/* Who somebody is, for telling people of one name apart: source, since when, how many leads. (transfer full) */
char *inb_merge_effect_introduce (const InbContactShare *share,
                                 GTimeZone          *timezone,
                                 gint64              now);

G_END_DECLS
