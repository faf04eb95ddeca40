#define G_LOG_DOMAIN "inb-app"

#include "inb-alarm.h"

#include "inb-time.h"

#define LONGEST_WAIT_MSEC 30000

struct _InbAlarm {
  GObject     parent_instance;

  InbNowFunc  now;
  gint64      at;
  guint       timer;
};

static guint due_signal;

G_DEFINE_FINAL_TYPE (InbAlarm, inb_alarm, G_TYPE_OBJECT)

static gboolean
on_timer (gpointer user_data)
{
  InbAlarm *self = user_data;

  self->timer = 0;
  inb_alarm_check (self);

  return G_SOURCE_REMOVE;
}

static void
wait_on (InbAlarm *self)
{
  gint64 left = (self->at - self->now ()) / 1000 + 1;

  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add ((guint) CLAMP (left, 0, LONGEST_WAIT_MSEC), on_timer, self);
}

static void
inb_alarm_finalize (GObject *object)
{
  InbAlarm *self = INB_ALARM (object);

  g_clear_handle_id (&self->timer, g_source_remove);

  G_OBJECT_CLASS (inb_alarm_parent_class)->finalize (object);
}

static void
inb_alarm_class_init (InbAlarmClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_alarm_finalize;

  due_signal = g_signal_new ("due", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
inb_alarm_init (InbAlarm *self)
{
  self->at = INB_TIME_NONE;
}

InbAlarm *
inb_alarm_new (InbNowFunc now)
{
  InbAlarm *self = g_object_new (INB_TYPE_ALARM, NULL);

  self->now = now != NULL ? now : inb_time_now;

  return self;
}

void
inb_alarm_set (InbAlarm *self,
               gint64    at)
{
  g_return_if_fail (INB_IS_ALARM (self));

  self->at = at;
  if (at == INB_TIME_NONE)
    g_clear_handle_id (&self->timer, g_source_remove);
  else
    wait_on (self);
}

gint64
inb_alarm_get (InbAlarm *self)
{
  g_return_val_if_fail (INB_IS_ALARM (self), INB_TIME_NONE);

  return self->at;
}

void
inb_alarm_check (InbAlarm *self)
{
  g_return_if_fail (INB_IS_ALARM (self));

  if (self->at == INB_TIME_NONE)
    return;
  if (self->now () < self->at)
    {
      wait_on (self);
      return;
    }

  inb_alarm_set (self, INB_TIME_NONE);
  g_signal_emit (self, due_signal, 0);
}

gint64
inb_alarm_now (InbAlarm *self)
{
  g_return_val_if_fail (INB_IS_ALARM (self), 0);

  return self->now ();
}
