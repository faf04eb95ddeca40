/* Reads many leads a page at a time, so that neither the main loop nor the reading thread is taken up by it for long. */
#pragma once

#include "inb-replica.h"

G_BEGIN_DECLS

/* @leads: (element-type InbLeadSummary): NULL where a row has gone. On the caller's main context. */
typedef void (*InbLeadPageFunc) (GPtrArray *leads,
                                 gpointer   data);

/* @rowids (element-type gint64): copied by reference, not to be changed. @data must live until the end. */
void     inb_lead_pages_walk_async  (InbReplica           *replica,
                                     GArray               *rowids,
                                     InbLeadPageFunc       func,
                                     gpointer              data,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean inb_lead_pages_walk_finish (InbReplica           *replica,
                                     GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
