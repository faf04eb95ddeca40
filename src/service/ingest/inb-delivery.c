#define G_LOG_DOMAIN "inb-service"

#include "inb-delivery.h"

#include "inb-error.h"
#include "inb-json.h"
#include "inb-uuid.h"

/**
 * inb_delivery_new:
 * @webhook: the webhook it came to
 * @received_at: microseconds since 1970 UTC
 *
 * Returns: (transfer full): a delivery with its id; the caller fills in what arrived
 */
InbDelivery *
inb_delivery_new (InbWebhook *webhook,
                  gint64      received_at)
{
  InbDelivery *self = g_new0 (InbDelivery, 1);

  self->id = inb_uuid_new_v7 ();
  self->webhook = inb_webhook_ref (webhook);
  self->received_at = received_at;

  return self;
}

void
inb_delivery_free (InbDelivery *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->webhook, inb_webhook_unref);
  g_clear_pointer (&self->event, inb_event_free);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_error (&self->error);
  g_clear_pointer (&self->delivery_key, g_free);
  g_clear_pointer (&self->content_type, g_free);
  g_clear_pointer (&self->remote_address, g_free);
  g_clear_pointer (&self->answer, g_free);
  g_free (self);
}

/**
 * inb_delivery_answer:
 * @status: the HTTP status
 * @answer: the JSON text of the answer
 */
void
inb_delivery_answer (InbDelivery *self,
                     guint        status,
                     const char  *answer)
{
  g_return_if_fail (self != NULL);

  self->answer_status = status;
  g_free (self->answer);
  self->answer = g_strdup (answer);
}

/**
 * inb_delivery_refuse:
 *
 * Answers with the reference's error form, {"success":false,"error":{"code","message"}}.
 */
void
inb_delivery_refuse (InbDelivery  *self,
                     const GError *error)
{
  InbErrorCode code = inb_error_get_code (error);
  g_autoptr (GString) json = g_string_new ("{");

  inb_json_append_member_boolean (json, "success", FALSE);
  inb_json_append_name (json, "error");
  g_string_append_c (json, '{');
  inb_json_append_member (json, "code", inb_error_get_name (code));
  inb_json_append_member (json, "message", error->message);
  g_string_append (json, "}}");

  inb_delivery_answer (self, inb_error_get_status (code), json->str);
}
