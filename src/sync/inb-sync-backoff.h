/* How long to wait before the next try: decorrelated jitter, so that many clients of a service that comes back do not all
 * knock at once. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INB_SYNC_BACKOFF_BASE_MS 250
#define INB_SYNC_BACKOFF_CAP_MS 30000

typedef struct {
  gint64 previous_ms; /* 0 = the next wait is the first */
} InbSyncBackoff;

gint64 inb_sync_backoff_next  (InbSyncBackoff *self,
                               double          random,
                               gint64          retry_after_ms);
void   inb_sync_backoff_reset (InbSyncBackoff *self);

G_END_DECLS
