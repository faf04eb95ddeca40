#define G_LOG_DOMAIN "inb-service"

#include "inb-writer.h"

#include "inb-delivery-queue.h"
#include "inb-error.h"
#include "inb-ingest.h"
#include "inb-sql.h"

#include <string.h>

#define MAX_BATCH 64

/* How long a batch that lost its connection waits for a new one before its senders are told to come back. */
#define PATIENCE (2 * G_TIME_SPAN_SECOND)
#define MAX_ATTEMPTS 3
#define RECONNECT_INTERVAL (100 * G_TIME_SPAN_MILLISECOND)

struct _InbWriter {
  GObject parent_instance;

  /* Owned */
  char             *conninfo;
  InbDeliveryQueue *queue;
  GMainContext     *context;       /* of the main loop */
  GThread          *thread;
  int               is_connected;  /* atomic */
  int               has_listeners; /* atomic */

  /* Borrowed; main loop only */
  InbWriterChanged  changed;
  gpointer          changed_data;

  /* Borrowed */
  InbCounters      *counters;      /* or NULL */

  /* Only on the writer thread */
  InbDb            *db;
  InbIngest        *ingest;
  gint64            next_connect;
  gboolean          is_refusing;   /* as for the log */
};

G_DEFINE_FINAL_TYPE (InbWriter, inb_writer, G_TYPE_OBJECT)

enum { PROP_0, PROP_CONNINFO, N_PROPS };

static GParamSpec *properties[N_PROPS];

/* A batch on its way back to the main loop. */
typedef struct {
  InbWriter        *writer;
  char             *workspace_id;
  GPtrArray        *deliveries;
  InbIngestChanges *changes;     /* NULL when nothing was stored */
} Outcome;

static void
outcome_free (Outcome *outcome)
{
  g_object_unref (outcome->writer);
  g_free (outcome->workspace_id);
  g_clear_pointer (&outcome->deliveries, g_ptr_array_unref);
  g_clear_pointer (&outcome->changes, inb_ingest_changes_free);
  g_free (outcome);
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

static void
count_batch (InbWriter *self,
             GPtrArray *deliveries,
             gint64     started)
{
  if (self->counters == NULL)
    return;

  inb_counters_add (self->counters, INB_COUNTER_BATCHES, 1);
  inb_counters_add (self->counters, INB_COUNTER_BATCH_EVENTS, deliveries->len);
  inb_counters_observe (self->counters, INB_COUNTER_BATCH_TIME, g_get_monotonic_time () - started);
}

static void
count_answers (InbWriter *self,
               GPtrArray *deliveries)
{
  gint64 n_stored = 0;

  if (self->counters == NULL)
    return;

  for (guint i = 0; i < deliveries->len; i++)
    {
      const InbDelivery *delivery = g_ptr_array_index (deliveries, i);

      n_stored += delivery->answer_status == 200;
    }
  inb_counters_add (self->counters, INB_COUNTER_EVENTS_STORED, n_stored);
  inb_counters_add (self->counters, INB_COUNTER_EVENTS_REFUSED, deliveries->len - n_stored);
}

static gboolean
on_outcome (gpointer user_data)
{
  Outcome *outcome = user_data;
  InbWriter *self = outcome->writer;
  InbIngestChanges *changes = outcome->changes;

  if (changes != NULL && changes->to != changes->from && self->changed != NULL)
    self->changed (outcome->workspace_id, changes->from, changes->to, changes->rows, changes->events, self->changed_data);

  count_answers (self, outcome->deliveries);
  for (guint i = 0; i < outcome->deliveries->len; i++)
    {
      InbDelivery *delivery = g_ptr_array_index (outcome->deliveries, i);

      delivery->done (delivery, delivery->done_data);
    }

  return G_SOURCE_REMOVE;
}

/* Hands answered deliveries back; takes @changes. */
static void
hand_back (InbWriter        *self,
           GPtrArray        *deliveries,
           InbIngestChanges *changes)
{
  Outcome *outcome = g_new0 (Outcome, 1);
  InbDelivery *first = g_ptr_array_index (deliveries, 0);

  outcome->writer = g_object_ref (self);
  outcome->workspace_id = g_strdup (first->webhook->workspace_id);
  outcome->deliveries = g_ptr_array_ref (deliveries);
  outcome->changes = changes;
  g_main_context_invoke_full (self->context, G_PRIORITY_HIGH, on_outcome, outcome, (GDestroyNotify) outcome_free);
}

/* What went wrong inside is for the log, not for the sender. */
static GError *
make_told (const GError *error)
{
  switch (inb_error_get_code (error))
    {
    case INB_ERROR_DISK_FULL:
      return g_error_new_literal (INB_ERROR, INB_ERROR_DISK_FULL, "The service's disk is full, so nothing was stored; send it again later");
    case INB_ERROR_CORRUPT:
      return g_error_new_literal (INB_ERROR, INB_ERROR_CORRUPT, "The service's database is damaged, so nothing was stored; send it again later");
    default:
      return g_error_new_literal (INB_ERROR, INB_ERROR_UNAVAILABLE, "The service's database is away, so nothing was stored; send it again");
    }
}

static void
refuse_all (InbWriter    *self,
            GPtrArray    *deliveries,
            const GError *error)
{
  g_autoptr (GError) told = make_told (error);

  /* Once, however many come while it lasts: the log may be on the same full disk. */
  if (!self->is_refusing)
    g_warning ("Webhooks are refused from now on: %s", error->message);
  self->is_refusing = TRUE;

  for (guint i = 0; i < deliveries->len; i++)
    inb_delivery_refuse (g_ptr_array_index (deliveries, i), told);
  hand_back (self, deliveries, NULL);
}

static void
disconnect (InbWriter *self)
{
  g_clear_pointer (&self->ingest, inb_ingest_free);
  g_clear_pointer (&self->db, inb_db_free);
  g_atomic_int_set (&self->is_connected, FALSE);
}

static gboolean
is_usable (InbWriter *self)
{
  return self->db != NULL && inb_db_is_alive (self->db);
}

/* Connects at most once per interval, so that a database that is away costs the waiting senders no time. */
static gboolean
connect_if_due (InbWriter  *self,
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

  self->ingest = inb_ingest_new (self->db);
  g_atomic_int_set (&self->is_connected, TRUE);

  return TRUE;
}

/* Waits a bounded time for a connection. */
static gboolean
connect_patiently (InbWriter  *self,
                   GError    **error)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE;

  while (TRUE)
    {
      g_autoptr (GError) local_error = NULL;

      if (connect_if_due (self, &local_error))
        return TRUE;
      if (g_get_monotonic_time () >= deadline)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      g_usleep (RECONNECT_INTERVAL / 2);
    }
}

/* After a commit of unknown outcome: what is stored is answered, what is not comes back. */
static GPtrArray *
sort_out_unknown (InbWriter *self,
                  GPtrArray *deliveries)
{
  g_autoptr (GHashTable) stored = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) answered = g_ptr_array_new ();
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  InbIngestChanges *changes;

  if (!connect_patiently (self, &error) || !inb_ingest_look_up (self->ingest, deliveries, stored, &error))
    {
      g_warning ("Finding out what was stored before the connection was lost: %s", error->message);
      refuse_all (self, deliveries, error);
      return g_steal_pointer (&rest);
    }

  for (guint i = 0; i < deliveries->len; i++)
    {
      InbDelivery *delivery = g_ptr_array_index (deliveries, i);

      g_ptr_array_add (g_hash_table_contains (stored, delivery) ? answered : rest, delivery);
    }
  if (answered->len > 0)
    {
      changes = g_new0 (InbIngestChanges, 1);
      changes->from = -1;
      changes->events = g_ptr_array_new_with_free_func (g_free);
      hand_back (self, answered, changes);
    }

  return g_steal_pointer (&rest);
}

/* Failures that another delivery would meet as well: nobody is to blame, everybody may come back. */
static gboolean
is_general_failure (InbDb        *db,
                    const GError *error)
{
  InbErrorCode code = inb_error_get_code (error);

  return !inb_db_is_alive (db) || code == INB_ERROR_UNAVAILABLE || code == INB_ERROR_DISK_FULL || code == INB_ERROR_CORRUPT;
}

static void write_batch (InbWriter *self,
                         GPtrArray *deliveries,
                         guint      attempt);

static void
retry_batch (InbWriter    *self,
             GPtrArray    *deliveries,
             guint         attempt,
             const GError *error)
{
  if (deliveries->len == 0)
    return;

  if (attempt + 1 < MAX_ATTEMPTS)
    write_batch (self, deliveries, attempt + 1);
  else
    refuse_all (self, deliveries, error);
}

static void
write_one_by_one (InbWriter *self,
                  GPtrArray *deliveries)
{
  for (guint i = 0; i < deliveries->len; i++)
    {
      g_autoptr (GPtrArray) single = g_ptr_array_new ();

      g_ptr_array_add (single, g_ptr_array_index (deliveries, i));
      write_batch (self, single, 1);
    }
}

static void
keep_failed (InbWriter    *self,
             GPtrArray    *single,
             const GError *failure)
{
  InbDelivery *delivery = g_ptr_array_index (single, 0);
  g_autoptr (GError) told = g_error_new_literal (INB_ERROR, INB_ERROR_INTERNAL,
                                                 "This delivery could not be stored as it is; it was kept for repair");
  g_autoptr (GError) error = NULL;

  g_warning ("Delivery %s: %s", delivery->id, failure->message);
  if (!inb_ingest_note_failure (self->ingest, delivery, failure, &error))
    {
      g_clear_error (&told);
      told = make_told (error);
      g_warning ("Keeping the failed delivery %s: %s", delivery->id, error->message);
      inb_delivery_refuse (delivery, told);
    }
  else
    {
      inb_delivery_refuse (delivery, told);
    }
  hand_back (self, single, NULL);
}

/* A batch that fails is tried again: once as a whole when that may help, else one by one, so that what is poisonous fails
 * alone. */
static void
write_batch (InbWriter *self,
             GPtrArray *deliveries,
             guint      attempt)
{
  g_autoptr (GError) error = NULL;
  InbIngestChanges *changes;
  gboolean commit_unknown = FALSE;
  gint64 started = g_get_monotonic_time ();

  if (self->counters != NULL && attempt > 0)
    inb_counters_add (self->counters, INB_COUNTER_BATCH_RETRIES, 1);
  if (!(attempt == 0 ? connect_if_due (self, &error) : connect_patiently (self, &error)))
    {
      refuse_all (self, deliveries, error);
      return;
    }

  changes = inb_ingest_run (self->ingest, deliveries, g_atomic_int_get (&self->has_listeners), &commit_unknown, &error);
  if (changes != NULL)
    {
      if (self->is_refusing)
        g_message ("Webhooks are stored again");
      self->is_refusing = FALSE;
      count_batch (self, deliveries, started);
      hand_back (self, deliveries, changes);
      return;
    }

  g_info ("%s", error->message);
  if (commit_unknown)
    {
      g_autoptr (GPtrArray) rest = sort_out_unknown (self, deliveries);

      retry_batch (self, rest, attempt, error);
      return;
    }
  if (is_general_failure (self->db, error))
    {
      retry_batch (self, deliveries, attempt, error);
      return;
    }

  if (deliveries->len > 1)
    write_one_by_one (self, deliveries);
  else
    keep_failed (self, deliveries, error);
}

static gpointer
run (gpointer data)
{
  InbWriter *self = data;

  while (TRUE)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) batch = NULL;

      /* Without a connection it tries to get one also while nothing arrives, so that readiness comes back by itself. */
      if (!connect_if_due (self, &error))
        g_debug ("%s", error->message);
      batch = inb_delivery_queue_take (self->queue, MAX_BATCH, is_usable (self) ? -1 : RECONNECT_INTERVAL);
      if (batch == NULL)
        break;
      count_arrivals (self, batch);
      if (batch->len > 0)
        write_batch (self, batch, 0);
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
  inb_delivery_queue_free (self->queue);
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
  self->queue = inb_delivery_queue_new ();
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

  if (inb_delivery_queue_push (self->queue, deliveries, n_deliveries, error))
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

  inb_delivery_queue_close (self->queue);
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

  return inb_delivery_queue_get_length (self->queue);
}
