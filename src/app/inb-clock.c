#define G_LOG_DOMAIN "inb-app"

#include "inb-clock.h"

#include "inb-format.h"
#include "inb-time.h"

#include <glib/gi18n.h>

#define TICK_MSEC 30000

struct _InbClock {
  GObject    parent_instance;

  /* Owned */
  GTimeZone *timezone;
  GTimeZone *local;
  guint      timer;

  gint64     day_start;
};

enum {
  TICK,
  DAY_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbClock, inb_clock, G_TYPE_OBJECT)

static void schedule (InbClock *self);

static gboolean
on_timer (gpointer user_data)
{
  InbClock *self = user_data;
  gint64 day_start = inb_time_day_start (inb_time_now (), self->timezone);

  self->timer = 0;
  g_object_ref (self);
  g_signal_emit (self, signals[TICK], 0);
  if (day_start != self->day_start)
    {
      self->day_start = day_start;
      g_signal_emit (self, signals[DAY_CHANGED], 0);
    }
  schedule (self);
  g_object_unref (self);

  return G_SOURCE_REMOVE;
}

/* A timer stands still while the computer sleeps, so midnight is never awaited for longer than a tick. */
static void
schedule (InbClock *self)
{
  gint64 now = inb_time_now ();
  gint64 to_midnight = (inb_time_next_day (now, self->timezone) - now) / 1000 + 1;

  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add ((guint) CLAMP (to_midnight, 1, TICK_MSEC), on_timer, self);
}

static void
inb_clock_finalize (GObject *object)
{
  InbClock *self = INB_CLOCK (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->timezone, g_time_zone_unref);
  g_clear_pointer (&self->local, g_time_zone_unref);

  G_OBJECT_CLASS (inb_clock_parent_class)->finalize (object);
}

static void
inb_clock_class_init (InbClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_clock_finalize;

  signals[TICK] = g_signal_new ("tick", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DAY_CHANGED] = g_signal_new ("day-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
}

static void
inb_clock_init (InbClock *self)
{
  self->local = g_time_zone_new_local ();
  self->timezone = g_time_zone_ref (self->local);
  self->day_start = inb_time_day_start (inb_time_now (), self->timezone);
  schedule (self);
}

InbClock *
inb_clock_new (void)
{
  return g_object_new (INB_TYPE_CLOCK, NULL);
}

/**
 * inb_clock_set_timezone:
 *
 * Takes another zone for times and midnight; emits "tick", and "day-changed" if the present day starts at another instant there.
 */
void
inb_clock_set_timezone (InbClock  *self,
                        GTimeZone *timezone)
{
  gint64 day_start;

  g_return_if_fail (INB_IS_CLOCK (self));
  g_return_if_fail (timezone != NULL);

  g_time_zone_ref (timezone);
  g_time_zone_unref (self->timezone);
  self->timezone = timezone;
  day_start = inb_time_day_start (inb_time_now (), timezone);
  schedule (self);
  g_signal_emit (self, signals[TICK], 0);
  if (day_start != self->day_start)
    {
      self->day_start = day_start;
      g_signal_emit (self, signals[DAY_CHANGED], 0);
    }
}

GTimeZone *
inb_clock_get_timezone (InbClock *self)
{
  g_return_val_if_fail (INB_IS_CLOCK (self), NULL);

  return self->timezone;
}

/**
 * inb_clock_describe:
 * @microseconds: an instant
 *
 * Returns: (transfer full): day, time and zone; on a second line the same by the computer's clock when its hands stand elsewhere
 */
char *
inb_clock_describe (InbClock *self,
                    gint64    microseconds)
{
  g_autofree char *there = NULL;
  g_autofree char *here = NULL;
  gint64 seconds = microseconds / G_TIME_SPAN_SECOND;
  int there_interval;
  int here_interval;

  g_return_val_if_fail (INB_IS_CLOCK (self), NULL);

  there = inb_format_absolute (microseconds, self->timezone);
  there_interval = g_time_zone_find_interval (self->timezone, G_TIME_TYPE_UNIVERSAL, seconds);
  here_interval = g_time_zone_find_interval (self->local, G_TIME_TYPE_UNIVERSAL, seconds);
  if (g_time_zone_get_offset (self->timezone, there_interval) == g_time_zone_get_offset (self->local, here_interval))
    return g_steal_pointer (&there);

  here = inb_format_absolute (microseconds, self->local);

  /* Translators: the same instant in two time zones, the workspace's and the computer's */
  return g_strdup_printf (_("%s\nOn this computer: %s"), there, here);
}
