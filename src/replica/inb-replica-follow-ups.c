#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-follow-ups.h"

#include "inb-replica-private.h"

static InbFollowUp *
read_follow_up (sqlite3_stmt *statement)
{
  InbFollowUp *self = g_new0 (InbFollowUp, 1);

  self->lead_id = inb_sqlite_dup_text (statement, 0);
  self->at = sqlite3_column_int64 (statement, 1);

  return self;
}

void
inb_follow_up_free (InbFollowUp *self)
{
  if (self == NULL)
    return;

  g_free (self->lead_id);
  g_free (self);
}

/**
 * inb_replica_read_follow_ups:
 *
 * Returns: (transfer full) (element-type InbFollowUp) (nullable): see inb_replica_get_follow_ups_async()
 */
GPtrArray *
inb_replica_read_follow_ups (InbSqlite                *db,
                             const InbFollowUpWindow  *window,
                             GError                  **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_follow_up_free);
  sqlite3_stmt *statement = inb_sqlite_prepare (db, "follow-ups", error);
  gboolean is_row;

  if (statement == NULL)
    return NULL;

  sqlite3_bind_int64 (statement, 1, window->after);
  sqlite3_bind_int64 (statement, 2, window->until);
  inb_sqlite_bind_text (statement, 3, window->owner != NULL ? window->owner : "");
  sqlite3_bind_int64 (statement, 4, window->max);
  while (inb_sqlite_next (db, statement, &is_row, error))
    {
      if (!is_row)
        return g_steal_pointer (&found);
      g_ptr_array_add (found, read_follow_up (statement));
    }

  return NULL;
}

/**
 * inb_replica_get_follow_ups_async:
 * @owner: (nullable): a user id; %NULL for everybody's
 * @after: microseconds, not included
 * @until: microseconds, included
 * @max: how many at most
 *
 * Finds the open leads with a follow-up in that span, the earliest first.
 */
void
inb_replica_get_follow_ups_async (InbReplica          *self,
                                  const char          *owner,
                                  gint64               after,
                                  gint64               until,
                                  guint                max,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  InbReplicaRead *job;
  GTask *outer;

  g_return_if_fail (INB_IS_REPLICA (self));

  job = inb_replica_begin_read (self, INB_REPLICA_READ_FOLLOW_UPS, cancellable, callback, user_data, &outer);
  if (job == NULL)
    return;
  job->follow_ups.owner = g_strdup (owner);
  job->follow_ups.after = after;
  job->follow_ups.until = until;
  job->follow_ups.max = max;
  inb_replica_read_async (self, job, outer);
}

GPtrArray *
inb_replica_get_follow_ups_finish (InbReplica    *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
