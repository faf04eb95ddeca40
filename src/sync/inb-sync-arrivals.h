/* Leads that were announced, until the replica holds their rows: the announcement may be quicker than the feed. */
#pragma once

#include "inb-sync-parse.h"

G_BEGIN_DECLS

#define INB_TYPE_SYNC_ARRIVALS (inb_sync_arrivals_get_type ())
G_DECLARE_FINAL_TYPE (InbSyncArrivals, inb_sync_arrivals, INB, SYNC_ARRIVALS, GObject)

/* Signal "arrived" (const char *lead_id, const char *contact_id, const char *name, const char *webhook_name). */

InbSyncArrivals *inb_sync_arrivals_new   (InbReplica       *replica);
void             inb_sync_arrivals_add   (InbSyncArrivals  *self,
                                          InbSyncEvent     *event);
void             inb_sync_arrivals_check (InbSyncArrivals  *self);
void             inb_sync_arrivals_clear (InbSyncArrivals  *self);

G_END_DECLS
