#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-private.h"

#include "inb-error.h"

#include <string.h>

/* While a first sync stores page after page, lists are told to look again no more often than this. */
#define EVERYTHING_INTERVAL_MS 250

static void
tell_everything (InbReplica *self)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  self->told_everything_at = g_get_monotonic_time ();
  g_signal_emit_by_name (self, "changed", none, TRUE);
}

static gboolean
on_everything (gpointer user_data)
{
  InbReplica *self = user_data;

  g_clear_pointer (&self->everything_source, g_source_unref);
  tell_everything (self);

  return G_SOURCE_REMOVE;
}

static void
tell_everything_soon (InbReplica *self)
{
  gint64 wait = self->told_everything_at + EVERYTHING_INTERVAL_MS * 1000 - g_get_monotonic_time ();

  if (self->everything_source != NULL)
    return;
  if (wait <= 0)
    {
      tell_everything (self);
      return;
    }

  self->everything_source = g_timeout_source_new ((guint) (wait / 1000) + 1);
  g_source_set_callback (self->everything_source, on_everything, self, NULL);
  g_source_attach (self->everything_source, g_main_context_get_thread_default ());
}

static void
tell_batch (InbReplica      *self,
            InbReplicaBatch *batch)
{
  if (batch->stages_changed)
    g_signal_emit_by_name (self, "stages-changed");
  if (batch->workspace_changed)
    g_signal_emit_by_name (self, "workspace-changed");
  if (batch->names_changed)
    g_signal_emit_by_name (self, "names-changed");
  if (batch->views_changed)
    g_signal_emit_by_name (self, "views-changed");

  if (batch->everything)
    {
      tell_everything_soon (self);
    }
  else if (g_hash_table_size (batch->lead_ids) > 0)
    {
      g_autoptr (GPtrArray) lead_ids = g_ptr_array_new ();
      GHashTableIter iter;
      gpointer key;

      g_hash_table_iter_init (&iter, batch->lead_ids);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        g_ptr_array_add (lead_ids, key);
      g_signal_emit_by_name (self, "changed", lead_ids, FALSE);
    }
}

static void
take_actor (InbReplica        *self,
            InbReplicaOutcome *outcome)
{
  /* Somebody may have said it before the files were open. */
  if (self->actor.user_id != NULL || outcome->actor.user_id == NULL)
    return;

  self->actor = outcome->actor;
  outcome->actor = (InbOutboxActor) { NULL, };
  g_signal_emit_by_name (self, "actor-changed");
}

static void
tell_news (InbReplica                *self,
           const InbReplicaStoreNews *news)
{
  gboolean changed = news->outbox_changed || memcmp (&self->counts, &news->counts, sizeof news->counts) != 0;

  self->counts = news->counts;
  if (changed)
    g_signal_emit_by_name (self, "outbox-changed");
  if (news->is_salvaged)
    g_signal_emit_by_name (self, "outbox-salvaged", news->n_saved);
  if (news->has_fresh && self->store != NULL)
    inb_replica_write_in_background (self, INB_REPLICA_WRITE_OVERLAY);
}

static void
take_outcome (InbReplica        *self,
              InbReplicaOutcome *outcome)
{
  gboolean is_emptied = outcome->is_rebuilt || g_strcmp0 (self->epoch, outcome->epoch) != 0;

  g_free (self->epoch);
  self->epoch = g_steal_pointer (&outcome->epoch);
  g_free (self->position);
  self->position = g_steal_pointer (&outcome->position);
  self->cursor = outcome->cursor;
  self->newest = outcome->newest;

  if (is_emptied && self->store != NULL)
    inb_replica_read_facts (self);
  if (outcome->is_rebuilt)
    g_signal_emit_by_name (self, "rebuilt");
  if (outcome->batch != NULL)
    {
      outcome->batch->everything |= outcome->news.everything;
      tell_batch (self, outcome->batch);
    }
  else if (is_emptied || outcome->is_resorted || outcome->news.everything)
    tell_everything (self);
  take_actor (self, outcome);
  tell_news (self, &outcome->news);
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) outer = user_data;
  InbReplica *self = g_task_get_source_object (outer);
  InbReplicaWrite *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (InbReplicaOutcome) outcome = g_task_propagate_pointer (G_TASK (result), &error);

  if (job->verb == INB_REPLICA_WRITE_REBUILD)
    self->is_rebuilding = FALSE;
  if (outcome == NULL)
    {
      g_task_return_error (outer, g_steal_pointer (&error));
      return;
    }

  take_outcome (self, outcome);
  if (outcome->error != NULL)
    g_task_return_error (outer, g_steal_pointer (&outcome->error));
  else if (outcome->value != NULL)
    g_task_return_pointer (outer, g_steal_pointer (&outcome->value), outcome->free_value);
  else
    g_task_return_boolean (outer, TRUE);
}

static void
on_background_write (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_message ("%s", error->message);
}

static gboolean
check_not_closed (InbReplica *self,
                  GTask      *outer)
{
  if (self->store != NULL)
    return TRUE;

  /* Whoever still asks is on the way out as well. */
  g_task_return_new_error (outer, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The replica is closed");

  return FALSE;
}

/**
 * inb_replica_write_async:
 * @argument: (transfer full) (nullable): what the verb works on
 * @outer: (transfer full): the caller's task
 */
void
inb_replica_write_async (InbReplica          *self,
                         InbReplicaWriteVerb  verb,
                         gpointer             argument,
                         GDestroyNotify       free_argument,
                         GTask               *outer)
{
  GTask *task;

  if (!check_not_closed (self, outer))
    {
      g_object_unref (outer);
      if (argument != NULL)
        free_argument (argument);
      return;
    }

  task = g_task_new (NULL, g_task_get_cancellable (outer), on_written, outer);
  g_task_set_task_data (task, inb_replica_write_new (self->store, verb, argument, free_argument),
                        (GDestroyNotify) inb_replica_write_free);
  /* What was written is written: only a write that still waits is cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  inb_worker_push (self->writer, task, inb_replica_write_run);
}

/**
 * inb_replica_write_in_background:
 *
 * Writes what nobody waits for.
 */
void
inb_replica_write_in_background (InbReplica          *self,
                                 InbReplicaWriteVerb  verb)
{
  inb_replica_write_async (self, verb, NULL, NULL, g_task_new (self, NULL, on_background_write, NULL));
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) outer = user_data;
  InbReplica *self = g_task_get_source_object (outer);
  InbReplicaRead *job = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  gpointer value = g_task_propagate_pointer (G_TASK (result), &error);

  if (error == NULL)
    {
      g_task_return_pointer (outer, value, inb_replica_read_get_free (job->verb));
      return;
    }

  if (g_error_matches (error, INB_ERROR, INB_ERROR_CORRUPT) && !self->is_rebuilding && self->store != NULL)
    {
      self->is_rebuilding = TRUE;
      inb_replica_write_in_background (self, INB_REPLICA_WRITE_REBUILD);
    }
  g_task_return_error (outer, error);
}

static void
push_read (InbWorker      *worker,
           InbReplicaRead *job,
           GTask          *outer)
{
  GTask *task = g_task_new (NULL, g_task_get_cancellable (outer), on_read, outer);

  g_task_set_task_data (task, job, (GDestroyNotify) inb_replica_read_free);
  inb_worker_push (worker, task, inb_replica_read_run);
}

/**
 * inb_replica_read_async:
 * @job: (transfer full): made by inb_replica_begin_read()
 * @outer: (transfer full): the caller's task
 */
void
inb_replica_read_async (InbReplica     *self,
                        InbReplicaRead *job,
                        GTask          *outer)
{
  push_read (self->reader, job, outer);
}

/**
 * inb_replica_analyse_async:
 * @job: (transfer full): made by inb_replica_begin_read()
 * @outer: (transfer full): the caller's task
 *
 * Reads on the analysis thread, with the facts.
 */
void
inb_replica_analyse_async (InbReplica     *self,
                           InbReplicaRead *job,
                           GTask          *outer)
{
  job->analyst = inb_replica_store_get_analyst (self->store);
  push_read (self->analysis, job, outer);
}

/**
 * inb_replica_has_facts:
 *
 * Returns: whether the facts were read, so that nothing has to wait for that
 */
gboolean
inb_replica_has_facts (InbReplica *self)
{
  return inb_replica_analyst_is_loaded (inb_replica_store_get_analyst (self->store));
}

static void
read_in_background (InbReplica          *self,
                    InbReplicaReadVerb   verb,
                    GAsyncReadyCallback  callback)
{
  GTask *outer;
  InbReplicaRead *job = inb_replica_begin_read (self, verb, NULL, callback, NULL, &outer);

  if (job != NULL)
    inb_replica_analyse_async (self, job, outer);
}

static void
on_read_ahead (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_task_propagate_pointer (G_TASK (result), &error);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("%s", error->message);
}

static void
on_facts_read (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_task_propagate_pointer (G_TASK (result), &error);
  if (error == NULL)
    {
      /* Those who hear it ask first. */
      g_signal_emit_by_name (source, "facts-ready");
      if (INB_REPLICA (source)->store != NULL)
        read_in_background (INB_REPLICA (source), INB_REPLICA_READ_AHEAD, on_read_ahead);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("%s", error->message);
}

/**
 * inb_replica_read_facts:
 *
 * Has the facts read, and what the first filter and search need after them; "facts-ready" tells in between.
 */
void
inb_replica_read_facts (InbReplica *self)
{
  read_in_background (self, INB_REPLICA_READ_FACTS, on_facts_read);
}

/**
 * inb_replica_begin_read:
 * @outer: (out) (transfer full) (nullable): the caller's task
 *
 * Returns: (transfer full) (nullable): a read to be filled in, or %NULL once the replica is closed; then the task has failed
 */
InbReplicaRead *
inb_replica_begin_read (InbReplica          *self,
                        InbReplicaReadVerb   verb,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data,
                        GTask              **outer)
{
  *outer = g_task_new (self, cancellable, callback, user_data);
  if (check_not_closed (self, *outer))
    return inb_replica_read_new (inb_replica_store_get_reader (self->store), verb);

  g_clear_object (outer);

  return NULL;
}
