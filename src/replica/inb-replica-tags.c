#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-tags.h"

#include "inb-replica-private.h"

/* What nobody uses any more need not be offered, and a list waits behind this. */
#define NEWEST_LEADS 10000
#define MAX_TAGS 200

/**
 * inb_replica_read_tags:
 *
 * Returns: (transfer full) (nullable): see inb_replica_get_tags_async()
 */
GStrv
inb_replica_read_tags (InbSqlite  *db,
                       GError    **error)
{
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();
  sqlite3_stmt *statement = inb_sqlite_prepare (db, "tags", error);
  gboolean is_row;

  if (statement == NULL)
    return NULL;

  sqlite3_bind_int64 (statement, 1, NEWEST_LEADS);
  sqlite3_bind_int64 (statement, 2, MAX_TAGS);
  while (inb_sqlite_next (db, statement, &is_row, error))
    {
      if (!is_row)
        return g_strv_builder_end (tags);
      g_strv_builder_add (tags, (const char *) sqlite3_column_text (statement, 0));
    }

  return NULL;
}

/**
 * inb_replica_get_tags_async:
 *
 * Finds the tags of the newest leads, those in use most first.
 */
void
inb_replica_get_tags_async (InbReplica          *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  InbReplicaRead *job;
  GTask *outer;

  g_return_if_fail (INB_IS_REPLICA (self));

  job = inb_replica_begin_read (self, INB_REPLICA_READ_TAGS, cancellable, callback, user_data, &outer);
  if (job != NULL)
    inb_replica_read_async (self, job, outer);
}

/**
 * inb_replica_get_tags_finish:
 *
 * Returns: (transfer full) (array zero-terminated=1) (nullable): the tags
 */
GStrv
inb_replica_get_tags_finish (InbReplica    *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
