#define G_LOG_DOMAIN "inb-service"

#include "inb-ingest-item.h"

#include "inb-contact-phone.h"
#include "inb-error.h"
#include "inb-json.h"
#include "inb-protocol.h"
#include "inb-time.h"

static void
read_intake (InbIngestItem *self)
{
  InbDelivery *delivery = self->delivery;

  if (delivery->event == NULL || !delivery->webhook->is_active)
    return;

  /* A batch that failed is tried again delivery by delivery. */
  g_clear_error (&delivery->error);
  self->intake = inb_field_map_apply (delivery->webhook->field_map, delivery->event, &delivery->error);
  if (self->intake == NULL)
    return;

  inb_contact_phone_derive (self->intake->contact, delivery->webhook->region);
  if (delivery->delivery_key == NULL)
    delivery->delivery_key = g_strdup (self->intake->delivery_key);
}

/**
 * inb_ingest_item_new:
 * @delivery: kept as long as the item
 *
 * Maps the event and normalises what it is matched by. What cannot be mapped becomes the delivery's error.
 */
InbIngestItem *
inb_ingest_item_new (InbDelivery *delivery)
{
  InbIngestItem *self = g_new0 (InbIngestItem, 1);

  self->delivery = delivery;
  read_intake (self);
  if (delivery->webhook->body_dedupe_window > 0 && delivery->delivery_key == NULL)
    self->body_hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, delivery->body);

  return self;
}

void
inb_ingest_item_free (InbIngestItem *self)
{
  g_clear_pointer (&self->intake, inb_intake_free);
  g_clear_pointer (&self->decision, inb_decision_free);
  g_free (self->body_hash);
  g_free (self);
}

/**
 * inb_ingest_item_is_undecided:
 *
 * Returns: whether rows are to be made of it: it was mapped, and is no repeat
 */
gboolean
inb_ingest_item_is_undecided (InbIngestItem *self)
{
  return self->intake != NULL && self->repeat_of == NULL;
}

static void
answer_decision (InbIngestItem *self)
{
  g_autoptr (GString) json = g_string_sized_new (192);

  g_string_append_c (json, '{');
  inb_json_append_member_boolean (json, "success", TRUE);
  inb_json_append_member (json, "contact_id", inb_row_get_key (self->decision->contact));
  inb_json_append_member (json, "lead_id", self->decision->lead == NULL ? NULL : inb_row_get_key (self->decision->lead));
  inb_json_append_member (json, "message", self->decision->message);
  g_string_append_c (json, '}');
  inb_delivery_answer (self->delivery, 200, json->str);
}

/**
 * inb_ingest_item_answer:
 *
 * Gives the delivery the answer that its sender will get once the transaction is committed.
 */
void
inb_ingest_item_answer (InbIngestItem *self)
{
  InbDelivery *delivery = self->delivery;

  if (self->repeat_of != NULL)
    inb_delivery_answer (delivery, self->repeat_status, self->repeat_of);
  else if (self->decision != NULL)
    answer_decision (self);
  else if (!delivery->webhook->is_active)
    inb_delivery_answer (delivery, 200, "{\"success\":true,\"contact_id\":null,\"lead_id\":null,"
                                        "\"message\":\"This webhook is disabled; the delivery was kept\"}");
  else
    inb_delivery_refuse (delivery, delivery->error);
}

/**
 * inb_ingest_item_make_event:
 *
 * Returns: (transfer full) (nullable): the desktops' event for it, or %NULL when it made neither a contact nor a lead
 */
char *
inb_ingest_item_make_event (InbIngestItem *self)
{
  InbDecision *decision = self->decision;
  g_autoptr (GString) json = NULL;

  if (decision == NULL || !(decision->contact_created || decision->lead_created))
    return NULL;

  json = g_string_sized_new (384);
  g_string_append_c (json, '{');
  inb_json_append_member (json, "event", INB_PROTOCOL_EVENT_CONTACT_CREATED);
  inb_json_append_name (json, "data");
  g_string_append_c (json, '{');
  inb_json_append_member (json, "workspace_id", self->delivery->webhook->workspace_id);
  inb_json_append_member (json, "contact_id", inb_row_get_key (decision->contact));
  inb_json_append_member (json, "lead_id", decision->lead == NULL ? NULL : inb_row_get_key (decision->lead));
  inb_json_append_member (json, "firstname", inb_row_get (decision->contact, INB_CONTACT_FIRSTNAME));
  inb_json_append_member (json, "lastname", inb_row_get (decision->contact, INB_CONTACT_LASTNAME));
  inb_json_append_member (json, "webhook_name", self->delivery->webhook->name);
  inb_json_append_member_boolean (json, "contact_created", decision->contact_created);
  inb_json_append_member_boolean (json, "lead_created", decision->lead_created);
  g_string_append (json, "}}");

  return g_string_free (g_steal_pointer (&json), FALSE);
}

static char *
format_bytea (GBytes *bytes)
{
  static const char digits[] = "0123456789abcdef";
  gsize length = 0;
  const guint8 *data = bytes == NULL ? NULL : g_bytes_get_data (bytes, &length);
  char *text = g_malloc (2 * length + 3);
  char *end = text;

  *end++ = '\\';
  *end++ = 'x';
  for (gsize i = 0; i < length; i++)
    {
      *end++ = digits[data[i] >> 4];
      *end++ = digits[data[i] & 15];
    }
  *end = '\0';

  return text;
}

static const char *
get_outcome (InbIngestItem *self)
{
  if (self->decision != NULL)
    return self->decision->outcome;
  if (!self->delivery->webhook->is_active)
    return INB_INGEST_QUARANTINED;

  return inb_error_get_status (inb_error_get_code (self->delivery->error)) < 500 ? INB_INGEST_REFUSED : INB_INGEST_FAILED;
}

static char *
make_refusal_reason (InbIngestItem *self)
{
  InbDelivery *delivery = self->delivery;
  g_autoptr (GString) json = g_string_new ("{");

  inb_json_append_member (json, "rule", get_outcome (self));
  if (delivery->error != NULL)
    {
      inb_json_append_member (json, "code", inb_error_get_name (inb_error_get_code (delivery->error)));
      inb_json_append_member (json, "message", delivery->error->message);
    }
  if (delivery->delivery_key != NULL)
    inb_json_append_member (json, "delivery_key", delivery->delivery_key);
  g_string_append_c (json, '}');

  return g_string_free (g_steal_pointer (&json), FALSE);
}

static void
take (GPtrArray *params,
      char      *value)
{
  g_ptr_array_add (params, value);
}

/* A refused delivery is kept without its key, so that the sender may repair it and send it again under the same one. */
static void
add_params (InbIngestItem *self,
            gint64         now,
            GPtrArray     *params)
{
  InbDelivery *delivery = self->delivery;
  InbDecision *decision = self->decision;
  gboolean hashed = decision != NULL && self->body_hash != NULL;

  take (params, g_strdup (delivery->webhook->workspace_id));
  take (params, g_strdup (delivery->id));
  take (params, g_strdup (delivery->webhook->webhook_id));
  take (params, decision == NULL ? NULL : g_strdup (delivery->delivery_key));
  take (params, g_strdup_printf ("%u", delivery->element));
  take (params, inb_time_format (delivery->received_at));
  take (params, inb_time_format (now));
  take (params, g_strdup_printf ("%d", (int) CLAMP (now - delivery->received_at, 0, G_MAXINT32)));
  take (params, g_strdup (delivery->remote_address));
  take (params, g_strdup (delivery->content_type));
  take (params, format_bytea (delivery->body));
  take (params, hashed ? g_strconcat ("\\x", self->body_hash, NULL) : NULL);
  take (params, g_strdup (get_outcome (self)));
  take (params, decision == NULL ? make_refusal_reason (self) : g_strdup (decision->reason));
  take (params, decision == NULL ? NULL : g_strdup (inb_row_get_key (decision->contact)));
  take (params, decision == NULL || decision->lead == NULL ? NULL : g_strdup (inb_row_get_key (decision->lead)));
  take (params, g_strdup_printf ("%u", delivery->answer_status));
  take (params, g_strdup (delivery->answer));
}

/**
 * inb_ingest_items_send_records:
 * @items: (element-type InbIngestItem): answered
 * @db: in pipeline mode, inside the transaction
 * @now: microseconds since 1970 UTC
 * @n_statements: (inout): counted up by the statements sent
 *
 * Sends the deliveries' own rows; a repeat leaves none.
 *
 * Returns: whether they were sent
 */
gboolean
inb_ingest_items_send_records (GPtrArray  *items,
                               InbDb      *db,
                               gint64      now,
                               guint      *n_statements,
                               GError    **error)
{
  static const char * const casts[] = {
    "text", "uuid", "uuid", "text", "integer", "timestamptz", "timestamptz", "integer", "text",
    "text", "bytea", "bytea", "text", "jsonb", "uuid", "uuid", "integer", "text", NULL
  };
  g_autoptr (GPtrArray) params = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < items->len; i++)
    {
      InbIngestItem *item = g_ptr_array_index (items, i);

      if (item->repeat_of == NULL)
        add_params (item, now, params);
    }

  return inb_row_writer_send_values (db, "ingest/insert-deliveries", casts, (const char * const *) params->pdata,
                                     params->len / (G_N_ELEMENTS (casts) - 1), n_statements, error);
}
