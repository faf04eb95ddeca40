#define G_LOG_DOMAIN "inb-service"

#include "inb-writer-private.h"

#include "inb-error.h"
#include "inb-sql.h"

#define MAX_BATCH 64

/* How long a batch that lost its connection waits for a new one before its senders are told to come back. */
#define PATIENCE (2 * G_TIME_SPAN_SECOND)
#define RECONNECT_INTERVAL (100 * G_TIME_SPAN_MILLISECOND)

G_DEFINE_FINAL_TYPE (InbWriter, inb_writer, G_TYPE_OBJECT)

enum { PROP_0, PROP_CONNINFO, N_PROPS };

static GParamSpec *properties[N_PROPS];

static void
disconnect (InbWriter *self)
{
  g_clear_pointer (&self->ingest, inb_ingest_free);
  g_clear_pointer (&self->store, inb_store_free);
  g_clear_pointer (&self->db, inb_db_free);
  g_atomic_int_set (&self->is_connected, FALSE);
}

static gboolean
is_usable (InbWriter *self)
{
  return self->db != NULL && inb_db_is_alive (self->db);
}

/**
 * inb_writer_connect:
 *
 * On the writer thread. Connects at most once per interval, so that a database that is away costs the waiting senders no time.
 */
gboolean
inb_writer_connect (InbWriter  *self,
                    GError    **error)
{
  gint64 now = g_get_monotonic_time ();

  if (is_usable (self))
    return TRUE;

  disconnect (self);
  if (now < self->next_connect)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_UNAVAILABLE, "The database is away; send it again");
      return FALSE;
    }

  self->db = inb_db_connect (self->conninfo, error);
  self->next_connect = g_get_monotonic_time () + RECONNECT_INTERVAL;
  if (self->db == NULL || !inb_db_exec (self->db, inb_sql_get ("session-writer"), error))
    {
      g_prefix_error (error, "Connecting the writer: ");
      disconnect (self);
      return FALSE;
    }

  self->store = inb_store_new (self->db);
  self->ingest = inb_ingest_new (self->store);
  g_atomic_int_set (&self->is_connected, TRUE);

  return TRUE;
}

/**
 * inb_writer_connect_patiently:
 *
 * On the writer thread. Waits a bounded time for a connection.
 */
gboolean
inb_writer_connect_patiently (InbWriter  *self,
                              GError    **error)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE;

  while (TRUE)
    {
      g_autoptr (GError) local_error = NULL;

      if (inb_writer_connect (self, &local_error))
        return TRUE;
      if (g_get_monotonic_time () >= deadline)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      g_usleep (RECONNECT_INTERVAL / 2);
    }
}

static void
count_arrivals (InbWriter *self,
                GPtrArray *deliveries)
{
  gint64 now = g_get_real_time ();

  for (guint i = 0; self->counters != NULL && i < deliveries->len; i++)
    {
      const InbDelivery *delivery = g_ptr_array_index (deliveries, i);

      inb_counters_observe (self->counters, INB_COUNTER_QUEUE_TIME, now - delivery->received_at);
    }
}

/* @deliveries: (transfer full) */
static void
write_deliveries (InbWriter *self,
                  GPtrArray *deliveries)
{
  g_autoptr (GPtrArray) batch = deliveries;

  count_arrivals (self, batch);
  inb_writer_write_batch (self, batch, 0);
}

static gpointer
run (gpointer data)
{
  InbWriter *self = data;

  while (TRUE)
    {
      g_autoptr (GError) error = NULL;
      InbWriterTurn turn;

      /* Without a connection it tries to get one also while nothing arrives, so that readiness comes back by itself. */
      if (!inb_writer_connect (self, &error))
        g_debug ("%s", error->message);
      if (!inb_writer_queue_take (self->queue, MAX_BATCH, is_usable (self) ? -1 : RECONNECT_INTERVAL, &turn))
        break;
      if (turn.deliveries != NULL)
        write_deliveries (self, turn.deliveries);
      else if (turn.job != NULL)
        inb_writer_work (self, turn.job);
    }
  disconnect (self);

  return NULL;
}

static void
inb_writer_constructed (GObject *object)
{
  InbWriter *self = INB_WRITER (object);

  G_OBJECT_CLASS (inb_writer_parent_class)->constructed (object);

  self->thread = g_thread_new ("writer", run, self);
}

static void
inb_writer_set_property (GObject      *object,
                         guint         property_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  InbWriter *self = INB_WRITER (object);

  switch (property_id)
    {
    case PROP_CONNINFO:
      self->conninfo = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
inb_writer_finalize (GObject *object)
{
  InbWriter *self = INB_WRITER (object);

  inb_writer_stop (self);
  inb_writer_queue_free (self->queue);
  g_main_context_unref (self->context);
  g_free (self->conninfo);

  G_OBJECT_CLASS (inb_writer_parent_class)->finalize (object);
}

static void
inb_writer_class_init (InbWriterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = inb_writer_constructed;
  object_class->set_property = inb_writer_set_property;
  object_class->finalize = inb_writer_finalize;

  properties[PROP_CONNINFO] = g_param_spec_string ("conninfo", NULL, NULL, NULL,
                                                   G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
inb_writer_init (InbWriter *self)
{
  self->queue = inb_writer_queue_new ();
  self->context = g_main_context_ref_thread_default ();
  self->has_listeners = TRUE;
}

/**
 * inb_writer_new:
 * @conninfo: libpq's connection string of the service role
 *
 * Starts the thread, which connects by itself and again whenever the connection is lost.
 *
 * Returns: (transfer full): the writer; its callbacks run on the caller's main context
 */
InbWriter *
inb_writer_new (const char *conninfo)
{
  return g_object_new (INB_TYPE_WRITER, "conninfo", conninfo, NULL);
}

void
inb_writer_set_changed (InbWriter        *self,
                        InbWriterChanged  changed,
                        gpointer          user_data)
{
  g_return_if_fail (INB_IS_WRITER (self));

  self->changed = changed;
  self->changed_data = user_data;
}

void
inb_writer_set_has_listeners (InbWriter *self,
                              gboolean   has_listeners)
{
  g_return_if_fail (INB_IS_WRITER (self));

  g_atomic_int_set (&self->has_listeners, has_listeners);
}

/**
 * inb_writer_push:
 * @deliveries: (array length=n_deliveries): of one workspace, each with its `done`; taken over only on success
 *
 * Takes all or none. Each delivery's `done` then runs once on the main loop with its answer set.
 *
 * Returns: %FALSE with %INB_ERROR_QUEUE_FULL or %INB_ERROR_UNAVAILABLE
 */
gboolean
inb_writer_push (InbWriter    *self,
                 InbDelivery **deliveries,
                 guint         n_deliveries,
                 GError      **error)
{
  g_return_val_if_fail (INB_IS_WRITER (self), FALSE);

  if (inb_writer_queue_push (self->queue, deliveries, n_deliveries, error))
    return TRUE;

  if (self->counters != NULL)
    inb_counters_add (self->counters, INB_COUNTER_QUEUE_REFUSED, n_deliveries);

  return FALSE;
}

void
inb_writer_set_counters (InbWriter   *self,
                         InbCounters *counters)
{
  g_return_if_fail (INB_IS_WRITER (self));

  self->counters = counters;
}

/**
 * inb_writer_push_job:
 * @job: taken over only on success
 *
 * Its `done` then runs once on the main loop.
 *
 * Returns: %FALSE with %INB_ERROR_QUEUE_FULL or %INB_ERROR_UNAVAILABLE
 */
gboolean
inb_writer_push_job (InbWriter     *self,
                     InbWriterJob  *job,
                     GError       **error)
{
  g_return_val_if_fail (INB_IS_WRITER (self), FALSE);

  return inb_writer_queue_push_job (self->queue, job, error);
}

/**
 * inb_writer_hurry:
 *
 * The service is about to stop: a job of many turns ends after its current one, with %INB_ERROR_UNAVAILABLE.
 */
void
inb_writer_hurry (InbWriter *self)
{
  g_return_if_fail (INB_IS_WRITER (self));

  inb_writer_queue_hurry (self->queue);
}

/**
 * inb_writer_stop:
 *
 * Stores and answers what was taken, takes nothing more, and waits for the thread. The last answers reach their callbacks
 * when the main loop runs again.
 */
void
inb_writer_stop (InbWriter *self)
{
  if (self->thread == NULL)
    return;

  inb_writer_queue_close (self->queue);
  g_thread_join (g_steal_pointer (&self->thread));
}

gboolean
inb_writer_is_connected (InbWriter *self)
{
  g_return_val_if_fail (INB_IS_WRITER (self), FALSE);

  return g_atomic_int_get (&self->is_connected);
}

guint
inb_writer_get_queue_length (InbWriter *self)
{
  g_return_val_if_fail (INB_IS_WRITER (self), 0);

  return inb_writer_queue_get_length (self->queue);
}
