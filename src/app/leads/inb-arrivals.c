#define G_LOG_DOMAIN "inb-app"

#include "inb-arrivals.h"

struct _InbArrivals {
  GObject  parent_instance;

  /* Owned: of the newest arrival */
  char    *lead_id;
  char    *name;
  char    *source;
  guint    timer;

  InbArrivalPace pace;
  guint    interval;         /* to the next announcement */
  guint    count;
  guint    contacts;         /* of them, without a lead */
  guint    told;             /* of them */
  gint64   since;
  gint64   last_arrival;     /* monotonic */
  gint64   last_announced;
};

static guint announce_signal;

G_DEFINE_FINAL_TYPE (InbArrivals, inb_arrivals, G_TYPE_OBJECT)

static void
announce (InbArrivals *self)
{
  InbArrival arrival = { self->count, self->since, self->lead_id, self->name, self->source, self->contacts };

  if (self->told > 0)
    self->interval = MIN (2 * self->interval, self->pace.longest_interval);
  self->told = self->count;
  self->last_announced = g_get_monotonic_time ();
  g_signal_emit (self, announce_signal, 0, &arrival);
}

static gboolean
on_timer (gpointer user_data);

/* Whichever is first: the next announcement's turn, or silence. */
static void
wait_for_turn (InbArrivals *self)
{
  gint64 turn = self->last_announced + (gint64) self->interval * G_TIME_SPAN_MILLISECOND;
  gint64 silence = self->last_arrival + (gint64) self->pace.settle * G_TIME_SPAN_MILLISECOND;
  gint64 wait = MIN (turn, silence) - g_get_monotonic_time ();

  self->timer = g_timeout_add ((guint) (MAX (wait, 0) / G_TIME_SPAN_MILLISECOND) + 1, on_timer, self);
}

static gboolean
on_timer (gpointer user_data)
{
  InbArrivals *self = user_data;
  gint64 now = g_get_monotonic_time ();

  self->timer = 0;
  if (now >= self->last_announced + (gint64) self->interval * G_TIME_SPAN_MILLISECOND ||
      now >= self->last_arrival + (gint64) self->pace.settle * G_TIME_SPAN_MILLISECOND)
    announce (self);
  else
    wait_for_turn (self);

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

/**
 * inb_arrivals_new:
 * @pace: copied
 */
InbArrivals *
inb_arrivals_new (const InbArrivalPace *pace)
{
  InbArrivals *self = g_object_new (INB_TYPE_ARRIVALS, NULL);

  self->pace = *pace;

  return self;
}

/**
 * inb_arrivals_add:
 * @lead_id: (nullable): %NULL when a contact came without a lead
 * @source: (nullable): the webhook's name
 * @created_at: microseconds, on the server's clock
 */
void
inb_arrivals_add (InbArrivals *self,
                  const char  *lead_id,
                  const char  *name,
                  const char  *source,
                  gint64       created_at)
{
  gint64 now = g_get_monotonic_time ();

  g_return_if_fail (INB_IS_ARRIVALS (self));

  if (inb_arrivals_is_over (self))
    inb_arrivals_clear (self);
  if (self->count == 0)
    {
      self->since = created_at;
      self->interval = self->pace.interval;
    }
  self->count++;
  if (lead_id == NULL)
    self->contacts++;
  self->since = MIN (self->since, created_at);
  self->last_arrival = now;
  g_free (self->lead_id);
  self->lead_id = g_strdup (lead_id);
  g_free (self->name);
  self->name = g_strdup (name);
  g_free (self->source);
  self->source = g_strdup (source);

  if (self->told == 0)
    announce (self);
  else if (self->timer == 0)
    wait_for_turn (self);
}

void
inb_arrivals_clear (InbArrivals *self)
{
  g_return_if_fail (INB_IS_ARRIVALS (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  self->count = 0;
  self->contacts = 0;
  self->told = 0;
}

gboolean
inb_arrivals_is_over (InbArrivals *self)
{
  g_return_val_if_fail (INB_IS_ARRIVALS (self), TRUE);

  return self->count == 0 ||
         g_get_monotonic_time () - self->last_arrival > (gint64) self->pace.quiet * G_TIME_SPAN_MILLISECOND;
}
