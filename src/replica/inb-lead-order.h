/* Orders of the leads, kept between queries: newest first always, and the column that was last sorted by. Sorting what a filter
 * means is then one pass over an order. Used on the analysis thread only, besides the facts.
 */
#pragma once

#include "inb-lead-facts.h"
#include "inb-lead-query.h"

G_BEGIN_DECLS

typedef struct _InbLeadOrder InbLeadOrder;

InbLeadOrder *inb_lead_order_new    (void);
void          inb_lead_order_free   (InbLeadOrder        *self);
void          inb_lead_order_forget (InbLeadOrder        *self);
void          inb_lead_order_update (InbLeadOrder        *self,
                                     InbLeadFacts        *facts,
                                     const gint64        *rowids,
                                     guint                n_rowids);
gboolean      inb_lead_order_prepare (InbLeadOrder       *self,
                                     InbLeadFacts        *facts,
                                     InbSqlite           *db,
                                     GCancellable        *cancellable,
                                     GError             **error);
GArray       *inb_lead_order_list   (InbLeadOrder        *self,
                                     InbLeadFacts        *facts,
                                     InbSqlite           *db,
                                     const guint64       *wanted,
                                     InbLeadSort          sort,
                                     gboolean             descending,
                                     GCancellable        *cancellable,
                                     GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbLeadOrder, inb_lead_order_free)

G_END_DECLS
