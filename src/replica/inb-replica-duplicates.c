#define G_LOG_DOMAIN "inb-replica"

#include "inb-duplicate.h"

#include "inb-replica-private.h"

/**
 * inb_replica_get_duplicates_async:
 * @contact_id: (nullable): one contact; %NULL for everybody
 *
 * Finds contacts that may be one person.
 */
void
inb_replica_get_duplicates_async (InbReplica          *self,
                                  const char          *contact_id,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  InbReplicaRead *job;
  GTask *outer;

  g_return_if_fail (INB_IS_REPLICA (self));

  job = inb_replica_begin_read (self, INB_REPLICA_READ_DUPLICATES, cancellable, callback, user_data, &outer);
  if (job == NULL)
    return;
  job->id = g_strdup (contact_id);
  if (contact_id != NULL)
    inb_replica_read_async (self, job, outer);
  else
    inb_replica_analyse_async (self, job, outer);
}

/**
 * inb_replica_get_duplicates_finish:
 *
 * Returns: (transfer full) (element-type InbDuplicate) (nullable): the newest people first
 */
GPtrArray *
inb_replica_get_duplicates_finish (InbReplica    *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * inb_replica_get_shares_async:
 * @contact_ids: (array zero-terminated=1): copied
 *
 * Reads contacts with what belongs to them.
 */
void
inb_replica_get_shares_async (InbReplica          *self,
                              const char * const  *contact_ids,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  InbReplicaRead *job;
  GTask *outer;

  g_return_if_fail (INB_IS_REPLICA (self) && contact_ids != NULL);

  job = inb_replica_begin_read (self, INB_REPLICA_READ_SHARES, cancellable, callback, user_data, &outer);
  if (job == NULL)
    return;
  job->ids = g_strdupv ((char **) contact_ids);
  inb_replica_read_async (self, job, outer);
}

/**
 * inb_replica_get_shares_finish:
 *
 * Returns: (transfer full) (element-type InbContactShare) (nullable): one per id, %NULL in it for one that is not known
 */
GPtrArray *
inb_replica_get_shares_finish (InbReplica    *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
