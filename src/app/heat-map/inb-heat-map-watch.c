#define G_LOG_DOMAIN "inb-app"

#include "inb-heat-map-watch.h"

#include "inb-pace.h"
#include "inb-time.h"

/* Most answers come sooner, and would only flicker. */
#define STALE_MS 120
/* As often as changes are read while they come one after the other. */
#define PACE_MS 250

struct _InbHeatMapWatch {
  GObject         parent_instance;

  /* Owned */
  InbReplica     *replica;
  InbLeadFilter  *filter;
  InbHeatMap     *map;
  GCancellable   *cancellable;

  InbHeatMapMode  mode;
  guint           limit;
  InbPace         pace;
  guint           stale_timer;
  gboolean        active;
  gboolean        loading;
  gboolean        dirty;
};

static guint loaded_signal;
static guint stale_signal;
static guint failed_signal;

G_DEFINE_FINAL_TYPE (InbHeatMapWatch, inb_heat_map_watch, G_TYPE_OBJECT)

static void refresh (InbHeatMapWatch *self);

static gboolean
on_slow (gpointer user_data)
{
  InbHeatMapWatch *self = user_data;

  self->stale_timer = 0;
  g_signal_emit (self, stale_signal, 0);

  return G_SOURCE_REMOVE;
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (InbHeatMapWatch) self = user_data;
  g_autoptr (GError) error = NULL;
  InbHeatMap *map = inb_replica_get_heat_map_finish (INB_REPLICA (source), result, &error);

  /* A cancelled reading has been replaced by another one already. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->loading = FALSE;
  g_clear_handle_id (&self->stale_timer, g_source_remove);
  if (map != NULL)
    {
      g_clear_pointer (&self->map, inb_heat_map_free);
      self->map = map;
      g_signal_emit (self, loaded_signal, 0);
    }
  else
    {
      g_warning ("reading the heat map: %s", error->message);
      g_signal_emit (self, failed_signal, 0, error);
    }
  if (self->dirty)
    refresh (self);
}

/* One reading at a time: what changes meanwhile is read after it, however much it was. */
static void
refresh (InbHeatMapWatch *self)
{
  self->dirty = TRUE;
  if (!self->active || self->loading)
    return;

  self->dirty = FALSE;
  self->loading = TRUE;
  if (self->stale_timer == 0)
    self->stale_timer = g_timeout_add (STALE_MS, on_slow, self);
  inb_replica_get_heat_map_async (self->replica, self->filter, self->mode, self->limit, self->limit, inb_time_now (),
                                  self->cancellable, on_loaded, g_object_ref (self));
}

static void
on_changed (InbHeatMapWatch *self)
{
  inb_pace_ask (&self->pace);
}

static void
restart (InbHeatMapWatch *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->loading = FALSE;
  refresh (self);
}

static void
inb_heat_map_watch_dispose (GObject *object)
{
  InbHeatMapWatch *self = INB_HEAT_MAP_WATCH (object);

  g_cancellable_cancel (self->cancellable);
  inb_pace_clear (&self->pace);
  g_clear_handle_id (&self->stale_timer, g_source_remove);

  G_OBJECT_CLASS (inb_heat_map_watch_parent_class)->dispose (object);
}

static void
inb_heat_map_watch_finalize (GObject *object)
{
  InbHeatMapWatch *self = INB_HEAT_MAP_WATCH (object);

  g_clear_pointer (&self->filter, inb_lead_filter_free);
  g_clear_pointer (&self->map, inb_heat_map_free);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->replica);

  G_OBJECT_CLASS (inb_heat_map_watch_parent_class)->finalize (object);
}

static void
inb_heat_map_watch_class_init (InbHeatMapWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = inb_heat_map_watch_dispose;
  object_class->finalize = inb_heat_map_watch_finalize;

  loaded_signal = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  stale_signal = g_signal_new ("stale", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  failed_signal = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_ERROR);
}

static void
inb_heat_map_watch_init (InbHeatMapWatch *self)
{
  self->filter = inb_lead_filter_new ();
  self->cancellable = g_cancellable_new ();
  self->dirty = TRUE;
  inb_pace_init (&self->pace, PACE_MS, (InbPaceFunc) refresh, self);
}

/**
 * inb_heat_map_watch_new:
 *
 * Returns: (transfer full): a watch that reads nothing before it is active
 */
InbHeatMapWatch *
inb_heat_map_watch_new (InbSession *session)
{
  InbHeatMapWatch *self = g_object_new (INB_TYPE_HEAT_MAP_WATCH, NULL);

  self->replica = g_object_ref (inb_session_get_replica (session));
  g_signal_connect_object (self->replica, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->replica, "stages-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->replica, "workspace-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_clock (session), "day-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);

  return self;
}

void
inb_heat_map_watch_set_query (InbHeatMapWatch     *self,
                              const InbLeadFilter *filter,
                              InbHeatMapMode       mode,
                              guint                limit)
{
  g_return_if_fail (INB_IS_HEAT_MAP_WATCH (self));

  if (inb_lead_filter_equal (self->filter, filter) && self->mode == mode && self->limit == limit)
    return;

  inb_lead_filter_free (self->filter);
  self->filter = inb_lead_filter_copy (filter);
  self->mode = mode;
  self->limit = limit;
  restart (self);
}

void
inb_heat_map_watch_set_active (InbHeatMapWatch *self,
                               gboolean         active)
{
  g_return_if_fail (INB_IS_HEAT_MAP_WATCH (self));

  self->active = active;
  if (active && self->dirty)
    refresh (self);
}

InbHeatMap *
inb_heat_map_watch_take_map (InbHeatMapWatch *self)
{
  g_return_val_if_fail (INB_IS_HEAT_MAP_WATCH (self), NULL);

  return g_steal_pointer (&self->map);
}
