#define G_LOG_DOMAIN "inb-app"

#include "inb-trends-watch.h"

#include "inb-pace.h"
#include "inb-time.h"

#define MAX_SERIES 7
/* As often as changes are read while they come one after the other. */
#define PACE_MS 250

struct _InbTrendsWatch {
  GObject        parent_instance;

  /* Owned */
  InbSession    *session;
  InbTrends     *trends;
  GCancellable  *cancellable;

  InbTrendsView  wanted;
  InbTrendsView  known;        /* of @trends */
  InbPace        pace;
  gboolean       active;
  gboolean       loading;
  gboolean       dirty;
  gboolean       stale;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (InbTrendsWatch, inb_trends_watch, G_TYPE_OBJECT)

static void refresh (InbTrendsWatch *self);

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (InbTrendsWatch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbTrends) trends = inb_replica_get_trends_finish (INB_REPLICA (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->loading = FALSE;
  if (trends == NULL)
    {
      g_warning ("reading the trends: %s", error->message);
    }
  else
    {
      self->stale = FALSE;
      self->known = self->wanted;
      g_clear_pointer (&self->trends, inb_trends_free);
      self->trends = g_steal_pointer (&trends);
      g_signal_emit (self, changed_signal, 0);
    }
  if (self->dirty)
    refresh (self);
}

/* Now, or after the reading under way, or when somebody looks. The first time without being asked, so that there is something
 * to show at once. */
static void
refresh (InbTrendsWatch *self)
{
  self->dirty = self->loading || (!self->active && self->trends != NULL);
  if (self->dirty || inb_session_get_phase (self->session) != INB_SESSION_OPEN)
    {
      self->dirty = TRUE;
      return;
    }

  self->loading = TRUE;
  inb_replica_get_trends_async (inb_session_get_replica (self->session), inb_session_get_filter (self->session),
                                &self->wanted.range, self->wanted.step, self->wanted.group, MAX_SERIES, inb_time_now (),
                                self->cancellable, on_loaded, g_object_ref (self));
}

static void
on_changed (InbTrendsWatch *self)
{
  inb_pace_ask (&self->pace);
}

/* What is being read is not wanted any more. */
static void
restart (InbTrendsWatch *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->loading = FALSE;
  self->stale = self->trends != NULL;
  refresh (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
inb_trends_watch_dispose (GObject *object)
{
  InbTrendsWatch *self = INB_TRENDS_WATCH (object);

  inb_pace_clear (&self->pace);
  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (inb_trends_watch_parent_class)->dispose (object);
}

static void
inb_trends_watch_finalize (GObject *object)
{
  InbTrendsWatch *self = INB_TRENDS_WATCH (object);

  g_clear_pointer (&self->trends, inb_trends_free);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (inb_trends_watch_parent_class)->finalize (object);
}

static void
inb_trends_watch_class_init (InbTrendsWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_trends_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = inb_trends_watch_finalize;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
inb_trends_watch_init (InbTrendsWatch *self)
{
  self->cancellable = g_cancellable_new ();
  self->wanted.range.kind = INB_DATE_RANGE_LAST_30_DAYS;
  self->known = self->wanted;
  self->dirty = TRUE;
  inb_pace_init (&self->pace, PACE_MS, (InbPaceFunc) refresh, self);
}

/**
 * inb_trends_watch_new:
 *
 * Returns: (transfer full): a watch that is not active, but reads the figures once
 */
InbTrendsWatch *
inb_trends_watch_new (InbSession *session)
{
  InbTrendsWatch *self = g_object_new (INB_TYPE_TRENDS_WATCH, NULL);
  InbReplica *replica = inb_session_get_replica (session);
  InbClock *clock = inb_session_get_clock (session);

  self->session = g_object_ref (session);
  g_signal_connect_object (replica, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (replica, "stages-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (replica, "workspace-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (clock, "day-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "phase-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "filter-changed", G_CALLBACK (restart), self, G_CONNECT_SWAPPED);
  refresh (self);

  return self;
}

void
inb_trends_watch_set_active (InbTrendsWatch *self,
                             gboolean        active)
{
  g_return_if_fail (INB_IS_TRENDS_WATCH (self));

  self->active = active;
  if (active && self->dirty && !self->loading)
    refresh (self);
}

void
inb_trends_watch_set_view (InbTrendsWatch      *self,
                           const InbTrendsView *view)
{
  g_return_if_fail (INB_IS_TRENDS_WATCH (self) && view != NULL);

  if (inb_date_range_equal (&view->range, &self->wanted.range) && view->step == self->wanted.step &&
      view->group == self->wanted.group)
    return;

  self->wanted = *view;
  restart (self);
}

const InbTrendsView *
inb_trends_watch_get_view (InbTrendsWatch *self)
{
  g_return_val_if_fail (INB_IS_TRENDS_WATCH (self), NULL);

  return &self->known;
}

const InbTrends *
inb_trends_watch_get_trends (InbTrendsWatch *self)
{
  g_return_val_if_fail (INB_IS_TRENDS_WATCH (self), NULL);

  return self->trends;
}

gboolean
inb_trends_watch_get_stale (InbTrendsWatch *self)
{
  g_return_val_if_fail (INB_IS_TRENDS_WATCH (self), FALSE);

  return self->stale;
}
