/* The row objects that are in use, by rowid, each once, and the last thousand or so besides. */
#pragma once

#include "inb-lead-item.h"

G_BEGIN_DECLS

#define INB_TYPE_LEAD_CACHE (inb_lead_cache_get_type ())
G_DECLARE_FINAL_TYPE (InbLeadCache, inb_lead_cache, INB, LEAD_CACHE, GObject)

InbLeadCache *inb_lead_cache_new         (InbReplica           *replica);
/* (transfer full): the row's object, made when there is none. */
InbLeadItem  *inb_lead_cache_get         (InbLeadCache         *self,
                                          gint64                rowid);
/* (transfer none) (nullable) */
InbLeadItem  *inb_lead_cache_peek        (InbLeadCache         *self,
                                          gint64                rowid);
/* Loads the summaries of these rows, in one trip. */
void          inb_lead_cache_load_async  (InbLeadCache         *self,
                                          GArray               *rowids,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean      inb_lead_cache_load_finish (InbLeadCache         *self,
                                          GAsyncResult         *result,
                                          GError              **error);
/* (transfer full) (element-type gint64): the loaded rows in use that show one of these leads. */
GArray       *inb_lead_cache_find_rows   (InbLeadCache         *self,
                                          GPtrArray            *lead_ids,
                                          gboolean              everything);
guint         inb_lead_cache_get_size    (InbLeadCache         *self);

G_END_DECLS
