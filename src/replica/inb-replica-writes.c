#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-private.h"

/**
 * inb_replica_apply_async:
 * @changes: (transfer full): a page of the feed
 */
void
inb_replica_apply_async (InbReplica          *self,
                         InbChanges          *changes,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (INB_IS_REPLICA (self) && changes != NULL);

  inb_replica_write_async (self, INB_REPLICA_WRITE_APPLY, changes, (GDestroyNotify) inb_changes_free,
                           g_task_new (self, NULL, callback, user_data));
}

gboolean
inb_replica_apply_finish (InbReplica    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * inb_replica_apply_snapshot_async:
 * @page: (transfer full): a page of the first sync
 */
void
inb_replica_apply_snapshot_async (InbReplica          *self,
                                  InbSnapshotPage     *page,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_return_if_fail (INB_IS_REPLICA (self) && page != NULL);

  inb_replica_write_async (self, INB_REPLICA_WRITE_APPLY_SNAPSHOT, page, (GDestroyNotify) inb_snapshot_page_free,
                           g_task_new (self, NULL, callback, user_data));
}

gboolean
inb_replica_apply_snapshot_finish (InbReplica    *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * inb_replica_add_order_async:
 * @number: of the index, less than %INB_REPLICA_N_ORDERS; nothing happens when it is there
 */
void
inb_replica_add_order_async (InbReplica          *self,
                             guint                number,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (INB_IS_REPLICA (self) && number < INB_REPLICA_N_ORDERS);

  inb_replica_write_async (self, INB_REPLICA_WRITE_ADD_ORDER, g_memdup2 (&number, sizeof number), g_free,
                           g_task_new (self, NULL, callback, user_data));
}

gboolean
inb_replica_add_order_finish (InbReplica    *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * inb_replica_reset_async:
 * @epoch: "" to wipe
 */
void
inb_replica_reset_async (InbReplica          *self,
                         const char          *epoch,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (INB_IS_REPLICA (self) && epoch != NULL);

  inb_replica_write_async (self, INB_REPLICA_WRITE_RESET, g_strdup (epoch), g_free, g_task_new (self, NULL, callback, user_data));
}

gboolean
inb_replica_reset_finish (InbReplica    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * inb_replica_store_async:
 * @rows: (element-type InbRow): fetched by themselves; not to be changed any more
 */
void
inb_replica_store_async (InbReplica          *self,
                         GPtrArray           *rows,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (INB_IS_REPLICA (self) && rows != NULL);

  inb_replica_write_async (self, INB_REPLICA_WRITE_ADD, g_ptr_array_ref (rows), (GDestroyNotify) g_ptr_array_unref,
                           g_task_new (self, NULL, callback, user_data));
}

gboolean
inb_replica_store_finish (InbReplica    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
