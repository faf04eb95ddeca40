#define G_LOG_DOMAIN "inb-app"

#include "inb-arrivals.h"

struct _InbArrivals {
  GObject  parent_instance;

  /* Owned: of the newest arrival */
  char    *lead_id;
  char    *name;
  char    *source;
  guint    timer;

  guint    interval;
  guint    quiet;
  guint    count;
  gint64   last_arrival;     /* monotonic */
  gint64   last_announced;
};

static guint announce_signal;

G_DEFINE_FINAL_TYPE (InbArrivals, inb_arrivals, G_TYPE_OBJECT)

static void
announce (InbArrivals *self)
{
  InbArrival arrival = { self->count, self->lead_id, self->name, self->source };

  self->last_announced = g_get_monotonic_time ();
  g_signal_emit (self, announce_signal, 0, &arrival);
}

static gboolean
on_timer (gpointer user_data)
{
  InbArrivals *self = user_data;

  self->timer = 0;
  announce (self);

  return G_SOURCE_REMOVE;
}

static void
inb_arrivals_finalize (GObject *object)
{
  InbArrivals *self = INB_ARRIVALS (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->lead_id, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->source, g_free);

  G_OBJECT_CLASS (inb_arrivals_parent_class)->finalize (object);
}

static void
inb_arrivals_class_init (InbArrivalsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_arrivals_finalize;

  announce_signal = g_signal_new ("announce", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
inb_arrivals_init (InbArrivals *self)
{
}

InbArrivals *
inb_arrivals_new (guint interval_msec,
                  guint quiet_msec)
{
  InbArrivals *self = g_object_new (INB_TYPE_ARRIVALS, NULL);

  self->interval = interval_msec;
  self->quiet = quiet_msec;

  return self;
}

/**
 * inb_arrivals_add:
 * @lead_id: (nullable): %NULL when a contact came without a lead
 * @source: (nullable): the webhook's name
 */
void
inb_arrivals_add (InbArrivals *self,
                  const char  *lead_id,
                  const char  *name,
                  const char  *source)
{
  gint64 now = g_get_monotonic_time ();
  gint64 wait;

  g_return_if_fail (INB_IS_ARRIVALS (self));

  if (self->count > 0 && now - self->last_arrival > (gint64) self->quiet * G_TIME_SPAN_MILLISECOND)
    self->count = 0;
  self->count++;
  self->last_arrival = now;
  g_free (self->lead_id);
  self->lead_id = g_strdup (lead_id);
  g_free (self->name);
  self->name = g_strdup (name);
  g_free (self->source);
  self->source = g_strdup (source);

  if (self->timer != 0)
    return;

  wait = self->last_announced + (gint64) self->interval * G_TIME_SPAN_MILLISECOND - now;
  if (self->count == 1 || wait <= 0)
    announce (self);
  else
    self->timer = g_timeout_add ((guint) (wait / G_TIME_SPAN_MILLISECOND) + 1, on_timer, self);
}
