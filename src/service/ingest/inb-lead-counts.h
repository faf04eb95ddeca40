/* The roll-up: how many leads, and how many converted ones, a workspace has by source × product × stage, in all and per
 * local day. One object a write transaction collects what the changed leads add and take away; one aggregated statement
 * writes it. The names past INB_LEAD_COUNTS_MAX_NAMES of a dimension count as "other".
 */
#pragma once

#include "inb-db.h"

G_BEGIN_DECLS

#define INB_LEAD_COUNTS_MAX_NAMES 1000
#define INB_LEAD_COUNTS_OTHER "other"

/* The names in use of every workspace that this connection wrote to; a cache, refreshed under the workspace's lock. */
typedef struct _InbLeadCountNames InbLeadCountNames;
typedef struct _InbLeadCounts InbLeadCounts;

InbLeadCountNames *inb_lead_count_names_new    (void);
void               inb_lead_count_names_free   (InbLeadCountNames  *self);
/* After a rollback: what was added may not be there. */
void               inb_lead_count_names_forget (InbLeadCountNames  *self,
                                                const char         *workspace_id);

InbLeadCounts     *inb_lead_counts_new         (const char         *workspace_id,
                                                GTimeZone          *timezone);
void               inb_lead_counts_free        (InbLeadCounts      *self);
void               inb_lead_counts_add         (InbLeadCounts      *self,
                                                const InbRow       *before,
                                                const InbRow       *after);
gboolean           inb_lead_counts_resolve     (InbLeadCounts      *self,
                                                InbLeadCountNames  *names,
                                                InbDb              *db,
                                                GError            **error);
gboolean           inb_lead_counts_send        (InbLeadCounts      *self,
                                                InbDb              *db,
                                                guint              *n_statements,
                                                GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbLeadCountNames, inb_lead_count_names_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbLeadCounts, inb_lead_counts_free)

G_END_DECLS
