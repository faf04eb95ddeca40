#define G_LOG_DOMAIN "inb-app"

#include "inb-metrics-watch.h"

#include "inb-pace.h"
#include "inb-time.h"

/* As often as changes are read while they come one after the other. */
#define PACE_MS 250

struct _InbMetricsWatch {
  GObject     parent_instance;

  /* Owned */
  InbReplica    *replica;
  InbMetrics    *metrics;
  InbLeadFilter *filter;
  GCancellable  *cancellable;

  InbPace        pace;
  gboolean       stale;
  gboolean       loading;
  gboolean       dirty;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (InbMetricsWatch, inb_metrics_watch, G_TYPE_OBJECT)

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (InbMetricsWatch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbMetrics) metrics = inb_replica_get_metrics_finish (INB_REPLICA (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->loading = FALSE;
  if (metrics == NULL)
    {
      g_warning ("reading the metrics: %s", error->message);
    }
  else
    {
      self->stale = FALSE;
      g_clear_pointer (&self->metrics, inb_metrics_free);
      self->metrics = g_steal_pointer (&metrics);
      g_signal_emit (self, changed_signal, 0);
    }
  if (self->dirty)
    inb_metrics_watch_refresh (self);
}

static void
on_changed (InbMetricsWatch *self)
{
  inb_pace_ask (&self->pace);
}

static void
inb_metrics_watch_finalize (GObject *object)
{
  InbMetricsWatch *self = INB_METRICS_WATCH (object);

  inb_pace_clear (&self->pace);
  g_clear_pointer (&self->metrics, inb_metrics_free);
  g_clear_pointer (&self->filter, inb_lead_filter_free);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->replica);

  G_OBJECT_CLASS (inb_metrics_watch_parent_class)->finalize (object);
}

static void
inb_metrics_watch_class_init (InbMetricsWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_metrics_watch_finalize;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
inb_metrics_watch_init (InbMetricsWatch *self)
{
  self->filter = inb_lead_filter_new ();
  self->cancellable = g_cancellable_new ();
  inb_pace_init (&self->pace, PACE_MS, (InbPaceFunc) inb_metrics_watch_refresh, self);
}

/**
 * inb_metrics_watch_new:
 * @replica: an open replica
 * @clock: says when a day is over
 *
 * Returns: (transfer full): a watch that knows nothing before inb_metrics_watch_refresh()
 */
InbMetricsWatch *
inb_metrics_watch_new (InbReplica *replica,
                       InbClock   *clock)
{
  InbMetricsWatch *self = g_object_new (INB_TYPE_METRICS_WATCH, NULL);

  self->replica = g_object_ref (replica);
  g_signal_connect_object (replica, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (replica, "stages-changed", G_CALLBACK (inb_metrics_watch_refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (replica, "workspace-changed", G_CALLBACK (inb_metrics_watch_refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (replica, "facts-ready", G_CALLBACK (inb_metrics_watch_refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (clock, "day-changed", G_CALLBACK (inb_metrics_watch_refresh), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * inb_metrics_watch_refresh:
 *
 * Reads the figures again, now or after the reading under way.
 */
void
inb_metrics_watch_refresh (InbMetricsWatch *self)
{
  g_return_if_fail (INB_IS_METRICS_WATCH (self));

  self->dirty = self->loading;
  if (self->loading)
    return;

  self->loading = TRUE;
  inb_replica_get_metrics_async (self->replica, self->filter, inb_time_now (), self->cancellable, on_loaded, g_object_ref (self));
}

/**
 * inb_metrics_watch_set_filter:
 * @filter: of which leads the figures are
 */
void
inb_metrics_watch_set_filter (InbMetricsWatch     *self,
                              const InbLeadFilter *filter)
{
  g_return_if_fail (INB_IS_METRICS_WATCH (self) && filter != NULL);

  if (inb_lead_filter_equal (self->filter, filter))
    return;

  inb_lead_filter_free (self->filter);
  self->filter = inb_lead_filter_copy (filter);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->loading = FALSE;
  self->stale = TRUE;
  inb_metrics_watch_refresh (self);
  g_signal_emit (self, changed_signal, 0);
}

gboolean
inb_metrics_watch_get_stale (InbMetricsWatch *self)
{
  g_return_val_if_fail (INB_IS_METRICS_WATCH (self), FALSE);

  return self->stale;
}

const InbMetrics *
inb_metrics_watch_get_metrics (InbMetricsWatch *self)
{
  g_return_val_if_fail (INB_IS_METRICS_WATCH (self), NULL);

  return self->metrics;
}
