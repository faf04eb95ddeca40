#define G_LOG_DOMAIN "inb-service"

#include "inb-upkeep.h"

#include "inb-retention.h"
#include "inb-sql.h"
#include "inb-time.h"

/* With the jitter, several service processes on one database spread by themselves. */
#define FIRST_MINUTES 1
#define INTERVAL_MINUTES 60
#define JITTER_SECONDS 600
#define MAX_STEPS 2000 /* up to a million rows an hour */

struct _InbUpkeep {
  /* Owned */
  char         *conninfo;
  GThread      *thread;
  GCancellable *cancellable;
  GMutex        mutex;
  GCond         wake;

  /* Only with the mutex */
  gboolean      is_stopped;

  /* Only on the thread */
  InbRetention *retention;
};

static void
clean_up (InbUpkeep *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbDb) db = inb_db_connect (self->conninfo, &error);
  InbRetentionReport report = { 0 };

  if (db != NULL
      && inb_db_exec (db, inb_sql_get ("session-writer"), &error)
      && inb_retention_run (self->retention, db, inb_time_now (), MAX_STEPS, self->cancellable, &report, &error))
    g_debug ("Upkeep: %u bodies and %u stored answers removed in %u steps", report.n_bodies, report.n_mutations, report.n_steps);
  else
    g_warning ("Upkeep, which is tried again within the hour or so: %s", error->message);
}

/* FALSE once it is stopped. */
static gboolean
wait_minutes (InbUpkeep *self,
              guint      minutes)
{
  gint64 deadline = g_get_monotonic_time () + minutes * G_TIME_SPAN_MINUTE
                    + g_random_int_range (0, JITTER_SECONDS) * G_TIME_SPAN_SECOND;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  while (!self->is_stopped && g_cond_wait_until (&self->wake, &self->mutex, deadline))
    ;

  return !self->is_stopped;
}

static gpointer
run (gpointer data)
{
  InbUpkeep *self = data;
  guint minutes = FIRST_MINUTES;

  while (wait_minutes (self, minutes))
    {
      clean_up (self);
      minutes = INTERVAL_MINUTES;
    }

  return NULL;
}

/**
 * inb_upkeep_new:
 * @conninfo: libpq's connection string of the service role
 *
 * Returns: (transfer full): the upkeep, whose thread has started
 */
InbUpkeep *
inb_upkeep_new (const char *conninfo)
{
  InbUpkeep *self = g_new0 (InbUpkeep, 1);

  self->conninfo = g_strdup (conninfo);
  self->cancellable = g_cancellable_new ();
  self->retention = inb_retention_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->wake);
  self->thread = g_thread_new ("upkeep", run, self);

  return self;
}

void
inb_upkeep_free (InbUpkeep *self)
{
  if (self == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_mutex_lock (&self->mutex);
  self->is_stopped = TRUE;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);

  inb_retention_free (self->retention);
  g_cond_clear (&self->wake);
  g_mutex_clear (&self->mutex);
  g_object_unref (self->cancellable);
  g_free (self->conninfo);
  g_free (self);
}
