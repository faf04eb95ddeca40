#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-private.h"

static InbReplicaRead *
begin (InbReplica           *self,
       InbReplicaReadVerb    verb,
       const InbLeadFilter  *filter,
       gint64                now,
       GCancellable         *cancellable,
       GAsyncReadyCallback   callback,
       gpointer              user_data,
       GTask               **outer)
{
  InbReplicaRead *job = inb_replica_begin_read (self, verb, cancellable, callback, user_data, outer);

  if (job != NULL)
    {
      job->filter = inb_lead_filter_copy (filter);
      job->now = now;
    }

  return job;
}

/**
 * inb_replica_get_metrics_async:
 * @filter: which leads
 * @now: microseconds
 */
void
inb_replica_get_metrics_async (InbReplica          *self,
                               const InbLeadFilter *filter,
                               gint64               now,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  InbReplicaRead *job;
  GTask *outer;

  g_return_if_fail (INB_IS_REPLICA (self) && filter != NULL);

  job = begin (self, INB_REPLICA_READ_METRICS, filter, now, cancellable, callback, user_data, &outer);
  if (job == NULL)
    return;
  if (inb_lead_filter_is_empty (filter) && !inb_replica_has_facts (self))
    inb_replica_read_async (self, job, outer);
  else
    inb_replica_analyse_async (self, job, outer);
}

/**
 * inb_replica_get_metrics_finish:
 *
 * Returns: (transfer full) (nullable): the figures
 */
InbMetrics *
inb_replica_get_metrics_finish (InbReplica    *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * inb_replica_get_heat_map_async:
 * @filter: which leads
 * @max_rows: past them is "other"; 0 = no limit
 * @max_columns: likewise
 * @now: microseconds
 */
void
inb_replica_get_heat_map_async (InbReplica          *self,
                                const InbLeadFilter *filter,
                                InbHeatMapMode       mode,
                                guint                max_rows,
                                guint                max_columns,
                                gint64               now,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  InbReplicaRead *job;
  GTask *outer;

  g_return_if_fail (INB_IS_REPLICA (self) && filter != NULL);

  job = begin (self, INB_REPLICA_READ_HEAT_MAP, filter, now, cancellable, callback, user_data, &outer);
  if (job == NULL)
    return;
  job->figures.mode = mode;
  job->figures.max_rows = max_rows;
  job->figures.max_columns = max_columns;
  inb_replica_analyse_async (self, job, outer);
}

/**
 * inb_replica_get_heat_map_finish:
 *
 * Returns: (transfer full) (nullable): the heat map
 */
InbHeatMap *
inb_replica_get_heat_map_finish (InbReplica    *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * inb_replica_get_trends_async:
 * @filter: which leads
 * @range: the days on the axis
 * @max_series: past them is "other"; 0 = no limit
 * @now: microseconds
 */
void
inb_replica_get_trends_async (InbReplica          *self,
                              const InbLeadFilter *filter,
                              const InbDateRange  *range,
                              InbTrendStep         step,
                              InbTrendGroup        group,
                              guint                max_series,
                              gint64               now,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  InbReplicaRead *job;
  GTask *outer;

  g_return_if_fail (INB_IS_REPLICA (self) && filter != NULL && range != NULL);

  job = begin (self, INB_REPLICA_READ_TRENDS, filter, now, cancellable, callback, user_data, &outer);
  if (job == NULL)
    return;
  job->figures.range = *range;
  job->figures.step = step;
  job->figures.group = group;
  job->figures.max_rows = max_series;
  inb_replica_analyse_async (self, job, outer);
}

/**
 * inb_replica_get_trends_finish:
 *
 * Returns: (transfer full) (nullable): the trends
 */
InbTrends *
inb_replica_get_trends_finish (InbReplica    *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * inb_replica_get_values_async:
 * @filter: which leads; what it says of @field is passed over
 * @now: microseconds
 */
void
inb_replica_get_values_async (InbReplica          *self,
                              const InbLeadFilter *filter,
                              InbFilterField       field,
                              gint64               now,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  InbReplicaRead *job;
  GTask *outer;

  g_return_if_fail (INB_IS_REPLICA (self) && filter != NULL && field < INB_N_FILTER_FIELDS);

  job = begin (self, INB_REPLICA_READ_VALUES, filter, now, cancellable, callback, user_data, &outer);
  if (job == NULL)
    return;
  inb_lead_filter_set_values (job->filter, field, NULL);
  job->figures.field = field;
  inb_replica_analyse_async (self, job, outer);
}

/**
 * inb_replica_get_values_finish:
 *
 * Returns: (transfer full) (nullable): how many leads have each value
 */
InbValueCounts *
inb_replica_get_values_finish (InbReplica    *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
