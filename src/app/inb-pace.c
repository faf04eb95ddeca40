#define G_LOG_DOMAIN "inb-app"

#include "inb-pace.h"

/**
 * inb_pace_init:
 * @self: (out caller-allocates): a field of @owner
 * @interval: milliseconds from one run to the next, at least
 * @func: what to run, with @owner
 */
void
inb_pace_init (InbPace     *self,
               guint        interval,
               InbPaceFunc  func,
               gpointer     owner)
{
  *self = (InbPace) { .owner = owner, .func = func, .interval = interval, .last = G_MININT64 };
}

void
inb_pace_clear (InbPace *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
}

static void
run (InbPace *self)
{
  self->last = g_get_monotonic_time ();
  self->func (self->owner);
}

static gboolean
on_time (gpointer user_data)
{
  InbPace *self = user_data;

  self->timer = 0;
  run (self);

  return G_SOURCE_REMOVE;
}

/**
 * inb_pace_ask:
 *
 * Runs it, now or as soon as the interval is over. What is asked for meanwhile is one and the same.
 */
void
inb_pace_ask (InbPace *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 next = self->last == G_MININT64 ? now : self->last + (gint64) self->interval * 1000;

  if (self->timer != 0)
    return;

  if (next <= now)
    run (self);
  else
    self->timer = g_timeout_add ((guint) ((next - now + 999) / 1000), on_time, self);
}
