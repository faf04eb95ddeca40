#define G_LOG_DOMAIN "inb-app"

#include "inb-workspace-watch.h"

struct _InbWorkspaceWatch {
  GObject       parent_instance;

  /* Owned */
  InbReplica   *replica;
  InbClock     *clock;
  GCancellable *cancellable;
  InbStageSet  *stages;
  char         *name;
  char         *currency;
};

enum {
  STAGES_CHANGED,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbWorkspaceWatch, inb_workspace_watch, G_TYPE_OBJECT)

static GPtrArray *
finish_list (GObject      *source,
             GAsyncResult *result,
             const char   *what)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = inb_replica_list_finish (INB_REPLICA (source), result, &error);

  if (rows == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("reading the %s: %s", what, error->message);

  return rows;
}

static void
on_stages (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (InbWorkspaceWatch) self = user_data;
  g_autoptr (GPtrArray) rows = finish_list (source, result, "stages");

  if (rows == NULL)
    return;

  g_clear_pointer (&self->stages, inb_stage_set_unref);
  self->stages = rows->len > 0 ? inb_stage_set_new (rows) : inb_stage_set_new_default ();
  g_signal_emit (self, signals[STAGES_CHANGED], 0);
}

static void
on_workspace (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (InbWorkspaceWatch) self = user_data;
  g_autoptr (GPtrArray) rows = finish_list (source, result, "workspace");
  const InbRow *row;
  const char *zone_name;
  g_autoptr (GTimeZone) zone = NULL;

  if (rows == NULL || rows->len == 0)
    return;

  row = g_ptr_array_index (rows, 0);
  zone_name = inb_row_get (row, INB_WORKSPACE_TIMEZONE);
  zone = zone_name != NULL ? g_time_zone_new_identifier (zone_name) : NULL;
  if (zone != NULL)
    inb_clock_set_timezone (self->clock, zone);
  g_free (self->name);
  self->name = g_strdup (inb_row_get (row, INB_WORKSPACE_NAME));
  g_free (self->currency);
  self->currency = g_strdup (inb_row_get (row, INB_WORKSPACE_CURRENCY));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
read_stages (InbWorkspaceWatch *self)
{
  inb_replica_list_async (self->replica, INB_KIND_STAGE, self->cancellable, on_stages, g_object_ref (self));
}

static void
read_workspace (InbWorkspaceWatch *self)
{
  inb_replica_list_async (self->replica, INB_KIND_WORKSPACE, self->cancellable, on_workspace, g_object_ref (self));
}

static void
inb_workspace_watch_finalize (GObject *object)
{
  InbWorkspaceWatch *self = INB_WORKSPACE_WATCH (object);

  g_clear_object (&self->replica);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->stages, inb_stage_set_unref);
  g_free (self->name);
  g_free (self->currency);

  G_OBJECT_CLASS (inb_workspace_watch_parent_class)->finalize (object);
}

static guint
add_signal (GObjectClass *klass,
            const char   *name)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
inb_workspace_watch_class_init (InbWorkspaceWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = inb_workspace_watch_finalize;

  signals[STAGES_CHANGED] = add_signal (object_class, "stages-changed");
  signals[CHANGED] = add_signal (object_class, "changed");
}

static void
inb_workspace_watch_init (InbWorkspaceWatch *self)
{
}

/**
 * inb_workspace_watch_new:
 * @replica: that need not be open yet
 * @clock: which is set to the workspace's time zone
 * @cancellable: ends what is being read
 *
 * Returns: (transfer full): a watch that knows nothing before inb_workspace_watch_refresh()
 */
InbWorkspaceWatch *
inb_workspace_watch_new (InbReplica   *replica,
                         InbClock     *clock,
                         GCancellable *cancellable)
{
  InbWorkspaceWatch *self;

  g_return_val_if_fail (INB_IS_REPLICA (replica) && INB_IS_CLOCK (clock) && G_IS_CANCELLABLE (cancellable), NULL);

  self = g_object_new (INB_TYPE_WORKSPACE_WATCH, NULL);
  self->replica = g_object_ref (replica);
  self->clock = g_object_ref (clock);
  self->cancellable = g_object_ref (cancellable);
  g_signal_connect_object (replica, "stages-changed", G_CALLBACK (read_stages), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (replica, "workspace-changed", G_CALLBACK (read_workspace), self, G_CONNECT_SWAPPED);

  return self;
}

void
inb_workspace_watch_refresh (InbWorkspaceWatch *self)
{
  g_return_if_fail (INB_IS_WORKSPACE_WATCH (self));

  read_stages (self);
  read_workspace (self);
}

InbStageSet *
inb_workspace_watch_get_stages (InbWorkspaceWatch *self)
{
  g_return_val_if_fail (INB_IS_WORKSPACE_WATCH (self), NULL);

  return self->stages;
}

const char *
inb_workspace_watch_get_name (InbWorkspaceWatch *self)
{
  g_return_val_if_fail (INB_IS_WORKSPACE_WATCH (self), NULL);

  return self->name;
}

const char *
inb_workspace_watch_get_currency (InbWorkspaceWatch *self)
{
  g_return_val_if_fail (INB_IS_WORKSPACE_WATCH (self), NULL);

  return self->currency;
}
