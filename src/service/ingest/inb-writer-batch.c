#define G_LOG_DOMAIN "inb-service"

#include "inb-writer-private.h"

#include "inb-error.h"

/* What went wrong inside is for the log, not for the sender. */
GError *
inb_writer_make_told (const GError *error)
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
  g_autoptr (GError) told = inb_writer_make_told (error);

  /* Once, however many come while it lasts: the log may be on the same full disk. */
  if (!self->is_refusing)
    g_warning ("Webhooks are refused from now on: %s", error->message);
  self->is_refusing = TRUE;

  for (guint i = 0; i < deliveries->len; i++)
    inb_delivery_refuse (g_ptr_array_index (deliveries, i), told);
  inb_writer_hand_back (self, deliveries, NULL);
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

  if (!inb_writer_connect_patiently (self, &error) || !inb_ingest_look_up (self->ingest, deliveries, stored, &error))
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
    inb_writer_hand_back (self, answered, inb_changes_new_unknown ());

  return g_steal_pointer (&rest);
}

gboolean
inb_writer_is_general_failure (InbWriter    *self,
                               const GError *error)
{
  InbErrorCode code = inb_error_get_code (error);

  return !inb_db_is_alive (self->db) || code == INB_ERROR_UNAVAILABLE || code == INB_ERROR_DISK_FULL || code == INB_ERROR_CORRUPT;
}

static void
retry_batch (InbWriter    *self,
             GPtrArray    *deliveries,
             guint         attempt,
             const GError *error)
{
  if (deliveries->len == 0)
    return;

  if (attempt + 1 < INB_WRITER_MAX_ATTEMPTS)
    inb_writer_write_batch (self, deliveries, attempt + 1);
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
      inb_writer_write_batch (self, single, 1);
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
      told = inb_writer_make_told (error);
      g_warning ("Keeping the failed delivery %s: %s", delivery->id, error->message);
      inb_delivery_refuse (delivery, told);
    }
  else
    {
      inb_delivery_refuse (delivery, told);
    }
  inb_writer_hand_back (self, single, NULL);
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

/**
 * inb_writer_write_batch:
 * @attempt: 0 for the first
 *
 * On the writer thread. A batch that fails is tried again: once as a whole when that may help, else one by one, so that what is
 * poisonous fails alone.
 */
void
inb_writer_write_batch (InbWriter *self,
                        GPtrArray *deliveries,
                        guint      attempt)
{
  g_autoptr (GError) error = NULL;
  InbChanges *changes;
  gboolean commit_unknown = FALSE;
  gint64 started = g_get_monotonic_time ();

  if (self->counters != NULL && attempt > 0)
    inb_counters_add (self->counters, INB_COUNTER_BATCH_RETRIES, 1);
  if (!(attempt == 0 ? inb_writer_connect (self, &error) : inb_writer_connect_patiently (self, &error)))
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
      inb_writer_hand_back (self, deliveries, changes);
      return;
    }

  g_info ("%s", error->message);
  if (commit_unknown)
    {
      g_autoptr (GPtrArray) rest = sort_out_unknown (self, deliveries);

      retry_batch (self, rest, attempt, error);
      return;
    }
  if (inb_writer_is_general_failure (self, error))
    {
      retry_batch (self, deliveries, attempt, error);
      return;
    }

  if (deliveries->len > 1)
    write_one_by_one (self, deliveries);
  else
    keep_failed (self, deliveries, error);
}
