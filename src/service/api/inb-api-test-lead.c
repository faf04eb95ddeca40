#define G_LOG_DOMAIN "inb-service"

#include "inb-api-test-lead.h"

#include "inb-directory-load.h"
#include "inb-error.h"
#include "inb-json.h"
#include "inb-params.h"

#include <string.h>

/* Of a domain that is nobody's; without a phone number, as any could be somebody's. No status word: each makes a lead. */
#define BODY                                                                         \
  "{\"firstname\":\"Test\",\"lastname\":\"Lead\",\"email\":\"test.lead@example.com\"," \
  "\"product\":\"Test product\",\"notes\":\"Sent from Inbound Leads to see that leads arrive\",\"is_test\":true}"

static const char * const only_workspace[] = { "workspace_id", NULL };

typedef struct {
  InbApi         *api;
  InbHttpRequest *request;
} Call;

static void
call_free (Call *call)
{
  inb_http_request_unref (call->request);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

/* A sender is answered in the reference's form, a client of the API with a problem. */
static GError *
read_refusal (const char *answer)
{
  g_autoptr (JsonNode) root = inb_json_parse (answer, strlen (answer), NULL);
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonObject *member = object != NULL ? inb_json_get_object (object, "error") : NULL;
  const char *name = member != NULL ? inb_json_get_string (member, "code") : NULL;
  const char *message = member != NULL ? inb_json_get_string (member, "message") : NULL;
  InbErrorCode code;

  if (name == NULL || message == NULL || !inb_error_from_name (name, &code))
    return g_error_new (INB_ERROR, INB_ERROR_INTERNAL, "The test lead was refused: %s", answer);

  return g_error_new_literal (INB_ERROR, (int) code, message);
}

static void
on_delivery_done (InbDelivery *delivery,
                  gpointer     user_data)
{
  g_autoptr (InbDelivery) owned = delivery;
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;

  if (delivery->answer_status == 200)
    {
      inb_http_request_respond_json (call->request, 200, g_string_new (delivery->answer));
      return;
    }

  error = read_refusal (delivery->answer);
  inb_http_request_respond_error (call->request, error);
}

static InbDelivery *
make_delivery (InbWebhook      *webhook,
               InbHttpRequest  *request,
               GError         **error)
{
  g_autoptr (InbDelivery) delivery = inb_delivery_new (webhook, inb_http_request_get_received_at (request));
  g_autoptr (GPtrArray) events = NULL;
  gboolean is_array;

  delivery->content_type = g_strdup ("application/json");
  delivery->remote_address = g_strdup (inb_http_request_get_peer (request));
  delivery->body = g_bytes_new_static (BODY, strlen (BODY));
  events = inb_payload_parse (delivery->content_type, delivery->body, &is_array, error);
  if (events == NULL)
    return NULL;

  delivery->event = g_ptr_array_steal_index (events, 0);

  return g_steal_pointer (&delivery);
}

static void
on_webhook (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbWebhook) webhook = inb_reader_pool_run_finish (INB_READER_POOL (source), result, &error);
  g_autoptr (InbDelivery) delivery = webhook == NULL ? NULL : make_delivery (webhook, call->request, &error);
  InbWriter *writer = call->api->writer;

  if (delivery == NULL)
    {
      inb_http_request_respond_error (call->request, error);
      return;
    }

  delivery->done = on_delivery_done;
  delivery->done_data = call;
  if (!inb_writer_push (writer, &delivery, 1, &error))
    {
      inb_http_request_respond_error (call->request, error);
      return;
    }
  g_steal_pointer (&delivery);
  g_steal_pointer (&call);
}

static void
on_test_lead (InbApi         *api,
              InbHttpRequest *request,
              InbSession     *session)
{
  g_autoptr (GError) error = NULL;
  Call *call;

  if (!inb_params_check (inb_http_request_get_params (request), only_workspace, &error))
    {
      inb_http_request_respond_error (request, error);
      return;
    }

  call = g_new0 (Call, 1);
  call->api = api;
  call->request = inb_http_request_ref (request);
  inb_reader_pool_run_async (api->readers, inb_directory_load_test_webhook, g_strdup (session->workspace_id), g_free,
                             (GDestroyNotify) inb_webhook_unref, NULL, on_webhook, call);
}

/**
 * inb_api_test_lead_register:
 * @server: gets the route
 */
void
inb_api_test_lead_register (InbApi        *self,
                            InbHttpServer *server)
{
  inb_api_add (self, server, "POST", "/api/test-lead", INB_HTTP_ROUTE_NONE, INB_ROLE_MANAGER, on_test_lead);
}
