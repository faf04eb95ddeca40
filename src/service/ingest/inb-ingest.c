#define G_LOG_DOMAIN "inb-service"

#include "inb-ingest.h"

#include "inb-error.h"
#include "inb-ingest-batch.h"
#include "inb-ingest-item.h"
#include "inb-protocol.h"
#include "inb-sql.h"
#include "inb-time.h"

#include <string.h>

struct _InbIngest {
  /* Owned */
  InbRowWriter      *row_writer;
  InbLeadCountNames *count_names;

  /* Borrowed */
  InbDb             *db;
};

/**
 * inb_ingest_new:
 * @db: a connection of its own; kept as long as the ingest
 */
InbIngest *
inb_ingest_new (InbDb *db)
{
  InbIngest *self = g_new0 (InbIngest, 1);
  self->row_writer = inb_row_writer_new ();
  self->count_names = inb_lead_count_names_new ();
  self->db = db;

  return self;
}

void
inb_ingest_free (InbIngest *self)
{
  if (self == NULL)
    return;

  inb_lead_count_names_free (self->count_names);
  inb_row_writer_free (self->row_writer);
  g_free (self);
}

void
inb_ingest_changes_free (InbIngestChanges *self)
{
  if (self == NULL)
    return;

  if (self->rows != NULL)
    g_string_free (self->rows, TRUE);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_free (self);
}

/* COMMIT answers ROLLBACK, without an error, when the transaction had failed. */
static gboolean
receive_commit (InbDb   *db,
                GError **error)
{
  g_autoptr (PGresult) result = inb_db_receive (db, error);

  if (result == NULL)
    return FALSE;
  if (strcmp (PQcmdStatus (result), "COMMIT") != 0)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_INTERNAL, "The transaction was not committed: %s", PQcmdStatus (result));
      return FALSE;
    }

  return TRUE;
}

static gboolean
receive_results (InbDb   *db,
                 guint    n_statements,
                 GError **error)
{
  for (guint i = 0; i < n_statements; i++)
    {
      g_autoptr (PGresult) result = inb_db_receive (db, error);

      if (result == NULL)
        return FALSE;
    }

  return TRUE;
}

/* One trip: the rows, the roll-up, the deliveries' records, the new head, and COMMIT. */
static gboolean
store (InbIngest       *self,
       InbIngestBatch  *batch,
       gint64           head,
       gboolean        *committing,
       GError         **error)
{
  g_autofree char *head_text = g_strdup_printf ("%" G_GINT64_FORMAT, head);
  guint n_statements = 0;

  if (!inb_write_set_resolve (batch->write_set, self->count_names, self->db, error)
      || !inb_write_set_send (batch->write_set, self->db, self->row_writer, &n_statements, error)
      || !inb_ingest_items_send_records (batch->items, self->db, batch->now, &n_statements, error)
      || !inb_db_send (self->db, inb_sql_get ("write/advance-head"), 2, (const char *[]) { batch->workspace_id, head_text }, error))
    return FALSE;

  *committing = TRUE;

  return inb_db_send (self->db, inb_sql_get ("write/commit"), 0, NULL, error)
         && inb_db_sync (self->db, error)
         && receive_results (self->db, n_statements + 1, error)
         && receive_commit (self->db, error);
}

static InbIngestChanges *
make_changes (InbIngestBatch *batch,
              gint64          head,
              gboolean        with_rows)
{
  InbIngestChanges *changes = g_new0 (InbIngestChanges, 1);

  changes->from = batch->from;
  changes->to = head;
  changes->events = g_ptr_array_new_with_free_func (g_free);
  if (!with_rows)
    return changes;

  changes->rows = inb_write_set_to_json (batch->write_set, INB_PROTOCOL_MAX_CHANGES_EVENT);
  for (guint i = 0; i < batch->items->len; i++)
    {
      char *event = inb_ingest_item_make_event (g_ptr_array_index (batch->items, i));

      if (event != NULL)
        g_ptr_array_add (changes->events, event);
    }

  return changes;
}

/* A connection lost after COMMIT was sent leaves open whether it took place. */
static gboolean
has_lost_connection (InbDb *db)
{
  const char *sqlstate = inb_db_get_sqlstate (db);

  return !inb_db_is_alive (db) || g_str_has_prefix (sqlstate, "08") || g_str_has_prefix (sqlstate, "57P");
}

/**
 * inb_ingest_run:
 * @deliveries: (element-type InbDelivery): of one workspace, in order of arrival
 * @with_rows: whether anyone is to be told the rows and events
 * @commit_unknown: (out): set when it failed in a way that leaves open whether the batch is stored
 *
 * On success every delivery has its answer. On failure nothing is stored, unless @commit_unknown, and the answers of the
 * deliveries mean nothing.
 *
 * Returns: (transfer full): what changed, or %NULL
 */
InbIngestChanges *
inb_ingest_run (InbIngest  *self,
                GPtrArray  *deliveries,
                gboolean    with_rows,
                gboolean   *commit_unknown,
                GError    **error)
{
  g_autoptr (InbIngestBatch) batch = NULL;
  gboolean committing = FALSE;
  gboolean stored;
  gint64 head = 0;

  g_return_val_if_fail (self != NULL && deliveries->len > 0, NULL);

  batch = inb_ingest_batch_new (self->db, deliveries);
  stored = inb_db_pipeline_begin (self->db, error) && inb_ingest_batch_load (batch, error);
  if (stored)
    {
      inb_ingest_batch_decide (batch);
      head = inb_write_set_number (batch->write_set, batch->from);
      stored = store (self, batch, head, &committing, error);
    }
  *commit_unknown = !stored && committing && has_lost_connection (self->db);

  if (!stored)
    {
      g_prefix_error (error, "Storing %u deliveries of workspace %s: ", deliveries->len, batch->workspace_id);
      inb_lead_count_names_forget (self->count_names, batch->workspace_id);
      inb_db_reset (self->db);
      return NULL;
    }
  if (!inb_db_pipeline_end (self->db, NULL))
    g_debug ("The connection broke after a commit");

  return make_changes (batch, head, with_rows);
}

/**
 * inb_ingest_note_failure:
 * @delivery: one that cannot be stored as it is
 * @failure: why
 *
 * Keeps its body and the reason, so that it can be replayed once the cause is mended.
 *
 * Returns: %FALSE when not even that could be stored
 */
gboolean
inb_ingest_note_failure (InbIngest     *self,
                         InbDelivery   *delivery,
                         const GError  *failure,
                         GError       **error)
{
  g_autofree char *begin = inb_db_set_workspace_sql (self->db, delivery->webhook->workspace_id);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_ingest_item_free);
  guint n_statements = 0;
  InbIngestItem *item = g_new0 (InbIngestItem, 1);

  item->delivery = delivery;
  g_ptr_array_add (items, item);
  g_clear_error (&delivery->error);
  delivery->error = g_error_copy (failure);
  inb_delivery_refuse (delivery, failure);

  if (!inb_db_pipeline_begin (self->db, error)
      || !inb_db_send (self->db, begin, 0, NULL, error)
      || !inb_ingest_items_send_records (items, self->db, inb_time_now (), &n_statements, error)
      || !inb_db_send (self->db, inb_sql_get ("write/commit"), 0, NULL, error)
      || !inb_db_sync (self->db, error))
    {
      inb_db_reset (self->db);
      return FALSE;
    }
  if (!receive_results (self->db, n_statements + 1, error) || !receive_commit (self->db, error))
    {
      inb_db_reset (self->db);
      return FALSE;
    }

  return inb_db_pipeline_end (self->db, error);
}

/**
 * inb_ingest_look_up:
 * @deliveries: (element-type InbDelivery): of one workspace, whose commit is unknown
 * @stored: a set that gets those which are stored after all; they have their stored answer then
 *
 * Returns: %FALSE when that could not be found out
 */
gboolean
inb_ingest_look_up (InbIngest   *self,
                    GPtrArray   *deliveries,
                    GHashTable  *stored,
                    GError     **error)
{
  InbDelivery *first = g_ptr_array_index (deliveries, 0);
  const char *workspace_id = first->webhook->workspace_id;
  g_autofree char *begin = inb_db_set_workspace_sql (self->db, workspace_id);
  g_autoptr (GString) ids = g_string_new ("{");
  g_autoptr (PGresult) locked = NULL;
  g_autoptr (PGresult) result = NULL;

  for (guint i = 0; i < deliveries->len; i++)
    inb_ingest_append_element (ids, ((InbDelivery *) g_ptr_array_index (deliveries, i))->id);
  g_string_append_c (ids, '}');

  if (!inb_db_exec (self->db, begin, error))
    return FALSE;
  /* The lost connection's COMMIT may still be under way at the server: it holds this lock until it is decided. */
  locked = inb_db_query (self->db, inb_sql_get ("write/lock-head"), 1, &workspace_id, error);
  if (locked != NULL)
    result = inb_db_query (self->db, inb_sql_get ("ingest/find-deliveries"), 2,
                           (const char *[]) { workspace_id, ids->str }, error);
  if (!inb_db_reset (self->db) || result == NULL)
    return FALSE;

  for (int row = 0; row < PQntuples (result); row++)
    {
      for (guint i = 0; i < deliveries->len; i++)
        {
          InbDelivery *delivery = g_ptr_array_index (deliveries, i);

          if (strcmp (delivery->id, PQgetvalue (result, row, 0)) != 0)
            continue;
          inb_delivery_answer (delivery, (guint) g_ascii_strtoull (PQgetvalue (result, row, 1), NULL, 10),
                               PQgetvalue (result, row, 2));
          g_hash_table_add (stored, delivery);
        }
    }

  return TRUE;
}
