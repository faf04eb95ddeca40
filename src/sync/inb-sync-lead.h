/* Fetches one lead with its whole timeline into the replica. */
#pragma once

#include "inb-replica.h"
#include "inb-sync-http.h"

G_BEGIN_DECLS

void inb_sync_lead_fetch (InbSyncHttp  *http,
                          InbReplica   *replica,
                          const char   *workspace_id,
                          const char   *lead_id,
                          GTask        *task);

G_END_DECLS
