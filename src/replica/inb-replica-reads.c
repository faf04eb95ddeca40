#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-private.h"

#include "inb-replica-query.h"

/**
 * inb_replica_query_async:
 *
 * Finds the row ids of the leads that match.
 */
void
inb_replica_query_async (InbReplica          *self,
                         const InbLeadQuery  *query,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  InbReplicaRead *job;
  GTask *outer;

  g_return_if_fail (INB_IS_REPLICA (self) && query != NULL && query->sort < INB_N_LEAD_SORTS);

  job = inb_replica_begin_read (self, INB_REPLICA_READ_QUERY, cancellable, callback, user_data, &outer);
  if (job == NULL)
    return;
  job->query = inb_lead_query_copy (query);
  if (inb_replica_query_is_indexed (query, self->cursor == 0))
    inb_replica_read_async (self, job, outer);
  else
    inb_replica_analyse_async (self, job, outer);
}

GArray *
inb_replica_query_finish (InbReplica    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * inb_replica_load_async:
 * @rowids: (array length=n_rowids): copied
 */
void
inb_replica_load_async (InbReplica          *self,
                        const gint64        *rowids,
                        guint                n_rowids,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  InbReplicaRead *job;
  GTask *outer;

  g_return_if_fail (INB_IS_REPLICA (self) && (rowids != NULL || n_rowids == 0));

  job = inb_replica_begin_read (self, INB_REPLICA_READ_SUMMARIES, cancellable, callback, user_data, &outer);
  if (job == NULL)
    return;
  job->rowids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_rowids);
  if (n_rowids > 0)
    g_array_append_vals (job->rowids, rowids, n_rowids);
  inb_replica_read_async (self, job, outer);
}

GPtrArray *
inb_replica_load_finish (InbReplica    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * inb_replica_get_lead_async:
 *
 * Reads everything of one lead.
 */
void
inb_replica_get_lead_async (InbReplica          *self,
                            const char          *lead_id,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  InbReplicaRead *job;
  GTask *outer;

  g_return_if_fail (INB_IS_REPLICA (self) && lead_id != NULL);

  job = inb_replica_begin_read (self, INB_REPLICA_READ_DETAIL, cancellable, callback, user_data, &outer);
  if (job == NULL)
    return;
  job->id = g_strdup (lead_id);
  inb_replica_read_async (self, job, outer);
}

/**
 * inb_replica_get_lead_finish:
 *
 * Returns: (transfer full) (nullable): the lead, or %NULL with %INB_ERROR_NOT_FOUND
 */
InbLeadDetail *
inb_replica_get_lead_finish (InbReplica    *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * inb_replica_get_contact_async:
 *
 * Reads everything of one contact.
 */
void
inb_replica_get_contact_async (InbReplica          *self,
                               const char          *contact_id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  InbReplicaRead *job;
  GTask *outer;

  g_return_if_fail (INB_IS_REPLICA (self) && contact_id != NULL);

  job = inb_replica_begin_read (self, INB_REPLICA_READ_CONTACT, cancellable, callback, user_data, &outer);
  if (job == NULL)
    return;
  job->id = g_strdup (contact_id);
  inb_replica_read_async (self, job, outer);
}

/**
 * inb_replica_get_contact_finish:
 *
 * Returns: (transfer full) (nullable): the contact, or %NULL with %INB_ERROR_NOT_FOUND
 */
InbLeadDetail *
inb_replica_get_contact_finish (InbReplica    *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * inb_replica_list_async:
 * @kind: a small one: every row is read
 */
void
inb_replica_list_async (InbReplica          *self,
                        InbKind              kind,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  InbReplicaRead *job;
  GTask *outer;

  g_return_if_fail (INB_IS_REPLICA (self) && kind < INB_KIND_TOMBSTONE);

  job = inb_replica_begin_read (self, INB_REPLICA_READ_LIST, cancellable, callback, user_data, &outer);
  if (job == NULL)
    return;
  job->kind = kind;
  inb_replica_read_async (self, job, outer);
}

GPtrArray *
inb_replica_list_finish (InbReplica    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
