#define G_LOG_DOMAIN "inb-service"

#include "inb-ingest.h"

#include "inb-db-array.h"
#include "inb-error.h"
#include "inb-ingest-batch.h"
#include "inb-ingest-item.h"
#include "inb-protocol.h"
#include "inb-sql.h"
#include "inb-time.h"

#include <string.h>

struct _InbIngest {
  /* Borrowed */
  InbStore *store;
  InbDb    *db;     /* the store's */
};

/**
 * inb_ingest_new:
 * @store: kept as long as the ingest
 */
InbIngest *
inb_ingest_new (InbStore *store)
{
  InbIngest *self = g_new0 (InbIngest, 1);

  self->store = store;
  self->db = inb_store_get_db (store);

  return self;
}

void
inb_ingest_free (InbIngest *self)
{
  g_free (self);
}

static gboolean
send_records (gpointer   data,
              InbDb     *db,
              guint     *n_statements,
              GError   **error)
{
  InbIngestBatch *batch = data;

  return inb_ingest_items_send_records (batch->items, db, batch->now, n_statements, error);
}

static InbChanges *
make_changes (InbIngestBatch *batch,
              gint64          head,
              gboolean        with_rows)
{
  InbChanges *changes = inb_changes_new (batch->from, head);

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
InbChanges *
inb_ingest_run (InbIngest  *self,
                GPtrArray  *deliveries,
                gboolean    with_rows,
                gboolean   *commit_unknown,
                GError    **error)
{
  g_autoptr (InbIngestBatch) batch = NULL;
  gboolean stored;
  gint64 head = 0;

  g_return_val_if_fail (self != NULL && deliveries->len > 0, NULL);

  *commit_unknown = FALSE;
  batch = inb_ingest_batch_new (self->db, deliveries);
  stored = inb_db_pipeline_begin (self->db, error) && inb_ingest_batch_load (batch, error);
  if (stored)
    {
      inb_ingest_batch_decide (batch);
      head = inb_write_set_number (batch->write_set, batch->from);
      stored = inb_store_commit (self->store, batch->workspace_id, batch->write_set, head, NULL, send_records, batch,
                                 commit_unknown, error);
    }
  if (!stored)
    {
      g_prefix_error (error, "Storing %u deliveries of workspace %s: ", deliveries->len, batch->workspace_id);
      inb_store_roll_back (self->store, batch->workspace_id);
      return NULL;
    }

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
      || !inb_store_end (self->db, n_statements + 1, error))
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
    inb_db_array_append (ids, ((InbDelivery *) g_ptr_array_index (deliveries, i))->id);
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
