#define G_LOG_DOMAIN "inb-service"

#include "inb-ingest-batch.h"

#include "inb-db-array.h"
#include "inb-directory-load.h"
#include "inb-error.h"
#include "inb-ingest-item.h"
#include "inb-sql.h"
#include "inb-time.h"

#include <string.h>

/**
 * inb_ingest_batch_new:
 * @db: the writer's connection
 * @deliveries: (element-type InbDelivery): of one workspace; kept as long as the batch
 *
 * Maps the deliveries' events; nothing is asked of the database yet.
 */
InbIngestBatch *
inb_ingest_batch_new (InbDb     *db,
                      GPtrArray *deliveries)
{
  InbIngestBatch *batch = g_new0 (InbIngestBatch, 1);
  InbDelivery *first = g_ptr_array_index (deliveries, 0);

  batch->db = db;
  batch->webhook = first->webhook;
  batch->workspace_id = first->webhook->workspace_id;
  batch->items = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_ingest_item_free);
  for (guint i = 0; i < deliveries->len; i++)
    g_ptr_array_add (batch->items, inb_ingest_item_new (g_ptr_array_index (deliveries, i)));
  batch->repeats = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  batch->candidates = inb_candidates_new ();
  batch->originals = inb_candidates_new ();
  batch->write_set = inb_write_set_new (batch->workspace_id, batch->webhook->timezone);
  inb_write_set_set_region (batch->write_set, batch->webhook->region);
  batch->results = g_ptr_array_new_with_free_func ((GDestroyNotify) PQclear);
  batch->now = inb_time_now ();

  return batch;
}

void
inb_ingest_batch_free (InbIngestBatch *batch)
{
  if (batch == NULL)
    return;

  g_ptr_array_unref (batch->items);
  g_hash_table_unref (batch->repeats);
  inb_candidates_free (batch->candidates);
  inb_candidates_free (batch->originals);
  inb_write_set_free (batch->write_set);
  g_clear_pointer (&batch->stages, inb_stage_set_unref);
  g_ptr_array_unref (batch->results);
  g_free (batch);
}

/* What a repeat has in common with the first: NULL for a delivery that none can repeat. */
static char *
get_repeat_key (InbIngestItem *item)
{
  InbDelivery *delivery = item->delivery;

  if (delivery->delivery_key != NULL)
    return g_strdup_printf ("%s key %u %s", delivery->webhook->webhook_id, delivery->element, delivery->delivery_key);
  if (item->body_hash != NULL)
    return g_strdup_printf ("%s body 0 %s", delivery->webhook->webhook_id, item->body_hash);

  return NULL;
}

static gboolean
send_find_repeats (InbIngestBatch *batch,
                   gboolean   by_key,
                   gboolean  *sent,
                   GError   **error)
{
  g_autoptr (GString) webhooks = g_string_new ("{");
  g_autoptr (GString) keys = g_string_new ("{");
  g_autofree char *since = NULL;
  gint64 window = 0;

  for (guint i = 0; i < batch->items->len; i++)
    {
      InbIngestItem *item = g_ptr_array_index (batch->items, i);
      const char *key = by_key ? item->delivery->delivery_key : item->body_hash;
      g_autofree char *bytea = NULL;

      if (key == NULL)
        continue;
      if (!by_key)
        key = bytea = g_strconcat ("\\x", key, NULL);
      inb_db_array_append (webhooks, item->delivery->webhook->webhook_id);
      inb_db_array_append (keys, key);
      window = MAX (window, item->delivery->webhook->body_dedupe_window);
    }

  *sent = keys->len > 1;
  if (!*sent)
    return TRUE;

  g_string_append_c (webhooks, '}');
  g_string_append_c (keys, '}');
  since = inb_time_format (batch->now - window);

  return inb_db_send (batch->db, inb_sql_get (by_key ? "ingest/find-keys" : "ingest/find-bodies"), by_key ? 3 : 4,
                      (const char *[]) { batch->workspace_id, webhooks->str, keys->str, since }, error);
}

/* Every key of one kind that the batch's events name. */
static char *
make_key_array (InbIngestBatch *batch,
                guint           column)
{
  g_autoptr (GString) keys = g_string_new ("{");

  for (guint i = 0; i < batch->items->len; i++)
    {
      InbIngestItem *item = g_ptr_array_index (batch->items, i);
      const char *key = item->intake == NULL ? NULL : inb_row_get (item->intake->contact, column);

      if (key != NULL)
        inb_db_array_append (keys, key);
    }
  g_string_append_c (keys, '}');

  return g_string_free (g_steal_pointer (&keys), FALSE);
}

static gboolean
send_find_contacts (InbIngestBatch  *batch,
                    GError         **error)
{
  g_autofree char *crm_ids = make_key_array (batch, INB_CONTACT_CRM_ID);
  g_autofree char *phones = make_key_array (batch, INB_CONTACT_PHONE_E164);
  g_autofree char *emails = make_key_array (batch, INB_CONTACT_EMAIL_NORM);
  const char *params[] = { batch->workspace_id, crm_ids, phones, emails };

  return inb_db_send (batch->db, inb_sql_get ("ingest/find-contacts"), G_N_ELEMENTS (params), params, error);
}

static gboolean
receive_head (InbIngestBatch *batch,
              GError **error)
{
  g_autoptr (PGresult) begun = NULL;
  g_autoptr (PGresult) head = NULL;

  if ((begun = inb_db_receive (batch->db, error)) == NULL
      || (head = inb_db_receive (batch->db, error)) == NULL)
    return FALSE;
  if (PQntuples (head) != 1)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no workspace %s", batch->workspace_id);
      return FALSE;
    }
  batch->from = g_ascii_strtoll (PQgetvalue (head, 0, 0), NULL, 10);
  batch->stages_seq = g_ascii_strtoll (PQgetvalue (head, 0, 1), NULL, 10);

  return TRUE;
}

/* Finds the items that repeat a stored delivery; the answers stay in the result. */
static gboolean
receive_repeats (InbIngestBatch *batch,
                 gboolean  by_key,
                 GError  **error)
{
  PGresult *result = inb_db_receive (batch->db, error);
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (result == NULL)
    return FALSE;

  g_ptr_array_add (batch->results, result);
  for (int row = 0; row < PQntuples (result); row++)
    g_hash_table_insert (rows,
                         g_strdup_printf ("%s %s %s %s", PQgetvalue (result, row, 0), by_key ? "key" : "body",
                                          PQgetvalue (result, row, 2), PQgetvalue (result, row, 1)),
                         GINT_TO_POINTER (row + 1));

  for (guint i = 0; i < batch->items->len; i++)
    {
      InbIngestItem *item = g_ptr_array_index (batch->items, i);
      g_autofree char *key = get_repeat_key (item);
      int row = key == NULL ? 0 : GPOINTER_TO_INT (g_hash_table_lookup (rows, key));

      if (row == 0)
        continue;
      item->repeat_status = (guint) g_ascii_strtoull (PQgetvalue (result, row - 1, 3), NULL, 10);
      item->repeat_of = PQgetvalue (result, row - 1, 4);
    }

  return TRUE;
}

/* The contacts that any key points at, as an array literal; NULL when there is none. */
static gboolean
receive_contact_ids (InbIngestBatch  *batch,
                     char           **ids,
                     GError         **error)
{
  g_autoptr (PGresult) result = inb_db_receive (batch->db, error);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) array = g_string_new ("{");

  *ids = NULL;
  if (result == NULL)
    return FALSE;

  for (int row = 0; row < PQntuples (result); row++)
    {
      if (g_hash_table_add (seen, PQgetvalue (result, row, 0)))
        inb_db_array_append (array, PQgetvalue (result, row, 0));
    }
  g_string_append_c (array, '}');
  if (PQntuples (result) > 0)
    *ids = g_string_free (g_steal_pointer (&array), FALSE);

  return TRUE;
}

/* Oldest first, as a key that several have stays with the oldest. */
static gboolean
receive_contacts (InbIngestBatch  *batch,
                  GError         **error)
{
  g_autoptr (PGresult) result = inb_db_receive (batch->db, error);

  if (result == NULL)
    return FALSE;

  for (int row = 0; row < PQntuples (result); row++)
    {
      g_autoptr (InbRow) contact = inb_db_get_row (result, row, INB_KIND_CONTACT);

      inb_candidates_add_contact (batch->originals, contact);
      inb_candidates_add_contact (batch->candidates, contact);
    }

  return TRUE;
}

/* Leads are asked for newest first, and each one added becomes the newest. */
static gboolean
receive_leads (InbIngestBatch  *batch,
               GError         **error)
{
  g_autoptr (PGresult) result = inb_db_receive (batch->db, error);

  if (result == NULL)
    return FALSE;

  for (int row = PQntuples (result) - 1; row >= 0; row--)
    {
      g_autoptr (InbRow) lead = inb_db_get_row (result, row, INB_KIND_LEAD);

      inb_candidates_add_lead (batch->originals, lead);
      inb_candidates_add_lead (batch->candidates, lead);
    }

  return TRUE;
}

static gboolean
load_candidates (InbIngestBatch  *batch,
                 GError         **error)
{
  g_autofree char *ids = NULL;
  const char *params[] = { batch->workspace_id, NULL };

  if (!receive_contact_ids (batch, &ids, error))
    return FALSE;
  if (ids == NULL)
    return TRUE;

  params[1] = ids;

  return inb_db_send (batch->db, inb_sql_get_selecting ("ingest/load-contacts", INB_KIND_CONTACT, "c"),
                      G_N_ELEMENTS (params), params, error)
         && inb_db_send (batch->db, inb_sql_get_selecting ("ingest/find-leads", INB_KIND_LEAD, "l"),
                         G_N_ELEMENTS (params), params, error)
         && receive_contacts (batch, error)
         && receive_leads (batch, error);
}

/* A webhook is looked up when its delivery comes in; the stages may have changed since. */
static gboolean
load_stages (InbIngestBatch  *batch,
             GError         **error)
{
  gboolean is_old = FALSE;
  g_autoptr (PGresult) result = NULL;

  for (guint i = 0; i < batch->items->len; i++)
    {
      InbIngestItem *item = g_ptr_array_index (batch->items, i);

      is_old = is_old || inb_stage_set_get_seq (item->delivery->webhook->stages) < batch->stages_seq;
    }
  if (!is_old)
    return TRUE;

  if (!inb_db_send (batch->db, inb_directory_get_stages_sql (), 1, &batch->workspace_id, error)
      || (result = inb_db_receive (batch->db, error)) == NULL)
    return FALSE;
  batch->stages = inb_directory_read_stages (result);

  return TRUE;
}

/**
 * inb_ingest_batch_load:
 *
 * Begins the transaction, takes the workspace's lock and loads all that the batch's keys point at: one trip, and a second
 * one when they point at somebody. The connection is in pipeline mode.
 *
 * Returns: whether it could
 */
gboolean
inb_ingest_batch_load (InbIngestBatch  *batch,
                       GError         **error)
{
  InbDb *db = batch->db;
  g_autofree char *begin = inb_db_set_workspace_sql (db, batch->workspace_id);
  gboolean with_keys;
  gboolean with_bodies;

  return inb_db_send (db, begin, 0, NULL, error)
         && inb_db_send (db, inb_sql_get ("write/lock-head"), 1, &batch->workspace_id, error)
         && send_find_repeats (batch, TRUE, &with_keys, error)
         && send_find_repeats (batch, FALSE, &with_bodies, error)
         && send_find_contacts (batch, error)
         && receive_head (batch, error)
         && (!with_keys || receive_repeats (batch, TRUE, error))
         && (!with_bodies || receive_repeats (batch, FALSE, error))
         && load_candidates (batch, error)
         && load_stages (batch, error);
}

static void
put_decision (InbIngestBatch *batch,
              const InbDecision *decision)
{
  InbRow *contact = decision->contact;

  inb_candidates_add_contact (batch->candidates, contact);
  inb_write_set_put (batch->write_set, inb_candidates_get_contact (batch->originals, inb_row_get_key (contact)), contact);
  if (decision->lead != NULL)
    {
      inb_candidates_add_lead (batch->candidates, decision->lead);
      inb_write_set_put (batch->write_set, inb_candidates_get_lead (batch->originals, inb_row_get_key (decision->lead)),
                         decision->lead);
    }
  for (guint i = 0; i < decision->activities->len; i++)
    inb_write_set_put (batch->write_set, NULL, g_ptr_array_index (decision->activities, i));
}

static void
decide_item (InbIngestBatch *batch,
             InbIngestItem *item)
{
  InbDelivery *delivery = item->delivery;
  InbWebhook *webhook = delivery->webhook;
  const InbRow *incoming = item->intake->contact;
  InbRow *by_crm_id = inb_candidates_find_contact (batch->candidates, INB_CONTACT_CRM_ID,
                                                   inb_row_get (incoming, INB_CONTACT_CRM_ID));
  InbRow *by_phone = inb_candidates_find_contact (batch->candidates, INB_CONTACT_PHONE_E164,
                                                  inb_row_get (incoming, INB_CONTACT_PHONE_E164));
  InbRow *by_email = inb_candidates_find_contact (batch->candidates, INB_CONTACT_EMAIL_NORM,
                                                  inb_row_get (incoming, INB_CONTACT_EMAIL_NORM));
  InbRow *matched = by_crm_id != NULL ? by_crm_id : by_phone != NULL ? by_phone : by_email;
  InbOrigin origin = {
    .workspace_id = webhook->workspace_id,
    .webhook_id = webhook->webhook_id,
    .webhook_name = webhook->name,
    .source_label = webhook->source_label,
    .delivery_id = delivery->id,
    .currency = webhook->currency,
    .timezone = webhook->timezone,
    .received_at = delivery->received_at,
  };

  item->decision = inb_decide (item->intake, &origin, webhook->rules, batch->stages != NULL ? batch->stages : webhook->stages,
                               by_crm_id, by_phone, by_email,
                               matched == NULL ? NULL : inb_candidates_get_leads (batch->candidates, inb_row_get_key (matched)));
  put_decision (batch, item->decision);
}

/**
 * inb_ingest_batch_decide:
 *
 * Decides and answers each delivery in order of arrival; the rows to write gather in the write set. A key that the batch
 * itself has seen makes a repeat, if what it repeats was not refused.
 */
void
inb_ingest_batch_decide (InbIngestBatch *batch)
{
  for (guint i = 0; i < batch->items->len; i++)
    {
      InbIngestItem *item = g_ptr_array_index (batch->items, i);
      g_autofree char *key = get_repeat_key (item);
      InbIngestItem *first = key == NULL ? NULL : g_hash_table_lookup (batch->repeats, key);

      if (first != NULL && item->repeat_of == NULL)
        {
          item->repeat_status = first->delivery->answer_status;
          item->repeat_of = first->delivery->answer;
        }
      if (inb_ingest_item_is_undecided (item))
        decide_item (batch, item);
      inb_ingest_item_answer (item);
      if (item->decision != NULL && key != NULL)
        g_hash_table_insert (batch->repeats, g_steal_pointer (&key), item);
    }
}
