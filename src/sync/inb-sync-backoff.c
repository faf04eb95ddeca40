#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-backoff.h"

/* What a server may ask for at most: a mistaken header must not keep the app offline for a day. */
#define RETRY_AFTER_CAP_MS (5 * 60 * 1000)

/**
 * inb_sync_backoff_next:
 * @random: in [0, 1)
 * @retry_after_ms: what the server asked for, or 0
 *
 * Returns: how many milliseconds to wait
 */
gint64
inb_sync_backoff_next (InbSyncBackoff *self,
                       double          random,
                       gint64          retry_after_ms)
{
  gint64 previous = MAX (self->previous_ms, INB_SYNC_BACKOFF_BASE_MS);
  gint64 span = previous * 3 - INB_SYNC_BACKOFF_BASE_MS;
  gint64 wait = INB_SYNC_BACKOFF_BASE_MS + (gint64) (random * (double) span);

  self->previous_ms = MIN (wait, INB_SYNC_BACKOFF_CAP_MS);
  if (retry_after_ms <= self->previous_ms)
    return self->previous_ms;

  /* Never sooner than asked for, and not everyone at the same instant. */
  retry_after_ms = MIN (retry_after_ms, RETRY_AFTER_CAP_MS);

  return retry_after_ms + (gint64) (random * (double) retry_after_ms / 10);
}

void
inb_sync_backoff_reset (InbSyncBackoff *self)
{
  self->previous_ms = 0;
}
