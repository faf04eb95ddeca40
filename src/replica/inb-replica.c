#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-private.h"

#include "inb-error.h"
#include "inb-time.h"
#include "inb-worker.h"

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
  VIEWS_CHANGED,
  REBUILT,
  FACTS_READY,
  OUTBOX_CHANGED,
  OUTBOX_SALVAGED,
  ACTOR_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbReplica, inb_replica, G_TYPE_OBJECT)

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
  inb_outbox_actor_clear (&self->actor);

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
  signals[VIEWS_CHANGED] = g_signal_new ("views-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
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
  /**
   * InbReplica::outbox-changed:
   *
   * Entries were added, answered or went.
   */
  signals[OUTBOX_CHANGED] = g_signal_new ("outbox-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  /**
   * InbReplica::outbox-salvaged:
   * @n_entries: how many could be read
   *
   * The outbox was damaged: what could be read of it is in a new one, and the damaged file lies beside it.
   */
  signals[OUTBOX_SALVAGED] = g_signal_new ("outbox-salvaged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[ACTOR_CHANGED] = g_signal_new ("actor-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
}

static void
inb_replica_init (InbReplica *self)
{
  self->newest = INB_TIME_NONE;
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
      inb_replica_write_in_background (self, INB_REPLICA_WRITE_SORT_AGAIN);
      inb_replica_read_facts (self);
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
 * inb_replica_get_newest:
 *
 * Returns: when the newest lead was made, in microseconds; %INB_TIME_NONE while there is none
 */
gint64
inb_replica_get_newest (InbReplica *self)
{
  g_return_val_if_fail (INB_IS_REPLICA (self), INB_TIME_NONE);

  return self->newest;
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
