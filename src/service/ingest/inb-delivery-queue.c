#define G_LOG_DOMAIN "inb-service"

#include "inb-delivery-queue.h"

#include "inb-error.h"

struct _InbDeliveryQueue {
  GMutex      mutex;
  GCond       not_empty;
  GHashTable *workspaces; /* workspace id → Lane, only those with something waiting */
  GQueue      turns;      /* Lane, in the order in which they are served */
  guint       length;
  gsize       n_bytes;    /* of their bodies */
  gboolean    closed;
};

typedef struct {
  char   *workspace_id;
  GQueue  deliveries;
} Lane;

static void
lane_free (Lane *lane)
{
  g_queue_clear_full (&lane->deliveries, (GDestroyNotify) inb_delivery_free);
  g_free (lane->workspace_id);
  g_free (lane);
}

InbDeliveryQueue *
inb_delivery_queue_new (void)
{
  InbDeliveryQueue *self = g_new0 (InbDeliveryQueue, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->not_empty);
  self->workspaces = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) lane_free);

  return self;
}

void
inb_delivery_queue_free (InbDeliveryQueue *self)
{
  if (self == NULL)
    return;

  g_queue_clear (&self->turns);
  g_hash_table_unref (self->workspaces);
  g_cond_clear (&self->not_empty);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static Lane *
get_lane (InbDeliveryQueue *self,
          const char       *workspace_id)
{
  Lane *lane = g_hash_table_lookup (self->workspaces, workspace_id);

  if (lane == NULL)
    {
      lane = g_new0 (Lane, 1);
      lane->workspace_id = g_strdup (workspace_id);
      g_queue_init (&lane->deliveries);
      g_hash_table_insert (self->workspaces, lane->workspace_id, lane);
      g_queue_push_tail (&self->turns, lane);
    }

  return lane;
}

static gsize
count_bytes (InbDelivery **deliveries,
             guint         n_deliveries)
{
  gsize n_bytes = 0;

  for (guint i = 0; i < n_deliveries; i++)
    {
      if (deliveries[i]->body != NULL)
        n_bytes += g_bytes_get_size (deliveries[i]->body);
    }

  return n_bytes;
}

static gboolean
has_room (InbDeliveryQueue *self,
          const char       *workspace_id,
          guint             n_deliveries,
          gsize             n_bytes)
{
  Lane *lane = g_hash_table_lookup (self->workspaces, workspace_id);
  guint waiting = lane == NULL ? 0 : lane->deliveries.length;

  return waiting + n_deliveries <= INB_DELIVERY_QUEUE_MAX_WORKSPACE
         && self->length + n_deliveries <= INB_DELIVERY_QUEUE_MAX
         && self->n_bytes + n_bytes <= INB_DELIVERY_QUEUE_MAX_BYTES;
}

/**
 * inb_delivery_queue_push:
 * @deliveries: (array length=n_deliveries): of one workspace; taken over only on success
 *
 * Takes all or none.
 *
 * Returns: %FALSE with %INB_ERROR_QUEUE_FULL, or %INB_ERROR_UNAVAILABLE once the queue is closed
 */
gboolean
inb_delivery_queue_push (InbDeliveryQueue  *self,
                         InbDelivery      **deliveries,
                         guint              n_deliveries,
                         GError           **error)
{
  const char *workspace_id;
  g_autoptr (GMutexLocker) locker = NULL;
  gsize n_bytes;
  Lane *lane;

  g_return_val_if_fail (self != NULL && n_deliveries > 0, FALSE);

  n_bytes = count_bytes (deliveries, n_deliveries);
  workspace_id = deliveries[0]->webhook->workspace_id;
  locker = g_mutex_locker_new (&self->mutex);
  if (self->closed)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_UNAVAILABLE, "The service is stopping; send it again");
      return FALSE;
    }
  if (!has_room (self, workspace_id, n_deliveries, n_bytes))
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_QUEUE_FULL, "Too many webhooks are waiting; send it again");
      return FALSE;
    }

  lane = get_lane (self, workspace_id);
  for (guint i = 0; i < n_deliveries; i++)
    g_queue_push_tail (&lane->deliveries, deliveries[i]);
  self->length += n_deliveries;
  self->n_bytes += n_bytes;
  g_cond_signal (&self->not_empty);

  return TRUE;
}

/**
 * inb_delivery_queue_take:
 * @max: how many at most
 * @timeout: how long to wait in microseconds, or -1 for ever
 *
 * Waits until there is something, then takes what the next workspace has waiting.
 *
 * Returns: (transfer full) (nullable) (element-type InbDelivery): deliveries of one workspace in order of arrival, none
 *   after @timeout, or %NULL once the queue is closed and empty. The array does not own its elements.
 */
GPtrArray *
inb_delivery_queue_take (InbDeliveryQueue *self,
                         guint             max,
                         gint64            timeout)
{
  gint64 deadline = timeout < 0 ? 0 : g_get_monotonic_time () + timeout;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (GPtrArray) batch = g_ptr_array_sized_new (max);
  Lane *lane;

  while (self->length == 0 && !self->closed)
    {
      if (timeout < 0)
        g_cond_wait (&self->not_empty, &self->mutex);
      else if (!g_cond_wait_until (&self->not_empty, &self->mutex, deadline))
        return g_steal_pointer (&batch);
    }
  if (self->length == 0)
    return NULL;

  lane = g_queue_pop_head (&self->turns);
  while (batch->len < max && lane->deliveries.length > 0)
    g_ptr_array_add (batch, g_queue_pop_head (&lane->deliveries));
  self->length -= batch->len;
  self->n_bytes -= count_bytes ((InbDelivery **) batch->pdata, batch->len);

  if (lane->deliveries.length > 0)
    g_queue_push_tail (&self->turns, lane);
  else
    g_hash_table_remove (self->workspaces, lane->workspace_id);

  return g_steal_pointer (&batch);
}

/**
 * inb_delivery_queue_close:
 *
 * Takes nothing more; what waits is still handed out.
 */
void
inb_delivery_queue_close (InbDeliveryQueue *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->closed = TRUE;
  g_cond_broadcast (&self->not_empty);
}

guint
inb_delivery_queue_get_length (InbDeliveryQueue *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->length;
}
