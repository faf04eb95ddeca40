#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-private.h"

#include "inb-error.h"
#include "inb-worker.h"

/* While a first sync stores page after page, lists are told to look again no more often than this. */
#define EVERYTHING_INTERVAL_MS 250

struct _InbReplica {
  GObject          parent_instance;

  /* Owned */
  char            *folder;
  InbReplicaStore *store;   /* used on the writer's thread; NULL once closed */
  InbWorker       *writer;
  InbWorker       *reader;
  InbWorker       *analysis;
  char            *epoch;
  char            *position;
  GSource         *everything_source;

  gint64           cursor;
  gint64           told_everything_at; /* monotonic, microseconds */
  gboolean         is_rebuilding;
};

enum {
  PROP_0,
  PROP_FOLDER,
  N_PROPS
};

enum {
  CHANGED,
  STAGES_CHANGED,
  WORKSPACE_CHANGED,
  NAMES_CHANGED,
  REBUILT,
  FACTS_READY,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbReplica, inb_replica, G_TYPE_OBJECT)

static void read_facts (InbReplica *self);

static void
tell_everything (InbReplica *self)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  self->told_everything_at = g_get_monotonic_time ();
  g_signal_emit (self, signals[CHANGED], 0, none, TRUE);
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
    g_signal_emit (self, signals[STAGES_CHANGED], 0);
  if (batch->workspace_changed)
    g_signal_emit (self, signals[WORKSPACE_CHANGED], 0);
  if (batch->names_changed)
    g_signal_emit (self, signals[NAMES_CHANGED], 0);

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
      g_signal_emit (self, signals[CHANGED], 0, lead_ids, FALSE);
    }
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

  if (is_emptied && self->store != NULL)
    read_facts (self);
  if (outcome->is_rebuilt)
    g_signal_emit (self, signals[REBUILT], 0);
  if (outcome->batch != NULL)
    tell_batch (self, outcome->batch);
  else if (is_emptied || outcome->is_resorted)
    tell_everything (self);
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

  g_task_return_new_error (outer, INB_ERROR, INB_ERROR_UNAVAILABLE, "The replica is closed");

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

static void
write_in_background (InbReplica          *self,
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
      write_in_background (self, INB_REPLICA_WRITE_REBUILD);
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
      g_signal_emit (source, signals[FACTS_READY], 0);
      if (INB_REPLICA (source)->store != NULL)
        read_in_background (INB_REPLICA (source), INB_REPLICA_READ_AHEAD, on_read_ahead);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("%s", error->message);
}

static void
read_facts (InbReplica *self)
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

static void
inb_replica_dispose (GObject *object)
{
  InbReplica *self = INB_REPLICA (object);

  inb_replica_close (self);

  G_OBJECT_CLASS (inb_replica_parent_class)->dispose (object);
}

static void
inb_replica_finalize (GObject *object)
{
  InbReplica *self = INB_REPLICA (object);

  g_free (self->folder);
  g_free (self->epoch);
  g_free (self->position);

  G_OBJECT_CLASS (inb_replica_parent_class)->finalize (object);
}

static void
inb_replica_constructed (GObject *object)
{
  InbReplica *self = INB_REPLICA (object);

  G_OBJECT_CLASS (inb_replica_parent_class)->constructed (object);

  self->store = inb_replica_store_new (self->folder);
  self->writer = inb_worker_new ("inb-replica-w");
  self->reader = inb_worker_new ("inb-replica-r");
  self->analysis = inb_worker_new ("inb-replica-a");
}

static void
inb_replica_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  InbReplica *self = INB_REPLICA (object);

  switch (prop_id)
    {
    case PROP_FOLDER:
      g_value_set_string (value, self->folder);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_replica_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  InbReplica *self = INB_REPLICA (object);

  switch (prop_id)
    {
    case PROP_FOLDER:
      self->folder = g_value_dup_string (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_replica_class_init (InbReplicaClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = inb_replica_constructed;
  object_class->dispose = inb_replica_dispose;
  object_class->finalize = inb_replica_finalize;
  object_class->get_property = inb_replica_get_property;
  object_class->set_property = inb_replica_set_property;

  properties[PROP_FOLDER] = g_param_spec_string ("folder", NULL, NULL, NULL,
                                                 G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * InbReplica::changed:
   * @lead_ids: (element-type utf8): the leads that look different now; none when @everything
   * @everything: whether it was too many to name
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_PTR_ARRAY, G_TYPE_BOOLEAN);
  signals[STAGES_CHANGED] = g_signal_new ("stages-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[WORKSPACE_CHANGED] = g_signal_new ("workspace-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                             NULL, G_TYPE_NONE, 0);
  signals[NAMES_CHANGED] = g_signal_new ("names-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
  signals[REBUILT] = g_signal_new ("rebuilt", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  /**
   * InbReplica::facts-ready:
   *
   * The facts have been read: figures have their details now.
   */
  signals[FACTS_READY] = g_signal_new ("facts-ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
}

static void
inb_replica_init (InbReplica *self)
{
  self->epoch = g_strdup ("");
}

/**
 * inb_replica_new:
 * @folder: of this server and workspace; made with mode 0700 when it is missing
 *
 * Returns: (transfer full): a replica that is to be opened
 */
InbReplica *
inb_replica_new (const char *folder)
{
  g_return_val_if_fail (folder != NULL, NULL);

  return g_object_new (INB_TYPE_REPLICA, "folder", folder, NULL);
}

static void
on_opened (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) outer = user_data;
  InbReplica *self = INB_REPLICA (source);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (outer, error);
      return;
    }

  if (self->store != NULL)
    {
      write_in_background (self, INB_REPLICA_WRITE_SORT_AGAIN);
      read_facts (self);
    }
  g_task_return_boolean (outer, TRUE);
}

/**
 * inb_replica_open_async:
 *
 * Locks the folder and opens or makes the file. Once.
 */
void
inb_replica_open_async (InbReplica          *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *outer;

  g_return_if_fail (INB_IS_REPLICA (self));

  outer = g_task_new (self, cancellable, callback, user_data);
  g_task_set_check_cancellable (outer, FALSE);
  inb_replica_write_async (self, INB_REPLICA_WRITE_OPEN, NULL, NULL, g_task_new (self, cancellable, on_opened, outer));
}

/**
 * inb_replica_open_finish:
 *
 * Returns: %FALSE with %INB_ERROR_LOCKED, %INB_ERROR_DISK_FULL or %INB_ERROR_INTERNAL
 */
gboolean
inb_replica_open_finish (InbReplica    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * inb_replica_close:
 *
 * Finishes what was asked for, but for facts that are still being read, ends the threads and unlocks the folder. Blocks until
 * then.
 */
void
inb_replica_close (InbReplica *self)
{
  g_return_if_fail (INB_IS_REPLICA (self));

  if (self->store != NULL)
    inb_replica_analyst_stop (inb_replica_store_get_analyst (self->store));
  g_clear_pointer (&self->writer, inb_worker_free);
  g_clear_pointer (&self->reader, inb_worker_free);
  g_clear_pointer (&self->analysis, inb_worker_free);
  g_clear_pointer (&self->store, inb_replica_store_free);
  if (self->everything_source != NULL)
    g_source_destroy (self->everything_source);
  g_clear_pointer (&self->everything_source, g_source_unref);
}

gint64
inb_replica_get_cursor (InbReplica *self)
{
  g_return_val_if_fail (INB_IS_REPLICA (self), 0);

  return self->cursor;
}

/**
 * inb_replica_get_epoch:
 *
 * Returns: (transfer none): "" before the first sync; valid until the next callback of a write
 */
const char *
inb_replica_get_epoch (InbReplica *self)
{
  g_return_val_if_fail (INB_IS_REPLICA (self), NULL);

  return self->epoch;
}

/**
 * inb_replica_get_snapshot_position:
 *
 * Returns: (transfer none) (nullable): where an interrupted first sync goes on; valid until the next callback of a write
 */
const char *
inb_replica_get_snapshot_position (InbReplica *self)
{
  g_return_val_if_fail (INB_IS_REPLICA (self), NULL);

  return self->position;
}
